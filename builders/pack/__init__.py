"""CPT text rows in, rows of token ids of one context length out: no token lost, no document cut that fits a row.

LLaMA-Factory's own packing drops the rest of every map batch, and without packing every row that is not exactly full
gains an end-of-text token in the middle of its paper. So the ids are packed here and written as a `datasets` folder
that a recipe names as its `tokenized_path`. The separator after each document is a token like any other, and carries
loss, as long as the tokenizer's pad token is another one: a tokenizer where it is not is refused.

    python -m builders.pack recipes/demo/build.yaml
    data/demo/cpt_packed/                 {"input_ids": [...], "attention_mask": [...]}, train and validation
    data/demo/cpt_packed.sources.jsonl    {"id": "train-000000", "sources": [{"document": "sha:...", "start": 0, ...}]}

What holds for every packing (`rows.py` makes it so, `tests/builders/pack` and `tests/plugins/test_labels.py` hold it):

- Every token of every document is in exactly one row, and behind each document its separator.
- A document that fits a row stands in one row, unless `keep_whole` is off.
- The rows are together at least `fill` full, or as few as can be, as long as a document longer than a row is left to
  cut; with `keep_whole` off, always.
- A cut lies at the end of a sentence where one ends within `tolerance_tokens` before the row's end and `fill` allows
  it, and else between two characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from builders.errors import UserError

ORDERS = ("shuffled", "as_given", "short_first")


@dataclass(frozen=True)
class PackConfig:
    """How the CPT rows are packed."""

    tokenizer: str = ""
    """Folder with a tokenizer.json, or the name of a model on the Hugging Face hub."""
    context_tokens: int = 2048
    separator: str = "<|endoftext|>"
    fill: float = 0.995
    """The rows are together at least so full; what this leaves is spent on ending rows with a sentence."""
    tolerance_tokens: int = 64
    """A cut moves back at most so far to the end of a sentence, and no piece shorter than this is made if it can be
    helped."""
    keep_whole: bool = True
    """Never cut a document that fits a row; false cuts such, too, where rows would stay emptier than `fill`."""
    order: str = "shuffled"
    """Of the rows: `shuffled` by the seed; `as_given`, by the place in cpt.jsonl of the document that fills most of
    the row; `short_first`, by that document's length, equal ones by the seed. A trainer shuffles again unless cpt.yaml
    says `disable_shuffling: true`."""
    replay: list[str] = field(default_factory=list)
    """Files of general text against forgetting: .txt (one document each), or JSON rows with `text`, Alpaca's
    `instruction`, `input`, `output`, ShareGPT's `conversations` or OpenAI's `messages`."""
    replay_share: float = 0.0
    """How much of all tokens the replay makes; 0.05 to 0.10 is usual."""

    def check(self) -> None:
        """Raises UserError where a value makes no sense."""
        if self.context_tokens < 8:
            raise UserError(f"pack.context_tokens={self.context_tokens}: too short for text; set 256 or more")
        if not 0 <= self.fill <= 1:
            raise UserError(f"pack.fill={self.fill}: not a share; set a number from 0 to 1")
        if self.tolerance_tokens < 0:
            raise UserError(f"pack.tolerance_tokens={self.tolerance_tokens}: set 0 or more")
        if self.order not in ORDERS:
            raise UserError(f"pack.order={self.order}: no such order; set {', '.join(ORDERS[:-1])} or {ORDERS[-1]}")
        if not 0 <= self.replay_share <= 0.5:
            raise UserError(f"pack.replay_share={self.replay_share}: set 0 to 0.5; 0.05 to 0.10 is usual")
        if bool(self.replay) != bool(self.replay_share):
            raise UserError(
                f"pack.replay={list(self.replay)} with pack.replay_share={self.replay_share}: set both, or neither"
            )
