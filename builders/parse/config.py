"""What a recipe may say of parsing (`parse:` in build.yaml).

ParseConfig(tier="mineru", quality="standard").check()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from builders.errors import UserError

_CHOICES = {
    "tier": ("docvortex", "mineru"),
    "quality": ("flash", "basic", "standard", "advanced"),
    "scans": ("report", "mineru"),
}


@dataclass(frozen=True)
class ParseConfig:
    """How PDFs are parsed."""

    tier: str = "docvortex"
    """`docvortex` reads what has a text layer and needs no weights; `mineru` is MinerU, from `make setup-mineru`, from
    a server, or as a command on the path, and docvortex where MinerU fails."""
    scans: str = "report"
    """What becomes of PDFs without a text layer: `report` names each with the remedy, `mineru` lets MinerU read it."""
    quality: str = "standard"
    """MinerU's own tier: `flash` (no weights), `basic`, `standard` or `advanced`."""
    server: str | None = None
    """A running MinerU server, such as http://127.0.0.1:8000 (`mineru-kit api-server`; `mineru-api` of 2.x, 3.x)."""
    workers: int = 2
    """How many files at a time; a MinerU command takes one."""
    timeout_s: float = 300.0
    """A file that takes longer is given up and reported; the others go on."""
    memory_gb: float = 4.0
    """A file that takes more is given up likewise; MinerU's `standard` wants 16."""

    def check(self) -> None:
        """Raises UserError where a value is none of those that are known."""
        for key, known in _CHOICES.items():
            value = getattr(self, key)
            if value not in known:
                raise UserError(f"parse.{key}: {value}: unknown; write {_listed(known)}")
        for key in ("workers", "timeout_s", "memory_gb"):
            if getattr(self, key) <= 0:
                raise UserError(f"parse.{key}: {getattr(self, key)}: nothing could be parsed; write a number above 0")
        if self.server is not None:
            address = urlsplit(self.server)
            if address.scheme not in ("http", "https") or not address.hostname:
                raise UserError(f"parse.server: {self.server}: no address; write it like http://127.0.0.1:8000")

    @property
    def uses_mineru(self) -> bool:
        return self.tier == "mineru" or self.scans == "mineru"


def _listed(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"
