"""Copies images into a store, once per content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import UnreadableImage
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.stores.atomic import new_file, sweep
from snapreview.stores.folder import FolderStore
from snapreview.stores.imagefile import CHUNK_BYTES, read_header, sha256_file


def place_images(
    store: FolderStore,
    found: Manifest,
    images: Path,
    token: CancelToken,
    progress: Callable[[int, int], None],
) -> tuple[dict[str, ImageRecord], int]:
    """Put the images of `store` into the folder `images`, each under the hash of its bytes.

    Returns the records of what is there now, by name, and how many files are new. `progress` gets
    (done, total). Raises OSError, ImageError or Cancelled.
    """
    ready(images)
    placed = _Placed(store, images, token)
    records = {}
    for done, record in enumerate(found.images.values(), 1):
        records[record.name] = placed.add(record)
        progress(done, len(found.images))
    return records, placed.new


def ready(folder: Path) -> None:
    """Make `folder` if it is missing, and clean it of what killed runs left. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)


class _Placed:
    """The images of one run, put under the hash of their bytes."""

    def __init__(self, store: FolderStore, images: Path, token: CancelToken) -> None:
        self._store = store
        self._images = images
        self._token = token
        self.new = 0

    def add(self, record: ImageRecord) -> ImageRecord:
        """`record` with the hash and size of the bytes that are now in the store."""
        source = self._store.fetch(record, self._token)
        digest = sha256_file(source, self._token)
        target = self._images / digest
        if not (target.is_file() and target.stat().st_size == record.byte_size):
            digest = self._copy(source)
        return _measured(replace(record, sha256=digest), self._images / digest)

    def _copy(self, source: Path) -> str:
        """Copy, under the hash of what was copied: the file may have changed since it was read."""
        with new_file(self._images) as new:
            digest = new.write_hashed(self._read(source))
            new.place_content(self._images / digest)
        self.new += 1
        return digest

    def _read(self, source: Path) -> Iterator[bytes]:
        with source.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                self._token.check()
                yield chunk


def _measured(record: ImageRecord, path: Path) -> ImageRecord:
    """`record` with its size in pixels. A file that is no image has none: its row will say so."""
    try:
        header = read_header(path)
    except UnreadableImage:
        return record
    return replace(record, width=header.width, height=header.height)
