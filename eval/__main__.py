"""A recipe's evaluation from the command line.

python -m eval recipes/demo/eval.yaml limit=20      ->  runs/demo/report.json, report.md, report.html
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from rich.console import Console

from builders.config_file import load
from builders.errors import UserError
from eval.config import EvalConfig, check
from eval.progress import Steps
from eval.report.write import print_results, write_report
from eval.run import evaluate, known_baselines

LOG_WIDTH = 120
USAGE = "usage: python -m eval recipes/<recipe>/eval.yaml [key=value ...]"


def main(arguments: list[str]) -> int:
    console = Console()
    if not console.is_terminal:
        console = Console(width=LOG_WIDTH)
    if not arguments:
        print(USAGE, file=sys.stderr)
        return 1
    try:
        config = load(EvalConfig, Path(arguments[0]), arguments[1:])
        check(config)
        steps = Steps(console)
        baselines = known_baselines(config, steps)
        stores = evaluate(config, steps)
        report, page = write_report(config, stores, baselines, steps)
        print_results(report, page, console)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; what was scored is kept, the same command goes on from there", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    # A polite kill leaves through the same door as Ctrl-C, which stops the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
