"""A snapshot without images: what one set is opened against when it is only browsed."""

from __future__ import annotations

from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError
from snapreview.model.manifest import ImageRecord, Manifest


class EmptyStore:
    """A Store that holds nothing."""

    source = ""

    def manifest(self, token: CancelToken) -> Manifest:
        """A manifest of no images."""
        token.check()
        return Manifest(self.source, {})

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """Raises FetchError: nothing is here."""
        token.check()
        raise FetchError(f"{record.name} has no base to be compared with.")

    def close(self) -> None:
        """Nothing is open."""
