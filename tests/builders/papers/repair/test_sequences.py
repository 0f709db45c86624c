"""A sequence that a line's end cut is one word again; one that is set in groups is not touched."""

from __future__ import annotations

import pytest

from builders.papers.repair.sequences import sequence


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("5′-GATGTTTGCG CCGTGG-3′ was", ("5′-GATGTTTGCGCCGTGG-3′ was", 1)),
        ("5'-GC ATGTAACC-3' and 5'-TTTAAGC-3'", ("5'-GCATGTAACC-3' and 5'-TTTAAGC-3'", 1)),
        ("codons 5′-ATG GTA CCC TTA-3′", ("codons 5′-ATG GTA CCC TTA-3′", 0)),
        ("in 5 of 6 DNA SAMPLES", ("in 5 of 6 DNA SAMPLES", 0)),
    ],
)
def test_sequence(text: str, mended: tuple[str, int]) -> None:
    assert sequence(text) == mended
