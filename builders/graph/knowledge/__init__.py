"""The function of knowledge tuning: an entity and an attribute in, what the graph holds out.

Pure Python over `builders.types`: no torch, no network, so that a training set, an evaluation, a gateway and a test
all call the same code. After Wang et al. 2023, "Knowledge-tuning Large Language Models with Structured Medical
Knowledge Bases for Reliable Response Generation in Chinese" (arXiv 2309.04175): fill the parameters, look up, answer.

    from builders.graph.knowledge.lookup import Knowledge
    Knowledge(graph).acquire_knowledge("元参", "拉丁学名").json()
    ->  {"entity": "玄参", "entity_match": "alias", "attribute": "拉丁学名", "attribute_match": "exact",
         "values": ["Scrophularia ningpoensis"], "triples": [["玄参", "拉丁学名", "Scrophularia ningpoensis"]]}
"""
