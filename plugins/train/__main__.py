"""Trains one stage of a recipe with LLaMA-Factory and this project's callbacks.

    python -m plugins.train recipes/demo/sft.yaml
    python -m plugins.train recipes/demo/sft.yaml max_steps=2 output_dir=saves/try
    NPROC_PER_NODE=4 python -m plugins.train recipes/qwen2.5-7b-full/sft.yaml
    NNODES=2 NODE_RANK=0 MASTER_ADDR=node0 MASTER_PORT=29500 python -m plugins.train recipes/qwen2.5-7b-full/sft.yaml

The file holds LLaMA-Factory's own arguments, and `llamafactory-cli train` takes it as well. All GPUs of the machine
are used unless NPROC_PER_NODE or CUDA_VISIBLE_DEVICES says otherwise. What was trained on the same data, model and
recipe is not trained again; what was interrupted is resumed; what was trained on something else is refused:
overwrite_output_dir=true trains anew. LLAMAFACTORY_VERBOSITY=INFO shows all that the libraries have to say.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from builders.errors import UserError
from plugins.train.inputs import check_inputs, without_empty_datasets
from plugins.train.launch import is_worker, train, train_here
from plugins.train.recipe import read_stage
from plugins.train.resume import Plan, plan, record, take_fingerprint


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    # Before torch loads OpenMP: waiting threads sleep, else a busy neighbour on the same cores costs a factor of ten.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("LLAMAFACTORY_VERBOSITY", "WARNING")
    try:
        return run(Path(arguments[0]), arguments[1:])
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def run(path: Path, overrides: list[str]) -> int:
    """Runs one stage; returns the exit status."""
    stage, empty = without_empty_datasets(read_stage(path, overrides), path)
    if is_worker(os.environ):  # what follows was done by the process that started torchrun
        train_here(stage)
        return 0
    if empty:
        print(f"{path}: left out, without a single row: {', '.join(empty)}", flush=True)
    check_inputs(stage, path)
    if os.environ.get("NODE_RANK", "0") != "0":  # the first node keeps the output folder
        return train(stage, [str(path), *overrides])
    fingerprint = take_fingerprint(stage, path)
    todo = plan(stage, fingerprint)
    if todo is Plan.SKIP:
        print(f"{stage['output_dir']}: already trained on this; overwrite_output_dir=true would train it anew")
        return 0
    print(f"{path}: {todo.value} {stage.get('stage')} in {stage['output_dir']}", flush=True)
    record(stage, fingerprint, finished=False)
    status = train(stage, [str(path), *overrides])
    if status == 0:
        record(stage, fingerprint, finished=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
