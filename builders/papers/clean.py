"""A paper as it was read -> the text worth learning from, with every fix counted and every drop told.

    cleaned = clean(document, lexicon, CleanConfig())
    cleaned.fixes    ->  {"dropped_furniture": 34, "dropped_reference": 61, "hyphen": 12, "latex": 87, ...}
    cleaned.dropped  ->  (Dropped("too_few_alphabetic_words", "li.pdf page 3", "0 10 20 30 Time (s) 0.5 1.0"), ...)

Furniture, references and empty blocks go. In what stays, each text is mended (`mend.py`); then go the paragraphs that
are contacts, licence lines or affiliations (`remove.py`), that are in another language (`language.py`), or that are no
prose (`quality.py`). A count is of places mended, or of blocks dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from builders.errors import UserError
from builders.papers import quality, remove
from builders.papers.assemble import version_of
from builders.papers.choices import check_names
from builders.papers.language import paragraph_language
from builders.papers.lexicon import EMPTY, Lexicon
from builders.papers.mend import REPAIRS, mend
from builders.papers.quality import QualityConfig
from builders.types import Block, BlockKind, Document, Dropped

__all__ = ["CleanConfig", "Cleaned", "clean", "mend"]

_NO_TEXT: tuple[BlockKind, ...] = ("furniture", "reference")
_LINES: tuple[BlockKind, ...] = ("paragraph", "list", "footnote")
_PROSE: tuple[BlockKind, ...] = ("paragraph", "list", "footnote", "caption")
_SHOWN = 200
"""Characters of a dropped paragraph that are written down."""
_FEWEST_DAMAGES = 5
"""Damaged glyphs below which a paper is not worth parsing again."""
REMOVALS = ("contact", "contact_line", "licence_line", "affiliation")


@dataclass(frozen=True)
class CleanConfig:
    """What is mended and what is removed; every step is on unless a list here names it."""

    repairs_off: list[str] = field(default_factory=list)
    """Repairs that are not made, by the names under which `fixes` counts them."""
    removals_off: list[str] = field(default_factory=list)
    """Of `contact` (addresses within a text), `contact_line`, `licence_line` and `affiliation` (whole blocks)."""
    citations: str = "keep"
    """`remove` takes citation markers out: `[12-14]`, `(Smith et al., 2019)`, raised numbers."""
    languages: list[str] = field(default_factory=lambda: ["en", "zh"])
    """Paragraphs in another language are dropped; `other` is all languages but English and Chinese."""
    glyph_damage_max: float = 1.0
    """Damaged glyphs in 1,000 characters above which a paper is reported, to be parsed again."""
    drop_damaged: bool = False
    """Whether a reported paper is dropped."""
    quality: QualityConfig = field(default_factory=QualityConfig)

    def check(self) -> None:
        """Raises UserError where a key names what there is not."""
        check_names("clean.repairs_off", self.repairs_off, REPAIRS)
        check_names("clean.removals_off", self.removals_off, REMOVALS)
        check_names("clean.languages", self.languages, ("en", "zh", "other"))
        check_names("clean.citations", [self.citations], ("keep", "remove"))
        if self.glyph_damage_max < 0:
            raise UserError(f"clean.glyph_damage_max: {self.glyph_damage_max}: must not be negative")
        self.quality.check()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean paper, what was done to it, and what was left out."""

    document: Document
    fixes: dict[str, int]
    """How often each repair was made, by name."""
    dropped: tuple[Dropped, ...]


def clean(document: Document, lexicon: Lexicon = EMPTY, config: CleanConfig | None = None) -> Cleaned:
    """Drops what is no text of the paper and mends the rest; without a lexicon only the paper's own words vote."""
    config = config or CleanConfig()
    config.check()
    counts: Counter[str] = Counter(f"dropped_{block.kind}" for block in document.blocks if block.kind in _NO_TEXT)
    text = replace(document, blocks=tuple(block for block in document.blocks if block.kind not in _NO_TEXT))
    text = mend(text, counts, lexicon, config.repairs_off)
    dropped: list[Dropped] = []
    blocks = list(_sifted(text, config, counts, dropped))
    damaged = _damage(text, counts["glyph_damage"], config)
    if damaged:
        dropped.append(damaged)
        blocks = [] if config.drop_damaged else blocks
    fixes = {name: counts[name] for name in sorted(counts) if counts[name]}
    return Cleaned(replace(text, blocks=tuple(blocks), version=version_of(blocks)), fixes, tuple(dropped))


def _sifted(document: Document, config: CleanConfig, counts: Counter[str], dropped: list[Dropped]) -> Iterator[Block]:
    """The blocks that stay, without contacts and, if so configured, without citation markers."""
    for block in document.blocks:
        if block.kind not in _PROSE:
            yield block
            continue
        reason = _fault(block, document, config)
        if reason is None:
            text = _without_markers(block.text, config, counts)
            reason = None if text else "empty_block"
        if reason is None:
            yield replace(block, text=text) if text != block.text else block
        else:
            dropped.append(Dropped(reason, _place(document, block), block.text[:_SHOWN]))


def _fault(block: Block, document: Document, config: CleanConfig) -> str | None:
    line = remove.line_fault(block.text) if block.kind in _LINES else None
    if line is not None and line not in config.removals_off:
        return line
    if block.kind != "paragraph":
        return None
    if paragraph_language(block.text, document.language) not in config.languages:
        return "other_language"
    return quality.fault(block.text, config.quality)


def _without_markers(text: str, config: CleanConfig, counts: Counter[str]) -> str:
    if "contact" not in config.removals_off:
        text, count = remove.contacts(text)
        counts["contact"] += count
    if config.citations == "remove":
        text, count = remove.citations(text)
        counts["citation"] += count
    return text.strip()


def _damage(document: Document, damages: int, config: CleanConfig) -> Dropped | None:
    characters = sum(len(block.text) for block in document.blocks)
    if damages < _FEWEST_DAMAGES or not characters or 1000 * damages <= config.glyph_damage_max * characters:
        return None
    detail = (
        f"{1000 * damages / characters:.1f} damaged glyphs in 1,000 characters ({damages} in all): its fonts do not"
        " say which letters they draw; run MinerU with OCR on it and put MinerU's output folder in its place"
    )
    return Dropped("glyph_damage", document.path, detail)


def _place(document: Document, block: Block) -> str:
    if block.page is not None:
        return f"{document.path} page {block.page}"
    return f"{document.path} line {block.line}" if block.line is not None else document.path
