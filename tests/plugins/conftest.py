"""One workspace for all trainings of a test run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.rows import make_workspace


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the root of the repository after `make data base pack`, with small rows."""
    return make_workspace(tmp_path_factory.mktemp("workspace"))
