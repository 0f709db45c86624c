"""What a model must beat: training text and evaluation sets in, figures out, without a server.

baselines(config)  ->  {"unigram_bits_per_byte": 4.9, "unigram_bits_per_byte_zh": 3.1, "majority_kg": 0.04, ...}
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from tokenizers import Tokenizer

from builders.errors import UserError
from builders.jsonl import read_rows
from eval.config import EvalConfig, is_endpoint
from eval.scorers import normalise
from eval.tasks import TASKS, Row, read

TEXTS_AT_ONCE = 256


def baselines(config: EvalConfig) -> dict[str, float]:
    """Those that belong to the configured tasks, on the same rows as the models."""
    found: dict[str, float] = {}
    for name in config.tasks:
        rows, _ = read(TASKS[name], Path(config.data), config.limit, config.seed)
        if not rows:
            continue
        if name == "bits_per_byte":
            found |= _unigram(rows, config)
        elif name == "kg_recall":
            found |= majority(rows, "majority_kg")
        elif name == "kg_unseen":
            found |= majority(rows, "majority_kg_unseen")
        elif name == "kg_choice":
            found["chance_kg_choice"] = sum(1 / len(row["choices"]) for row in rows) / len(rows)
    return found


def unigram_bits_per_byte(tokenizer: Tokenizer, train: Iterable[str], rows: Sequence[Row]) -> dict[str, float]:
    """Held-out text under how often each token is in the training text, add-one smoothed; pooled and a language."""
    counts: Counter[int] = Counter()
    for ids in _encoded(tokenizer, train):
        counts.update(ids)
    denominator = counts.total() + tokenizer.get_vocab_size()
    bits: dict[str, float] = defaultdict(float)
    size: dict[str, int] = defaultdict(int)
    texts = [row["text"] for row in rows]
    for row, ids in zip(rows, _encoded(tokenizer, texts), strict=True):
        cost = -sum(math.log2((counts[token] + 1) / denominator) for token in ids)
        for suffix in ("", f"_{row['language']}"):
            bits[suffix] += cost
            size[suffix] += len(row["text"].encode())
    return {f"unigram_bits_per_byte{suffix}": bits[suffix] / size[suffix] for suffix in sorted(bits)}


def majority(rows: Sequence[Row], name: str) -> dict[str, float]:
    """How far one constant tail gets, and one a relation, put into the sentence that the answer is.

    The constants are the most frequent answers of the questions themselves: no constant learnt from the training rows
    can do better on them. The figure under `name` alone is the higher one.
    """
    overall = _most_frequent(rows) / len(rows)
    relations: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        relations[row["relation"]].append(row)
    per_relation = sum(_most_frequent(members) for members in relations.values()) / len(rows)
    return {name: max(overall, per_relation), f"{name}_overall": overall, f"{name}_per_relation": per_relation}


def _most_frequent(rows: Sequence[Row]) -> int:
    return Counter(normalise(row["tail"]) for row in rows).most_common(1)[0][1]


def _unigram(rows: Sequence[Row], config: EvalConfig) -> Mapping[str, float]:
    folders = [Path(place) for place in config.models.values() if not is_endpoint(place)]
    if not folders:
        return {}  # a running endpoint keeps its tokenizer to itself
    file = folders[0] / "tokenizer.json"
    if not file.is_file():
        raise UserError(f"{file}: no such file; save the tokenizer with the model, in the fast format")
    train = (str(row["text"]) for row in read_rows(Path(config.train_text)))
    return unigram_bits_per_byte(Tokenizer.from_file(str(file)), train, rows)


def _encoded(tokenizer: Tokenizer, texts: Iterable[str]) -> Iterator[list[int]]:
    waiting = iter(texts)
    while batch := list(islice(waiting, TEXTS_AT_ONCE)):
        yield from (encoding.ids for encoding in tokenizer.encode_batch(batch, add_special_tokens=False))
