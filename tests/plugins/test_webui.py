"""LLaMA Board from the root, as a person uses it: the demo's datasets are listed, a command is previewed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.browser import CHROMIUM, Browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH (Debian: apt-get install chromium)"),
]

COMMAND = str(Path(sys.executable).with_name("llamafactory-cli"))
# A field by its label: drop-downs carry it as aria-label, the others stand inside a <label>.
FIELD = """
var field = name => document.querySelector(`input[aria-label="${name}"]`) ||
  [...document.querySelectorAll('label')].find(label => label.innerText.split('\\n')[0].trim() === name)
    .querySelector('input, textarea');
var button = name => [...document.querySelectorAll('button')].find(button => button.innerText.trim() === name);
var tokens = () => [...document.querySelectorAll('.token')].map(token => token.innerText.trim());
var items = () => [...document.querySelectorAll('ul[role=listbox] li')];
var text = item => item.innerText.replace('✓', '').trim();
var item = name => items().find(item => text(item) === name);
"""


@pytest.fixture(scope="module")
def board(workspace: Path) -> Iterator[str]:
    """The Board's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = {"GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": str(port), "GRADIO_ANALYTICS_ENABLED": "False"}
    process = subprocess.Popen(
        [COMMAND, "webui"],
        cwd=workspace,
        env={**os.environ, **server, "BROWSER": "true", "HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Running on local URL" in line:
            break
    assert process.poll() is None, "".join(said)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(60)


@pytest.fixture(scope="module")
def page(board: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The Board with a model of our own and the data folder set to the root."""
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        browser.open(board)
        browser.wait_for("document.body.innerText.includes('Preview command')")
        browser.run(FIELD)
        choose(browser, "Model name", "Qwen2.5-7B")
        browser.wait_for("field('Model path').value === 'Qwen/Qwen2.5-7B'")
        fill(browser, "Model path", "saves/tiny/base")
        choose(browser, "Chat template", "qwen3_nothink")
        fill(browser, "Data dir", ".")
        yield browser


def fill(page: Browser, name: str, text: str) -> None:
    page.run(f"field('{name}').focus(); field('{name}').select?.()")
    page.type(text)


def choose(page: Browser, name: str, choice: str) -> None:
    """Takes a choice of a drop-down; a chosen dataset becomes a token."""
    fill(page, name, choice)
    page.wait_for(f"item('{choice}')")
    page.run(f"item('{choice}').dispatchEvent(new MouseEvent('mousedown', {{bubbles: true}}))")
    page.wait_for(f"field('{name}').value === '{choice}' || tokens().includes('{choice}')")


def datasets(page: Browser, expected: str) -> list[str]:
    """What the drop-down of datasets offers for the chosen stage, once it offers the expected one."""
    page.run("field('Dataset').focus()")
    names = page.wait_for(f"item('{expected}') && items().map(text)")
    page.run("field('Dataset').blur()")
    return [str(name) for name in names]


def test_the_demos_datasets_are_listed(page: Browser) -> None:
    offered = datasets(page, "demo_cpt")
    assert {"demo_cpt", "demo_sft_graph", "demo_sft_papers", "demo_sft_logic"} <= set(offered)
    assert "demo_dpo" not in offered  # preference rows belong to another stage


def test_a_training_command_is_previewed(page: Browser) -> None:
    choose(page, "Dataset", "demo_sft_graph")
    page.run("button('Preview command').click()")
    page.wait_for("document.querySelector('pre')?.innerText.includes('llamafactory-cli')")
    said = page.run("document.querySelector('pre').innerText")
    assert said.startswith("llamafactory-cli train")
    for argument in (
        *("--stage sft", "--model_name_or_path saves/tiny/base", "--template qwen3_nothink"),
        *("--dataset_dir .", "--dataset demo_sft_graph"),
    ):
        assert f"{argument} \\" in said


def test_preference_rows_are_listed_for_dpo(page: Browser) -> None:
    choose(page, "Stage", "DPO")
    assert "demo_sft_graph" not in datasets(page, "demo_dpo")
