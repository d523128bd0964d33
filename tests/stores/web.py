"""HTTP stores for tests: impatient, and without a pause between tries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from snapreview.model.cancel import CancelToken
from snapreview.model.manifest import ImageRecord
from snapreview.stores.addresses import origin_of
from snapreview.stores.cache import ContentCache
from snapreview.stores.credentials import Credentials
from snapreview.stores.http import HttpStore
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.settings import TransportSettings
from tests.keychains import no_keychain

PIXEL = b"any bytes will do: stores do not look inside"
PIXEL_HASH = hashlib.sha256(PIXEL).hexdigest()
IMAGE_PATH = f"/images/{PIXEL_HASH}"
MANIFEST_PATH = "/snapshots/one/manifest.json"


def manifest_json(images: dict[str, str] | None = None, **fields: Any) -> bytes:
    """A manifest of image names and hashes."""
    entries = {
        name: {"content_hash": digest, "width": 1, "height": 1}
        for name, digest in (images or {"a.png": PIXEL_HASH}).items()
    }
    return json.dumps({"images": entries, **fields}).encode()


def record(data: bytes = PIXEL, name: str = "a.png") -> ImageRecord:
    return ImageRecord(name, sha256=hashlib.sha256(data).hexdigest())


class Web:
    """Makes stores that share a cache, and remembers how long they would have paused."""

    def __init__(self, cache: Path) -> None:
        self.cache_dir = cache
        self.manifests_dir = cache.with_name("manifests")
        self.cache = ContentCache(cache)
        self.waits: list[float] = []
        self.settings = TransportSettings(
            connect_seconds=2.0, read_seconds=2.0, backoff=0.0, wait=self._wait
        )
        self._stores: list[HttpStore] = []

    def store(
        self,
        url: str,
        *,
        environ: dict[str, str] | None = None,
        allow: Iterable[str] = (),
        credentials: Credentials | None = None,
        **settings: Any,
    ) -> HttpStore:
        tokens = credentials or Credentials(environ or {}, [origin_of(url)], allow, no_keychain())
        store = HttpStore(
            url,
            cache=self.cache,
            manifests=ManifestCache(self.manifests_dir),
            credentials=tokens,
            allow_origins=frozenset(allow),
            settings=replace(self.settings, **settings),
        )
        self._stores.append(store)
        return store

    def cached_files(self) -> list[Path]:
        return [path for path in self.cache_dir.rglob("*") if path.is_file()]

    def close(self) -> None:
        for store in self._stores:
            store.close()

    def _wait(self, token: CancelToken, seconds: float) -> None:
        self.waits.append(seconds)
        token.check()
