from __future__ import annotations

from builders.split import Candidate, SplitConfig, assign

ENGLISH = [Candidate(f"sha:{number:04d}", "en", number) for number in range(200)]


def held(sides: dict[str, str]) -> list[str]:
    return [key for key, side in sides.items() if side == "heldout"]


def test_about_the_share_is_held_out_and_more_papers_move_nothing() -> None:
    first = assign(ENGLISH[:100], SplitConfig(documents=0.1), {}, seed=1)
    assert 4 <= len(held(first)) <= 18
    grown = assign(ENGLISH, SplitConfig(documents=0.1), first, seed=1)
    assert {key: grown[key] for key in first} == first
    assert len(held(grown)) > len(held(first))


def test_at_least_two_of_a_language_where_it_has_five() -> None:
    few = [*ENGLISH[:5], *(Candidate(f"zh{number}", "zh", 900 + number) for number in range(5))]
    sides = assign(few, SplitConfig(documents=0.001), {}, seed=1)
    assert len([key for key in held(sides) if key.startswith("zh")]) == 2
    assert len(held(sides)) == 4


def test_a_language_with_few_papers_keeps_them_for_training() -> None:
    assert held(assign(ENGLISH[:4], SplitConfig(documents=0.001), {}, seed=1)) == []


def test_a_cluster_stands_on_one_side() -> None:
    twins = [Candidate(f"a{number}", "en", number // 2) for number in range(40)]
    sides = assign(twins, SplitConfig(documents=0.3), {}, seed=3)
    assert all(sides[f"a{2 * pair}"] == sides[f"a{2 * pair + 1}"] for pair in range(20))
    assert held(sides)


def test_a_new_twin_of_a_training_paper_stays_in_training() -> None:
    twins = [Candidate("old", "en", 0), Candidate("new", "en", 0)]
    sides = assign(twins, SplitConfig(documents=1.0), {"old": "train"}, 1)
    assert sides == {"old": "train", "new": "train"}


def test_a_new_twin_of_a_heldout_paper_is_held_out() -> None:
    previous = {"old": "heldout"}
    sides = assign([Candidate("old", "en", 0), Candidate("new", "en", 0)], SplitConfig(documents=0.01), previous, 1)
    assert sides == {"old": "heldout", "new": "heldout"}


def test_share_zero_trains_on_everything() -> None:
    assert held(assign(ENGLISH, SplitConfig(documents=0), {"sha:0001": "heldout"}, seed=1)) == []


def test_never_more_than_the_maximum() -> None:
    assert len(held(assign(ENGLISH, SplitConfig(documents=0.9, documents_max=7), {}, seed=1))) == 7
