"""Which files of a folder are papers: each paper once, by its richest source, in a fixed order.

    find_papers(Path("papers"))  ->  [PaperFile(path=..., name="li/auto/li_content_list.json", kind="mineru"),
                                      PaperFile(path=..., name="wang.pdf", kind="pdf")]

A MinerU output is one paper, read from its JSON rather than its Markdown; the PDF that it was made from, beside it or
in a folder above, is the same paper. It may be a folder or a zip. A PDF beside Markdown of the same name is read from
the PDF, which has pages.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from builders.papers.archive import members, read_member
from builders.papers.raw import UnreadablePaper

PaperKind = Literal["mineru", "pdf", "markdown"]

_JSON = re.compile(
    r"(?:(?P<stem>.+)_)?(?P<form>content_list_v2|content_list|middle_json|middle|layout|structured_content)\.json"
)
_RICHEST = ("content_list_v2", "content_list", "middle_json", "middle", "layout", "structured_content")
_METHODS = (re.compile(r"hybrid_.+"), re.compile(r"vlm"), re.compile(r"auto|txt|ocr|office"))
"""Folders that MinerU names after its backend, the better one first."""
_BYPRODUCTS = ("", "_origin", "_layout", "_span", "_spans")
_UNNAMED = ("full", "markdown")
_KINDS: dict[str, PaperKind] = {".pdf": "pdf", ".md": "markdown"}
_SUFFIXES = (".json", ".md", ".pdf", ".zip")
_OPENING = re.compile(rb'"(?:pdf_info|docvortex_layout|producer)"\s*:')
"""How a middle JSON of any name begins (`mineru-kit parse -f middle_json` writes `<stem>.json`)."""
_OPENING_BYTES = 2000


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file that holds one paper, or the member of a zip that does."""

    path: Path
    name: str
    """Relative to the folder of papers, with forward slashes; a member's name follows its zip's."""
    kind: PaperKind
    member: str | None = None
    """The name inside, where the file is a zip."""
    digest: str | None = field(default=None, compare=False, repr=False)
    """What `sha256` gives, where it is known already (`hashes.py`)."""

    def read(self) -> bytes:
        """The whole content; raises UnreadablePaper where a zip does not give it."""
        if self.member is not None:
            return read_member(self.path, self.member)
        if self.kind == "mineru" and self.path.suffix.lower() == ".zip":
            members(self.path)  # an archive that cannot be read says why itself
            detail = f"{self.path.name}: no MinerU output in it; unpack it here if it holds papers, or delete it"
            raise UnreadablePaper("no_paper_in_zip", detail)
        return self.path.read_bytes()

    def sha256(self) -> str:
        """Hash of the file, 64 hex digits: names the paper where no DOI is known, and its place in the cache."""
        if self.digest is not None:
            return self.digest
        if self.member is not None:
            return hashlib.sha256(self.read()).hexdigest()
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def find_papers(folder: Path) -> list[PaperFile]:
    """Lists the papers below a folder, sorted by name; hidden files and links that lead out of it are left alone.

    A zip that cannot be read, or that holds no paper, is listed all the same: reading it says what is wrong.
    """
    paths = sorted(_files(folder.resolve()))
    found: dict[str, PaperFile] = {}
    covered: set[PurePosixPath] = set()
    for outputs in _outputs([path for path in paths if _is_output(folder, path)]):
        found[str(_richest(outputs))] = PaperFile(folder / _richest(outputs), str(_richest(outputs)), "mineru")
        covered.update(at for output in outputs for at in _covered(output))
    for path in paths:
        if path.suffix.lower() == ".zip" and path.with_suffix("") not in covered:
            for file in _zipped(folder, path):
                found[file.name] = file
                covered.update(_covered_by_zip(path, file.member) if file.member else ())
    pages = {path.with_suffix("") for path in paths if path.suffix.lower() == ".pdf"}
    for path in paths:
        kind = _KINDS.get(path.suffix.lower())
        stem = path.with_suffix("")
        if kind is None or stem in covered or (kind == "markdown" and stem in pages):
            continue
        if path.name.lower() != "readme.md":
            found[str(path)] = PaperFile(folder / path, str(path), kind)
    return [found[name] for name in sorted(found)]


