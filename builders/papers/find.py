"""Which files of a folder are papers: each paper once, by its richest source, in a fixed order.

    find_papers(Path("papers"))  ->  [PaperFile(path=..., name="li/auto/li_content_list.json", kind="mineru"),
                                      PaperFile(path=..., name="wang.pdf", kind="pdf")]

A MinerU output is one paper, read from its JSON rather than its Markdown; the PDF that it was made from, beside it or
in a folder above, is the same paper. A PDF beside Markdown of the same name is read from the PDF, which has pages.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

PaperKind = Literal["mineru", "pdf", "markdown"]

_JSON = re.compile(
    r"(?:(?P<stem>.+)_)?(?P<form>content_list_v2|content_list|middle_json|middle|layout|structured_content)\.json"
)
_RICHEST = ("content_list_v2", "content_list", "middle_json", "middle", "layout", "structured_content")
_METHOD = re.compile(r"auto|txt|ocr|vlm|office|hybrid_.+")
_BYPRODUCTS = ("", "_origin", "_layout", "_span", "_spans")
_UNNAMED = ("full", "markdown")
_KINDS: dict[str, PaperKind] = {".pdf": "pdf", ".md": "markdown"}


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file that holds one paper."""

    path: Path
    name: str
    """Relative to the folder of papers, with forward slashes."""
    kind: PaperKind

    def sha256(self) -> str:
        """Hash of the file, 64 hex digits: names the paper where no DOI is known, and its place in the cache."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def find_papers(folder: Path) -> list[PaperFile]:
    """Lists the papers below a folder, sorted by name; hidden files and links that lead out of it are left alone."""
    paths = sorted(_files(folder.resolve()))
    found: dict[str, PaperKind] = {}
    covered: set[PurePosixPath] = set()
    for outputs in _mineru_outputs(paths).values():
        found[str(_richest(outputs))] = "mineru"
        covered.update(_covered(outputs[0]))
    pages = {path.with_suffix("") for path in paths if path.suffix.lower() == ".pdf"}
    for path in paths:
        kind = _KINDS.get(path.suffix.lower())
        stem = path.with_suffix("")
        if kind is None or stem in covered or (kind == "markdown" and stem in pages):
            continue
        if path.name.lower() != "readme.md":
            found[str(path)] = kind
    return [PaperFile(folder / name, name, found[name]) for name in sorted(found)]


def _files(folder: Path) -> Iterator[PurePosixPath]:
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.suffix.lower() not in (".json", ".md", ".pdf") or any(part.startswith(".") for part in relative.parts):
            continue
        if path.is_file() and path.resolve().is_relative_to(folder):
            yield PurePosixPath(relative.as_posix())


def _mineru_outputs(paths: Sequence[PurePosixPath]) -> dict[tuple[PurePosixPath, str], list[PurePosixPath]]:
    """The JSON files of each MinerU output, by folder and stem.

    The web API writes `<uuid>_content_list.json` beside a bare `layout.json`: a bare name belongs to the only stem.
    """
    folders: defaultdict[PurePosixPath, dict[str, list[PurePosixPath]]] = defaultdict(dict)
    for path in paths:
        if match := _JSON.fullmatch(path.name):
            folders[path.parent].setdefault(match["stem"] or "", []).append(path)
    outputs: dict[tuple[PurePosixPath, str], list[PurePosixPath]] = {}
    for folder, stems in folders.items():
        named = [stem for stem in stems if stem]
        for stem, members in stems.items():
            outputs.setdefault((folder, named[0] if len(named) == 1 else stem), []).extend(members)
    return outputs


def _richest(outputs: Sequence[PurePosixPath]) -> PurePosixPath:
    forms = {path: match["form"] for path in outputs if (match := _JSON.fullmatch(path.name))}
    return min(outputs, key=lambda path: (_RICHEST.index(forms[path]), path))


def _covered(output: PurePosixPath) -> Iterator[PurePosixPath]:
    """Paths, without suffix, at which the same paper may lie as PDF or Markdown."""
    match = _JSON.fullmatch(output.name)
    stems = [match["stem"]] if match and match["stem"] else []
    named = next((part for part in reversed(output.parent.parts) if not _METHOD.fullmatch(part)), None)
    for folder in output.parents:
        yield from (folder / stem for stem in (*stems, *([named] if named else [])))
    yield from (output.parent / f"{stem}{suffix}" for stem in stems for suffix in _BYPRODUCTS)
    yield from (output.parent / stem for stem in _UNNAMED)
