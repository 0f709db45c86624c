from __future__ import annotations

import pytest

from benchmarks.logic import edits
from benchmarks.logic_edits import Edit, explain


@pytest.mark.parametrize(
    ("one", "other", "operation"),
    [
        ("increased", "decreased", "AS"),
        ("enhanced", "diminished", "AS"),
        ("a strong increase", "a strong decrease", "AS"),
        ("did not influence", "significantly influenced", "ANW"),
        ("can", "cannot", "AS"),
        ("neither A nor B controls", "both A and B control", "ANW"),
        ("Cav2.2, but not Cav2.3", "Cav2.3, but not Cav2.2", "SEP"),
        ("12 of 20", "18 of 20", "NUM"),
        ("Consistent with", "In contrast to", "CONN"),
        ("increased", "unchanged", None),
        ("VIP", "neurogliaform", None),
        ("alpha", "beta", None),
    ],
)
def test_single_edits(one: str, other: str, operation: str | None) -> None:
    assert explain(Edit(one, other), ()) == operation


def test_two_edits_swap_two_names() -> None:
    assert explain(Edit("REM", "SWS"), (Edit("SWS", "REM"),)) == "SEP"
    assert explain(Edit("REM", "SWS"), (Edit("REM", "SWS"),)) is None


def test_a_phrase_may_hold_a_comma() -> None:
    row = {
        "combined_abstract": "They saw [[fast, short waves, slow, long waves]] and [[more, less]].",
        "original_abstract": "They saw fast, short waves and more.",
        "incorrect_abstract": "They saw slow, long waves and less.",
    }
    assert list(edits(row)) == [Edit("fast, short waves", "slow, long waves"), Edit("more", "less")]
