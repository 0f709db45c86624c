"""The knowledge graph: triples in; questions, text, dual-logic pairs and evaluation rows out.

Read, index and split first; every builder of rows takes the graph, its split and a seed.

    triples, lint = read_triples(Path("samples/graph/triples.csv"))
    graph = Graph(triples, read_schema(Path("samples/graph/relations.yaml"), triples))
    split = split_groups(graph, share=0.02, seed=42)
"""
