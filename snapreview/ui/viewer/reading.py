"""Qt's readers for files whose format is known from their first bytes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImageReader

_LONGEST = 12
_STARTS = {
    b"\x89PNG\r\n\x1a\n": b"png",
    b"\xff\xd8\xff": b"jpeg",
    b"GIF87a": b"gif",
    b"GIF89a": b"gif",
    b"BM": b"bmp",
    b"II*\0": b"tiff",
    b"MM\0*": b"tiff",
    b"II+\0": b"tiff",  # BigTIFF
    b"MM\0+": b"tiff",
}


def qt_format(path: Path) -> bytes | None:
    """The name of the format that the file begins as; None where Qt is not to read it.

    Raises OSError.
    """
    with path.open("rb") as file:
        start = file.read(_LONGEST)
    if start[:4] == b"RIFF" and start[8:] == b"WEBP":
        return b"webp"
    return next((name for mark, name in _STARTS.items() if start.startswith(mark)), None)


def reader_of(path: Path) -> QImageReader | None:
    """A reader of the file's own format; None where Qt is not to read it. Raises OSError."""
    kind = qt_format(path)
    return None if kind is None else reader_for(path, kind)


def reader_for(path: Path, kind: bytes) -> QImageReader:
    """A reader of one format, as `qt_format` names it.

    Left to itself, Qt asks all its plugins what the file may be. That of SVG connects a signal for
    it, for which it may have to wait for the main thread, while PySide holds Python's lock; and
    the main thread waits for that lock where it deletes an object of Python's: neither goes on.
    """
    reader = QImageReader(str(path), kind)
    reader.setAutoDetectImageFormat(False)
    return reader
