from __future__ import annotations

import pytest

from builders.logic.verbs import Forms, conjugated, finite, verbs


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("reduce", ("reduce", "reduces", "reduced", "reduced", "reducing")),
        ("modify", ("modify", "modifies", "modified", "modified", "modifying")),
        ("decay", ("decay", "decays", "decayed", "decayed", "decaying")),
        ("suppress", ("suppress", "suppresses", "suppressed", "suppressed", "suppressing")),
    ],
)
def test_regular_verbs(base: str, forms: tuple[str, ...]) -> None:
    assert conjugated(base) == Forms(*forms)


def test_irregular_verbs() -> None:
    assert verbs().forms["undergo"] == Forms("undergo", "undergoes", "underwent", "undergone", "undergoing")
    assert verbs().past["fell"] == "fall"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sodium increased the volume", [("increased", "past")]),
        ("Mice with significantly increased volume slept", []),
        ("The channel controls water and is found in glia", [("controls", "third"), ("is", "auxiliary")]),
        ("Increases in volume were seen", [("were", "auxiliary")]),
        ("Clearly, reduced sodium slows the flow", [("slows", "third")]),
        ("The genes upregulated in sleep", []),
        ("Volume reduced by sodium", []),
    ],
)
def test_finite_verbs(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[verb.start : verb.end], verb.tense) for verb in finite(text)] == found
