"""Keeping caches below a size: what was unused longest goes, what is in use stays."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from snapreview.model.errors import OptionsError
from snapreview.stores.leases import alone, horizon

log = logging.getLogger(__name__)

DEFAULT_BYTES = 5_000_000_000
SIZE_VARIABLE = "SNAPREVIEW_CACHE_SIZE"

_ROOM = 0.9
"""What is left after clearing, as a share of the limit: not to clear again for the next image."""

_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(k|m|g|t)?b?\s*", re.IGNORECASE)
_UNITS = {"": 1, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12}
_KEPT = re.compile(r"[0-9a-f]{40,64}(\.png)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in a cache: `size` in bytes, `used` when it was last, in seconds of the epoch."""

    path: Path
    size: int
    used: float


@dataclass(frozen=True, slots=True)
class Cleared:
    """What clearing came to, in files and bytes. `skipped`: another process is at it."""

    files: int = 0
    size: int = 0
    skipped: bool = False


def cache_limit(environ: Mapping[str, str] = os.environ) -> int:
    """How many bytes caches may have: what SNAPREVIEW_CACHE_SIZE says, as `2 GB`, else 5 GB.

    Raises OptionsError for what is no size.
    """
    text = environ.get(SIZE_VARIABLE, "")
    match = _SIZE.fullmatch(text)
    if text and match is None:
        raise OptionsError(f"{SIZE_VARIABLE} must be a size such as 5 GB or 800 MB, not {text}.")
    if match is None:
        return DEFAULT_BYTES
    return int(float(match[1]) * _UNITS[(match[2] or "").lower()])


def kept_files(folders: Iterable[Path]) -> Iterator[Kept]:
    """The files of caches at `folders`, each named by a digest below a folder of two digits."""
    for folder in folders:
        for shard in _entries(folder):
            if len(shard.name) == 2 and shard.is_dir(follow_symlinks=False):
                yield from _files_in(shard.path)


def clear(root: Path, folders: Sequence[Path], limit: int) -> Cleared:
    """Remove what was unused longest from `folders` until at most `limit` bytes are left.

    Nothing goes that an open comparison has used. `root` is where the leases are. One process
    at a time does this; another one does nothing.
    """
    with alone(root / "clearing.lock") as mine:
        if not mine:
            return Cleared(skipped=True)
        files = list(kept_files(folders))
        surplus = sum(file.size for file in files) - limit
        if surplus <= 0:
            return Cleared()
        return _removed(files, surplus + limit * (1 - _ROOM), horizon(root), root)


def _removed(files: list[Kept], wanted: float, before: float, root: Path) -> Cleared:
    count, size = 0, 0
    for file in sorted(files, key=lambda kept: kept.used):
        if size >= wanted or file.used >= before:
            break
        if _remove(file, before, root):
            count, size = count + 1, size + file.size
    log.info("The cache was cleared of %d files, %d bytes", count, size)
    return Cleared(count, size)


def _remove(file: Kept, before: float, root: Path) -> bool:
    """Take a file away, unless somebody began to use it meanwhile: then it is put back."""
    aside = root / f".{uuid4().hex}.part"
    try:
        file.path.replace(aside)
    except OSError as fault:  # gone, or open in a program (Windows)
        log.debug("%s stays: %s", file.path, fault)
        return False
    try:
        if aside.stat().st_mtime >= before:
            aside.replace(file.path)
            return False
        aside.unlink()
    except OSError as fault:
        log.warning("%s could not be removed: %s", file.path, fault)
        return False
    return True


def _files_in(shard: str) -> Iterator[Kept]:
    for entry in _entries(Path(shard)):
        if _KEPT.fullmatch(entry.name):
            with suppress(OSError):  # just gone
                stat = entry.stat(follow_symlinks=False)
                yield Kept(Path(entry.path), stat.st_size, stat.st_mtime)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []
