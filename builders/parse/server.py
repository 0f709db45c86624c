"""MinerU as a server: the V1 API of 4.x (uploads, jobs), `/file_parse` of 2.x and 3.x; told apart by what answers.

    Server("http://127.0.0.1:8000", config).parse(file, target)

A file that the server fails on is the file's fault. A server that no longer answers ends the run, with what is done
kept: the files after it are nobody's fault.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Mapping
from itertools import chain, repeat
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import quote

import httpx

from builders.errors import UserError
from builders.papers.find import PaperFile
from builders.papers.pdf import Parsed
from builders.papers.raw import UnreadablePaper
from builders.parse.config import ParseConfig
from builders.parse.mineru_output import decode, keep

CONNECT_S = 5.0
GONE_S = 20.0
"""A server that cannot be reached for so long is gone."""
MOST_BYTES = 512 * 1024**2
_BUSY = (429, 502, 503, 504)
_ENDED = ("completed", "partial", "failed", "canceled")
_FORM = {"return_md": "false", "return_content_list": "true", "return_middle_json": "true"}
_RICHEST = ("content_list_v2", "content_list", "middle_json")


class Server:
    """A MinerU server; any thread may ask."""

    def __init__(self, url: str, config: ParseConfig) -> None:
        """Asks the server what it is; raises UserError where it does not answer, or is none of MinerU's."""
        self._url = url
        self._config = config
        self.turn = BoundedSemaphore(config.workers)
        # Without the proxies of the environment: a paper goes where the recipe says and nowhere else.
        # Certificates take half a second to load, and plain HTTP has none.
        self._client = httpx.Client(base_url=url.rstrip("/"), trust_env=False, verify=url.startswith("https"))
        self._has_jobs = self._asked_for_jobs()

    def close(self) -> None:
        self._client.close()

    def parse(self, file: PaperFile, target: Path) -> Parsed:
        """Lets the server parse one PDF and writes what it gives to `target`.

        Raises:
            UnreadablePaper: the server failed on it, died of it, or took too long.
            UserError: the server is gone.
        """
        call = _Call(self._client, self._url, file, self._config.timeout_s)
        value = _by_job(call, self._config) if self._has_jobs else _by_form(call)
        return keep(value, file, target)

    def _asked_for_jobs(self) -> bool:
        """Whether the server has the V1 API; else it must have `/file_parse`."""
        asked = PaperFile(Path("."), "parse.server", "pdf")
        call = _Call(self._client, self._url, asked, 2 * CONNECT_S)
        with contextlib.suppress(UnreadablePaper):
            if isinstance(call.mapping("GET", "/v1/health").get("version"), str):
                self._check_quality(call.mapping("GET", "/v1/tiers").get("data"))
                return True
        with contextlib.suppress(UnreadablePaper):
            if "/file_parse" in call.mapping("GET", "/openapi.json").get("paths", ()):
                return False
        raise UserError(
            f"parse.server: {self._url}: something answers there, but neither /v1/parse/jobs nor /file_parse; "
            "start `mineru-kit api-server` (4.x) or `mineru-api` (2.x, 3.x) and name its address"
        )

    def _check_quality(self, offered: Any) -> None:
        names = [tier.get("id") for tier in offered if isinstance(tier, Mapping)] if isinstance(offered, list) else []
        if names and self._config.quality not in names:
            raise UserError(
                f"parse.quality: {self._config.quality}: not offered by {self._url}, which has "
                f"{', '.join(map(str, names))}; start it with `--tier {self._config.quality}`, or name one that it has"
            )


