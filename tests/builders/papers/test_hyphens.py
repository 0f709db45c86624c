"""A hyphen at a line's end belongs to the word where the rest of the paper says so."""

from __future__ import annotations

import pytest

from builders.papers.hyphens import Hyphens

PAPER = (
    "long-term effects of long-term use, a long-term plan, long-term care, the long term, information, "
    "extracellular space, a state-of-the-art map, the volume fraction, a well mixed bath, "
    "fallacies and fallacies and fallacies, pre- and post-synaptic"
)


@pytest.mark.parametrize(
    ("broken", "mended", "count"),
    [
        ("infor\ufffemation", "information", 1),
        ("extra\u00ad\ncellular", "extracellular", 1),
        ("long\ufffeterm", "long-term", 1),
        ("state-of\ufffethe-art", "state-of-the-art", 1),
        ("well\ufffemixed", "well-mixed", 1),
        ("neuro\ufffefilament", "neurofilament", 1),
        ("GPT4\ufffe2", "GPT4-2", 1),
        ("the longterm use", "the long-term use", 1),
        ("the infor- mation", "the information", 1),
        ("pre- and post-synaptic", "pre- and post-synaptic", 0),
        ("FAL-LACIES", "FALLACIES", 1),
        ("end\ufffe", "end", 0),
        ("no break at all", "no break at all", 0),
    ],
)
def test_mend(broken: str, mended: str, count: int) -> None:
    assert Hyphens([PAPER, broken]).mend(broken) == (mended, count)
