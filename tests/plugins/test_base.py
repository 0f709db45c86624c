"""The starting model: its bytes, its tokenizer, its stop tokens, and what it refuses."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

from builders.errors import UserError
from plugins.train.base.__main__ import main
from plugins.train.base.config import BaseConfig, ModelShape
from plugins.train.base.prepare import prepare
from plugins.train.base.tokenizer import CJK, read_texts, train_tokenizer
from tests.plugins.rows import cpt_row, graph_row, papers_row, run, write_rows

SHAPE = ModelShape(hidden_size=64, intermediate_size=128, layers=2, heads=2, key_value_heads=1)
ONCE = "The rare graph 龘 stands here once, beside the extracellular space. 脑细胞外间隙是脑组织的一部分。"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset file with rows of three formats."""
    file = tmp_path_factory.mktemp("texts") / "rows.jsonl"
    rows = [make(n) for n in range(30) for make in (cpt_row, graph_row, papers_row)]
    write_rows(file, iter([*rows, {"id": "x", "task": "paper.text", "text": ONCE}]))
    return file


@pytest.fixture(scope="module")
def base(texts: Path) -> Path:
    """A tiny random model."""
    return prepare(BaseConfig(out=str(texts.parent / "base"), tokenizer_texts=[str(texts)], shape=SHAPE))


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_the_same_texts_give_the_same_bytes(base: Path, texts: Path) -> None:
    again = prepare(BaseConfig(out=str(base.parent / "again"), tokenizer_texts=[str(texts)], shape=SHAPE))
    first, second = digests(base), digests(again)
    assert first.pop("base.json") != second.pop("base.json")  # it names the folder
    assert first == second
    assert {"model.safetensors", "tokenizer.json", "chat_template.jinja"} <= first.keys()


def test_another_seed_gives_other_weights(base: Path, texts: Path) -> None:
    other = prepare(BaseConfig(out=str(base.parent / "other"), tokenizer_texts=[str(texts)], shape=SHAPE, seed=1))
    assert digests(base)["model.safetensors"] != digests(other)["model.safetensors"]
    assert digests(base)["tokenizer.json"] == digests(other)["tokenizer.json"]


