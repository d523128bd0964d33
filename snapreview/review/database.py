"""Opens the file of decisions. What is in it cannot be made again, so none of it is overwritten."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from snapreview.model.errors import ReviewError
from snapreview.review.schema import Connect, prepared, writing

log = logging.getLogger(__name__)

_Identity = tuple[int, int]

_RESCUES = (
    (
        "SELECT name, base, head, verdict, note, decided FROM decisions",
        "INSERT OR IGNORE INTO decisions (name, base, head, verdict, note, decided)"
        " VALUES (?, ?, ?, ?, ?, ?)",
    ),
    (
        "SELECT removed, removed_sha256, added, added_sha256 FROM pairs",
        "INSERT OR IGNORE INTO pairs (removed, removed_sha256, added, added_sha256)"
        " VALUES (?, ?, ?, ?)",
    ),
)
_BUSY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A file ready for use. `notice` is a sentence where it had to be begun anew, else empty."""

    connection: sqlite3.Connection
    identity: _Identity | None
    notice: str = ""


def connect(path: Path) -> sqlite3.Connection:
    """A connection whose transactions begin and end where it is said."""
    return sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)


def open_database(path: Path, connect: Connect = connect) -> Opened:
    """The file at `path`, made if it is missing, put aside and begun anew if it is damaged.

    Raises ReviewError when it cannot be used and nothing is wrong with what is in it.
    """
    path = path.absolute()
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        found = identity(path)
        try:
            return Opened(prepared(path, connect), identity(path))
        except sqlite3.OperationalError:  # locked, not to be written, disk full
            raise
        except sqlite3.DatabaseError as fault:
            log.warning("%s cannot be used: %s", path, fault)
            if identity(path) != found:  # another process has just put it aside
                return Opened(prepared(path, connect), identity(path))
            return _begun_anew(path, connect)


def identity(path: Path) -> _Identity | None:
    """What tells a file from another that has its name later; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's and the system's faults into ReviewError."""
    try:
        yield
    except (sqlite3.Error, OSError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        raise ReviewError(
            f"Decisions cannot be kept in {path} ({reason}). Make room on the disk or change the"
            " file's permissions, or name another folder with SNAPREVIEW_DATA_DIR."
        ) from fault


def _begun_anew(path: Path, connect: Connect) -> Opened:
    aside = _put_aside(path)
    log.warning("The damaged file of decisions is now %s", aside)
    connection = prepared(path, connect)
    try:
        rescued = _rescue(aside, connection)
    except BaseException:
        connection.close()
        raise
    what = f"{rescued:,} could be read from it and are kept" if rescued else "none could be read"
    notice = f"The file of decisions was damaged: {what}. The damaged file is {aside}."
    return Opened(connection, identity(path), notice)


def _put_aside(path: Path) -> Path:
    """Give it another name, with what SQLite keeps beside it; returns that name."""
    names = (path.with_name(f"{path.stem}.broken-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    log_file = Path(f"{path}-wal")
    if log_file.exists():
        log_file.replace(f"{aside}-wal")
    path.replace(aside)
    Path(f"{path}-shm").unlink(missing_ok=True)
    return aside


def _rescue(aside: Path, connection: sqlite3.Connection) -> int:
    """Copy what can be read of a damaged file; how many decisions those are."""
    rescued = []
    with closing(sqlite3.connect(f"{aside.as_uri()}?mode=ro", uri=True)) as damaged:
        for select, insert in _RESCUES:
            rows = _readable(damaged, select)
            with writing(connection):
                rescued.append(connection.executemany(insert, rows).rowcount)
    return rescued[0]


def _readable(damaged: sqlite3.Connection, select: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    try:
        rows.extend(damaged.execute(select))  # keeps what came before a fault
    except sqlite3.Error as fault:
        log.warning("Not all of the damaged file can be read: %s", fault)
    return rows
