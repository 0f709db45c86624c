"""How well papers are read that we rendered ourselves, so that every word, heading and line end is known.

    python -m benchmarks.gold papers=8      # the first 8 papers; without it 46, about 4 minutes on one core
    {"parse_recall": 0.99, "paragraphs_intact": 0.96, "heading_depth": 0.97, "wrong_joins": 0.4, "reference_leak": 0}

Structured papers (Pap2Pat, CC BY 4.0) become two-column journal pages in a layout drawn by seed (`render.py`), are
read back by the product's own path and compared with what was printed (`score.py`). PDFs, gold and parsed forms are
kept under `.cache/`.
"""