def test_the_tokenizer_is_a_qwen2_tokenizer_whose_padding_is_not_the_separator(base: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(base)
    assert json.loads((base / "tokenizer_config.json").read_text("utf-8"))["tokenizer_class"] == "Qwen2Tokenizer"
    assert type(tokenizer).__name__ == "Qwen2Tokenizer"
    assert (tokenizer.eos_token, tokenizer.pad_token) == ("<|endoftext|>", "<|pad|>")
    marks = tokenizer("<|im_start|>user\n<|im_end|><|endoftext|><|pad|>")["input_ids"]
    assert [tokenizer.decode([mark]) for mark in marks] == [
        *("<|im_start|>", "user", "\n", "<|im_end|>", "<|endoftext|>", "<|pad|>"),
    ]


def test_every_chinese_character_of_the_texts_is_one_token(base: Path, texts: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(base)
    characters = sorted({character for text in read_texts([texts]) for character in re.findall(CJK, text)})
    assert "龘" in characters
    assert len(characters) > 40
    for character in characters:
        assert len(tokenizer(character)["input_ids"]) == 1
    assert len(tokenizer("".join(characters))["input_ids"]) == len(characters)


def test_no_token_spans_two_chinese_characters_and_english_merges(base: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(base)
    pieces = [tokenizer.decode([token]) for token in range(len(tokenizer))]
    assert max(len(re.findall(CJK, piece)) for piece in pieces) == 1
    assert len(tokenizer(" extracellular")["input_ids"]) == 1
    sentence = "第1段：组织液 flows，ＡＢＣ naïve 😀\r\n\tend"
    assert tokenizer.decode(tokenizer(sentence)["input_ids"]) == sentence


def test_without_splitting_tokens_may_span_characters(texts: Path) -> None:
    tokenizer = train_tokenizer(read_texts([texts]), vocab_size=1000, split_cjk=False, chat_template="")
    assert any(len(re.findall(CJK, tokenizer.decode([token]))) > 1 for token in range(len(tokenizer)))


def test_the_vocabulary_keeps_its_limit(texts: Path) -> None:
    assert len(train_tokenizer(read_texts([texts]), vocab_size=450, split_cjk=True, chat_template="")) == 450
    with pytest.raises(UserError, match=r"vocab_size=300: Chinese characters take .* raise vocab_size"):
        train_tokenizer(read_texts([texts]), vocab_size=300, split_cjk=True, chat_template="")


def test_generation_stops_at_the_end_of_a_turn_and_of_a_text(base: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(base)
    generation = GenerationConfig.from_pretrained(base)
    assert tokenizer.convert_ids_to_tokens(generation.eos_token_id) == ["<|im_end|>", "<|endoftext|>"]
    assert generation.pad_token_id == tokenizer.pad_token_id


def test_the_demo_recipe_has_the_size_it_says(texts: Path) -> None:
    shape = ModelShape()
    base = prepare(BaseConfig(out=str(texts.parent / "demo"), tokenizer_texts=[str(texts)], shape=shape))
    model = AutoModelForCausalLM.from_pretrained(base)
    beside_embeddings = model.num_parameters() - model.get_input_embeddings().weight.numel()
    assert 3_650_000 < beside_embeddings < 3_750_000


def test_a_local_source_is_linked_and_gets_its_own_padding(base: Path, tmp_path: Path) -> None:
    copy = prepare(BaseConfig(out=str(tmp_path / "copy"), source=str(base), pad_token="<|im_start|>"))
    assert (copy / "model.safetensors").stat().st_ino == (base / "model.safetensors").stat().st_ino
    tokenizer = AutoTokenizer.from_pretrained(copy)
    assert (tokenizer.eos_token, tokenizer.pad_token) == ("<|endoftext|>", "<|im_start|>")
    assert tokenizer.chat_template == (base / "chat_template.jinja").read_text("utf-8")
    stops = GenerationConfig.from_pretrained(copy).eos_token_id
    assert tokenizer.convert_ids_to_tokens(stops) == ["<|im_end|>", "<|endoftext|>"]
    assert AutoTokenizer.from_pretrained(base).pad_token == "<|pad|>"  # the source is as it was


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"pad_token": "<|fim_pad|>"}, r"the vocabulary lacks <\|fim_pad\|>; name another pad_token"),
        ({"pad_token": "<|endoftext|>"}, r"pad_token=<\|endoftext\|>: this is the separator"),
    ],
)
def test_a_source_without_a_usable_padding_is_refused(
    base: Path, tmp_path: Path, settings: dict[str, str], complaint: str
) -> None:
    with pytest.raises(UserError, match=complaint):
        prepare(BaseConfig(out=str(tmp_path / "copy"), source=str(base), **settings))
    assert not any(tmp_path.iterdir())


def test_pickled_weights_are_not_read(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(UserError, match=r"source: holds no \*\.safetensors"):
        prepare(BaseConfig(out=str(tmp_path / "copy"), source=str(source)))


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path, texts: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UserError, match="mine: exists and was not made by this program"):
        prepare(BaseConfig(out=str(tmp_path / "mine"), tokenizer_texts=[str(texts)]))
    assert (tmp_path / "mine" / "thesis.txt").is_file()


def test_missing_texts_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cpt\.jsonl: no such file; build it first with `make data`"):
        prepare(BaseConfig(out=str(tmp_path / "base"), tokenizer_texts=[str(tmp_path / "cpt.jsonl")]))


def test_a_misspelt_key_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = tmp_path / "base.yaml"
    recipe.write_text("out: x\nvocab_sise: 10\n", encoding="utf-8")
    assert main([str(recipe)]) == 1
    error = capsys.readouterr().err
    assert "vocab_sise" in error
    assert len(error.splitlines()) == 1


@pytest.mark.slow
def test_a_model_that_cannot_be_had_is_one_line(tmp_path: Path) -> None:
    recipe = tmp_path / "base.yaml"
    recipe.write_text("out: saves/base\nsource: nobody/no-such-model\n", encoding="utf-8")
    done = run(tmp_path, "-m", "plugins.train.base", "base.yaml")
    assert done.returncode == 1
    complaint = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(complaint) == 1
    assert "source=nobody/no-such-model: no folder here, and the hub does not give it" in complaint[0]
    assert "Traceback" not in done.stderr
