"""What `recipes/<recipe>/build.yaml` may say; the defaults stand beside what they configure and nowhere else.

python -m builders recipes/demo/build.yaml seed=7 split.triples=0.2
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from builders.chunk import ChunkConfig
from builders.errors import UserError
from builders.graph.config import QuestionConfig
from builders.pack import PackConfig
from builders.split import SplitConfig


@dataclass(frozen=True)
class ParseConfig:
    """How PDFs are parsed."""

    workers: int = 2
    timeout_s: float = 300.0
    """A file that takes longer is given up and reported; the others go on."""


@dataclass(frozen=True)
class CardConfig:
    """Text about the graph's entities, for CPT."""

    orderings: int = 4
    """Cards an entity and language, each in its own order and wordings."""


@dataclass(frozen=True)
class LogicConfig:
    """The dual-logic task: pairs of a true statement and its counterfactual."""

    groups: int | None = 400
    """Groups of the graph of which pairs are made, chosen by hash; null for all."""
    test: float = 0.2
    """Share of the statements whose pairs are never trained."""
    wordings: int = 2
    """Questions a statement."""


@dataclass(frozen=True)
class RecallConfig:
    """The question sets that measure what the model knows of the graph."""

    facts: int | None = 300
    """Facts asked, chosen by hash; null for all that have one answer of their own."""
    wordings: int = 2
    """Test wordings a fact and language."""


@dataclass(frozen=True)
class BuildConfig:
    """One build: its inputs, and how they become datasets in `data/<recipe>/`."""

    recipe: str
    papers: list[str] = field(default_factory=list)
    """Folders of PDFs, MinerU output and Markdown, searched recursively."""
    triples: list[str] = field(default_factory=list)
    """Files of triples, or folders of such: CSV, TSV, JSON or JSON lines."""
    relations: str | None = None
    """What is known of the relations: labels, functional, symmetric, inverse (see samples/graph/relations.yaml)."""
    logic: str | None = None
    """General statements, true and false, for the dual-logic task (see samples/graph/logic.yaml)."""
    seed: int = 42
    parse: ParseConfig = field(default_factory=ParseConfig)
    split: SplitConfig = field(default_factory=SplitConfig)
    chunk: ChunkConfig = field(default_factory=ChunkConfig)
    cards: CardConfig = field(default_factory=CardConfig)
    questions: QuestionConfig = field(default_factory=QuestionConfig)
    logic_pairs: LogicConfig = field(default_factory=LogicConfig)
    recall: RecallConfig = field(default_factory=RecallConfig)
    pack: PackConfig = field(default_factory=PackConfig)

    @property
    def output(self) -> Path:
        """Where the datasets go."""
        return Path("data") / self.recipe

    def check(self) -> None:
        """Raises UserError where an input that the recipe names is not there."""
        for key, names in (("papers", self.papers), ("triples", self.triples)):
            for name in names:
                if not Path(name).exists():
                    raise UserError(f"{key}: {name}: no such file or folder; put your {key} there or mend build.yaml")
        for key, single in (("relations", self.relations), ("logic", self.logic)):
            if single is not None and not Path(single).is_file():
                raise UserError(f"{key}: {single}: no such file; mend build.yaml or leave the key out")
        if not self.papers and not self.triples:
            raise UserError(f"{self.recipe}: neither papers nor triples; name at least one of them in build.yaml")
