"""Lost ligatures and spaces come back by vote of the corpus, and never without one."""

from __future__ import annotations

from collections import Counter

from builders.papers.lexicon import EMPTY, Lexicon
from builders.papers.repair.lost import lost_ligatures, lost_spaces

CORPUS = Lexicon(
    100,
    {
        "different": 90, "offer": 30, "effect": 80, "significant": 70, "influence": 40, "of": 300, "the": 300,
        "model": 50, "final": 60, "finite": 20, "keyframing": 9, "inactive": 8, "active": 50, "spring": 8,
        "files": 50, "fled": 20,
    },
)  # fmt: skip


def test_lost_ligatures() -> None:
    damaged = Counter({"diferent": 1, "eect": 2, "signicant": 1, "inuence": 3, "ofer": 1, "nal": 1, "different": 4})
    assert lost_ligatures(damaged, CORPUS) == {
        "diferent": "different", "eect": "effect", "inuence": "influence", "ofer": "offer", "signicant": "significant",
    }  # fmt: skip
    assert lost_ligatures(damaged, EMPTY) == {}


def test_a_word_that_the_corpus_writes_itself_is_not_damaged() -> None:
    assert lost_ligatures(Counter({"ofer": 1}), Lexicon(9, {"offer": 30, "ofer": 2})) == {}


def test_lost_spaces() -> None:
    glued = Counter({"ofkeyframing": 1, "modelof": 1, "offspring": 1, "thereof": 1, "theory": 2, "inactive": 1})
    assert lost_spaces(glued, CORPUS) == {"modelof": "model of", "ofkeyframing": "of keyframing"}
    assert lost_spaces(Counter({"ofkeyframing": 3}), CORPUS) == {}
    assert lost_spaces(glued, EMPTY) == {}
