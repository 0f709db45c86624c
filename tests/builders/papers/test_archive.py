"""Zips of strangers: read in memory, refused where they lead out, bomb, or ask for a password."""

from __future__ import annotations

import random
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from builders.papers import UnreadablePaper, archive, find_papers
from builders.papers.archive import members, read_member


def make_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return path


def _reason(path: Path, name: str = "a.json") -> str:
    with pytest.raises(UnreadablePaper) as raised:
        read_member(path, name)
    assert raised.value.detail.startswith(f"{path.name}: ")
    assert "\n" not in raised.value.detail
    return raised.value.reason


def test_files_are_listed_and_read_without_unpacking(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "li.zip", {"b.json": b"[1]", "images/": b"", "images/a.jpg": b"x"})
    assert members(path) == ["b.json", "images/a.jpg"]
    assert read_member(path, "b.json") == b"[1]"
    assert [child.name for child in tmp_path.iterdir()] == ["li.zip"]


@pytest.mark.parametrize("name", ["../a.json", "x/../../a.json", "/a.json", "..\\a.json", "C:/a.json"])
def test_a_name_that_leads_out_refuses_the_archive(tmp_path: Path, name: str) -> None:
    assert _reason(make_zip(tmp_path / "li.zip", {"a.json": b"[]", name: b"x"})) == "unsafe_zip"


def test_a_link_refuses_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "li.zip"
    link = zipfile.ZipInfo("a.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(link, "/etc/passwd")
    assert _reason(path) == "unsafe_zip"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert _reason(make_zip(tmp_path / "li.zip", {"a.json": bytes(2 * 1024**2)})) == "too_large_zip"


def test_sums_and_counts_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_zip(tmp_path / "li.zip", {"a.json": b"[1, 2]", "b.json": b"[1, 2]"})
    assert read_member(path, "a.json") == b"[1, 2]"
    for limit, value in (("MOST_MEMBERS", 1), ("MOST_BYTES", 11), ("MOST_MEMBER_BYTES", 5)):
        with monkeypatch.context() as patch:
            patch.setattr(archive, limit, value)
            assert _reason(path) == "too_large_zip"


def test_a_password_is_named(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "li.zip", {"a.json": b"[]"})
    data = bytearray(path.read_bytes())
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + offset] |= 1
    path.write_bytes(data)
    assert _reason(path) == "encrypted_zip"


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "method"])
def test_damage_is_named(tmp_path: Path, damage: str) -> None:
    path = make_zip(tmp_path / "li.zip", {"a.json": b"[" + b"1, " * 1000 + b"1]"})
    data = bytearray(path.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flip":
        data[45] ^= 0xFF
    elif damage == "method":
        data[data.index(b"PK\x01\x02") + 10] = 77
    else:
        data.clear()
    path.write_bytes(data)
    assert _reason(path) == "broken_zip"


def test_a_member_that_is_gone_is_named(tmp_path: Path) -> None:
    assert _reason(make_zip(tmp_path / "li.zip", {"b.json": b"[]"})) == "broken_zip"


def test_no_damage_gets_past_the_archive(tmp_path: Path) -> None:
    """Bytes turned at random: the content as it was, or a fault with a name."""
    content = {"li_content_list.json": b'[{"type": "text", "text": "narrow"}]' * 20, "images/a.jpg": bytes(range(256))}
    good = make_zip(tmp_path / "good.zip", content).read_bytes()
    chance = random.Random(3)
    path = tmp_path / "papers" / "li.zip"
    path.parent.mkdir()
    read, refused = 0, list[str]()
    for _ in range(200):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        for file in find_papers(path.parent):
            try:
                file.read()
                read += 1
            except UnreadablePaper as fault:
                refused.append(fault.reason)
    assert read + len(refused) >= 200
    assert min(read, len(refused)) > 20
    assert set(refused) <= {"broken_zip", "encrypted_zip", "no_paper_in_zip", "too_large_zip", "unsafe_zip"}
