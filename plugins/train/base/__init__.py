"""The starting model of a recipe: a local folder with weights, tokenizer, chat template and stop tokens that agree."""
