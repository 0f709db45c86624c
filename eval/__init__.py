"""A served model and held-out samples in, scores with intervals and a report out. Never `import eval` bare."""
