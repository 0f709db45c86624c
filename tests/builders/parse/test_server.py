"""A MinerU server, well-behaved and not: whose fault it is decides what happens."""

from __future__ import annotations

import json
import time
from pathlib import Path

import orjson
import pytest

from builders.errors import UserError
from builders.papers import PaperFile, UnreadablePaper
from builders.parse import server as server_module
from builders.parse.config import ParseConfig
from builders.parse.server import Server
from tests.builders.parse.fake_mineru import CONTENT_LIST, MIDDLE, FakeMineru, Fault

CONFIG = ParseConfig(timeout_s=3)


@pytest.fixture
def paper(tmp_path: Path) -> PaperFile:
    path = tmp_path / "li.pdf"
    path.write_bytes(b"%PDF-1.7 li")
    return PaperFile(path, "li.pdf", "pdf")


def _parse(fake: FakeMineru, paper: PaperFile, config: ParseConfig = CONFIG) -> dict[str, object]:
    target = paper.path.parent / "parsed" / "li.json"
    target.unlink(missing_ok=True)
    server = Server(fake.url, config)
    try:
        assert server.parse(paper, target).pages == (2 if fake.interface == "v1" else 3)
    finally:
        server.close()
    parsed: dict[str, object] = orjson.loads(target.read_bytes())
    return parsed


def _fault(fake: FakeMineru, paper: PaperFile, config: ParseConfig = CONFIG) -> UnreadablePaper:
    with pytest.raises(UnreadablePaper) as raised:
        _parse(fake, paper, config)
    assert raised.value.detail.startswith("li.pdf: ")
    assert "\n" not in raised.value.detail
    assert not (paper.path.parent / "parsed" / "li.json").exists()
    return raised.value


def test_the_jobs_of_4x_are_driven_and_only_at_the_address_named(paper: PaperFile) -> None:
    with FakeMineru() as fake:
        fake.polls_to_wait = 1
        assert _parse(fake, paper) == {"reader": "mineru middle 4.0.12", "metadata": {}, "mineru": MIDDLE}
    assert fake.requests == [
        "GET /v1/health",
        "GET /v1/tiers",
        "POST /v1/uploads",
        "PUT /v1/uploads/upload_1/content",
        "POST /v1/uploads/upload_1/complete",
        "POST /v1/parse/jobs",
        "GET /v1/parse/jobs/job_1",
        "GET /v1/parse/jobs/job_1",
        "GET /v1/files/file-2/content",
    ]
    assert fake.bodies[3] == b"%PDF-1.7 li"
    assert json.loads(fake.bodies[5]) == {
        "files": [{"source": {"type": "file_id", "file_id": "file-1"}}],
        "tier": "standard",
        "output_formats": ["middle_json"],
    }


def test_a_pdf_that_the_server_has_is_not_sent_again(paper: PaperFile) -> None:
    known = json.dumps({"id": "upload_1", "status": "completed", "file": {"id": "file-1"}}).encode()
    with FakeMineru(faults={"POST /v1/uploads": [known]}) as fake:
        _parse(fake, paper)
    assert not any(request.startswith("PUT") for request in fake.requests)


def test_the_form_of_2x_and_3x_is_driven(paper: PaperFile) -> None:
    with FakeMineru("form") as fake:
        assert _parse(fake, paper) == {"reader": "mineru content_list", "metadata": {}, "mineru": CONTENT_LIST}
    assert b"%PDF-1.7 li" in fake.bodies[-1]
    assert b'name="return_content_list"\r\n\r\ntrue' in fake.bodies[-1]


