"""An export's file: there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream that becomes the file `path` when the block ends, and vanishes when it fails.

    It is written beside `path` under a hidden name; what `path` held stays untouched until then.
    Where that is a link, the file it leads to is replaced. A device or a pipe (/dev/stdout) cannot
    be replaced and is written to directly. Raises OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as direct:
            yield direct
        return
    target = path.resolve()
    temporary = target.with_name(f".{uuid4().hex}.part")
    stream = temporary.open("xb")
    try:
        yield stream
        stream.close()
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):  # the fault under way says more than that of closing a full disk
            stream.close()
        with suppress(OSError):
            temporary.unlink()
        raise
