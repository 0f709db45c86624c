"""Where does this row come from? A row id in; its text, its sources in words, and its page as a picture out.

python -m builders.show recipe=demo row=3eb84d4b4cd886f2 picture=page.png
make show RECIPE=demo ROW=3eb84d4b4cd886f2
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from PIL import ImageDraw

from builders.config import BuildConfig
from builders.config_file import load
from builders.errors import UserError
from builders.jsonl import read_rows
from builders.types import Box

SOURCES = ".sources.jsonl"
WIDEST = 300  # characters of a span that are printed


@dataclass(frozen=True)
class Request:
    """What is asked: a row of a recipe's data."""

    recipe: str = "demo"
    row: str = ""
    picture: str | None = None
    """Where to draw the page of the first source that has one, its box marked; needs the PDF."""


def shown(request: Request) -> Iterator[str]:
    """Says a row and its sources, line by line; draws the page if asked.

    Raises:
        UserError: there is no such row, or no page to draw.
    """
    folder = Path("data") / request.recipe
    dataset, sources = _find(folder, request.row)
    rows = folder / f"{dataset}.jsonl"  # rows of token ids have none
    row = next((row for row in read_rows(rows) if row["id"] == request.row), None) if rows.is_file() else None
    yield f"{dataset}: {request.row}"
    for key, value in (row or {}).items():
        if key not in ("id", "input"):
            yield f"  {key}: {_short(value)}"
    documents = {source["document"] for source in sources}
    papers = {paper["id"]: paper for paper in read_rows(folder / "documents.jsonl") if paper["id"] in documents}
    for source in sources:
        yield from _said(source, papers)
    if request.picture:
        yield f"picture: {_draw(request, sources, papers)}"


def _find(folder: Path, row: str) -> tuple[str, list[dict[str, Any]]]:
    for path in sorted(folder.glob(f"*{SOURCES}")):
        for line in read_rows(path):
            if line["id"] == row:
                return path.name.removesuffix(SOURCES), line["sources"]
    raise UserError(f"row={row or 'nothing'}: not in {folder}; take an id from one of its .jsonl files")


def _said(source: dict[str, Any], papers: dict[str, dict[str, Any]]) -> Iterator[str]:
    if source.get("triple"):
        yield "source: triple " + " | ".join(source["triple"].split("\t"))
    paper = papers.get(source["document"])
    if not paper and not source.get("triple"):
        place = f"{source['document']}, row or line {source['line']}, " if source.get("document") else ""
        yield f"source: {place}{source.get('maker')}"
    if paper:
        place = f"page {source['page']}" if source.get("page") else f"line {source.get('line')}"
        yield f"source: {paper['title']} ({paper['path']}), {place}, characters {source['start']}-{source['end']}"
        text = "\n\n".join(block["text"] for block in paper["blocks"])
        yield f"  {_short(text[source['start'] : source['end']])}"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= WIDEST else f"{text[:WIDEST]} ..."


def _draw(request: Request, sources: list[dict[str, Any]], papers: dict[str, dict[str, Any]]) -> str:
    """Renders the first source's page with its box marked; returns the picture's path."""
    source = next((source for source in sources if source.get("page") and source["document"] in papers), None)
    config = load(BuildConfig, Path("recipes") / request.recipe / "build.yaml")
    if source is None or request.picture is None:
        raise UserError(f"row={request.row}: no source of it has a page; leave picture= out")
    name = papers[source["document"]]["path"]
    found = [path for folder in config.papers if (path := Path(folder) / name).suffix == ".pdf" and path.is_file()]
    if not found:
        raise UserError(f"{name}: no PDF of that name under {', '.join(config.papers)}; leave picture= out")
    image = pypdfium2.PdfDocument(found[0])[source["page"] - 1].render(scale=1.5).to_pil()
    if source["box"]:
        ImageDraw.Draw(image).rectangle(_pixels(tuple(source["box"]), image.size), outline="red", width=3)
    image.save(request.picture)
    return request.picture


def _pixels(box: Box, size: tuple[int, int]) -> Box:
    width, height = size
    return (box[0] * width, box[1] * height, box[2] * width, box[3] * height)


def main(arguments: Sequence[str]) -> int:
    try:
        asked = OmegaConf.merge(OmegaConf.structured(Request), OmegaConf.from_dotlist(list(arguments)))
        sys.stdout.write("\n".join(shown(Request(**OmegaConf.to_container(asked)))) + "\n")  # type: ignore[arg-type]
    except OmegaConfBaseException as error:
        sys.stderr.write(f"{str(error).splitlines()[0]}; write recipe=<name> row=<id> picture=<file.png>\n")
        return 1
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
