"""Papers in, Documents out: MinerU output of every generation, PDF, Markdown.

counts = Counter()
files = find_papers(Path("papers"))
for file, fault in parse_pdfs([file for file in files if file.kind == "pdf"], cache): ...   # slow
document = read_paper(files[0], counts, cache)          # raises UnreadablePaper
cleaned = clean(document)
"""

from __future__ import annotations

from builders.papers.clean import clean
from builders.papers.find import PaperFile, PaperKind, find_papers
from builders.papers.pdf import parse_pdfs
from builders.papers.raw import UnreadablePaper
from builders.papers.read import read_paper

__all__ = ["PaperFile", "PaperKind", "UnreadablePaper", "clean", "find_papers", "parse_pdfs", "read_paper"]
