"""Which image files lie in a folder and below."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError
from snapreview.model.names import is_hidden_part, is_image_name, name_fault, quoted

MAX_FOLDERS = 100_000
"""Folders above which a walk ends: links that cross each other multiply without end."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundImage:
    """An image file. `name` is its path from the root with `/`; `byte_size` None: not readable."""

    name: str
    path: Path
    byte_size: int | None
    sidecar: Path | None


@dataclass(frozen=True, slots=True)
class _Folder:
    """`real` is its path without links, `above` the real paths of the folders that led to it."""

    prefix: str
    path: str
    real: str
    above: frozenset[str]


def walk_images(root: Path, token: CancelToken) -> Iterator[FoundImage]:
    """Every image at or below `root`, in no order.

    Dot-names and `__MACOSX` are passed over; links are followed where they stay inside `root`
    and do not lead back to where they came from. Raises SourceError for a folder that cannot be
    read (its images would silently be missing) and for a name that cannot be used; Cancelled.
    """
    top = os.path.realpath(root)
    waiting = [_Folder("", str(root), top, frozenset())]
    seen = 0
    while waiting:
        token.check()
        folder = waiting.pop()
        seen += 1
        if seen > MAX_FOLDERS:
            raise SourceError(
                f"{root} has more than {MAX_FOLDERS} folders, or links that cross each other."
                " Choose a folder further down."
            )
        entries = _entries(folder)
        yield from _images(folder, entries, top)
        waiting += _subfolders(folder, entries, top)


def _entries(folder: _Folder) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder.path) as found:
            return [entry for entry in found if not is_hidden_part(entry.name)]
    except OSError as fault:
        raise SourceError(
            f"The folder {quoted(folder.path)} cannot be read ({fault.strerror}). Give yourself"
            " access to it, or move it out of the way."
        ) from fault


def _subfolders(folder: _Folder, entries: list[os.DirEntry[str]], top: str) -> Iterator[_Folder]:
    above = folder.above | {folder.real}
    for entry in entries:
        if not _is_folder(entry):
            continue
        real = os.path.realpath(entry.path)
        if real in above:
            _log.info("%s leads back to where it came from and is not followed.", entry.path)
        elif _inside(real, top):
            yield _Folder(f"{folder.prefix}{entry.name}/", entry.path, real, above)
        else:
            _log.warning("%s leads out of the folder and is not followed.", entry.path)


def _images(folder: _Folder, entries: list[os.DirEntry[str]], top: str) -> Iterator[FoundImage]:
    sidecars = {entry.name: Path(entry.path) for entry in entries if entry.name.endswith(".json")}
    for entry in entries:
        if not is_image_name(entry.name) or not _is_file(entry):
            continue
        if entry.is_symlink() and not _inside(os.path.realpath(entry.path), top):
            _log.warning("%s leads out of the folder and is not followed.", entry.path)
            continue
        name = checked_name(folder.prefix + entry.name)
        sidecar = sidecars.get(f"{entry.name.rpartition('.')[0]}.json")
        yield FoundImage(name, Path(entry.path), _byte_size(entry), sidecar)


def checked_name(name: str) -> str:
    """`name`, when an image may be called that. Raises SourceError that says why not."""
    fault = name_fault(name)
    if fault:
        raise SourceError(f"The image {quoted(name)} cannot be used: its name {fault}. Rename it.")
    return name


def _inside(real: str, top: str) -> bool:
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or into a folder that is closed: no folder to enter
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is an image's place: a file, or a link whose target is missing or closed.

    The latter is listed so that it becomes an errored row instead of silently missing. A pipe or
    device would be waited on for ever.
    """
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:
        return True


def _byte_size(entry: os.DirEntry[str]) -> int | None:
    try:
        return entry.stat().st_size
    except OSError:  # told when the image is fetched
        return None
