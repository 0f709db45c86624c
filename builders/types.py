"""The nouns of the house: what the readers give, what the builders pass on, what the writers take.

Everything here is frozen data without behaviour beyond what its own fields say, so that the other rooms
(`plugins/`, `eval/`) can import it without pulling in a parser or a tokenizer.

    Document(id="doi:10.1000/x", title="...", language="en", blocks=(Block("heading", "2 Methods", page=3, ...), ...))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh", "other"]

BlockKind = Literal[
    "title",  # the paper's own title, once
    "heading",  # a section heading; `level` says how deep
    "paragraph",
    "list",  # one block a list, items separated by "\n"
    "table",  # Markdown pipe table, or compact HTML where cells are merged
    "caption",  # of a table or figure
    "equation",  # display maths, LaTeX without the dollar signs
    "code",
    "footnote",
    "reference",  # an entry, or all entries, of the reference list: never reaches a dataset
    "furniture",  # running heads, page numbers, affiliations, e-mails: never reaches a dataset
]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the page's width and height (0 to 1, origin at the top left)."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a paper, in reading order."""

    kind: BlockKind
    text: str
    page: int | None = None
    """Page number from 1; None where the source has no pages (Markdown)."""
    box: Box | None = None
    """Where it stands on its page; None where the source does not say."""
    line: int | None = None
    """Line number from 1 in a source without pages."""
    level: int | None = None
    """Depth of a heading from 1; None for all else."""
    section: tuple[str, ...] = ()
    """The headings above, outermost first (without the title)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: what identifies it and its blocks."""

    id: str
    """Stable source key: `doi:<doi>` where one is known, else `sha:<16 hex digits of the file's SHA-256>`."""
    version: str
    """16 hex digits of the SHA-256 over the blocks: changes when a better reader or cleaner reads more."""
    title: str
    language: Language
    path: str
    """The source file, relative to the folder of papers."""
    reader: str
    """Who read it, with version: `docvortex 0.6.4`, `mineru content_list`, `markdown`, ..."""
    blocks: tuple[Block, ...]
    licence: str | None = None

    @property
    def text(self) -> str:
        """The whole text; offsets in `Source.start` and `Source.end` count in it."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Triple:
    """One fact of the knowledge graph."""

    head: str
    relation: str
    tail: str
    head_type: str | None = None
    tail_type: str | None = None
    source: str | None = None
    """The book or paper that says so, as the graph names it."""

    @property
    def key(self) -> str:
        """How a source line names this triple."""
        return f"{self.head}\t{self.relation}\t{self.tail}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row, or a part of it, comes from. One fixed schema for all rows, null where unused."""

    document: str | None = None
    page: int | None = None
    line: int | None = None
    box: Box | None = None
    start: int | None = None
    """First character in `Document.text`."""
    end: int | None = None
    """One past the last character in `Document.text`."""
    triple: str | None = None
    """`Triple.key` of the fact."""
    maker: str | None = None
    """The miner (`graph.forward`) or the teacher model that made the row."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one section of a paper, of bounded length."""

    id: str
    document: str
    text: str
    section: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a dialogue."""

    role: Literal["system", "user", "assistant", "function_call", "observation"]
    """A function call is the model's turn, its JSON the content; an observation is what the function returned."""
    content: str


@dataclass(frozen=True, slots=True)
class TextSample:
    """A row of plain text for continued pretraining (CPT)."""

    id: str
    task: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ChatSample:
    """A dialogue for supervised fine-tuning (SFT); the last message is the reference answer."""

    id: str
    task: str
    messages: tuple[Message, ...]
    sources: tuple[Source, ...]
    tools: str | None = None
    """The functions that may be called, a JSON list; None where there are none."""


@dataclass(frozen=True, slots=True)
class PreferenceSample:
    """A dialogue with a better and a worse answer for preference training (DPO)."""

    id: str
    task: str
    messages: tuple[Message, ...]
    chosen: str
    rejected: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class FeedbackSample:
    """A dialogue with one answer that is wanted or not (KTO)."""

    id: str
    task: str
    messages: tuple[Message, ...]
    answer: str
    wanted: bool
    sources: tuple[Source, ...]


Sample = TextSample | ChatSample | PreferenceSample | FeedbackSample


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was left out, and why: written to `dropped.jsonl` and counted by reason."""

    reason: str
    """Names the fault: `unreadable_pdf`, `too_short`, `missing_field`, ..."""
    place: str
    """File, line or id, as a person would look it up."""
    detail: str
    """The value that was wrong and what mends it, in one line."""
