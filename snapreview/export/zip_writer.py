"""Zip files that are whole or not there, written as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from snapreview.export.atomic import replacing
from snapreview.export.faults import not_written
from snapreview.export.sink import FileSink, Sink
from snapreview.export.writer import chunks_of, copy, opened
from snapreview.model.cancel import CancelToken

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: the same images give the same bytes, whenever exported."""

_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


class ZipWriter:
    """Adds entries to a zip that is being written; a Writer. Not thread-safe."""

    def __init__(self, archive: ZipFile, token: CancelToken) -> None:
        self._archive = archive
        self._token = token

    def add(self, name: str, content: Path | bytes, *, hashed: bool = False) -> str | None:
        """See Writer. The content is stored as it is: images do not shrink any further."""
        self._token.check()
        with opened(content) as source, self._archive.open(_info(name, content), "w") as entry:
            return copy(chunks_of(source, name, self._token), entry.write, hashed=hashed)

    def stream(self, name: str, chunks: Iterable[bytes]) -> None:
        """See Writer."""
        with self._archive.open(_info(name, None), "w") as entry:
            for chunk in chunks:
                self._token.check()
                entry.write(chunk)


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


def _info(name: str, content: Path | bytes | None) -> ZipInfo:
    """`content` is None where nobody knows how much will come."""
    info = ZipInfo(name, _EPOCH)
    if content is not None:  # tells whether the entry needs the larger header
        info.file_size = len(content) if isinstance(content, bytes) else content.stat().st_size
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE
    return info
