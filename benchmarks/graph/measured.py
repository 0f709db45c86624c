"""A program in a child of its own in, its seconds and its peak memory out.

measured(["-m", "builders", "build.yaml"], folder, environment)  ->  Measured(seconds=41.2, cpu=39.8, rss_mb=812.4)
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """What a program took."""

    seconds: float
    cpu: float
    """Seconds of all its threads and of the children that it waited for."""
    rss_mb: float
    """Its peak, or that of its largest child, in MB of 1024 * 1024 bytes."""


def measured(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Measured:
    """Runs Python in a folder; raises CalledProcessError where it fails."""
    print(f"--- python {' '.join(arguments)}", flush=True)
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, env=dict(environment))
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    seconds = time.monotonic() - started
    took = Measured(round(seconds, 1), round(used.ru_utime + used.ru_stime, 1), round(used.ru_maxrss / 1024, 1))
    print(f"    {took.seconds} s, {took.cpu} s of CPU, {took.rss_mb} MB", flush=True)
    return took
