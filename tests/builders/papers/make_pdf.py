"""Small PDFs for the tests, made with reportlab: a two-column paper, and the same encrypted, cut off and blank."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph, Spacer

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=4, firstLineIndent=10)
HEADING = ParagraphStyle("heading", fontName="Times-Bold", fontSize=12, leading=16, spaceBefore=8, spaceAfter=4)
TITLE = ParagraphStyle("title", fontName="Times-Bold", fontSize=18, leading=22, alignment=1)
AUTHOR = ParagraphStyle("author", fontName="Times-Roman", fontSize=10, leading=12, alignment=1)

SENTENCE = "The extracellular space of the brain is a narrow and continuous system of channels between the cells. "
FLUID = "Interstitial fluid fills these channels and carries ions, nutrients and metabolites through the tissue. "
REFERENCES = (
    "1. Nobody A, Noone B. A paper that was never written. Journal of Nothing. 2001;12(3):45-67.",
    "2. Nemo C. Another unwritten paper. Proceedings of the Empty Society. 1999;8:1-9.",
)


def paper(path: Path) -> Path:
    """Writes a paper of two pages with title, author, abstract, three sections and two references."""
    width, height = A4
    margin, gutter = 50, 20
    column = (width - 2 * margin - gutter) / 2
    front = Frame(margin, height - 250, width - 2 * margin, 200)
    first = [Frame(x, 60, column, height - 320) for x in (margin, margin + column + gutter)]
    later = [Frame(x, 60, column, height - 120) for x in (margin, margin + column + gutter)]
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    document.addPageTemplates(
        [
            PageTemplate("first", [front, *first], onPage=_running_head, autoNextPageTemplate="later"),
            PageTemplate("later", later, onPage=_running_head),
        ]
    )
    document.build(_story())
    return path


def _story() -> list[object]:
    story: list[object] = [
        Paragraph("Channels Between the Cells of the Brain", TITLE),
        Spacer(1, 8),
        Paragraph("Test Author", AUTHOR),
        Paragraph("Department of Examples, University of Nowhere, author@example.org", AUTHOR),
        Paragraph("Abstract", HEADING),
        Paragraph(f"Purpose: to test a reader. {SENTENCE}{FLUID}Conclusion: it can be read.", BODY),
        FrameBreak(),
    ]
    for heading in ("1 Introduction", "2 Methods", "2.1 Measuring diffusion"):
        story.append(Paragraph(heading, HEADING))
        story.extend(Paragraph(f"Here begins {number}. {(SENTENCE + FLUID) * 3}", BODY) for number in ("one", "two"))
    story.append(Paragraph("References", HEADING))
    story.extend(Paragraph(reference, BODY) for reference in REFERENCES)
    return story


def _running_head(page: canvas.Canvas, document: BaseDocTemplate) -> None:
    page.setFont("Times-Italic", 8)
    page.drawString(50, A4[1] - 30, "Journal of Examples")
    page.drawCentredString(A4[0] / 2, 30, str(page.getPageNumber()))


def encrypted(source: Path, path: Path) -> Path:
    """Writes a copy that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.encrypt("secret")
    writer.write(path)
    return path


def cut_off(source: Path, path: Path) -> Path:
    """Writes the first half of the file."""
    data = source.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def scanned(path: Path) -> Path:
    """Writes a page that holds lines but no text."""
    page = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    page.line(50, 50, 500, 700)
    page.save()
    return path
