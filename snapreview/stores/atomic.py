"""Files that are there whole or not at all."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

_SUFFIX = ".part"
_LEFTOVER_AGE = 24 * 3600.0


class NewFile:
    """A file that nobody sees under its name before `place`."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._path = path
        self._stream = stream

    @property
    def stream(self) -> BinaryIO:
        """For those who want a file to write to."""
        return self._stream

    def write(self, data: bytes) -> None:
        """Append `data`. Raises OSError."""
        self._stream.write(data)

    def write_hashed(self, chunks: Iterable[bytes]) -> str:
        """Append all of `chunks`; returns their SHA-256 in lower-case hex. Raises OSError."""
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
            self._stream.write(chunk)
        return digest.hexdigest()

    def place(self, target: Path) -> None:
        """Give it its name, in place of whatever has it. Raises OSError."""
        self._stream.close()
        self._path.replace(target)

    def place_content(self, target: Path) -> None:
        """As `place`, where a file of that name can only have the same content.

        Windows refuses to replace a file that somebody reads: the one there is as good.
        """
        size = self._stream.tell()
        try:
            self.place(target)
        except PermissionError:
            if not target.is_file() or target.stat().st_size != size:
                raise


@contextmanager
def new_file(folder: Path) -> Iterator[NewFile]:
    """A new file on the file system of `folder`, gone at the end unless it was placed.

    It is made with the user's own permissions (and not the private ones of `tempfile`), because
    a web server may have to read it. Raises OSError.
    """
    path = folder / f".{uuid4().hex}{_SUFFIX}"
    try:
        with path.open("xb") as stream:
            yield NewFile(path, stream)
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def sweep(folder: Path) -> None:
    """Remove what killed processes left in `folder` more than a day ago."""
    limit = time.time() - _LEFTOVER_AGE
    for path in folder.glob(f".*{_SUFFIX}"):
        with suppress(OSError):  # another process was faster, or it is not ours to remove
            if path.stat().st_mtime < limit:
                path.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all. Raises OSError."""
    with new_file(path.parent) as file:
        file.write(data)
        file.place(path)
