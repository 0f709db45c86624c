from __future__ import annotations

import pytest

from eval.measures import MEASURES, Draws, change, figure, figures
from eval.tasks import Outcome

DRAWS = Draws(resamples=400, seed=7)


def scored(unit: str, right: float, answer: str = "", language: str = "en", name: str | None = None) -> Outcome:
    return Outcome(name or unit, unit, {"language": language}, {"right": right}, "q?", "e", answer)


def pair(unit: str, first: tuple[str, float], second: tuple[str, float]) -> list[Outcome]:
    return [scored(unit, right, answer, name=f"{unit}{answer}{right}") for answer, right in (first, second)]


PAIRS = [
    *pair("1", ("Yes", 1.0), ("No", 1.0)),  # both right
    *pair("2", ("Yes", 1.0), ("Yes", 0.0)),  # says yes to all
    *pair("3", ("No", 0.0), ("Yes", 0.0)),  # differs, both wrong
    *pair("4", ("Yes", 1.0), ("No", 1.0)),
]


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("dual_logic_both_right", 2 / 4, 4),
        ("dual_logic_index", 3 / 4, 4),
        ("dual_logic_accuracy", 5 / 8, 8),
        ("dual_logic_f1", 2 * (3 / 4) * (5 / 8) / (3 / 4 + 5 / 8), 4),
    ],
)
def test_dual_logic(name: str, value: float, n: int) -> None:
    found = figure(MEASURES[name], PAIRS, DRAWS)
    assert found["value"] == pytest.approx(value)
    assert found["n"] == n
    assert found["low"] <= value <= found["high"]


def test_a_model_that_says_yes_to_all_is_half_right_and_never_both() -> None:
    outcomes = [one for unit in "abc" for one in pair(unit, ("Yes", 1.0), ("Yes", 0.0))]
    values = {name: figure(MEASURES[name], outcomes, DRAWS)["value"] for name in MEASURES if "dual_logic" in name}
    assert values == {
        "dual_logic_both_right": 0.0,
        "dual_logic_index": 0.0,
        "dual_logic_accuracy": 0.5,
        "dual_logic_f1": 0.0,
    }


def test_bits_per_byte_weighs_documents_by_their_bytes() -> None:
    texts = [
        Outcome("a1", "a", {"language": "en"}, {"bits": 100.0, "bytes": 50.0}, "", "", ""),
        Outcome("a2", "a", {"language": "en"}, {"bits": 100.0, "bytes": 50.0}, "", "", ""),
        Outcome("b", "b", {"language": "zh"}, {"bits": 300.0, "bytes": 100.0}, "", "", ""),
    ]
    found = figures(MEASURES["bits_per_byte"], texts, DRAWS)
    assert {name: (one["value"], one["n"]) for name, one in found.items()} == {
        "bits_per_byte": (2.5, 2),
        "bits_per_byte_en": (2.0, 1),
        "bits_per_byte_zh": (3.0, 1),
    }
    assert (found["bits_per_byte"]["low"], found["bits_per_byte"]["high"]) == (2.0, 3.0)


def test_shares_have_wilsons_interval() -> None:
    found = figure(MEASURES["kg_choice"], [scored(str(unit), float(unit < 5)) for unit in range(10)], DRAWS)
    assert found == pytest.approx({"value": 0.5, "n": 10, "low": 0.23659, "high": 0.76341}, abs=5e-5)


def test_pairs_that_are_all_right_are_still_only_so_many_pairs() -> None:
    rows = [scored(unit, 1.0, name=f"{unit}{half}") for unit in "abcde" for half in "12"]
    found = figure(MEASURES["preference_accuracy"], rows, DRAWS)
    assert found == pytest.approx({"value": 1.0, "n": 10, "low": 0.56552, "high": 1.0}, abs=5e-5)  # Wilson, 5 of 5


def test_no_outcomes_give_no_figure() -> None:
    assert figures(MEASURES["kg_recall"], [], DRAWS) == {}


def test_a_change_is_paired_on_shared_questions() -> None:
    before = [scored(str(unit), 0.0) for unit in range(6)]
    after = [scored(str(unit), 1.0) for unit in range(5)] + [scored("new", 1.0)]
    found = change(MEASURES["kg_choice"], ("base", before), ("sft", after), DRAWS)
    assert found == {
        "measure": "kg_choice",
        "before": "base",
        "after": "sft",
        "value": 1.0,
        "low": 1.0,
        "high": 1.0,
        "n": 5,
        "p": pytest.approx(2 / 32),
    }


def test_a_change_of_a_measure_that_is_not_right_or_wrong_has_no_p() -> None:
    found = change(MEASURES["dual_logic_accuracy"], ("a", PAIRS), ("b", PAIRS), DRAWS)
    assert found is not None
    assert (found["value"], found["p"], found["n"]) == (0.0, None, 4)


def test_no_shared_questions_give_no_change() -> None:
    assert change(MEASURES["kg_recall"], ("a", [scored("1", 1.0)]), ("b", [scored("2", 1.0)]), DRAWS) is None


def test_dual_logic_is_given_by_operation_and_origin_and_both_together() -> None:
    outcomes = [
        Outcome(f"{unit}{n}", unit, {"language": "en", "op": op, "origin": origin}, {"right": right}, "q", "e", answer)
        for unit, op, origin, answers in (
            ("1", "AS", "general", (("Yes", 1.0), ("No", 1.0))),
            ("2", "AS", "paper", (("Yes", 1.0), ("Yes", 0.0))),
            ("3", "SEP", "paper", (("No", 0.0), ("Yes", 0.0))),
        )
        for n, (answer, right) in enumerate(answers)
    ]
    found = figures(MEASURES["dual_logic_index"], outcomes, DRAWS)
    assert {name.removeprefix("dual_logic_index"): (one["value"], one["n"]) for name, one in found.items()} == {
        "": (2 / 3, 3),
        "_en": (2 / 3, 3),
        "_AS": (0.5, 2),
        "_SEP": (1.0, 1),
        "_general": (1.0, 1),
        "_paper": (0.5, 2),
        "_AS_general": (1.0, 1),
        "_AS_paper": (0.0, 1),
        "_SEP_paper": (1.0, 1),
    }
    assert list(figures(MEASURES["dual_logic_index"], PAIRS, DRAWS)) == ["dual_logic_index", "dual_logic_index_en"]
