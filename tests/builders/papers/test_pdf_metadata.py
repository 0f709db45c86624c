"""DOI and rights from a PDF's own metadata, found without trusting it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from builders.papers.pdf_lines import open_pdf
from builders.papers.pdf_metadata import metadata

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description>
<prism:doi>10.1016/J.NeuroImage.2020.117</prism:doi>
<dc:rights><rdf:Alt>
<rdf:li xml:lang="x-default">Open access under the CC BY license &amp; more</rdf:li></rdf:Alt></dc:rights>
<xmpRights:WebStatement>http://creativecommons.org/licenses/by/4.0/</xmpRights:WebStatement>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def _with(source: Path, path: Path, info: Mapping[str, str], xmp: str = "") -> dict[str, str]:
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.add_metadata(info)
    if xmp:
        stream = StreamObject()
        stream.set_data(xmp.encode())
        stream[NameObject("/Type")] = NameObject("/Metadata")
        writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.write(path)
    return metadata(str(path), open_pdf(str(path)))


@pytest.mark.parametrize(
    ("info", "found"),
    [
        ({"/doi": "10.1000/Own"}, {"doi": "10.1000/own"}),
        ({"/WPS-ARTICLEDOI": "10.1002/hbm.1"}, {"doi": "10.1002/hbm.1"}),
        ({"/Subject": "NeuroImage, 1 (2020) 117. doi:10.1016/j.n.2020.1"}, {"doi": "10.1016/j.n.2020.1"}),
        ({"/doi": "10.1000/a", "/Subject": "doi:10.1000/b"}, {}),
        ({"/Subject": "Water in the brain"}, {}),
        ({}, {}),
    ],
)
def test_the_info_dictionary_names_one_doi_or_none(
    pdfs: Path, tmp_path: Path, info: dict[str, str], found: dict[str, str]
) -> None:
    assert _with(pdfs / "paper.pdf", tmp_path / "a.pdf", info) == found


def test_xmp_gives_doi_and_rights(pdfs: Path, tmp_path: Path) -> None:
    assert _with(pdfs / "paper.pdf", tmp_path / "a.pdf", {"/doi": "10.1016/j.neuroimage.2020.117"}, XMP) == {
        "doi": "10.1016/j.neuroimage.2020.117",
        "rights": "Open access under the CC BY license & more http://creativecommons.org/licenses/by/4.0/",
    }
