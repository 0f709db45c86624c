"""`python -m benchmarks.audit draw` and `python -m benchmarks.audit score`: see benchmarks/audit/__init__.py."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from benchmarks.audit.corpus import CACHE, build, built, graphs
from benchmarks.audit.draw import Draw, draw
from benchmarks.audit.score import page, score
from benchmarks.lab import ROOT, SHARED
from builders.errors import UserError

TABLES = ROOT / "audit"
USAGE = "python -m benchmarks.audit draw [rows=50] [seed=0] [reuse=true], or python -m benchmarks.audit score"


@dataclass(frozen=True)
class Request(Draw):
    """What is asked on the command line."""

    reuse: bool = False
    """Draws from the build that is there."""


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in ("draw", "score"):
        print(USAGE)
        return 2
    try:
        asked = OmegaConf.merge(OmegaConf.structured(Request), OmegaConf.from_dotlist(list(arguments[1:])))
        request = Request(**OmegaConf.to_container(asked))  # type: ignore[arg-type]
        return _draw(request) if arguments[0] == "draw" else _score()
    except OmegaConfBaseException as error:
        print(f"{str(error).splitlines()[0]}; write {USAGE}", file=sys.stderr)
    except UserError as error:
        print(error, file=sys.stderr)
    return 1


def _draw(request: Request) -> int:
    if not SHARED.is_dir():
        raise UserError(f"{SHARED}: absent; the audit draws from real papers that are not part of the repository")
    data = _built() if request.reuse else build()
    lines = list(draw(data, graphs(), CACHE, TABLES, request))
    print("\n".join(lines))
    print(json.dumps({"families": len(lines), "sheets": str(CACHE.relative_to(ROOT))}))
    return 0


def _score() -> int:
    scored = score(_built(), TABLES)
    if not scored:
        raise UserError(f"{TABLES}: no table; draw first, `python -m benchmarks.audit draw`")
    text = page(scored)
    (TABLES / "README.md").write_text(text, encoding="utf-8")
    print(text)
    print(json.dumps({f"{each.task}.{each.language}": each.figures for each in scored}))
    return 0


def _built() -> Path:
    data = built()
    if not (data / "summary.json").is_file():
        raise UserError(f"{data}: not built; run `python -m benchmarks.audit draw`")
    return data


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
