from __future__ import annotations

import io
import itertools
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import strategies as st

from builders.papers import UnreadablePaper, find_papers, read_paper
from builders.papers.language import language_of
from tests.builders.fuzz import strategies
from tests.builders.fuzz.fuzzing import INPUTS, fuzz, watched

pytestmark = pytest.mark.slow

NAMES = [
    "li_content_list.json",
    "li_content_list_v2.json",
    "li_middle.json",
    "layout.json",
    "a.json",
    "li.md",
    "full.md",
]
MEMBERS = [
    "li_content_list.json", "layout.json", "auto/li_middle.json", "../li_middle.json", "/etc/li_middle.json",
    "a/../../li_middle.json", "..\\li_content_list.json", "C:/li_middle.json", "images/../../../a.jpg", "a.txt",
]  # fmt: skip
CONTENTS = (
    strategies.content_lists | strategies.content_lists_v2 | strategies.middles | strategies.documents_of_pages
).map(strategies.as_json) | strategies.markdown_texts.map(lambda text: text.encode("utf-8", "replace"))


def _zipped(members: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in dict(members).items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder for papers, with a file beside it that no paper may reach; the language model is loaded."""
    (tmp_path / "secret.txt").write_text("not yours")
    (tmp_path / "papers").mkdir()
    language_of("L'espace extracellulaire du cerveau est étroit et sinueux. " * 5)
    return tmp_path


def _read_all(world: Path, folder: Path) -> list[str]:
    """Reads every paper of a folder; returns the reasons of those that cannot be read."""
    reasons = []
    with watched() as events:
        for file in find_papers(folder):
            try:
                read_paper(file, Counter(), world / "cache")
            except UnreadablePaper as fault:
                reasons.append(fault.reason)
    for event, path, mode in events:
        assert event in ("open", "os.listdir", "os.scandir"), (event, path)
        assert Path(path).resolve().is_relative_to(folder), (event, path)
        assert mode in ("", "r", "rb"), (event, path, mode)
    return reasons


def test_papers_open_nothing_outside_their_folder(world: Path) -> None:
    """Image names lead out of the folder in many ways: none is ever opened."""
    number = itertools.count()

    def read(files: list[tuple[str, bytes]]) -> None:
        folder = world / "papers" / str(next(number))
        folder.mkdir()
        for name, content in files:
            (folder / name).write_bytes(content)
        _read_all(world, folder)

    files = st.lists(st.tuples(st.sampled_from(NAMES), CONTENTS), min_size=1, max_size=3)
    fuzz("papers_on_disk", files, read)
    assert sorted(path.name for path in world.iterdir()) == ["papers", "secret.txt"]
    assert next(number) >= INPUTS["papers_on_disk"]


def test_zips_that_lead_out_are_refused(world: Path) -> None:
    """Nothing is unpacked, and an archive with one bad name is refused whole."""
    number = itertools.count()

    def read(drawn: tuple[list[tuple[str, bytes]], int | None]) -> None:
        members, cut = drawn
        folder = world / "papers" / str(next(number))
        folder.mkdir()
        data = _zipped(members)
        (folder / "li.zip").write_bytes(data if cut is None else data[:cut])
        reasons = _read_all(world, folder)
        assert [path.name for path in folder.iterdir()] == ["li.zip"]
        leads_out = any(
            "\\" in name or ":" in name or name.startswith("/") or ".." in PurePosixPath(name).parts
            for name, _ in members
        )
        if leads_out and cut is None:
            assert reasons == ["unsafe_zip"]

    members = st.lists(st.tuples(st.sampled_from(MEMBERS), CONTENTS), min_size=1, max_size=3)
    fuzz("zips", st.tuples(members, st.none() | st.none() | st.integers(0, 300)), read)
    assert sorted(path.name for path in world.iterdir()) == ["papers", "secret.txt"]
