from __future__ import annotations

from pathlib import Path

from builders.corpus.engine import EngineConfig, EngineKind
from builders.corpus.store import Keyed, Store, code_version, key_of, mapped

LOCAL = EngineConfig(EngineKind.local)


def test_only_what_is_missing_is_computed(tmp_path: Path) -> None:
    asked = []

    def shout(word: str) -> bytes:
        asked.append(word)
        return word.upper().encode()

    store = Store(tmp_path)
    items = [Keyed(key_of(word), word) for word in ("a", "b", "a", "c")]
    assert [path.read_bytes() for path in mapped(shout, items[:2], store, LOCAL)] == [b"A", b"B"]
    assert [path.read_bytes() for path in mapped(shout, items, store, LOCAL)] == [b"A", b"B", b"A", b"C"]
    assert asked == ["a", "b", "c"]


def test_what_a_build_does_not_need_is_deleted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for word in ("old", "new"):
        store.put(key_of(word), word.encode())
    store.keep_only([key_of("new")])
    assert key_of("old") not in store
    assert store.path(key_of("new")).read_bytes() == b"new"


def test_a_key_depends_on_every_part() -> None:
    assert len({key_of("a", "b"), key_of("ab"), key_of("b", "a"), key_of("a", "b", "")}) == 4


def test_the_version_of_code_is_of_files_and_packages() -> None:
    assert code_version("types.py") != code_version("papers")
    assert code_version("papers", "types.py") == code_version("papers", "types.py")