@pytest.mark.parametrize("busy", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(paper: PaperFile, busy: int) -> None:
    with FakeMineru("form", {"POST /file_parse": [busy, busy]}) as fake:
        _parse(fake, paper)
    assert fake.requests.count("POST /file_parse") == 3


@pytest.mark.parametrize(
    ("interface", "request_", "fault", "reason", "words"),
    [
        ("form", "POST /file_parse", 500, "mineru_failed", "500 told to fail with 500"),
        ("form", "POST /file_parse", "drop", "server_died", "the connection broke"),
        ("form", "POST /file_parse", b"<html>", "mineru_bad_output", "not JSON at line 1"),
        ("form", "POST /file_parse", b"[]", "mineru_bad_output", "a list instead of an object"),
        ("form", "POST /file_parse", b'{"results": {"paper": {}}}', "mineru_bad_output", "none of content_list_v2"),
        ("form", "POST /file_parse", b'{"results": {"p": {"middle_json": "{}"}}}', "mineru_bad_output", "no MinerU"),
        ("form", "POST /file_parse", b'{"results": {"p": {"content_list": "[1"}}}', "mineru_bad_output", "not JSON"),
        (
            "form",
            "POST /file_parse",
            b'{"results": {"p": {"content_list": "[{\\"type\\": \\"text\\", \\"text\\": \\" \\"}]"}}}',
            "no_text",
            "found no text",
        ),
        ("v1", "POST /v1/uploads", b'{"id": 7}', "mineru_bad_output", "no id in its answer"),
        ("v1", "POST /v1/uploads", 413, "mineru_failed", "413"),
        ("v1", "PUT /v1/uploads/upload_1/content", "drop", "server_died", "the connection broke"),
        ("v1", "GET /v1/parse/jobs/job_1", "drop", "server_died", "the connection broke"),
        ("v1", "GET /v1/parse/jobs/job_1", b'{"status": "completed"}', "mineru_failed", "job completed without"),
        (
            "v1",
            "GET /v1/parse/jobs/job_1",
            b'{"status": "failed", "files": [{"error": {"message": "no pages"}}]}',
            "mineru_failed",
            "no pages",
        ),
        ("v1", "GET /v1/files/file-2/content", b'{"pages": 7}', "mineru_bad_output", "no MinerU output"),
    ],
)
def test_what_goes_wrong_with_a_file_is_that_files_fault(
    paper: PaperFile, interface: str, request_: str, fault: Fault, reason: str, words: str
) -> None:
    with FakeMineru(interface, {request_: [fault]}) as fake:
        found = _fault(fake, paper)
        assert found.reason == reason
        assert words in found.detail
        # And the next file is none the worse for it.
        _parse(fake, paper)


@pytest.mark.parametrize("fault", ["hang", "drip"])
def test_a_server_that_never_ends_is_given_up_in_time(paper: PaperFile, fault: Fault) -> None:
    began = time.monotonic()
    with FakeMineru("form", {"POST /file_parse": [fault]}) as fake:
        found = _fault(fake, paper, ParseConfig(timeout_s=0.6))
    assert found.reason == "timeout"
    assert found.detail == f"li.pdf: MinerU at {fake.url}: not done after 0.6 s; raise parse.timeout_s"
    assert time.monotonic() - began < 3


def test_a_job_that_takes_too_long_is_cancelled(paper: PaperFile) -> None:
    with FakeMineru() as fake:
        fake.polls_to_wait = 100
        assert _fault(fake, paper, ParseConfig(timeout_s=1.2)).reason == "timeout"
    assert fake.requests[-1] == "DELETE /v1/parse/jobs/job_1"


def test_the_time_in_the_servers_queue_is_not_the_files(paper: PaperFile) -> None:
    with FakeMineru() as fake:
        fake.polls_in_queue = 3
        _parse(fake, paper, ParseConfig(timeout_s=1.2, workers=4))
        fake.polls_in_queue = 100
        assert _fault(fake, paper, ParseConfig(timeout_s=0.3, workers=2)).reason == "timeout"


def test_an_endless_answer_is_cut_off(paper: PaperFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "MOST_BYTES", 1000)
    with FakeMineru("form", {"POST /file_parse": [b" " * 2000]}) as fake:
        assert "an answer of more than 1,000 bytes" in _fault(fake, paper).detail


def test_a_server_that_is_gone_is_the_users_business(paper: PaperFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "GONE_S", 0.5)
    with FakeMineru("form") as fake:
        server = Server(fake.url, CONFIG)
        _ = server.parse(paper, paper.path.with_suffix(".json"))
        fake.stop()
        with pytest.raises(UserError, match=rf"^parse\.server: {fake.url}: no answer .*run this again"):
            server.parse(paper, paper.path.with_suffix(".json"))
        with pytest.raises(UserError, match="no answer"):
            Server(fake.url, CONFIG)


def test_something_else_at_the_address_is_refused() -> None:
    with (
        FakeMineru("form", {"GET /openapi.json": [b"{}"]}) as fake,
        pytest.raises(UserError, match="neither /v1/parse/jobs nor /file_parse"),
    ):
        Server(fake.url, CONFIG)


def test_a_tier_that_the_server_lacks_is_refused_before_any_file() -> None:
    with FakeMineru() as fake, pytest.raises(UserError, match=r"^parse\.quality: advanced: not offered by .*flash"):
        Server(fake.url, ParseConfig(quality="advanced"))
