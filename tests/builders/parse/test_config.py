"""A value that is none of those known is named with its remedy, and tiers follow from the values."""

from __future__ import annotations

from typing import Any

import pytest

from builders.errors import UserError
from builders.papers.pdf import embedded_tier
from builders.parse.config import ParseConfig
from builders.parse.tiers import tiers


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        ("tier", "minerU", "unknown; write docvortex or mineru"),
        ("quality", "best", "unknown; write flash, basic, standard or advanced"),
        ("scans", "ocr", "unknown; write report or mineru"),
        ("workers", 0, "nothing could be parsed; write a number above 0"),
        ("timeout_s", 0.0, "nothing could be parsed; write a number above 0"),
        ("memory_gb", -1.0, "nothing could be parsed; write a number above 0"),
        ("server", "127.0.0.1:8000", "no address; write it like http://127.0.0.1:8000"),
        ("server", "file:///etc/passwd", "no address; write it like http://127.0.0.1:8000"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(key: str, value: Any, remedy: str) -> None:
    with pytest.raises(UserError) as raised:
        ParseConfig(**{key: value}).check()
    assert str(raised.value) == f"parse.{key}: {value}: {remedy}"


def test_what_is_known_passes() -> None:
    ParseConfig().check()
    ParseConfig(tier="mineru", scans="mineru", quality="flash", server="http://127.0.0.1:8000").check()


def test_tiers_are_tried_in_the_order_that_the_values_say() -> None:
    assert tiers(ParseConfig()) == (embedded_tier(),)
    assert tiers(ParseConfig(scans="mineru", quality="basic")) == (embedded_tier(), "mineru-basic")
    assert tiers(ParseConfig(tier="mineru", scans="mineru")) == ("mineru-standard", embedded_tier())
