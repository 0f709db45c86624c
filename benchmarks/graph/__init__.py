"""The graph's own figures: seconds for a real graph, memory for a large one, wordings, and rows that are lost.

python -m benchmarks.graph                       # on two cores some twenty minutes; needs ../shared/data
python -m benchmarks.graph triples=100000        # a smaller synthetic graph
{"seconds_tcm": 41.2, "rss_mb_1m": 3120.5, "wordings_min": 20, "dropped_rows": 0}

    synthetic.py  a graph of any size, with hubs, aliases, types and faults
    measured.py   a program in a child -> its seconds and its peak memory
    wordings.py   builders/wordings -> how many wordings each task has
    rows.py       a recipe's datasets -> rows that LLaMA-Factory's own loader drops
"""
