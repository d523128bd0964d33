"""Stores that visit the Sentry double: impatient, and on the double's own clock."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from snapreview.model.cancel import CancelToken
from snapreview.model.categorize import categorize
from snapreview.model.manifest import Manifest
from snapreview.stores.cache import ContentCache
from snapreview.stores.credentials import SENTRY_VARIABLE, Credentials
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.sentry import SentryStore
from snapreview.stores.sentry_source import implied_pair
from snapreview.stores.settings import TransportSettings
from tests.keychains import no_keychain
from tests.stores.sentry_double import TOKEN, SentryDouble


class Visitor:
    """Makes stores that share a cache; waiting lets the double's time pass."""

    def __init__(self, double: SentryDouble, root: Path) -> None:
        self.double = double
        self.root = root
        self.cache = ContentCache(root / "cache")
        self.manifests = ManifestCache(root / "manifests")
        self.waits: list[float] = []
        self._stores: list[SentryStore] = []

    def store(
        self,
        source: str,
        token: str = TOKEN,
        credentials: Credentials | None = None,
        **settings: Any,
    ) -> SentryStore:
        environ = {SENTRY_VARIABLE: token} if token else {}
        origins = [self.double.url]
        made = SentryStore(
            source,
            self.cache,
            credentials or Credentials(environ, (), (), no_keychain(), origins),
            manifests=self.manifests,
            settings=TransportSettings(
                connect_seconds=2.0, read_seconds=2.0, backoff=0.0, wait=self._wait, **settings
            ),
        )
        self._stores.append(made)
        return made

    def read(self, source: str, **options: Any) -> Manifest:
        return self.store(source, **options).manifest(CancelToken())

    def pair(self, source: str) -> tuple[Manifest, Manifest]:
        """The manifests of what a page's address alone means."""
        found = implied_pair(source)
        assert found is not None
        base, head = (self.read(one) for one in found)
        return base, head

    def statuses(self, source: str) -> dict[str, str]:
        """What the names of a pair's manifests alone amount to."""
        return {change.name: change.status.value for change in categorize(*self.pair(source))}

    def files(self) -> list[Path]:
        return [path for path in self.root.rglob("*") if path.is_file()]

    def close(self) -> None:
        for store in self._stores:
            store.close()
        for path in (self.root / "cache").rglob("*"):
            if path.is_file():
                assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name

    def _wait(self, token: CancelToken, seconds: float) -> None:
        self.waits.append(seconds)
        self.double.pass_time(seconds)
        token.check()
