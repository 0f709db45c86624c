"""The page on a corpus: figures that add up, real examples, blocks before and after; and nothing in it runs."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from builders.__main__ import main as build
from builders.corpus.coverage import PaperCoverage
from builders.corpus.report.__main__ import main
from builders.corpus.report.examples import Copy, contaminated, copies, dropped
from builders.corpus.report.page import Content, page
from builders.corpus.report.pairs import Pair, aligned
from builders.corpus.report.pictures import MOST_BYTES, pdf_of, picture
from builders.corpus.report.tally import Stage, tally
from builders.corpus.report.words import SHOWN_CHARACTERS, Part, marked
from builders.jsonl import write_rows
from builders.papers import PaperFile
from builders.types import Block, Dropped

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PAPER = """# {title}

## Abstract

Purpose: To describe the {thing}. Methods: Textbooks were read. Results: The {thing} is narrow.
Conclusion: The {thing} matters to every cell.

## 1 Introduction

The {thing} lies between cells &amp; is filled with H<sub>2</sub>O, as section {number} of this paper says at length.

and
"""


class Tags(HTMLParser):
    """Collects the tags of a page, and what would fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "action")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def tags_of(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built recipe of six Markdown papers: one with a hostile title, one twice, one that is no paper."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "papers").mkdir()
    for number in range(6):
        title = HOSTILE if number == 0 else f"A study of the widget named quux{number}"
        text = PAPER.format(title=title, thing=f"quux{number}", number=number)
        (folder / "papers" / f"p{number}.md").write_text(text, encoding="utf-8")
    (folder / "papers" / "twin.md").write_text((folder / "papers" / "p5.md").read_text(), encoding="utf-8")
    (folder / "papers" / "x_content_list.json").write_text("{not json", encoding="utf-8")
    (folder / "build.yaml").write_text(
        "recipe: lab\npapers: [papers]\nsplit: {documents_min: 1}\nengine: {kind: local}\n", encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert build(["build.yaml"]) == 0
        assert main(["build.yaml"]) == 0
    return folder


def test_the_page_is_whole_and_the_same_again(
    lab: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(lab)
    first = (lab / "runs/lab/corpus.html").read_bytes()
    assert main(["build.yaml"]) == 0
    assert capsys.readouterr().out == "runs/lab/corpus.html\n"
    assert (lab / "runs/lab/corpus.html").read_bytes() == first
    html = first.decode()
    # The hostile title, and the introduction of the paper that is held out, which the others have a sentence of.
    assert html.count('<figure class="pair plain">') == 2
    assert "H₂O" in html
    assert "H&lt;sub&gt;2&lt;/sub&gt;O" in html
    assert re.search(r"the same work \(sha:[0-9a-f]{16}\) as p5\.md, which stays", html)
    assert re.search(r"<td>heldout_text</td><td class=\"number\">0</td><td class=\"number\">5</td>", html)
    assert re.search(r"<small>p\d\.md; in the set as p\d\.md</small>", html)


def test_nothing_of_a_paper_becomes_markup_and_nothing_is_fetched(lab: Path) -> None:
    html = (lab / "runs/lab/corpus.html").read_text(encoding="utf-8")
    found = tags_of(html)
    assert "alert(1)" in html
    assert found.tags.count("script") == 1
    assert found.handlers == []
    assert [link for link in found.links if not link.startswith("data:image/jpeg;base64,")] == []
    assert not re.search(r"https?://|url\(|@import", html)
    assert "script-src 'sha256-" in html


def test_nothing_built_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build.yaml").write_text("recipe: lab\npapers: []\n")
    assert main(["build.yaml"]) == 1
    said = capsys.readouterr().err
    assert said == "data/lab/summary.json: no such file; build it first with `make data RECIPE=lab`\n"
    assert main(["--help"]) == 0
    assert "runs/<recipe>/corpus.html" in capsys.readouterr().out


def summary(files: int, forgotten: int = 0) -> dict[str, object]:
    made = {"rows": 3, "duplicate_row": 0, "tasks": {"paper": 3}}
    return {"papers": {"files": files, "forgotten": forgotten}, "datasets": {"cpt": made, "dropped": {"no_text": 1}}}


def test_the_funnel_adds_up() -> None:
    rows = [
        PaperCoverage("a", "a", side="train", blocks=7, paragraphs=5, used=4, unused={"no_pattern_matched": 1},
                      rows={"paper": 1, "abstract.purpose": 1}, dropped={"too_few_words": 2},
                      fixes={"hyphen": 3, "dropped_reference": 30}),
        PaperCoverage("b", "b", side="train", blocks=3, paragraphs=2, unused={"no_pattern_matched": 2},
                      rows={"paper": 1}, dropped={"duplicate_paragraph": 1, "in_evaluation_set": 1},
                      fixes={"hyphen": 1, "dropped_furniture": 4}, damaged=True),
        PaperCoverage("c", "c", side="heldout", blocks=2, nothing="held_out"),
        PaperCoverage("d", nothing="broken_pdf"),
        PaperCoverage("e", "e", nothing="forbidden_licence", blocks=9),
        PaperCoverage("f", "f", nothing="near_duplicate_paper", blocks=9),
    ]  # fmt: skip
    figures = tally(rows, summary(7, forgotten=1))
    assert figures.papers == [
        Stage("files found", 7),
        Stage("not forgotten", 6, {"forgotten": 1}),
        Stage("readable", 5, {"broken_pdf": 1}),
        Stage("allowed by licence", 4, {"forbidden_licence": 1}),
        Stage("unique", 3, {"near_duplicate_paper": 1}),
        Stage("to train with", 2, {"held_out": 1}),
    ]
    assert figures.blocks == [
        Stage("blocks read", 50),
        Stage("text of the paper", 16, {"reference": 30, "furniture": 4}),
        Stage("worth learning from", 14, {"too_few_words": 2}),
        Stage("nowhere else", 12, {"duplicate_paragraph": 1, "in_evaluation_set": 1}),
    ]
    assert [(fix.name, fix.count, fix.papers) for fix in figures.fixes] == [("hyphen", 4, 2)]
    assert figures.datasets == {"cpt": {"paper": 3}}
    assert figures.paragraphs == {"used": 4, "no_pattern_matched": 3}
    assert (figures.text_only, figures.damaged, figures.all_papers) == (1, 1, 6)
    assert [row.path for row in figures.worst] == ["d", "e", "f", "b", "a", "c"]


def test_three_thousand_papers_give_a_short_table_and_exact_counts() -> None:
    rows = [
        PaperCoverage(f"{n}.pdf", str(n), HOSTILE * 20, side="train", paragraphs=9, used=n % 10, licence="CC BY 4.0")
        for n in range(3000)
    ]
    html = page(Content("big", tally(rows, summary(3000)), [], [], [], 0, []))
    assert "The 200 papers that gave least, of 3,000" in html
    assert html.count("<br><small>") == 200
    assert '<td class="text">CC BY 4.0</td><td class="number">3,000</td>' in html
    assert len(html) < 1_000_000
    assert tags_of(html).tags.count("script") == 1


def test_examples_are_three_a_reason_with_their_words(lab: Path) -> None:
    folder = lab / "made"
    rows = [Dropped("too_few_words", f"p1.md line {n}", f"short {n}") for n in range(40)]
    rows += [Dropped("missing_field", "triples.csv:3", "no tail"), Dropped("glyph_damage", "p1.md", "2 in 1,000")]
    write_rows(folder / "dropped.jsonl", rows)
    words, damage, field = dropped(folder, _known(lab), seed=1)
    assert (words.name, words.of, words.count, len(words.examples)) == ("too_few_words", "paragraph", 40, 3)
    assert len({example.place for example in words.examples}) == 3
    assert dropped(folder, _known(lab), seed=1)[0] == words
    assert (damage.of, field.of) == ("report", "triples")


def _known(lab: Path) -> dict[str, tuple[object, Path]]:
    from builders.corpus.coverage import prepared_papers

    return prepared_papers(lab / "data/lab/prepared")  # type: ignore[return-value]


def test_who_copies_whom(tmp_path: Path) -> None:
    rows = [
        Dropped("duplicate_paper", "b.pdf", "the same work (doi:10.1/x) as a.pdf, which stays"),
        Dropped("near_duplicate_paper", "c.pdf", "like a (1).pdf (similarity 0.91), which stays"),
        Dropped("duplicate_paragraph", "d.pdf: block 4", "as in a.pdf: block 3"),
        Dropped("near_duplicate_paragraph", "d.pdf: block 5", "nearly as in a.pdf: block 8"),
        Dropped("semantic_duplicate", "e.pdf: block 5", "like a.pdf: block 3 (cosine 0.97)"),
    ]
    write_rows(tmp_path / "dropped.jsonl", rows)
    assert copies(tmp_path) == [
        Copy("b.pdf", "a.pdf", 0),
        Copy("c.pdf", "a (1).pdf", 0),
        Copy("d.pdf", "a.pdf", 2),
        Copy("e.pdf", "a.pdf", 1),
    ]


def test_contamination_is_counted_by_set(tmp_path: Path) -> None:
    place = {"document": "sha:1", "block": 3, "page": 2, "text": "what both have"}
    kinds = [("papers", "copy"), ("heldout_text", "near_copy"), ("papers", "copy")]
    write_rows(
        tmp_path / "contamination.jsonl", [{"set": name, "id": "q", "kind": kind, **place} for name, kind in kinds]
    )
    held, papers = contaminated(tmp_path, {"sha:1": "li.pdf"})
    assert (held.name, held.copies, held.near) == ("heldout_text", 0, 1)
    assert (papers.name, papers.copies, papers.near, papers.documents) == ("papers", 2, 0, {"sha:1"})
    assert held.examples == [{"paper": "li.pdf", "of": "q", "page": 2, "text": "what both have"}]


def test_differences_are_marked_word_by_word() -> None:
    assert marked("the ex- tracellular space", "the extracellular space") == (
        [Part("the "), Part("ex- tracellular ", True), Part("space")],
        [Part("the "), Part("extracellular ", True), Part("space")],
    )
    assert marked("细胞 外间隙", "细胞外间隙") == (
        [Part("细"), Part("胞 ", True), Part("外间隙")],
        [Part("细"), Part("胞", True), Part("外间隙")],
    )
    assert marked("<td>ko</td><td>zh</td>", "| ko | zh |")[0] == [
        Part("<td>", True), Part("ko"), Part("</td><td>", True), Part("zh"), Part("</td>", True),
    ]  # fmt: skip
    assert marked("ex\ufffetra", "extra")[0] == [Part("ex¬tra", True)]
    assert marked("two  spaces are", "two spaces are") == ([Part("two  spaces are")], [Part("two spaces are")])


def test_long_texts_are_shown_around_their_difference() -> None:
    before, after = marked("word " * 5000 + "ﬁbre" + " word" * 5000, "word " * 5000 + "fibre" + " word" * 5000)
    assert (before[0], before[-1]) == (Part("… "), Part(" …"))
    assert Part("ﬁbre ", True) in before
    assert Part("fibre ", True) in after
    giant, _ = marked("x" * 10**6, "y")
    assert giant == [Part("x" * SHOWN_CHARACTERS, True), Part(" …")]


def test_blocks_find_what_they_were() -> None:
    raw = [
        Block("paragraph", "a run- ning head", page=1, box=(0.1, 0.1, 0.4, 0.2)),
        Block("furniture", "page 1", page=1),
        Block("paragraph", "first of the un- boxed paragraphs", page=2),
        Block("paragraph", "and the second of them, with a foot- note", page=2),
    ]
    clean = [
        Block("paragraph", "a running head", page=1, box=(0.1, 0.1, 0.4, 0.2)),
        Block("paragraph", "and the second of them, with a footnote", page=2),
        Block("paragraph", "nothing like what was read there", page=9),
    ]
    assert list(aligned(raw, clean)) == [(raw[0], clean[0]), (raw[3], clean[1])]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """MinerU's output beside the PDF that it was made from, and a PDF outside the folder of papers."""
    folder = tmp_path / "papers"
    (folder / "li" / "auto").mkdir(parents=True)
    for path in (folder / "li.pdf", tmp_path / "secret.pdf"):
        canvas = Canvas(str(path), pagesize=(300, 400))
        canvas.drawString(30, 300, "Some words of a page.")
        canvas.save()
    return folder


def test_a_page_is_drawn_with_its_box(papers: Path) -> None:
    drawn = picture(PaperFile(papers / "li.pdf", "li.pdf", "pdf"), papers, 1, (0.1, 0.2, 0.6, 0.3))
    assert drawn is not None
    content = base64.b64decode(drawn.removeprefix("data:image/jpeg;base64,"), validate=True)
    assert len(content) <= MOST_BYTES
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert image.size == (820, 1094)
    red, green, blue = image.getpixel((int(0.3 * 820), int(0.2 * 1094) - 3))  # type: ignore[misc]
    assert red > 150
    assert max(green, blue) < 110
    assert picture(PaperFile(papers / "li.pdf", "li.pdf", "pdf"), papers, 2, None) is None
    (papers / "li.pdf").write_bytes(b"%PDF-1.4 no PDF")
    assert picture(PaperFile(papers / "li.pdf", "li.pdf", "pdf"), papers, 1, None) is None


@pytest.mark.parametrize(
    "name",
    ["li/auto/li_content_list.json", "li/auto/8b95_content_list_v2.json", "li/content_list.json", "li.zip/a.json"],
)
def test_the_pdf_beside_an_output_is_found(papers: Path, name: str) -> None:
    assert pdf_of(PaperFile(papers / name, name, "mineru"), papers) == papers / "li.pdf"


def test_no_pdf_outside_the_folder_is_drawn(papers: Path) -> None:
    (papers / "link.pdf").symlink_to(papers.parent / "secret.pdf")
    file = PaperFile(papers / "link_content_list.json", "link_content_list.json", "mineru")
    assert pdf_of(file, papers) is None
    assert pdf_of(PaperFile(papers / "a.md", "a.md", "markdown"), papers) is None


def test_twenty_of_the_largest_pictures_stay_below_eight_megabytes() -> None:
    image = f"data:image/jpeg;base64,{base64.b64encode(bytes(MOST_BYTES)).decode()}"
    text = [Part("<" * SHOWN_CHARACTERS, True)]
    shown = [Pair("a.pdf", "title", "paragraph", "page 1", text, text, image)] * 20
    html = page(Content("big", tally([], summary(0)), [], [], [], 0, shown))
    assert len(html.encode()) < 8_000_000
    assert html.count("<img ") == 20