class _Call:
    """The requests that one PDF takes, all before one deadline."""

    def __init__(self, client: httpx.Client, url: str, file: PaperFile, timeout_s: float) -> None:
        self.file = file
        self._client = client
        self._url = url
        self._timeout_s = timeout_s
        self.restart()

    def mapping(self, method: str, path: str, **content: Any) -> Mapping[str, Any]:
        """Sends a request whose answer is a JSON object."""
        value = decode(self.content(method, path, **content), self.file)
        if not isinstance(value, Mapping):
            raise self.fault("mineru_bad_output", f"{path} gave a {type(value).__name__} instead of an object")
        return value

    def content(self, method: str, path: str, **content: Any) -> bytes:
        """Sends a request, again while the server is busy or away; gives the answer's body."""
        pause, away_since = 0.25, None
        while True:
            try:
                status, body = self._send(method, path, **content)
                away_since = None
                if status < 400:
                    return body
                if status not in _BUSY:
                    raise self.fault("mineru_failed", f"{status} {_message(body)}")
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                away_since = away_since or time.monotonic()
                if time.monotonic() - away_since + pause > min(GONE_S, self._timeout_s):
                    raise self._gone(error) from error
            except httpx.TimeoutException as error:
                raise self.late() from error
            except httpx.TransportError as error:
                raise self.fault("server_died", f"the connection broke ({error or type(error).__name__})") from error
            self.sleep(pause)
            pause = min(2 * pause, 5.0)

    def restart(self, times: float = 1.0) -> None:
        """Sets the deadline anew."""
        self._deadline = time.monotonic() + times * self._timeout_s

    def sleep(self, seconds: float) -> None:
        """Waits; raises where that would go past the deadline."""
        if time.monotonic() + seconds > self._deadline:
            raise self.late()
        time.sleep(seconds)

    def give_up(self, job: str) -> None:
        """Tells the server that nobody waits any more; it may not hear it."""
        with contextlib.suppress(httpx.HTTPError):
            self._client.delete(job, timeout=CONNECT_S)

    def fault(self, reason: str, words: str) -> UnreadablePaper:
        detail = f"{self.file.path.name}: MinerU at {self._url}: {words}; look at the PDF and the server's log"
        return UnreadablePaper(reason, detail)

    def late(self) -> UnreadablePaper:
        detail = f"{self.file.path.name}: MinerU at {self._url}: not done after {self._timeout_s:g} s"
        return UnreadablePaper("timeout", f"{detail}; raise parse.timeout_s")

    def _send(self, method: str, path: str, **content: Any) -> tuple[int, bytes]:
        left = max(0.1, self._deadline - time.monotonic())
        body = bytearray()
        with self._client.stream(
            method, path, timeout=httpx.Timeout(left, connect=min(CONNECT_S, left)), **content
        ) as response:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise self.fault("mineru_bad_output", f"an answer of more than {MOST_BYTES:,} bytes")
                # The timeout above is for each piece; a server that drips is late as well.
                if time.monotonic() > self._deadline:
                    raise self.late()
            return response.status_code, bytes(body)

    def _gone(self, error: httpx.TransportError) -> UserError:
        return UserError(
            f"parse.server: {self._url}: no answer ({error}); start it (`mineru-kit api-server`) and run this again: "
            "what is parsed is kept"
        )


def _by_job(call: _Call, config: ParseConfig) -> Any:
    """Parses by the V1 API: upload, complete, job, result."""
    data = call.file.path.read_bytes()
    stated = {"filename": "paper.pdf", "bytes": len(data), "mime_type": "application/pdf", "purpose": "parse"}
    upload = call.mapping("POST", "/v1/uploads", json={**stated, "sha256sum": hashlib.sha256(data).hexdigest()})
    if upload.get("status") != "completed":
        where = f"/v1/uploads/{_id(call, upload, 'id')}"
        call.content("PUT", f"{where}/content", content=data, headers={"content-type": "application/octet-stream"})
        upload = call.mapping("POST", f"{where}/complete", json={})
    source = {"type": "file_id", "file_id": _id(call, upload, "file", "id")}
    request = {"files": [{"source": source}], "tier": config.quality, "output_formats": ["middle_json"]}
    job = call.mapping("POST", "/v1/parse/jobs", json=request)
    where = f"/v1/parse/jobs/{_id(call, job, 'job_id')}"
    try:
        # Our own other files may be before it in the server's queue; its time begins when it does.
        call.restart(config.workers)
        queued = True
        for pause in chain((0.1, 0.2, 0.4, 0.8), repeat(1.5)):
            if job.get("status") in _ENDED:
                break
            if queued and job.get("status") != "queued":
                queued = False
                call.restart()
            call.sleep(pause)
            job = call.mapping("GET", where)
    except UnreadablePaper:
        call.give_up(where)
        raise
    match job.get("files"):
        case [{"status": "completed", "output_files": {"middle_json": {"file_id": str(found)}}}]:
            return decode(call.content("GET", f"/v1/files/{quote(found, safe='')}/content"), call.file)
        case [{"error": {"message": str(message)}}]:
            raise call.fault("mineru_failed", message)
    raise call.fault("mineru_failed", f"job {job.get('status')} without a result")


def _id(call: _Call, value: Any, *keys: str) -> str:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(value, str):
        raise call.fault("mineru_bad_output", f"no {'.'.join(keys)} in its answer")
    return quote(value, safe="")


def _by_form(call: _Call) -> Any:
    """Parses by `/file_parse`: the PDF in, JSON strings out, by the name of the file."""
    sent = {"files": ("paper.pdf", call.file.path.read_bytes(), "application/pdf")}
    results = call.mapping("POST", "/file_parse", data=_FORM, files=sent).get("results")
    given = next(iter(results.values()), None) if isinstance(results, Mapping) else None
    for form in _RICHEST:
        value = given.get(form) if isinstance(given, Mapping) else None
        if value:
            return decode(value.encode(), call.file) if isinstance(value, str) else value
    raise call.fault("mineru_bad_output", f"none of {', '.join(_RICHEST)} in its answer")


def _message(body: bytes) -> str:
    """What an error's answer says, in one short line."""
    with contextlib.suppress(UnreadablePaper):
        match decode(body, PaperFile(Path("."), "", "pdf")):
            case {"error": {"message": str(message)}} | {"error": str(message)} | {"detail": str(message)}:
                return " ".join(message.split())[:300]
    return " ".join(body[:300].decode("utf-8", "replace").split())
