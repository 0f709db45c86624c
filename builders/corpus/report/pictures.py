"""A block of a paper in, its page as a picture with the block's box marked out.

picture(file, folder, page=3, box=(0.12, 0.2, 0.48, 0.31))  ->  "data:image/jpeg;base64,..."

The page is in the PDF itself, or in the PDF that MinerU's output was made from, where it lies beside the output.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pypdfium2
from PIL import Image, ImageDraw

from builders.papers import PaperFile
from builders.types import Box

WIDTH, HEIGHT = 820, 1160
"""Most pixels of a picture."""
QUALITY = 55
MOST_BYTES = 230_000
"""A picture of more is left out: twenty of them have to fit on a page of 8 MB."""
_OUTPUTS = ("_content_list_v2", "_content_list", "_middle_json", "_middle", "_layout", "_structured_content")
_RED = (200, 30, 30)


def picture(file: PaperFile, folder: Path, page: int | None, box: Box | None) -> str | None:
    """The page as a data URL; None where there is no PDF, or it has no such page."""
    path = pdf_of(file, folder)
    if path is None or page is None:
        return None
    try:
        image = _rendered(path, page)
    except (pypdfium2.PdfiumError, OSError, ValueError):
        return None
    if image is None:
        return None
    if box is not None:
        _mark(image, box)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    if out.tell() > MOST_BYTES:
        return None
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


def pdf_of(file: PaperFile, folder: Path) -> Path | None:
    """The PDF of a paper; never one outside its folder of papers."""
    if file.kind == "pdf":
        return file.path
    root = folder.resolve()
    for name in _beside(PurePosixPath(file.name)) if file.kind == "mineru" else ():
        path = folder / name
        if path.is_file() and path.resolve().is_relative_to(root):
            return path
    return None


def _beside(output: PurePosixPath) -> Iterator[PurePosixPath]:
    """Where the PDF may lie: under the output's own stem, or that of a folder or a zip that holds it."""
    stem = next((output.stem.removesuffix(end) for end in _OUTPUTS if output.stem.endswith(end)), "")
    yield from (output.parent / f"{stem}{end}.pdf" for end in ("", "_origin") if stem)
    for folder in output.parents:
        yield from [folder / f"{stem}.pdf"] if stem else []
        if folder.name:
            yield folder.parent / f"{folder.name.removesuffix('.zip')}.pdf"


def _rendered(path: Path, number: int) -> Image.Image | None:
    document = pypdfium2.PdfDocument(path)
    try:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            return None
        image: Image.Image = page.render(scale=min(WIDTH / width, HEIGHT / height)).to_pil().convert("RGB")
        return image
    finally:
        document.close()


def _mark(image: Image.Image, box: Box) -> None:
    width, height = image.size
    left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    # A little outside the text, so that the frame does not run through it.
    ImageDraw.Draw(image).rectangle((left - 4, top - 4, right + 4, bottom + 4), outline=_RED, width=3)
