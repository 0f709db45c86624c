"""Training: the launcher (`python -m plugins.train`) and the starting model (`python -m plugins.train.base`)."""
