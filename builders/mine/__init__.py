"""Tasks mined from papers by rule, without any language model."""
