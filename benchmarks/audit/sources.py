"""A row in; where it comes from, as a reader needs it, out: the text around its spans, its triples among their group.

> li.pdf, page 3: ... cells are [[separated by a narrow space]] that holds ...
> triple: 人参 | 归经 | 脾 (the graph has 2: 脾, 肺)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.audit.rows import Audited
from builders.documents import read_documents
from builders.graph.read import read_triples

AROUND = 250  # characters before and after a span
LONGEST = 3000  # characters of a span that are shown
MOST_SOURCES = 12
MOST_TAILS = 20
TAB = "\t"


class Surroundings:
    """The documents of a build, and the groups of the graphs that it was made of."""

    def __init__(self, data: Path, graphs: Sequence[Path]) -> None:
        path = data / "documents.jsonl"
        documents = read_documents(path) if path.is_file() else iter(())
        self._documents = {document.id: document for document in documents}
        self._texts = {name: document.text for name, document in self._documents.items()}
        self._tails: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for triple in (triple for graph in graphs for triple in read_triples(graph)[0]):
            self._tails[triple.head, triple.relation][triple.tail] = None

    def of(self, row: Audited) -> Iterator[str]:
        """Lines of quoted Markdown, one a source."""
        for source in row.sources[:MOST_SOURCES]:
            yield "> " + " ".join(self._said(source).split())
            yield ""
        if len(row.sources) > MOST_SOURCES:
            yield f"> and {len(row.sources) - MOST_SOURCES} further sources\n"

    def _said(self, source: dict[str, Any]) -> str:
        said = [self._stated(source["triple"])] if source["triple"] else []
        if source["document"] in self._documents:
            said.append(self._quoted(source))
        elif source["document"]:
            said.append(f"{source['document']}, row or line {source['line']}")
        return "; ".join(said) or f"made by {source['maker']}"

    def _stated(self, key: str) -> str:
        """A triple, and what else the graph says of its head and relation."""
        head, relation, *_ = key.split("\t")
        tails = list(self._tails.get((head, relation), ()))
        known = f" (the graph has {len(tails)}: {', '.join(tails[:MOST_TAILS])})" if len(tails) > 1 else ""
        return f"triple: {' | '.join(key.split(TAB))}{known}"

    def _quoted(self, source: dict[str, Any]) -> str:
        document, text = self._documents[source["document"]], self._texts[source["document"]]
        place = (
            f"{document.path}, page {source['page']}" if source["page"] else f"{document.path}, line {source['line']}"
        )
        if source["start"] is None:
            return place
        start, end = source["start"], source["end"]
        span = text[start:end] if end - start <= LONGEST else f"{text[start : start + LONGEST]} ..."
        return f"{place}: ...{text[max(0, start - AROUND) : start]}[[{span}]]{text[end : end + AROUND]}..."
