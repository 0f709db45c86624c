"""What all tests share: the repository's root and the folder of real inputs beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture
def shared() -> Path:
    """The real inputs; a test that asks for them skips where they are absent."""
    if not SHARED.is_dir():
        pytest.skip(f"real inputs are absent: {SHARED.relative_to(ROOT.parent)} beside the repository")
    return SHARED
