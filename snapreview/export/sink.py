"""What a zip is written into: a file or a stream that can be cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from snapreview.export.faults import not_written


class Sink:
    """Forwards writes to a stream in order, as to a pipe: no going back.

    It has neither `tell` nor `seek`, on purpose, even for a stream that has: standard output that
    appends to a file would put what is rewritten at its end. Raises ExportError; `target` is what
    its sentence names, if anything.
    """

    def __init__(self, stream: BinaryIO, target: Path | None = None) -> None:
        self._stream = stream
        self._target = target
        self._open = True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Write all of `data`; unbuffered streams would take only a part."""
        rest = memoryview(data)
        with self._explained():
            while rest and self._open:
                rest = rest[self._stream.write(rest) :]
        return len(data)

    def flush(self) -> None:
        """Hand everything over."""
        with self._explained():
            if self._open:
                self._stream.flush()

    def close(self) -> None:
        """Leaves the stream open: it belongs to the caller."""

    def cut_off(self) -> None:
        """Swallow everything from now on, so that closing a failed zip cannot finish it."""
        self._open = False

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            self.cut_off()
            raise not_written(self._target, fault) from fault


class FileSink(Sink):
    """A sink that can go back, which spares readers the sizes after the data."""

    def __init__(self, stream: BinaryIO, target: Path) -> None:
        super().__init__(stream, target)
        self._place = 0

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Write all of `data`."""
        written = super().write(data)
        self._place += written
        return written

    def tell(self) -> int:
        """The place in the file, swallowed bytes included: zipfile computes with it."""
        return self._place

    def seek(self, place: int, /) -> int:
        """Go to `place`, counted from the start."""
        with self._explained():
            if self._open:
                self._stream.seek(place)
        self._place = place
        return place
