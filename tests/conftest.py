from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.buckets import S3, s3_server
from tests.stores.site import Site


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """One S3 server for all tests; each makes buckets of its own."""
    with s3_server() as server:
        yield server


@pytest.fixture
def site(s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A new bucket. Every file in its cache must be what its name says."""
    made = Site(s3, tmp_path, monkeypatch)
    yield made
    for path in made.cached_files():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
