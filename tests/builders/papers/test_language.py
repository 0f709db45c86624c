"""Chinese by script, English by its function words, all else other; the model only where neither decides."""

from __future__ import annotations

import pytest

from builders.papers import language
from builders.papers.language import by_function_words, language_of, paragraph_language
from builders.types import Language

GERMAN = "Der Extrazellulärraum des Gehirns ist schmal und zusammenhängend, aber nicht für alle Stoffe offen."
FRENCH = "Les résultats de cette étude ont été obtenus dans une population qui est plus âgée que la nôtre."
ENGLISH = "The extracellular space of the brain is narrow and continuous."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("脑细胞外间隙是神经元之间的狭窄通道，约占脑组织容积的五分之一。Abstract: the space.", "zh"),
        (ENGLISH, "en"),
        (GERMAN, "other"),
        (FRENCH, "other"),
        ("脳の細胞外腔はニューロンの間にある狭い空間である。", "other"),
        ("뇌의 세포외 공간은 좁고 연속적이다.", "other"),
        ("Внеклеточное пространство мозга узкое и непрерывное.", "other"),
        ("12 34 %", "other"),
    ],
)
def test_language_of(text: str, expected: Language) -> None:
    assert language_of(text) == expected


@pytest.mark.parametrize(
    ("text", "document", "expected"),
    [
        (ENGLISH, "en", "en"),
        (GERMAN, "en", "other"),
        (FRENCH, "zh", "other"),
        (ENGLISH, "zh", "en"),
        ("12 34 %", "en", "en"),
        ("12 34 %", "zh", "zh"),
        ("α = β ± 5", "en", "en"),
        ("Kant et al., 2022; Li et al., 2022b; Huang et al., 2022a; Jiang et al., 2022", "en", "en"),
        ("以 DNA methylation 为例，说明方法。", "en", "zh"),
        ("Control KO", "other", "other"),
    ],
)
def test_paragraph_language(text: str, document: Language, expected: Language) -> None:
    assert paragraph_language(text, document) == expected


def test_the_model_is_asked_only_where_function_words_do_not_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def model(text: str) -> Language:
        asked.append(text)
        return "other"

    monkeypatch.setattr(language, "_by_model", model)
    mixed = "dette er en tekst som ikke har mange ord fra listen og handler om rommet mellom celler i hjernen"
    assert by_function_words("Time Control KO WT Sham Lesion Left Right") is None
    for text in (ENGLISH, GERMAN, "Time Control KO WT Sham Lesion Left Right", "脑脊液"):
        paragraph_language(text, "en")
    assert asked == []
    language_of(mixed.replace("ikke", "slett"))
    assert len(asked) == 1
