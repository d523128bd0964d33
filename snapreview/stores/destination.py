"""Where a published snapshot is written to: a folder, or (bucket_destination.py) a bucket."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from snapreview.model.cancel import CancelToken
from snapreview.model.layout import IMAGES
from snapreview.stores.atomic import new_file, sweep, write_whole
from snapreview.stores.folder_root import FolderRoot, young_again
from snapreview.stores.imagefile import CHUNK_BYTES
from snapreview.stores.root import Root

_FRESH_SECONDS = 3600.0
"""Younger files are left as they are, so that publishing again at once changes nothing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An image that is in the store, under `digest`. `path` is a file with its bytes.

    `new`: it was not there. `for_good`: no housekeeping that is under way may take it.
    """

    digest: str
    path: Path
    new: bool
    for_good: bool = True


class Destination(Protocol):
    """A place that a snapshot is published to. Used from as many threads at once as it says."""

    @property
    def root(self) -> Root:
        """The store there, for its index."""
        ...

    @property
    def at_once(self) -> int:
        """How many images are placed at the same time."""
        ...

    def where(self, key: str) -> str:
        """The path or address of a key, for the user."""
        ...

    def ready(self) -> None:
        """Make it ready to be written to. Raises OSError or PublishError."""
        ...

    def keep(self, source: Path, digest: str, size: int | None, token: CancelToken) -> Placed:
        """Have the content of `source` in the store, whose hash is `digest` unless it changes.

        Raises OSError; PublishError, after which others may still succeed; Cancelled.
        """
        ...

    def present(self, key: str, token: CancelToken) -> bytes | None:
        """What is there under a key. Raises OSError, SourceError or Cancelled."""
        ...

    def write(self, key: str, data: bytes, token: CancelToken) -> None:
        """Put `data` there, whole or not at all. Raises OSError, PublishError or Cancelled."""
        ...


class FolderDestination:
    """The store in a folder, as a Destination."""

    at_once = 1

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._images = folder / IMAGES

    @property
    def root(self) -> FolderRoot:
        """The store in the folder."""
        return FolderRoot(self._folder)

    def where(self, key: str) -> str:
        """The path of a file."""
        return str(self._folder / key)

    def ready(self) -> None:
        """Make the folder of the images. Raises OSError."""
        _ready(self._images)

    def keep(self, source: Path, digest: str, size: int | None, token: CancelToken) -> Placed:
        """Copy `source`, unless a file of this name and size is there; see Destination."""
        if _is_there(self._images / digest, size):
            return Placed(digest, self._images / digest, new=False)
        with new_file(self._images) as new:
            # Under the hash of what was copied: the file may have changed since it was read.
            digest = new.write_hashed(_read(source, token))
            new.place_content(self._images / digest)
        return Placed(digest, self._images / digest, new=True)

    def present(self, key: str, token: CancelToken) -> bytes | None:
        """The bytes of a file. Raises OSError or Cancelled."""
        token.check()
        try:
            return (self._folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, key: str, data: bytes, token: CancelToken) -> None:
        """Write a file. Raises OSError or Cancelled."""
        token.check()
        target = self._folder / key
        _ready(target.parent)
        write_whole(target, data)


def _ready(folder: Path) -> None:
    """Make `folder` if it is missing, and clean it of what killed runs left. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)


def _is_there(path: Path, size: int | None) -> bool:
    """Whether a content is there, for good: housekeeping leaves alone what is young."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    fresh = time.time() - found.st_mtime < _FRESH_SECONDS
    return S_ISREG(found.st_mode) and found.st_size == size and (fresh or young_again(path))


def _read(source: Path, token: CancelToken) -> Iterator[bytes]:
    with source.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            token.check()
            yield chunk
