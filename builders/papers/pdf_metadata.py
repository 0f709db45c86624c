"""What a PDF says of itself outside its pages: its DOI and its rights, from the Info dictionary and from XMP.

    metadata("li.pdf", pdf)  ->  {"doi": "10.1016/j.neuroimage.2020.117", "rights": "... CC BY license ..."}

Publishers put the DOI there under names of their own; a DOI inside another value (Elsevier's Subject) counts as well.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

_INFO_TAGS = ("doi", "DOI", "WPS-ARTICLEDOI", "Subject")
_XMP_DOI = re.compile(rb"<(?:prism|pdfx|crossmark|jav):(?:doi|DOI)>\s{0,20}([^<]{1,300})<")
_XMP_RIGHTS = re.compile(
    rb"<(?:dc:rights|xmpRights:UsageTerms)>\s{0,200}<rdf:Alt>\s{0,200}<rdf:li[^>]{0,100}>([^<]{1,2000})<"
    rb"|xmpRights:WebStatement(?:>|=\")\s{0,20}([^<\"]{1,500})[<\"]"
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>;,]{1,200}")


def metadata(path: str, pdf: Any) -> dict[str, str]:
    """Reads what there is, from an open `pypdfium2.PdfDocument` and the file itself."""
    info = pdf.get_metadata_value
    stated = {tag: info(tag) for tag in _INFO_TAGS}
    rights: list[str] = []
    with Path(path).open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        dois = [*_texts(_XMP_DOI, data), *stated.values()]
        rights.extend(_texts(_XMP_RIGHTS, data))
    found = {match.group().rstrip(".)]").lower() for text in dois if (match := _DOI.search(text))}
    return {
        **({"doi": found.pop()} if len(found) == 1 else {}),
        **({"rights": " ".join(dict.fromkeys(rights))} if rights else {}),
    }


def _texts(pattern: re.Pattern[bytes], data: mmap.mmap) -> Iterator[str]:
    """What a pattern finds in the file's uncompressed parts; XMP is meant to be found that way."""
    for match in pattern.finditer(data):
        group = next(group for group in match.groups() if group is not None)
        if text := " ".join(unescape(group.decode("utf-8", "replace")).split()):
            yield text