def _files(folder: Path) -> Iterator[PurePosixPath]:
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.suffix.lower() not in _SUFFIXES or any(part.startswith(".") for part in relative.parts):
            continue
        if path.is_file() and path.resolve().is_relative_to(folder):
            yield PurePosixPath(relative.as_posix())


def _is_output(folder: Path, path: PurePosixPath) -> bool:
    """Whether a file is MinerU's JSON: by its name, or by how it begins."""
    if path.suffix != ".json" or _JSON.fullmatch(path.name):
        return path.suffix == ".json"
    if path.stem.endswith(("_model", "model_output")):
        return False
    try:
        with (folder / path).open("rb") as stream:
            return _OPENING.search(stream.read(_OPENING_BYTES)) is not None
    except OSError:
        return True  # reading the file says why


def _zipped(folder: Path, path: PurePosixPath) -> Iterator[PaperFile]:
    """The papers of a zip, by their MinerU output."""
    try:
        inside = [PurePosixPath(name) for name in members(folder / path)]
    except (UnreadablePaper, OSError):
        inside = []  # reading the file says why
    outputs = _outputs([name for name in inside if _JSON.fullmatch(name.name)])
    for member in sorted(str(_richest(output)) for output in outputs):
        yield PaperFile(folder / path, f"{path}/{member}", "mineru", member)
    if not outputs:
        yield PaperFile(folder / path, str(path), "mineru")


def _outputs(paths: Sequence[PurePosixPath]) -> list[list[PurePosixPath]]:
    """The JSON files of each paper: those of one stem in one folder, and in MinerU's folders for its backends.

    The web API writes `<uuid>_content_list.json` beside a bare `layout.json`: a bare name belongs to the only stem.
    """
    folders: defaultdict[PurePosixPath, dict[str, list[PurePosixPath]]] = defaultdict(dict)
    for path in paths:
        match = _JSON.fullmatch(path.name)
        stem = (match["stem"] or "") if match else path.stem
        folders[path.parent].setdefault(stem, []).append(path)
    outputs: defaultdict[tuple[PurePosixPath, str], list[PurePosixPath]] = defaultdict(list)
    for folder, stems in folders.items():
        named = [stem for stem in stems if stem]
        paper = folder.parent if _method(folder) is not None else folder
        for stem, found in stems.items():
            outputs[paper, named[0] if len(named) == 1 else stem].extend(found)
    return list(outputs.values())


def _method(folder: PurePosixPath) -> int | None:
    """The rank of the backend that a folder is named after; None for a folder of another name."""
    return next((rank for rank, method in enumerate(_METHODS) if method.fullmatch(folder.name)), None)


def _richest(outputs: Sequence[PurePosixPath]) -> PurePosixPath:
    def rank(path: PurePosixPath) -> tuple[int, int, PurePosixPath]:
        match = _JSON.fullmatch(path.name)
        form = _RICHEST.index(match["form"]) if match else len(_RICHEST)
        return form, _method(path.parent) or 0, path

    return min(outputs, key=rank)


def _covered(output: PurePosixPath) -> Iterator[PurePosixPath]:
    """Paths, without suffix, at which the same paper may lie as PDF, as Markdown or as a zip."""
    match = _JSON.fullmatch(output.name)
    stem = match["stem"] if match else output.stem
    stems = [stem] if stem else []
    named = next((part for part in reversed(output.parent.parts) if _method(PurePosixPath(part)) is None), None)
    for folder in output.parents:
        yield from (folder / stem for stem in (*stems, *([named] if named else [])))
    yield from (output.parent / f"{stem}{suffix}" for stem in stems for suffix in _BYPRODUCTS)
    yield from (output.parent / stem for stem in _UNNAMED)


def _covered_by_zip(path: PurePosixPath, member: str) -> Iterator[PurePosixPath]:
    yield from (folder / path.stem for folder in path.parents)
    yield from _covered(path.parent / member)
