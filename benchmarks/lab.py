"""A folder of its own in which a benchmark runs the product's programs, as a user would after `make new`.

lab = Lab(Path("/tmp/work"), "papers")
lab.run("builders", "build.yaml", "seed=7")      # python -m builders recipes/papers/build.yaml seed=7
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


class Lab:
    """A recipe that `make new` started from another, the demo by default, in a folder of its own."""

    def __init__(self, folder: Path, recipe: str, copy: str = "demo") -> None:
        self.folder = folder
        self.recipe = recipe
        for name in ("recipes", "samples"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "dataset_info.json", folder)
        self._python("-m", "builders.new", f"recipe={recipe}", f"copy={copy}")

    @property
    def papers(self) -> Path:
        """Where the recipe's papers go."""
        return self.folder / "input" / self.recipe / "papers"

    def run(self, program: str, stage: str, *overrides: str) -> None:
        """Runs a program (a module, and its command, if any); raises CalledProcessError where it fails."""
        self._python("-m", *program.split(), f"recipes/{self.recipe}/{stage}", *overrides)

    def write(self, stage: str, text: str) -> None:
        """Writes a stage's YAML anew."""
        (self.folder / "recipes" / self.recipe / stage).write_text(text, encoding="utf-8")

    def report(self) -> dict[str, Any]:
        """What the evaluation found."""
        report: dict[str, Any] = json.loads((self.folder / "runs" / self.recipe / "report.json").read_bytes())
        return report

    def _python(self, *arguments: str) -> None:
        print(f"--- python {' '.join(arguments)}", flush=True)
        subprocess.run([sys.executable, *arguments], cwd=self.folder, env=self.environment, check=True)

    @property
    def environment(self) -> dict[str, str]:
        """Ours, with the repository's modules at hand."""
        return {**os.environ, "PYTHONPATH": str(ROOT)}
