"""Runs a command that ends when we do: `python -m builders.parse.leash mineru-kit parse ...`.

A run that is killed outright cannot end the MinerU that it started, which may hold a GPU for minutes. This process
stands between: it sees its parent go, and takes the command with it. It ends with the command's own exit code.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from builders.papers.pdf_process import end_with

if __name__ == "__main__":
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    sys.exit(subprocess.call(sys.argv[1:]) & 0xFF)
