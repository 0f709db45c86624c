"""The import rule of the house: rooms talk through files; what they may import of each other stands here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PURE = {"builders.types", "builders.errors", "builders.jsonl", "builders.config_file", "builders.graph.knowledge"}
ROOMS = {"builders", "plugins", "eval"}
HEAVY = {"torch", "transformers", "llamafactory", "vllm", "deepspeed"}


def imported(path: Path, top_level_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return names


def files(room: str) -> list[Path]:
    found = sorted((ROOT / room).rglob("*.py"))
    assert found
    return found


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_itself_and_pure_readers(room: str) -> None:
    for path in files(room):
        foreign = {name for name in imported(path) if name.split(".")[0] in ROOMS - {room}}
        allowed = set() if room == "builders" else PURE
        wrong = {name for name in foreign if not any(name == pure or name.startswith(f"{pure}.") for pure in allowed)}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_builders_import_no_model_library_at_the_top() -> None:
    for path in files("builders"):
        heavy = {name.split(".")[0] for name in imported(path, top_level_only=True)} & HEAVY
        assert not heavy, f"{path.relative_to(ROOT)} imports {sorted(heavy)} at import time"


@pytest.mark.parametrize("room", [*sorted(ROOMS), "benchmarks", "samples", "tests"])
def test_nobody_shadows_the_builtin_eval(room: str) -> None:
    for path in files(room):
        assert "eval" not in imported(path), path
