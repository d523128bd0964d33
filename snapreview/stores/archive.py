"""Images in a zip file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from zipfile import BadZipFile, ZipFile, ZipInfo

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    FetchError,
    IntegrityError,
    SourceEmpty,
    SourceError,
    SourceNotFound,
)
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.names import is_image_name, quoted
from snapreview.stores.archive_index import below, entries_of
from snapreview.stores.archive_notes import Notes, notes_of, with_sidecars
from snapreview.stores.cache import ContentCache

_CHUNK = 256 * 1024
_DAMAGED = BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error
"""What Python's zipfile raises for a file that is broken or packed in a way it does not know."""


class ArchiveStore:
    """A zip file, or a folder in it. Images are unpacked into `cache` when they are asked for.

    `folder` is a path inside the zip; None enters a single top folder where all images are.
    """

    def __init__(
        self, path: Path, folder: str | None, cache: ContentCache, source: str | None = None
    ) -> None:
        self._path = path
        self._folder = folder
        self._cache = cache
        self._source = source or (str(path) if folder is None else f"{path}!{folder}")
        self._archive: ZipFile | None = None
        self._entries: Mapping[str, ZipInfo] = MappingProxyType({})
        self._hashes: dict[str, str] = {}

    @property
    def source(self) -> str:
        """The zip and the folder in it as the user gave them."""
        return self._source

    def manifest(self, token: CancelToken) -> Manifest:
        """Its images by path from the folder. Raises SourceError or Cancelled."""
        token.check()
        archive = self._opened()
        with self._readable():
            entries = entries_of(archive, self._source, self._path.stat().st_size)
            notes = notes_of(archive, entries, self._folder, self._source)
            found = below(entries, self._folder, self._source)
            images = {notes.name(path): i for path, i in found.items() if is_image_name(path)}
            notes = with_sidecars(notes, archive, found, images)
        if not images:
            raise SourceEmpty(f"{quoted(self._source)} holds no image.")
        self._entries = MappingProxyType(images)
        records = {name: self._record(name, images[name], notes, token) for name in sorted(images)}
        return replace(notes.manifest or Manifest(self._source, {}), images=records)

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image, unpacked and verified. Raises ImageError or Cancelled."""
        token.check()
        info = self._entries.get(record.name)
        if info is None:
            raise FetchError(f"{self._source} has no image {quoted(record.name)}.")
        with self._cache.claim(f"{self._path} {info.filename}", token):
            path = self._known(record)
            return path or self._unpacked(info, record, token)

    def close(self) -> None:
        """Close the zip."""
        archive, self._archive = self._archive, None
        if archive is not None:
            archive.close()

    def _known(self, record: ImageRecord) -> Path | None:
        """The file in the cache, where its hash was read in this zip, or found by unpacking it."""
        digest = self._hashes.get(record.name)
        return self._cache.get(digest) if digest is not None else None

    def _unpacked(self, info: ZipInfo, record: ImageRecord, token: CancelToken) -> Path:
        try:
            digest, path = self._cache.adopt(self._chunks(info, token))
        except _DAMAGED as fault:
            raise FetchError(
                f"{quoted(record.name)} cannot be unpacked: the zip is damaged ({fault})."
                " Get it once more."
            ) from fault
        except OSError as fault:
            raise FetchError(
                f"{quoted(record.name)} could not be unpacked ({fault.strerror or fault}). Make"
                " room on the disk, or move the cache with SNAPREVIEW_CACHE_DIR."
            ) from fault
        if record.sha256 is not None and record.sha256 != digest:
            raise IntegrityError(
                f"The bytes of {quoted(record.name)} in the zip are not those that its manifest"
                " promises. Get the zip once more."
            )
        self._hashes[record.name] = digest
        return path

    def _chunks(self, info: ZipInfo, token: CancelToken) -> Iterator[bytes]:
        if self._archive is None:
            raise FetchError("The zip was closed before this image was read.")
        with self._archive.open(info) as packed:
            while chunk := packed.read(_CHUNK):
                token.check()
                yield chunk

    def _record(self, name: str, info: ZipInfo, notes: Notes, token: CancelToken) -> ImageRecord:
        token.check()
        return replace(notes.record(name), byte_size=info.file_size)

    def _opened(self) -> ZipFile:
        self.close()
        with self._readable():
            self._archive = ZipFile(self._path)
        return self._archive

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as fault:
            raise SourceNotFound(f"There is no file {quoted(self._source)}.") from fault
        except (OSError, *_DAMAGED) as fault:
            raise SourceError(
                f"{quoted(self._source)} cannot be opened as a zip ({fault}). Get it once more."
            ) from fault
