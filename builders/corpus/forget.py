"""A paper is forgotten: its name in; every dataset without it and all that was derived from it out.

    python -m builders forget 10.1016/j.neuron.2024.01.001 recipes/demo/build.yaml

What a build keeps of a paper is taken away (its parsed form, its place in the split, its votes on words), the paper is
put on the list of those that no build uses again, and the recipe is built anew. Then every file of the recipe's data
is searched for its names. Trained models are not touched: which of them have seen the paper is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from builders.build import build
from builders.config import BuildConfig
from builders.corpus.forgotten import Forgotten
from builders.corpus.gather import PARSED, PREPARED
from builders.corpus.licence import Named
from builders.corpus.prepare import Facts, read_facts
from builders.corpus.report.page import page_path
from builders.errors import UserError
from builders.jsonl import write_json, write_rows
from builders.papers import PaperFile, find_papers
from builders.papers.hashes import STORE
from builders.parse.journal import NAME as JOURNAL
from builders.progress import Steps


def forget(name: str, config: BuildConfig, steps: Steps) -> Iterator[str]:
    """Forgets every file of one work; says line by line what was done.

    Raises:
        UserError: no paper of the recipe is called so, or a trace of it is left.
    """
    files, ids = _found(name, config)
    names = sorted({file.name for file in files})
    titles = _titles(ids, config)
    Forgotten.load(config.output).with_papers(files, ids).save(config.output)
    _take_away(files, ids, config)
    build(config, steps)
    if traces := list(traces_of([*ids, *names, *titles], config.output)):
        raise UserError(f"{name}: a trace is left in {', '.join(map(str, traces))}; delete the file and build again")
    yield f"forgotten: {', '.join(names)}; no file below {config.output} names it"
    for path in files:
        yield f"the file itself is yours to delete: {path.path}"
    for model in _models(config.recipe):
        yield f"{model} was trained before: train it again, or delete it"
    yield f"its rows of token ids went with the others: `make pack RECIPE={config.recipe}` makes them anew"


def _found(name: str, config: BuildConfig) -> tuple[list[PaperFile], list[str]]:
    """All files of the work that a person calls so, and its ids."""
    files = {file.name: file for folder in config.papers for file in find_papers(Path(folder))}
    known = list(_known(config))
    asked = name.casefold()
    ids = {str(facts.id) for facts in known if facts.id and asked in Named(facts.id, facts.name, None).names}
    by_path = {file.name for file in files.values() if asked in (file.name.casefold(), file.path.name.casefold())}
    named = by_path | {facts.name for facts in known if facts.id in ids}
    if not named:
        remedy = "name it by DOI, by its file, or by the `id` in documents.jsonl"
        raise UserError(f"{name}: no such paper in {config.output}; {remedy}")
    return [files[found] for found in sorted(named) if found in files], sorted(ids)


def _known(config: BuildConfig) -> Iterator[Facts]:
    for path in sorted((config.output / PREPARED).glob("*/*.json")):
        yield read_facts(path)


def _titles(ids: Sequence[str], config: BuildConfig) -> list[str]:
    return sorted({facts.title for facts in _known(config) if facts.id in ids and len(facts.title) > 20})


def _take_away(files: Sequence[PaperFile], ids: Sequence[str], config: BuildConfig) -> None:
    """Deletes what is kept from build to build; the build that follows writes the rest anew."""
    folder, hashes = config.output, {file.sha256() for file in files}
    for path in (folder / PARSED).glob("*/*.json"):
        if path.stem in hashes:
            path.unlink()
    for name in (JOURNAL, STORE):
        _without_lines(folder / PARSED / name, hashes)
    for path in (folder / PREPARED).glob("*/*.json"):
        if read_facts(path).id in ids:
            path.unlink()
    # The votes of all papers are counted again, without it.
    config.lexicon_file.unlink(missing_ok=True)
    splits = folder / "splits.json"
    if splits.is_file():
        assigned = orjson.loads(splits.read_bytes())
        write_json(splits, {**assigned, "documents": {k: v for k, v in assigned["documents"].items() if k not in ids}})
    for path in (*folder.glob("cpt_packed*"), *folder.glob(".cpt_packed*")):
        _delete(path)
    page_path(config.recipe).unlink(missing_ok=True)  # it quotes papers


def _without_lines(path: Path, hashes: set[str]) -> None:
    if path.is_file():
        rows = map(orjson.loads, path.read_bytes().splitlines())
        write_rows(path, [row for row in rows if row["sha256"] not in hashes])


def _delete(path: Path) -> None:
    for child in path.iterdir() if path.is_dir() else ():
        _delete(child)
    path.rmdir() if path.is_dir() else path.unlink()


def traces_of(names: Sequence[str], folder: Path) -> Iterator[Path]:
    """The files below a folder in which one of the names stands."""
    wanted = [form for name in names for form in {name.encode(), orjson.dumps(name)[1:-1]}]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(form in path.read_bytes() for form in wanted):
            yield path


def _models(recipe: str) -> list[Path]:
    return sorted(path.parent for path in Path("saves", recipe).glob("*/fingerprint.json"))
