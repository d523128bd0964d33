"""Who is using a cache now, in this process and in others.

A lease is a file that its owner keeps locked; the system lets go of the lock when the owner dies,
however that happens. Its time is when the use began.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self
from uuid import uuid4

from filelock import FileLock, Timeout

log = logging.getLogger(__name__)

FRESH_SECONDS = 3600.0
"""A file's time of use is noted only if the one noted is older: nearly all uses cost one stat."""

_SUFFIX = ".lease"


class Lease:
    """The use of a cache at `root`, until `end`: nothing that is used meanwhile is cleared away.

    A cache that cannot be written to is not cleared either, so nothing is missing then.
    """

    def __init__(self, root: Path) -> None:
        folder = root / "leases"
        self._path = folder / f"{uuid4().hex}{_SUFFIX}"
        self._lock = FileLock(self._path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except OSError as fault:
            log.warning("The use of %s cannot be noted: %s", root, fault)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Use it no longer. May be called again."""
        self._lock.release()
        with suppress(OSError):  # somebody who found it unlocked was faster
            self._path.unlink()


def used(path: Path, noted: float) -> None:
    """Note that a file is used now; `noted` is its modification time. Raises OSError."""
    if time.time() - noted > FRESH_SECONDS:
        path.touch()


def horizon(root: Path) -> float:
    """What was used last before this moment belongs to nobody who is alive.

    Leases that were left by dead processes are removed.
    """
    found = (_start_of_living(path) for path in (root / "leases").glob(f"*{_SUFFIX}"))
    starts = [start for start in found if start is not None]
    return min(starts) - FRESH_SECONDS if starts else time.time()


def _start_of_living(path: Path) -> float | None:
    try:
        start = path.stat().st_mtime
        lock = FileLock(path, timeout=0)
        with lock:
            path.unlink()
    except Timeout:
        return start
    except OSError as fault:  # just gone, or not ours to lock: then somebody may be alive
        log.debug("The lease %s cannot be looked at: %s", path, fault)
        return None
    return None


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody else, in any process, is within this context for `path`; does not wait."""
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
