"""A real HTTP server that speaks as much of vLLM as the evaluation asks for, and misbehaves on request.

    with fake_server(Fake(answers={"q?": "a"}, liked=["Is it?|No"], failures=[500, 500])) as url: ...

A token is a character; a prompt is the question and a bar. Characters of a liked prompt and answer are likelier.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Fake:
    answers: dict[str, str] = field(default_factory=dict)
    completions: dict[str, str] = field(default_factory=dict)
    """By the last turn of the prompt."""
    liked: list[str] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)
    """Statuses of the next POST requests, before any is answered."""
    gives_logprobs: bool = True
    max_model_len: int = 64
    names: list[str] = field(default_factory=lambda: ["fake"])
    paths: list[str] = field(default_factory=list)
    """What was asked for, in order."""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    """What came with it."""


@contextmanager
def fake_server(fake: Fake) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(fake: Fake) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, {"data": [{"id": name, "max_model_len": fake.max_model_len} for name in fake.names]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.paths.append(self.path)
            fake.bodies.append(body)
            if fake.failures:
                self._send(fake.failures.pop(0), {"error": {"message": "scripted failure"}})
            else:
                self._send(200, ROUTES[self.path](fake, body))

        def _send(self, status: int, value: Any) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def _tokenize(_: Fake, body: dict[str, Any]) -> Any:
    text = body["prompt"] if "prompt" in body else body["messages"][-1]["content"] + "|"
    return {"tokens": [ord(character) for character in text]}


def _chat(fake: Fake, body: dict[str, Any]) -> Any:
    answer = fake.answers.get(body["messages"][-1]["content"], "")[: body["max_tokens"]]
    return {"choices": [{"message": {"content": answer}}]}


def _complete(fake: Fake, body: dict[str, Any]) -> Any:
    text = "".join(map(chr, body["prompt"]))
    if "echo" not in body:
        return {"choices": [{"text": fake.completions.get(text.removesuffix("|"), "")}]}
    each = -0.1 if text in fake.liked else -1.0
    logprobs = {"token_logprobs": [None] + [each] * len(text[1:]) + [-2.0]}
    return {"choices": [{"text": text + "x", "logprobs": logprobs if fake.gives_logprobs else None}]}


ROUTES = {"/tokenize": _tokenize, "/v1/chat/completions": _chat, "/v1/completions": _complete}
