"""What an export is written into, be it a zip or a folder: named entries, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ExportError
from snapreview.model.names import quoted

CHUNK = 1024 * 1024
"""Bytes copied at a time, and between two looks at the cancel token."""


class Writer(Protocol):
    """Adds entries. Names are safe, relative, divided by "/", and each is given once."""

    def add(self, name: str, content: Path | bytes, *, hashed: bool = False) -> str | None:
        """Add `content`, a file's bytes as they are; returns their SHA-256 if `hashed`.

        Raises OSError when the file cannot be opened (then nothing was added), ExportError when
        it breaks off or the entry cannot be written, and Cancelled.
        """
        ...

    def stream(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add what `chunks` make together, as they come. Raises ExportError and Cancelled."""
        ...


@contextmanager
def opened(content: Path | bytes) -> Iterator[BinaryIO]:
    """`content` as a stream to read. Raises OSError."""
    if isinstance(content, bytes):
        yield BytesIO(content)
        return
    with content.open("rb") as source:
        yield source


def chunks_of(source: BinaryIO, name: str, token: CancelToken) -> Iterator[bytes]:
    """What `source` holds. Raises Cancelled, and ExportError when the file of `name` breaks off."""
    while chunk := _read(source, name):
        token.check()
        yield chunk


def copy(
    chunks: Iterable[bytes], write: Callable[[bytes], object], *, hashed: bool = False
) -> str | None:
    """Hand each of `chunks` to `write`; returns their SHA-256 if `hashed`."""
    digest = hashlib.sha256() if hashed else None
    for chunk in chunks:
        write(chunk)
        if digest is not None:
            digest.update(chunk)
    return digest.hexdigest() if digest is not None else None


def _read(source: BinaryIO, name: str) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as fault:
        raise ExportError(
            f"The file for {quoted(name)} broke off while it was read ({fault.strerror or fault}),"
            " so nothing was exported. Check that its disk is still connected and export again."
        ) from fault
