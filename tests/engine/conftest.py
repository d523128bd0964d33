"""What the engine's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.engine.locate import locate_engine
from snapreview.engine.odiff import OdiffServer

from .odiffs import Compare, usual


@pytest.fixture(scope="session")
def odiff_path() -> Path:
    """The odiff that SnapReview would use."""
    return locate_engine().path


@pytest.fixture
def server(odiff_path: Path) -> Iterator[OdiffServer]:
    """A server that is closed afterwards."""
    with OdiffServer(odiff_path) as server:
        yield server


@pytest.fixture
def compare(server: OdiffServer) -> Compare:
    """`server.compare` with SnapReview's usual options."""
    return usual(server)
