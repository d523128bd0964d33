"""The one protocol behind which every source of images stands."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from snapreview.model.cancel import CancelToken
from snapreview.model.manifest import ImageRecord, Manifest


class Store(Protocol):
    """A snapshot that can be read. Used from several threads at once after `manifest`."""

    @property
    def source(self) -> str:
        """What the user gave, in words that can be given again; never with a secret."""
        ...

    def manifest(self, token: CancelToken) -> Manifest:
        """What the snapshot holds. Raises SourceError or Cancelled."""
        ...

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """A local file with the image's bytes, to be read only and never removed by the caller.

        Where the record has a SHA-256 that the store did not compute from this very file, the
        bytes have been checked against it. Raises ImageError or Cancelled.
        """
        ...

    def close(self) -> None:
        """Give back connections and temporary files. May be called more than once."""
        ...
