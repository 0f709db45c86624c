"""Knowledge tuning as training rows: the graph in, dialogues out that call `acquire_knowledge` and answer from it."""
