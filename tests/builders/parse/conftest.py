"""The PDFs of `tests/builders/papers`, for this room too."""

from __future__ import annotations

from tests.builders.papers.conftest import pdfs

__all__ = ["pdfs"]
