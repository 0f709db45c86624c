"""A MinerU server for the tests: real HTTP, both of its interfaces, and misbehaviour on order.

    with FakeMineru(faults={"POST /file_parse": ["drop", 500]}) as server:
        Server(server.url, config)

A fault is taken from the list of its request, one a call: a status, `drop` (the connection breaks), `hang`, `drip`
(a byte at a time), or bytes to answer instead.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

MIDDLE: dict[str, Any] = {
    "schema": "docvortex.middle",
    "metadata": {"producer": {"name": "mineru", "version": "4.0.12"}},
    "pages": [
        {
            "page_idx": index,
            "blocks": [{"type": "text", "content": [{"type": "text", "content": f"Text of page {index + 1}."}]}],
        }
        for index in range(2)
    ],
}
CONTENT_LIST = [{"type": "text", "text": "Read by a server.", "page_idx": 2}]

Fault = int | str | bytes


class FakeMineru:
    """Serves on a free port of 127.0.0.1 while the `with` block lasts."""

    def __init__(self, interface: str = "v1", faults: dict[str, list[Fault]] | None = None) -> None:
        self.interface = interface
        self.faults = faults or {}
        self.requests: list[str] = []
        self.bodies: list[bytes] = []
        self.polls_to_wait = 0
        self.polls_in_queue = 0
        self.tiers = ["flash", "standard"]
        self.released = threading.Event()
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FakeMineru:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    fake: ClassVar[FakeMineru]

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def do_PUT(self) -> None:
        self._serve("PUT")

    def do_DELETE(self) -> None:
        self._serve("DELETE")

    def log_message(self, *_: object) -> None:
        """Tests say nothing."""

    def _serve(self, method: str) -> None:
        request = f"{method} {self.path}"
        self.fake.requests.append(request)
        self.fake.bodies.append(self.rfile.read(int(self.headers.get("content-length") or 0)))
        queue = self.fake.faults.get(request)
        fault = queue.pop(0) if queue else None
        if fault == "drop":
            self.close_connection = True
        elif fault == "hang":
            self.fake.released.wait(30)
            self.close_connection = True
        elif fault == "drip":
            self._drip()
        elif isinstance(fault, int):
            self._answer(fault, json.dumps({"error": f"told to fail with {fault}"}).encode())
        elif isinstance(fault, bytes):
            self._answer(200, fault)
        else:
            self._answer(*self._usual(request))

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "100000")
        self.end_headers()
        while not self.fake.released.wait(0.05):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def _usual(self, request: str) -> tuple[int, bytes]:
        value = self._v1(request) if self.fake.interface == "v1" else self._form(request)
        return (200, json.dumps(value).encode()) if value is not None else (404, b'{"detail": "Not Found"}')

    def _v1(self, request: str) -> Any:
        match request:
            case "GET /v1/health":
                return {"status": "ok", "version": "4.0.12"}
            case "GET /v1/tiers":
                return {"data": [{"id": tier} for tier in self.fake.tiers]}
            case "POST /v1/uploads":
                return {"id": "upload_1", "status": "pending", "upload_url": "http://elsewhere.invalid/"}
            case "PUT /v1/uploads/upload_1/content":
                return {}
            case "POST /v1/uploads/upload_1/complete":
                return {"id": "upload_1", "status": "completed", "file": {"id": "file-1"}}
            case "POST /v1/parse/jobs":
                return {"job_id": "job_1", "status": "queued"}
            case "GET /v1/parse/jobs/job_1":
                return self._job()
            case "GET /v1/files/file-2/content":
                return MIDDLE
            case "DELETE /v1/parse/jobs/job_1":
                return {"status": "canceled"}
        return None

    def _job(self) -> dict[str, Any]:
        self.fake.polls_in_queue -= 1
        if self.fake.polls_in_queue >= 0:
            return {"status": "queued"}
        self.fake.polls_to_wait -= 1
        return {"status": "running"} if self.fake.polls_to_wait >= 0 else _DONE

    def _form(self, request: str) -> Any:
        if request == "GET /openapi.json":
            return {"paths": {"/file_parse": {}}}
        if request == "POST /file_parse":
            return {"version": "3.4.4", "results": {"paper": {"content_list": json.dumps(CONTENT_LIST)}}}
        return None

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


_DONE = {
    "status": "completed",
    "files": [{"status": "completed", "output_files": {"markdown": None, "middle_json": {"file_id": "file-2"}}}],
}
