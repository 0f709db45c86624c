from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders.errors import UserError
from builders.pack import PackConfig
from builders.pack.vocabulary import load_vocabulary
from tests.builders.pack.made import SEPARATOR, train


def load(folder: Path, **changes: Any) -> None:
    load_vocabulary(PackConfig(tokenizer=str(folder), **changes))


def test_an_unknown_separator_is_one_clear_line(base: Path) -> None:
    with pytest.raises(UserError, match=r"pack.separator=<sep>: not a token of .*base; name one that it has$"):
        load(base, separator="<sep>")


@pytest.mark.parametrize("pad", [SEPARATOR, {"content": SEPARATOR, "special": True}, None])
def test_a_padding_that_is_the_separator_is_refused(tmp_path: Path, pad: Any) -> None:
    """Without a padding of its own, LLaMA-Factory pads with the end-of-text token."""
    with pytest.raises(UserError, match=r"tokenizer_config.json: pads with <\|endoftext\|>.*`make base`"):
        load(train(tmp_path / "base", pad))


def test_a_padding_that_texts_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="! is read in ordinary text"):
        load(train(tmp_path / "base", pad="!"))


def test_a_missing_model_names_the_target_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nothing: no such folder; make the starting model first with `make base`"):
        load(tmp_path / "nothing")
    with pytest.raises(UserError, match=r"holds no tokenizer\.json and no tokenizer_config\.json"):
        load(tmp_path)


def test_a_broken_configuration_is_one_clear_line(tmp_path: Path) -> None:
    folder = train(tmp_path / "base")
    (folder / "tokenizer_config.json").write_text(json.dumps({"pad_token": "x"})[:-3])
    with pytest.raises(UserError, match=r"tokenizer_config.json: not JSON"):
        load(folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"order": "random"}, r"pack.order=random: no such order; set shuffled, as_given or short_first"),
        ({"fill": 99.5}, r"pack.fill=99.5: not a share"),
        ({"context_tokens": 0}, r"pack.context_tokens=0: too short"),
        ({"tolerance_tokens": -1}, r"pack.tolerance_tokens=-1: set 0 or more"),
        ({"replay_share": 0.05}, r"pack.replay=\[\] with pack.replay_share=0.05: set both"),
        ({"replay": ["a.txt"]}, r"pack.replay=\['a.txt'\] with pack.replay_share=0.0: set both"),
        ({"replay": ["a.txt"], "replay_share": 5}, r"pack.replay_share=5: set 0 to 0.5"),
    ],
)
def test_a_value_that_makes_no_sense_is_one_clear_line(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        PackConfig(**changes).check()
