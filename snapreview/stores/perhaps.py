"""A base that may turn out not to be there: its head is then only looked at."""

from __future__ import annotations

from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceNotFound
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.stores.empty import EmptyStore
from snapreview.stores.store import Store


class PerhapsStore:
    """The store that it is given or, where that is not found, one that holds nothing."""

    def __init__(self, store: Store) -> None:
        self._given = store
        self._store: Store = store

    @property
    def source(self) -> str:
        """Of the store that it has become: empty where nothing was found."""
        return self._store.source

    def manifest(self, token: CancelToken) -> Manifest:
        """What is there. Raises SourceError, other than SourceNotFound, or Cancelled."""
        try:
            found = self._given.manifest(token)
        except SourceNotFound:
            self._store = EmptyStore()
            return self._store.manifest(token)
        self._store = self._given
        return found

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """As the store does. Raises ImageError or Cancelled."""
        return self._store.fetch(record, token)

    def close(self) -> None:
        """Close the store that it was given."""
        self._given.close()
