"""A small paper and a corpus with their spellings, for the tests of hyphens."""

from __future__ import annotations

from builders.papers.lexicon import Lexicon

PAPER = (
    "long-term effects of long-term use, a long-term plan, long-term care, the long term, information, "
    "extracellular space, a state-of-the-art map, the volume fraction, a well mixed bath, "
    "fallacies and fallacies and fallacies, pre- and post-synaptic, a meta-analysis of information"
)
CORPUS = Lexicon(
    500,
    {
        "in-text": 40, "intext": 3, "state-of-the-art": 90, "cooperation": 30, "co-operation": 20, "drug": 50,
        "induced": 60, "childlike": 7, "feedback": 99, "feed-back": 2, "over": 20, "all": 40, "overall": 50,
        "receptor": 30, "mediated": 40,
    }
    | {f"{left}-{right}": 3 for right in ("induced", "like") for left in ("a", "b", "c", "d", "e", "f", "g", "h")},
)  # fmt: skip
