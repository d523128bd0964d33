"""Folders that are whole or not there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from snapreview.export.faults import not_written
from snapreview.export.writer import chunks_of, copy, opened
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ExportError
from snapreview.model.names import quoted


class FolderWriter:
    """Adds files to a folder that is there; a Writer. Not thread-safe.

    `target` is what its sentences name, where that is not the folder itself.
    """

    def __init__(self, folder: Path, token: CancelToken, target: Path | None = None) -> None:
        self._folder = folder
        self._token = token
        self._target = target or folder

    def add(self, name: str, content: Path | bytes, *, hashed: bool = False) -> str | None:
        """See Writer."""
        self._token.check()
        with opened(content) as source:
            return self._write(name, chunks_of(source, name, self._token), hashed=hashed)

    def stream(self, name: str, chunks: Iterable[bytes]) -> None:
        """See Writer."""
        self._write(name, self._watched(chunks))

    def _write(self, name: str, chunks: Iterable[bytes], *, hashed: bool = False) -> str | None:
        path = self._folder.joinpath(*name.split("/"))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                return copy(chunks, file.write, hashed=hashed)
        except OSError as fault:
            raise not_written(self._target, fault) from fault

    def _watched(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._token.check()
            yield chunk


@contextmanager
def folder_writer(target: Path, token: CancelToken) -> Iterator[FolderWriter]:
    """A new folder `target`, which is there under its name once the block has ended well.

    It is written beside it under a hidden name. Only an empty folder is replaced, because nobody
    could tell apart afterwards what belongs to what. Raises ExportError.
    """
    place = target.resolve()
    require_free(place)
    hidden = place.parent / f".{uuid4().hex}.part"
    try:
        hidden.mkdir()
        yield FolderWriter(hidden, token, place)
        token.check()
        _give_name(hidden, place)
    except OSError as fault:
        raise not_written(place, fault) from fault
    finally:
        # What cannot be removed is hidden, and the reason for the failure is on its way already.
        shutil.rmtree(hidden, ignore_errors=True)


def require_free(target: Path) -> None:
    """Raise ExportError where a folder `target` cannot be made because of what is there."""
    shown = quoted(str(target))
    if target.is_dir():
        if any(target.iterdir()):
            raise ExportError(
                f"The folder {shown} is not empty, and a report is only written into a folder of"
                " its own. Give it another name, or remove the old folder first."
            )
    elif target.exists():
        raise ExportError(f"{shown} is a file. Give the report's folder another name.")


def _give_name(hidden: Path, place: Path) -> None:
    if place.is_dir():
        place.rmdir()  # fails where somebody has put something in meanwhile
    hidden.rename(place)
