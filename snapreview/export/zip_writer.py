"""Zip files that are whole or not there, written as a stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from snapreview.export.atomic import replacing
from snapreview.export.faults import not_written
from snapreview.export.sink import FileSink, Sink
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ExportError
from snapreview.model.names import quoted

CHUNK = 1024 * 1024
"""Bytes copied at a time, and between two looks at the cancel token."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: the same images give the same bytes, whenever exported."""

_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


class ZipWriter:
    """Adds entries to a zip that is being written. Not thread-safe."""

    def __init__(self, archive: ZipFile, token: CancelToken) -> None:
        self._archive = archive
        self._token = token

    def add(self, name: str, content: Path | bytes, *, hashed: bool = False) -> str | None:
        """Store `content`, a file's bytes as they are; returns their SHA-256 if `hashed`.

        Raises OSError when the file cannot be opened (then nothing was added), ExportError when
        the zip cannot be written or the file breaks off, and Cancelled.
        """
        self._token.check()
        if isinstance(content, bytes):
            return self._copy(name, BytesIO(content), len(content), hashed=hashed)
        with content.open("rb") as source:
            return self._copy(name, source, content.stat().st_size, hashed=hashed)

    def _copy(self, name: str, source: BinaryIO, size: int, *, hashed: bool) -> str | None:
        digest = hashlib.sha256() if hashed else None
        with self._archive.open(_info(name, size), "w") as entry:
            while chunk := _read(source, name):
                self._token.check()
                entry.write(chunk)
                if digest is not None:
                    digest.update(chunk)
        return digest.hexdigest() if digest is not None else None


@contextmanager
def zip_writer(target: Path | BinaryIO, token: CancelToken) -> Iterator[ZipWriter]:
    """A zip at `target`: a path is replaced once the zip is complete, a stream is written to.

    When the block fails, a path stays as it was and a stream ends without the directory that
    would make it a zip. Raises ExportError when it cannot be written.
    """
    if not isinstance(target, Path):
        with _archive(Sink(target)) as archive:
            yield ZipWriter(archive, token)
        return
    try:
        with replacing(target) as file, _archive(_sink(file, target)) as archive:
            yield ZipWriter(archive, token)
    except OSError as fault:
        raise not_written(target, fault) from fault


def _sink(file: BinaryIO, target: Path) -> Sink:
    """A path can be a named pipe, which cannot go back."""
    return FileSink(file, target) if file.seekable() else Sink(file, target)


@contextmanager
def _archive(sink: Sink) -> Iterator[ZipFile]:
    """Closes the archive in any case (it would close itself later), but cut off when it failed."""
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        try:
            yield archive
        except BaseException:
            sink.cut_off()
            raise


def _info(name: str, size: int) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.file_size = size  # tells whether the entry needs the larger header
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE
    return info


def _read(source: BinaryIO, name: str) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as fault:
        raise ExportError(
            f"The file for {quoted(name)} broke off while it was read ({fault.strerror or fault}),"
            " so nothing was exported. Check that its disk is still connected and export again."
        ) from fault
