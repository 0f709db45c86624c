"""What `recipes/<recipe>/build.yaml` may say; the defaults stand beside what they configure and nowhere else.

python -m builders recipes/demo/build.yaml seed=7 split.triples=0.2
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from builders.chunk import ChunkConfig
from builders.errors import UserError
from builders.graph.config import GraphConfig
from builders.pack import PackConfig
from builders.split import SplitConfig


@dataclass(frozen=True)
class ParseConfig:
    """How PDFs are parsed."""

    workers: int = 2
    timeout_s: float = 300.0
    """A file that takes longer is given up and reported; the others go on."""


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
    graph: GraphConfig = field(default_factory=GraphConfig)
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
