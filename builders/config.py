"""What `recipes/<recipe>/build.yaml` may say; the defaults stand beside what they configure and nowhere else.

python -m builders recipes/demo/build.yaml seed=7 split.triples=0.2
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from builders.chunk import ChunkConfig
from builders.corpus.decontaminate import DecontaminateConfig
from builders.corpus.engine import EngineConfig
from builders.corpus.fingerprints import DuplicatesConfig
from builders.corpus.licence import LicenceConfig
from builders.corpus.semantic import SemanticConfig
from builders.errors import UserError
from builders.graph.config import GraphConfig
from builders.importers.config import ImportConfig, check_imports
from builders.logic.papers import LogicConfig
from builders.mine.comprehension import ComprehensionConfig
from builders.mine.dialogues import DialoguesConfig
from builders.mine.tasks import PaperTasksConfig
from builders.mine.weave import WeaveConfig
from builders.pack import PackConfig
from builders.papers.clean import CleanConfig
from builders.parse.config import ParseConfig
from builders.split import SplitConfig


@dataclass(frozen=True)
class BuildConfig:
    """One build: its inputs, and how they become datasets in `data/<recipe>/`."""

    recipe: str
    papers: list[str] = field(default_factory=list)
    """Folders of PDFs, MinerU output and Markdown, searched recursively."""
    triples: list[str] = field(default_factory=list)
    """Files of triples, or folders of such: CSV, TSV, JSON, JSON lines, Excel, Turtle, N-Triples, GraphML, Neo4j."""
    relations: str | None = None
    """What is known of the relations: labels, logic, types of their ends (see samples/graph/README.md)."""
    logic: str | None = None
    """General statements, true and false, for the dual-logic task (see samples/graph/logic.yaml)."""
    imports: list[ImportConfig] = field(default_factory=list)
    """Questions, answers and dialogues that others made (see builders/importers/config.py)."""
    lexicon: str | None = None
    """How the corpus writes its words, to repair hyphens by; null for data/<recipe>/lexicon.json, which the first
    build makes. `make lexicon` renews it, and nothing else does."""
    seed: int = 42
    engine: EngineConfig = field(default_factory=EngineConfig)
    parse: ParseConfig = field(default_factory=ParseConfig)
    clean: CleanConfig = field(default_factory=CleanConfig)
    licence: LicenceConfig = field(default_factory=LicenceConfig)
    duplicates: DuplicatesConfig = field(default_factory=DuplicatesConfig)
    semantic: SemanticConfig = field(default_factory=SemanticConfig)
    split: SplitConfig = field(default_factory=SplitConfig)
    decontaminate: DecontaminateConfig = field(default_factory=DecontaminateConfig)
    chunk: ChunkConfig = field(default_factory=ChunkConfig)
    reading: ComprehensionConfig = field(default_factory=ComprehensionConfig)
    dialogues: DialoguesConfig = field(default_factory=DialoguesConfig)
    tasks: PaperTasksConfig = field(default_factory=PaperTasksConfig)
    weave: WeaveConfig = field(default_factory=WeaveConfig)
    graph: GraphConfig = field(default_factory=GraphConfig)
    paper_logic: LogicConfig = field(default_factory=LogicConfig)
    pack: PackConfig = field(default_factory=PackConfig)

    @property
    def output(self) -> Path:
        """Where the datasets go."""
        return Path("data") / self.recipe

    @property
    def lexicon_file(self) -> Path:
        return Path(self.lexicon) if self.lexicon else self.output / "lexicon.json"

    def check(self) -> None:
        """Raises UserError where an input that the recipe names is not there."""
        self.parse.check()
        self.clean.check()
        self.graph.tasks.check()
        check_imports(self.imports)
        self.tasks.check()
        if self.split.entities and not 0.0005 <= self.split.entities <= 0.6:
            raise UserError(f"split.entities: {self.split.entities}: write 0, or a share from 0.0005 to 0.6")
        for key, names in (("papers", self.papers), ("triples", self.triples)):
            for name in names:
                if not Path(name).exists():
                    raise UserError(f"{key}: {name}: no such file or folder; put your {key} there or mend build.yaml")
        for key, single in (("relations", self.relations), ("logic", self.logic)):
            if single is not None and not Path(single).is_file():
                raise UserError(f"{key}: {single}: no such file; mend build.yaml or leave the key out")
        if not self.papers and not self.triples:
            raise UserError(f"{self.recipe}: neither papers nor triples; name at least one of them in build.yaml")
