"""What runs inside or beside LLaMA-Factory: a folder each."""
