"""Packed rows in, a `datasets` folder out, as LLaMA-Factory reads it: written row by row, the same bytes every time.

cpt_packed/dataset_dict.json                       {"splits": ["train", "validation"]}
cpt_packed/train/data-00000-of-00001.arrow         {"input_ids": [int32], "attention_mask": [int8]}
cpt_packed/train/dataset_info.json, state.json     what `datasets.load_from_disk` asks for

`datasets` itself would write this through a cache of its own, with a fingerprint that knows the time, and takes
seconds to import.
There are no `labels`: LLaMA-Factory's CPT collator makes them of the ids, and cannot pad given ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from builders.jsonl import write_json
from builders.pack.tokens import Ids

SCHEMA = pa.schema({"input_ids": pa.list_(pa.int32()), "attention_mask": pa.list_(pa.int8())})
DATA = "data-00000-of-00001.arrow"
BATCH_ROWS = 256


def write_split(folder: Path, rows: Iterable[Ids]) -> None:
    """Writes one split."""
    folder.mkdir(parents=True)
    with pa.OSFile(str(folder / DATA), "wb") as file, pa.ipc.new_stream(file, SCHEMA) as stream:
        for batch in _batches(rows):
            stream.write_batch(batch)
    with (folder / DATA).open("rb") as data:
        fingerprint = hashlib.file_digest(data, "sha256").hexdigest()[:16]
    # `Sequence` is read by every version; datasets 4 writes it as `List`, which older ones do not know.
    features = {
        field.name: {"feature": {"dtype": str(field.type.value_type), "_type": "Value"}, "_type": "Sequence"}
        for field in SCHEMA
    }
    write_json(folder / "dataset_info.json", {"features": features})
    state: dict[str, Any] = {
        "_data_files": [{"filename": DATA}],
        "_fingerprint": fingerprint,
        "_format_columns": None,
        "_format_kwargs": {},
        "_format_type": None,
        "_output_all_columns": False,
        "_split": None,
    }
    write_json(folder / "state.json", state)


def _batches(rows: Iterable[Ids]) -> Iterator[pa.RecordBatch]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH_ROWS)):
        edges = _array(np.cumsum([0, *map(len, batch)], dtype=np.int32), pa.int32())
        ids = np.concatenate(batch).astype(np.int32)
        columns = [_array(ids, pa.int32()), _array(np.ones(len(ids), dtype=np.int8), pa.int8())]
        yield pa.record_batch([pa.ListArray.from_arrays(edges, column) for column in columns], schema=SCHEMA)


def _array(values: npt.NDArray[Any], kind: pa.DataType) -> pa.Array:
    """The numbers as Arrow has them; `pa.array` would import pandas, which takes longer than a small packing."""
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def write_splits(folder: Path, names: list[str]) -> None:
    """Names the splits of the folder."""
    write_json(folder / "dataset_dict.json", {"splits": names})
