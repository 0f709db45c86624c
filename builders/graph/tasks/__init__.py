"""Tasks over the graph: facts in, questions that need more than one of them, or a judgement, out.

Lists, counts, true and false, choices, intersections, comparisons, paths, silence, and the evidence of papers.
"""
