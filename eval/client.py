"""An OpenAI-compatible server of vLLM's kind as a few async calls: messages or token ids in, text or numbers out.

    endpoint = await probe("http://127.0.0.1:8000")
    async with connect(endpoint, concurrency=8) as client:
        answer = await client.chat("人参归哪些经？", max_tokens=64)
        logprobs = await client.logprobs(await client.chat_ids("Is ...?"), await client.text_ids("Yes"))

Prompts are rendered by the server's chat template and cut into tokens by the server, so that both sides agree.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from builders.errors import UserError

ATTEMPTS = 5
REQUEST_TIMEOUT_S = 600


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is served."""

    base_url: str
    """Without `/v1`."""
    model: str
    """The name under which the server knows it."""
    max_model_len: int
    """Tokens of prompt and answer together."""
    tokenizer: str | None = None
    """The model's folder; None where only the server has it."""


class TooLong(Exception):
    """A prompt leaves no room within the model's context."""


class ServerFailed(Exception):
    """The server answered with 5xx: worth another try."""


class Client:
    """Bounded, retrying requests to one served model."""

    def __init__(
        self, session: aiohttp.ClientSession, endpoint: Endpoint, concurrency: int, retry_wait_s: float = 0.5
    ) -> None:
        self._session = session
        self._endpoint = endpoint
        self._slots = asyncio.Semaphore(concurrency)
        self._retry_wait_s = retry_wait_s
        self._words: dict[str, list[int]] = {}

    async def models(self) -> dict[str, int]:
        """The served models and how many tokens each can hold."""
        answer = await self._request("GET", "/v1/models", None)
        if any("max_model_len" not in model for model in answer["data"]):
            raise UserError(f"{self._endpoint.base_url}: does not say max_model_len; serve the model with vLLM")
        return {model["id"]: int(model["max_model_len"]) for model in answer["data"]}

    async def chat_ids(self, question: str) -> list[int]:
        """The token ids of a question, up to where the answer begins."""
        return await self.dialogue_ids([{"role": "user", "content": question}])

    async def dialogue_ids(self, messages: list[dict[str, Any]], tools: list[Any] | None = None) -> list[int]:
        """The token ids of a dialogue in which `tools` may be called, up to where the next answer begins."""
        payload = {"messages": messages, "add_generation_prompt": True}
        return await self._tokenize(payload if tools is None else {**payload, "tools": tools})

    async def text_ids(self, text: str) -> list[int]:
        """The token ids of plain text, without special tokens; remembered, because few words decide many questions."""
        if text not in self._words:
            self._words[text] = await self._tokenize({"prompt": text, "add_special_tokens": False})
        return self._words[text]

    async def chat(self, question: str, max_tokens: int) -> str:
        """The greedy answer to a question.

        Raises:
            TooLong: the prompt fills the context.
        """
        room = self._room(await self.chat_ids(question))
        payload = {
            "messages": [{"role": "user", "content": question}],
            "max_tokens": min(max_tokens, room),
            "temperature": 0,
        }
        answer = await self._request("POST", "/v1/chat/completions", payload)
        return str(answer["choices"][0]["message"]["content"] or "")

    async def complete(self, prompt: list[int], max_tokens: int) -> str:
        """The greedy continuation of a prompt as plain text, calls of functions not taken apart.

        Raises:
            TooLong: the prompt fills the context.
        """
        room = self._room(prompt)
        payload = {"prompt": prompt, "max_tokens": min(max_tokens, room), "temperature": 0}
        answer = await self._request("POST", "/v1/completions", payload)
        return str(answer["choices"][0]["text"])

    async def logprobs(self, prompt: list[int], continuation: list[int]) -> list[float]:
        """The natural log-probability of each token of a continuation.

        Raises:
            TooLong: prompt, continuation and the one token that is always generated do not fit.
        """
        ids = prompt + continuation
        if len(ids) >= self._endpoint.max_model_len:
            raise TooLong(f"{len(ids)} tokens of prompt and answer, {self._endpoint.max_model_len - 1} at most")
        payload = {"prompt": ids, "max_tokens": 1, "temperature": 0, "echo": True, "logprobs": 1}
        answer = await self._request("POST", "/v1/completions", payload)
        found = (answer["choices"][0].get("logprobs") or {}).get("token_logprobs") or []
        scored = found[len(prompt) : len(ids)]
        if len(found) != len(ids) + 1 or None in scored:
            raise UserError(
                f"{self._endpoint.base_url}: {len(found)} log-probabilities for {len(ids)} prompt tokens and 1 more; "
                "serve the model with vLLM, which answers `echo` with `logprobs`"
            )
        return [float(value) for value in scored]

    def _room(self, prompt: list[int]) -> int:
        """How many tokens an answer may have."""
        room = self._endpoint.max_model_len - len(prompt)
        if room < 1:
            raise TooLong(f"{len(prompt)} tokens of prompt, {self._endpoint.max_model_len} with the answer at most")
        return room

    async def _tokenize(self, payload: dict[str, Any]) -> list[int]:
        answer = await self._request("POST", "/tokenize", payload)
        return [int(token) for token in answer["tokens"]]

    async def _request(self, method: str, path: str, payload: dict[str, Any] | None) -> dict[str, Any]:
        body = None if payload is None else {"model": self._endpoint.model, **payload}
        retries = AsyncRetrying(
            retry=retry_if_exception_type((aiohttp.ClientConnectionError, TimeoutError, ServerFailed)),
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_exponential(self._retry_wait_s, max=8 * self._retry_wait_s),
            reraise=True,
        )
        try:
            async with self._slots:
                return await retries(self._once, method, f"{self._endpoint.base_url}{path}", body)
        except (aiohttp.ClientConnectionError, TimeoutError, ServerFailed) as error:
            raise UserError(
                f"{self._endpoint.base_url}{path}: no answer in {ATTEMPTS} tries ({error or type(error).__name__}); "
                "is the server still running?"
            ) from error

    async def _once(self, method: str, url: str, body: dict[str, Any] | None) -> dict[str, Any]:
        async with self._session.request(method, url, json=body) as response:
            if response.status >= 500:
                raise ServerFailed(f"{response.status} {(await response.text())[:200]}")
            if response.status >= 400:
                raise UserError(f"{url}: refused with {response.status}: {_message(await response.text())}")
            answer: dict[str, Any] = await response.json()
            return answer


@asynccontextmanager
async def connect(endpoint: Endpoint, concurrency: int, retry_wait_s: float = 0.5) -> AsyncIterator[Client]:
    timeout = aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield Client(session, endpoint, concurrency, retry_wait_s)


async def probe(base_url: str, model: str | None = None, tokenizer: str | None = None) -> Endpoint:
    """Asks a server what it serves, then for one completed answer and one scored prompt.

    A server can list its models and answer `/health` and still fail both.

    Raises:
        UserError: the model is not there, does not complete, or gives no prompt log-probabilities.
    """
    async with connect(Endpoint(base_url, "", 0), concurrency=1) as client:
        models = await client.models()
    if model is None and len(models) == 1:
        (model,) = models
    if model not in models:
        wanted = "" if model is None else f", not {model}"
        raise UserError(
            f"{base_url}: serves {', '.join(models)}{wanted}; say which, as {base_url}#{next(iter(models))}"
        )
    endpoint = Endpoint(base_url, model, models[model], tokenizer)
    async with connect(endpoint, concurrency=1) as client:
        await client.chat("1 + 1 = ?", 1)
        await client.logprobs(await client.text_ids("one two"), await client.text_ids(" three"))
    return endpoint


def _message(body: str) -> str:
    return " ".join(body.split())[:300]
