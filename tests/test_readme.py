"""The READMEs say what the tools say: figures, targets, recipes and links."""

from __future__ import annotations

import json
import re

import pytest

from eval.figures import FIGURES, READMES, with_table
from tests.conftest import ROOT


@pytest.mark.parametrize("path", READMES, ids=str)
def test_the_figures_are_those_of_the_last_recorded_run(path) -> None:  # type: ignore[no-untyped-def]
    figures = json.loads((ROOT / FIGURES).read_text(encoding="utf-8"))
    text = (ROOT / path).read_text(encoding="utf-8")
    assert with_table(text, figures, path) == text


@pytest.mark.parametrize("path", READMES, ids=str)
def test_every_make_target_that_is_named_exists(path) -> None:  # type: ignore[no-untyped-def]
    text = (ROOT / path).read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    lines = re.findall(r"^make ((?:[a-z-]+ ?)+)", text, re.MULTILINE)
    named = {target for line in lines for target in line.split()} | set(re.findall(r"`make ([a-z-]+)", text))
    assert len(named) > 8
    assert named <= known


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "CONTRIBUTING.md"])
def test_links_within_the_repository_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
