"""Texts in, their embeddings by an OpenAI-compatible server out; what was asked once is answered from a file.

with Embeddings(config, Path("data/demo/embeddings.sqlite")) as embed:
    embed(["The extracellular space ...", "..."])  ->  an array of 2 rows
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import aiohttp
import numpy as np
import orjson
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from builders.corpus.semantic import SemanticConfig, Vectors
from builders.errors import UserError

ATTEMPTS = 5
REQUEST_TIMEOUT_S = 300
BUSY = 429


class ServerFailed(Exception):
    """The server answered with 5xx or is busy: worth another try."""


TRANSIENT = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError, ServerFailed)


class Embeddings:
    """A callable for `find_semantic_duplicates`; the cache is keyed by model and text."""

    def __init__(self, config: SemanticConfig, cache: Path, retry_wait_s: float = 0.5) -> None:
        if not config.model:
            raise UserError("semantic.model: empty; name the embedding model that the server serves")
        self._config = config
        self._url = f"{config.url.rstrip('/')}/v1/embeddings"
        self._headers = _headers(config.key_variable)
        self._retry_wait_s = retry_wait_s
        cache.parent.mkdir(parents=True, exist_ok=True)
        self._cache = sqlite3.connect(cache)
        self._cache.execute("PRAGMA journal_mode=WAL")
        self._cache.execute("CREATE TABLE IF NOT EXISTS embedding (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")

    def __enter__(self) -> Embeddings:
        return self

    def __exit__(self, *_: object) -> None:
        self._cache.close()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in their order.

        Raises:
            UserError: the server refuses, does not answer, or answers with something else than one vector a text.
        """
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if self._known(key) is None}
        if missing:
            asyncio.run(self._ask(missing))
        vectors = [np.frombuffer(self._known(key) or b"", "<f4") for key in keys]
        if len({len(vector) for vector in vectors}) > 1:
            raise UserError(f"{self._url}: vectors of different lengths under one model name; delete the cache")
        return np.array(vectors, np.float32).reshape(len(texts), -1)

    def _key(self, text: str) -> bytes:
        stated = f"{self._config.model}\x1f{text}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(stated).digest()

    def _known(self, key: bytes) -> bytes | None:
        row = self._cache.execute("SELECT vector FROM embedding WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    async def _ask(self, missing: Mapping[bytes, str]) -> None:
        """Asks for what is missing, some requests at a time; each answer is kept as soon as it is there."""
        keys = list(missing)
        batches = [keys[start : start + self._config.batch] for start in range(0, len(keys), self._config.batch)]
        slots = asyncio.Semaphore(self._config.concurrency)
        timeout = aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout, headers=self._headers) as session:
            asked = (self._ask_batch(session, slots, batch, [missing[key] for key in batch]) for batch in batches)
            await asyncio.gather(*asked)

    async def _ask_batch(
        self, session: aiohttp.ClientSession, slots: asyncio.Semaphore, keys: list[bytes], texts: list[str]
    ) -> None:
        retries = AsyncRetrying(
            retry=retry_if_exception_type(TRANSIENT),
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_exponential(self._retry_wait_s, max=8 * self._retry_wait_s),
            reraise=True,
        )
        try:
            async with slots:
                answer: bytes = await retries(self._once, session, texts)
        except TRANSIENT as error:
            said = str(error) or type(error).__name__
            raise UserError(f"{self._url}: no answer in {ATTEMPTS} tries ({said}); is the server running?") from error
        vectors = self._read(answer, len(texts))
        with self._cache:
            self._cache.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?)", zip(keys, vectors, strict=True))

    async def _once(self, session: aiohttp.ClientSession, texts: list[str]) -> bytes:
        body = {"model": self._config.model, "input": texts, "encoding_format": "float"}
        async with session.post(self._url, json=body) as response:
            if response.status >= 500 or response.status == BUSY:
                raise ServerFailed(f"{response.status} {(await response.text())[:200]}")
            if response.status >= 400:
                said = " ".join((await response.text()).split())[:300]
                raise UserError(f"{self._url}: refused with {response.status}: {said}")
            return await response.read()

    def _read(self, answer: bytes, count: int) -> list[bytes]:
        """The vectors in the order of the texts, whatever order the server gave them in."""
        try:
            rows = sorted(orjson.loads(answer)["data"], key=lambda row: int(row["index"]))
            vectors = np.array([row["embedding"] for row in rows], "<f4")
            places = [int(row["index"]) for row in rows]
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(
                f"{self._url}: no embeddings in the answer ({error!r}); is it an embedding model?"
            ) from error
        if places != list(range(count)) or vectors.ndim != 2 or not np.isfinite(vectors).all():
            raise UserError(f"{self._url}: not one finite vector a text in the answer; is it an embedding model?")
        return [vector.tobytes() for vector in vectors]


def _headers(variable: str | None) -> dict[str, str]:
    if variable is None:
        return {}
    if variable not in os.environ:
        raise UserError(f"semantic.key_variable: {variable} is not set; export it, or leave the key out")
    return {"Authorization": f"Bearer {os.environ[variable]}"}
