from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.buckets import S3, s3_server


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """One S3 server for all tests; each makes buckets of its own."""
    with s3_server() as server:
        yield server
