"""An export's file: there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from snapreview.export.faults import not_written
from snapreview.stores.atomic import new_file


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
    with new_file(target.parent) as file:
        yield file.stream
        file.place(target)


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write what `pieces` make together to `path`, whole or not at all. Raises ExportError."""
    try:
        with replacing(path) as file:
            file.writelines(pieces)
    except OSError as fault:
        raise not_written(path, fault) from fault
