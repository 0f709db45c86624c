from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from builders.corpus.embeddings import Embeddings
from builders.corpus.semantic import SemanticConfig, find_semantic_duplicates
from builders.errors import UserError
from builders.types import Block, Document


@dataclass
class Fake:
    """An embeddings server: the vector of a text is its length and how many of its letters are "a"."""

    failures: list[int] = field(default_factory=list)
    """Statuses of the next requests, before any is answered."""
    bend: Callable[[list[dict[str, Any]]], Any] = lambda rows: rows
    """What is made of the rows of an answer."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


@contextmanager
def served(fake: Fake) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if fake.failures:
                self._send(fake.failures.pop(0), {"error": {"message": "scripted failure"}})
                return
            assert self.path == "/v1/embeddings"
            fake.asked.append(body)
            fake.keys.append(self.headers["Authorization"])
            rows = [{"index": i, "embedding": [len(t), t.count("a")]} for i, t in enumerate(body["input"])]
            self._send(200, {"data": fake.bend(rows[::-1])})

        def _send(self, status: int, value: Any) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def embeddings(url: str, folder: Path, model: str = "fake", variable: str | None = None) -> Embeddings:
    config = SemanticConfig(url=url, model=model, batch=2, concurrency=2, key_variable=variable)
    return Embeddings(config, folder / "embeddings.sqlite", retry_wait_s=0.001)


def test_vectors_come_in_the_order_of_the_texts(tmp_path: Path) -> None:
    fake = Fake()
    with served(fake) as url, embeddings(url, tmp_path) as embed:
        assert embed(["a", "bb", "aba", "bb", "aaaaa"]).tolist() == [[1, 1], [2, 0], [3, 2], [2, 0], [5, 5]]
    assert sorted(len(body["input"]) for body in fake.asked) == [2, 2]
    assert {body["model"] for body in fake.asked} == {"fake"}
    assert fake.keys == [None, None]


def test_what_was_asked_once_is_answered_from_the_file(tmp_path: Path) -> None:
    fake = Fake()
    with served(fake) as url:
        with embeddings(url, tmp_path) as embed:
            first = embed(["a", "bb"])
        with embeddings(url, tmp_path) as embed:
            assert embed(["bb", "a", "new"]).tolist() == [*first[::-1].tolist(), [3, 0]]
        with embeddings(url, tmp_path, model="other") as embed:
            embed(["a"])
    assert [body["input"] for body in fake.asked] == [["a", "bb"], ["new"], ["a"]]


def test_a_busy_or_failing_server_is_asked_again(tmp_path: Path) -> None:
    with served(Fake(failures=[500, 429, 503])) as url, embeddings(url, tmp_path) as embed:
        assert embed(["a"]).tolist() == [[1, 1]]


def test_the_key_comes_from_the_environment_and_is_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMBEDDINGS_KEY", "sesame")
    fake = Fake()
    with served(fake) as url, embeddings(url, tmp_path, variable="EMBEDDINGS_KEY") as embed:
        embed(["a"])
    assert fake.keys == ["Bearer sesame"]
    assert all(b"sesame" not in path.read_bytes() for path in tmp_path.iterdir())
    monkeypatch.delenv("EMBEDDINGS_KEY")
    with pytest.raises(UserError, match=r"semantic\.key_variable: EMBEDDINGS_KEY is not set; export it"):
        embeddings(url, tmp_path, variable="EMBEDDINGS_KEY")


def refused(fake: Fake, folder: Path) -> str:
    with served(fake) as url, embeddings(url, folder) as embed:
        with pytest.raises(UserError) as error:
            embed(["a", "bb"])
        return str(error.value).removeprefix(url)


def test_a_server_that_cannot_answer_is_named_in_one_line(tmp_path: Path) -> None:
    assert refused(Fake(failures=[404]), tmp_path).startswith("/v1/embeddings: refused with 404:")
    assert "no answer in 5 tries (500" in refused(Fake(failures=[500] * 5), tmp_path)
    assert "not one finite vector a text" in refused(Fake(bend=lambda rows: rows[:1]), tmp_path)
    assert "not one finite vector a text" in refused(Fake(bend=lambda rows: [rows[0], rows[0]]), tmp_path)
    assert "no embeddings in the answer" in refused(Fake(bend=lambda rows: [{"index": 0}]), tmp_path)
    assert "no embeddings in the answer" in refused(Fake(bend=lambda rows: None), tmp_path)
    with embeddings("http://127.0.0.1:9", tmp_path) as embed, pytest.raises(UserError, match="is the server running"):
        embed(["a"])
    with pytest.raises(UserError, match=r"semantic\.model: empty"):
        embeddings("http://127.0.0.1:9", tmp_path, model="")


def test_an_answer_is_kept_even_if_a_later_one_fails(tmp_path: Path) -> None:
    fake = Fake()
    with served(fake) as url, embeddings(url, tmp_path) as embed:
        embed(["a", "bb"])
        fake.failures = [404]
        with pytest.raises(UserError):
            embed(["a", "ccc"])
    with sqlite3.connect(tmp_path / "embeddings.sqlite") as cache:
        assert cache.execute("SELECT count(*) FROM embedding").fetchone() == (2,)


def test_duplicates_are_found_through_the_server(tmp_path: Path) -> None:
    texts = ("aaaa", "bbbb", "aaaaaaaa")
    paper = Document("x", "0", "", "en", "x", "markdown", tuple(Block("paragraph", text) for text in texts))
    config = SemanticConfig(paragraph_characters=1, threshold=0.99)
    with served(Fake()) as url, embeddings(url, tmp_path) as embed:
        found = find_semantic_duplicates([paper], embed, config, tmp_path)
    assert {name: list(blocks) for name, blocks in found.items()} == {"x": [2]}
