"""Dual logic over papers: findings of a paper in, pairs of a true statement and its counterfactual out.

    findings(document)  ->  Finding("Deletion of the channel slowed the flow", sources=(span,), section=...)
    paper_pairs(document, LogicConfig(), seed=42)
    ->  Pair("9c1...", "AS", "paper", "en", "Deletion of ... slowed ...", "Deletion of ... accelerated ...", (source,))

The general pairs and those of the graph are made in `builders.graph.logic`, the rows of all in
`builders.graph.logic_rows`. After "Don't Ignore Dual Logic Ability of LLMs while Privatizing"
(arXiv 2309.04198): AS replaces an antonym, ANW adds or removes a negation, SEP swaps the two that are compared.
"""
