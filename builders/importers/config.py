"""What `build.yaml` says of a file that others made; the defaults stand here and nowhere else.

imports:
  - {path: input/ecs/huatuo.json, licence: Apache-2.0, language: zh}
  - {path: input/ecs/ours.csv, licence: CC-BY-4.0, rename: {frage: question, antwort: answer}}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builders.errors import UserError

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class ImportConfig:
    """One file: JSON, JSON lines, CSV, or a list of questions as text."""

    path: str = ""
    licence: str = ""
    """Under which it may be used; stands in the summary beside its counts."""
    language: str | None = None
    """zh or en: rows in another language are dropped; null: both are kept, each judged alone."""
    task: str | None = None
    """What the rows are called; null: `import.` and the format of each."""
    rename: dict[str, str] = field(default_factory=dict)
    """Keys of the file and what we call them, where they are not recognised: {frage: question}."""
    longest: int = 20_000
    """Characters of one turn; a row with a longer one is dropped."""

    @property
    def name(self) -> str:
        """How a source line names the file."""
        return f"import:{self.path}"


def check_imports(imports: Sequence[ImportConfig]) -> None:
    """Raises UserError where an import names no file, no licence, or is named twice."""
    seen: set[str] = set()
    for number, each in enumerate(imports):
        where = f"imports[{number}]"
        if not each.path:
            raise UserError(f"{where}.path: missing; name the file, `path: input/<recipe>/file.json`")
        if not Path(each.path).is_file():
            raise UserError(f"{where}.path: {each.path}: no such file; put it there or mend build.yaml")
        if not each.licence.strip():
            raise UserError(f"{where}.licence: missing for {each.path}; write its licence, `licence: CC-BY-4.0`")
        if each.language is not None and each.language not in LANGUAGES:
            raise UserError(f"{where}.language: {each.language}: write zh or en, or leave the key out for both")
        if each.longest < 1:
            raise UserError(f"{where}.longest: {each.longest}: write how many characters a turn may have")
        if each.path in seen:
            raise UserError(f"{where}.path: {each.path}: named twice; delete one of the two")
        seen.add(each.path)
