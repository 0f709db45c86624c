"""Sources in, datasets out: papers and triples become rows that LLaMA-Factory trains on."""
