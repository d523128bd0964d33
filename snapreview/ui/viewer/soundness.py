"""Whether a PNG is whole, told without decoding it.

Qt's reader has libpng write to the terminal about files that are not; those go to Pillow, which
also reads what only has wrong checksums, as the comparing does.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from zlib_ng import zlib_ng

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_AROUND = 12
"""Bytes of a chunk beside its data: length, kind, checksum."""


def is_damaged_png(path: Path) -> bool:
    """Whether a file that begins as a PNG is cut short or fails a checksum. Raises OSError."""
    with path.open("rb") as file:
        is_png = file.read(len(_SIGNATURE)) == _SIGNATURE
        return is_png and not _is_whole(file, os.fstat(file.fileno()).st_size - len(_SIGNATURE))


def _is_whole(file: BinaryIO, left: int) -> bool:
    """Whether every chunk in the `left` bytes up to the last one has the checksum that it says."""
    while left >= _AROUND:
        head = file.read(8)
        length = int.from_bytes(head[:4], "big")
        left -= _AROUND + length
        if left < 0:
            return False
        data = file.read(length)
        checksum = zlib_ng.crc32(data, zlib_ng.crc32(head[4:]))
        if checksum != int.from_bytes(file.read(4), "big"):
            return False
        if head[4:] == b"IEND":
            return True
    return False
