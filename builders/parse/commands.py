"""MinerU as a command: `mineru-kit` of 4.x, `mineru` of 2.x and 3.x, `magic-pdf` of 1.x; one PDF a call.

    Command(find_command(), config, cache).parse(file, target)      # mineru-kit parse paper.pdf -o out -f zip ...

`mineru-kit parse FOLDER` stops at the first bad PDF and cannot go on after it, so no folder is ever handed over.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from builders.errors import UserError
from builders.papers.find import PaperFile
from builders.papers.pdf import Parsed
from builders.papers.pdf_process import ROOT, ProcessFailure, end, wait
from builders.papers.raw import UnreadablePaper
from builders.parse.config import ParseConfig
from builders.parse.mineru_output import keep, richest

WORK = ".work-"
_OWN = ".venv-mineru/bin/mineru-kit"
_ARGUMENTS = {
    "mineru-kit": ("parse", "{pdf}", "-o", "{out}", "-f", "zip", "--tier", "{quality}"),
    "mineru": ("-p", "{pdf}", "-o", "{out}"),
    "magic-pdf": ("-p", "{pdf}", "-o", "{out}", "-m", "auto"),
}
_NO_MODELS = re.compile(r"\[E1020\]|magic-pdf\.json|modelscope|huggingface|LocalEntryNotFound")
"""What MinerU's last words hold when its weights are neither there nor to be had: no fault of the PDF."""
_LEASH = (sys.executable, "-m", "builders.parse.leash")
_LAST_WORDS = 2000
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Program:
    """A MinerU command on this machine."""

    name: str
    path: str

    def line(self, pdf: Path, out: Path, quality: str) -> list[str]:
        values = {"pdf": str(pdf), "out": str(out), "quality": quality}
        return [self.path, *(argument.format(**values) for argument in _ARGUMENTS[self.name])]


def find_command() -> Program:
    """The MinerU of `make setup-mineru`, else the newest on the path; raises UserError where there is none."""
    own = ROOT / _OWN
    if own.is_file():
        return Program("mineru-kit", str(own))
    for name in _ARGUMENTS:
        if path := shutil.which(name):
            return Program(name, path)
    known = ", ".join(_ARGUMENTS)
    raise UserError(
        f"parse: no MinerU here (neither {_OWN} nor {known} on the path); "
        "run `make setup-mineru`, or name a server: parse.server=http://127.0.0.1:8000"
    )


class Command:
    """Runs MinerU on one PDF after the other; `turn` is to be held for each."""

    def __init__(self, program: Program, config: ParseConfig, cache: Path) -> None:
        self._program = program
        self._config = config
        self._cache = cache
        self.turn = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._closed = False

    def parse(self, file: PaperFile, target: Path) -> Parsed:
        """Parses one PDF into `target`.

        Raises:
            UnreadablePaper: MinerU failed on it, or went over a limit.
            UserError: MinerU cannot work at all.
        """
        with tempfile.TemporaryDirectory(dir=self._cache, prefix=WORK) as work:
            # A name of our own: a paper's may begin with a dash, or be too long.
            pdf, out = Path(work) / "paper.pdf", Path(work) / "out"
            shutil.copyfile(file.path, pdf)
            with (Path(work) / "log").open("w+b") as log:
                failure = self._run(self._program.line(pdf.resolve(), out.resolve(), self._config.quality), log)
                log.seek(max(0, log.seek(0, 2) - _LAST_WORDS))
                words = " ".join(log.read().decode("utf-8", "replace").split())
            if failure is not None or not out.is_dir():
                self._refuse(file, failure, words)
            return keep(richest(out, file), file, target)

    def close(self) -> None:
        """Ends what runs, for good."""
        self._closed = True
        if self._running is not None:
            end(self._running)

    def _run(self, line: list[str], log: IO[bytes]) -> ProcessFailure | None:
        if self._closed:
            return ProcessFailure("parser_crash", "stopped")
        process = self._running = subprocess.Popen(
            [*_LEASH, *line], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
        )
        try:
            failure = wait(process, self._config.timeout_s, self._config.memory_gb)
        finally:
            end(process)
            self._running = None
        if failure is None and process.returncode != 0:
            return ProcessFailure("parser_crash", f"exit code {process.returncode}")
        return failure

    def _refuse(self, file: PaperFile, failure: ProcessFailure | None, words: str) -> NoReturn:
        if failure is not None and failure.reason != "parser_crash":
            detail = f"{file.path.name}: MinerU: {failure.words}; raise parse.timeout_s or parse.memory_gb"
            raise UnreadablePaper(failure.reason, detail)
        if _NO_MODELS.search(words):
            raise UserError(
                f"{self._program.path}: its models are not there ({words[-_SHOWN:]}); with internet, get them "
                f"(`mineru-kit models download --tier {self._config.quality}`), or parse.quality=flash"
            )
        detail = f"{file.path.name}: MinerU failed ({words[-_SHOWN:] or 'without a word'}); look at the PDF"
        raise UnreadablePaper("mineru_failed", detail)
