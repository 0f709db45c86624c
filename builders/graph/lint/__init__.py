"""Lint of a knowledge graph: a recipe's triples in, a page and a table for whoever keeps the graph out.

python -m builders.graph.lint recipes/demo/build.yaml        (make lint-graph)

    gather.py     files -> distinct triples with their places; what reading mended and left out
    relations.py  what triples and relations.yaml do not agree on
    names.py      names that may be one
    shape.py      parts without a link, entities with very many facts
    finding.py    the kinds of findings, and what each asks for
    table.py      findings -> graph_lint.csv        page.py  findings -> graph_lint.html
"""
