from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from builders.errors import UserError
from eval.client import Client, Endpoint, TooLong, connect, probe
from tests.eval.fake import Fake, fake_server

T = TypeVar("T")


def with_client(fake: Fake, act: Callable[[Client], Awaitable[T]], model: str = "fake") -> T:
    async def run(url: str) -> T:
        endpoint = Endpoint(url, model, fake.max_model_len)
        async with connect(endpoint, concurrency=2, retry_wait_s=0.001) as client:
            return await act(client)

    with fake_server(fake) as url:
        return asyncio.run(run(url))


def test_two_failures_of_the_server_are_tried_again() -> None:
    fake = Fake(answers={"q?": "an answer"}, failures=[500, 503])
    assert with_client(fake, lambda client: client.chat("q?", 9)) == "an answer"
    assert fake.paths == ["/tokenize", "/tokenize", "/tokenize", "/v1/chat/completions"]


def test_a_server_that_keeps_failing_is_given_up() -> None:
    with pytest.raises(UserError, match=r"/tokenize: no answer in 5 tries \(500 .*scripted failure.*still running\?"):
        with_client(Fake(failures=[500] * 5), lambda client: client.chat("q?", 9))


def test_a_refusal_is_not_tried_again() -> None:
    fake = Fake(failures=[400])
    with pytest.raises(UserError, match=r"refused with 400: .*scripted failure"):
        with_client(fake, lambda client: client.chat("q?", 9))
    assert fake.paths == ["/tokenize"]


def test_a_closed_port_is_said_to_be_closed() -> None:
    with fake_server(Fake()) as url:
        pass

    async def ask() -> str:
        async with connect(Endpoint(url, "fake", 64), concurrency=1, retry_wait_s=0.001) as client:
            return await client.chat("q?", 9)

    with pytest.raises(UserError, match=r"no answer in 5 tries .*is the server still running\?"):
        asyncio.run(ask())


def test_the_answer_gets_what_room_the_prompt_leaves() -> None:
    answers = {"12345": "abcdefgh"}
    assert with_client(Fake(answers, max_model_len=9), lambda client: client.chat("12345", 64)) == "abc"
    with pytest.raises(TooLong, match="6 tokens of prompt, 6 with the answer at most"):
        with_client(Fake(answers, max_model_len=6), lambda client: client.chat("12345", 64))


def test_logprobs_are_those_of_the_continuation() -> None:
    def score(client: Client) -> Awaitable[list[float]]:
        return client.logprobs([*map(ord, "q|")], [*map(ord, "Yes")])

    assert with_client(Fake(), score) == [-1.0, -1.0, -1.0]
    assert with_client(Fake(liked=["q|Yes"], max_model_len=6), score) == [-0.1, -0.1, -0.1]
    with pytest.raises(TooLong, match="5 tokens of prompt and answer, 4 at most"):
        with_client(Fake(max_model_len=5), score)


def test_a_word_is_cut_into_tokens_once() -> None:
    fake = Fake()

    async def twice(client: Client) -> tuple[list[int], list[int]]:
        return await client.text_ids("是"), await client.text_ids("是")

    assert with_client(fake, twice) == ([0x662F], [0x662F])
    assert fake.paths == ["/tokenize"]


def test_a_server_without_prompt_logprobs_fails_the_probe() -> None:
    with (
        fake_server(Fake(gives_logprobs=False)) as url,
        pytest.raises(
            UserError, match="0 log-probabilities for 13 prompt tokens and 1 more; serve the model with vLLM"
        ),
    ):
        asyncio.run(probe(url))


def test_the_probe_finds_the_only_model_and_asks_which_of_several() -> None:
    with fake_server(Fake(max_model_len=99)) as url:
        assert asyncio.run(probe(url)) == Endpoint(url, "fake", 99)
    with fake_server(Fake(names=["a", "b"])) as url:
        assert asyncio.run(probe(url, "b")).model == "b"
        with pytest.raises(UserError, match=r"serves a, b; say which, as http://127\.0\.0\.1:\d+#a"):
            asyncio.run(probe(url))
        with pytest.raises(UserError, match="serves a, b, not c; say which"):
            asyncio.run(probe(url, "c"))
