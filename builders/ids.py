"""Row ids: a hash of what a row says, so the same row has the same id in every build."""

from __future__ import annotations

import hashlib


def row_id(*parts: str) -> str:
    """Returns 16 hex digits of the SHA-256 over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
