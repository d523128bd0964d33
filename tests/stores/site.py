"""A bucket of a test's own, and stores that read it: impatient, without a pause between tries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.stores.bucket import BucketStore
from snapreview.stores.bucket_client import BucketClient
from snapreview.stores.bucket_source import parse_bucket
from snapreview.stores.cache import ContentCache
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.settings import TransportSettings
from tests.buckets import S3, own_environment
from tests.stores.fault_proxy import FaultProxy, fault_proxy


class Site:
    """`name` is a new bucket of `s3`; `waits` are the pauses that stores would have made."""

    def __init__(self, s3: S3, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.s3 = s3
        self.patch = patch
        self.name = s3.bucket()
        self.cache_dir = folder / "site" / "cache"
        self.cache = ContentCache(self.cache_dir)
        self.manifests = ManifestCache(folder / "site" / "manifests")
        self.waits: list[float] = []
        self.settings = TransportSettings(
            connect_seconds=2.0, read_seconds=5.0, backoff=0.0, wait=self._wait
        )
        own_environment(patch, s3.url, folder)

    def put(self, key: str, data: bytes, **headers: str) -> None:
        self.s3.put(self.name, key, data, **headers)

    def address(self, prefix: str = "") -> str:
        return f"s3://{self.name}/{prefix}".rstrip("/")

    def client(self, prefix: str = "", **settings: Any) -> BucketClient:
        return BucketClient(parse_bucket(self.address(prefix)), replace(self.settings, **settings))

    def store(self, prefix: str = "", **settings: Any) -> BucketStore:
        return BucketStore(self.client(prefix, **settings), self.cache, self.manifests)

    @contextmanager
    def proxied(self) -> Iterator[FaultProxy]:
        """What stands between stores and server; when it is gone, nobody is at the endpoint."""
        with fault_proxy(self.s3.port) as proxy:
            self.patch.setenv("AWS_ENDPOINT_URL", proxy.url)
            yield proxy

    def direct(self) -> None:
        """From here on nothing stands before the server."""
        self.patch.setenv("AWS_ENDPOINT_URL", self.s3.url)

    @contextmanager
    def tagged(self, tag: str) -> Iterator[None]:
        """While here, listings give all keys the same ETag."""
        element = f"<ETag>&quot;{tag}&quot;</ETag>".encode() if tag else b""
        with self.proxied() as proxy:
            change = partial(re.sub, rb"<ETag>.*?</ETag>", element)
            proxy.on(f"GET /{self.name}", proxy.altered(change))
            yield

    def asked(self) -> list[str]:
        """ "METHOD key" of all that was asked of this bucket, by the server's own log."""
        start = f"/{self.name}"
        found = [
            (m, path.removeprefix(start)) for m, path in self.s3.log() if path.startswith(start)
        ]
        return [f"{method} {path.lstrip('/')}".strip() for method, path in found]

    def cached_files(self) -> list[Path]:
        return [path for path in self.cache_dir.rglob("*") if path.is_file()]

    def _wait(self, token: CancelToken, seconds: float) -> None:
        self.waits.append(seconds)
        token.check()
