"""The tables of decisions, and the state in which a connection to them is used."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from snapreview.model.errors import ReviewError
from snapreview.review.edits import utc

VERSION = 1
"""Of the tables; raised when an older SnapReview could no longer read or write them."""

Connect = Callable[[Path], sqlite3.Connection]

# A row that is written anew gets a higher revision, which is how other processes find it. One of
# a decision that was cleared stays for a while, without verdict and note, for the same reason.
_SCHEMA = (
    """
    CREATE TABLE decisions (
        revision INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        base TEXT NOT NULL,
        head TEXT NOT NULL,
        verdict TEXT CHECK (verdict IN ('approved', 'rejected')),
        note TEXT NOT NULL,
        decided TEXT NOT NULL,
        UNIQUE (name, base, head)
    )
    """,
    """
    CREATE TABLE pairs (
        made INTEGER PRIMARY KEY AUTOINCREMENT,
        removed TEXT NOT NULL,
        removed_sha256 TEXT NOT NULL,
        added TEXT NOT NULL,
        added_sha256 TEXT NOT NULL,
        UNIQUE (removed, removed_sha256, added, added_sha256)
    )
    """,
    f"PRAGMA user_version = {VERSION}",
)
_HAS_CLEARED = "SELECT 1 FROM decisions WHERE verdict IS NULL AND note = '' AND decided < ?"
_DELETE_CLEARED = "DELETE FROM decisions WHERE verdict IS NULL AND note = '' AND decided < ?"
_WAL = "PRAGMA journal_mode = WAL"
_CLEARED_DAYS = 30


def prepared(path: Path, connect: Connect) -> sqlite3.Connection:
    """A connection made by `connect`, to tables that are there and whole.

    Raises sqlite3.Error, and ReviewError for a file that is not ours to write.
    """
    connection = connect(path)
    try:
        _check_version(connection, path)
        # Kept in the file. Locked is, without waiting, what another process that is just setting
        # it makes this say.
        with suppress(sqlite3.OperationalError), closing(connection.execute(_WAL)):
            pass
        # A decision is somebody's work: it survives a power cut too.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("CREATE TEMP TABLE wanted (name TEXT PRIMARY KEY) WITHOUT ROWID")
        _check_whole(connection)
        _make_tables(connection, path)
        _sweep(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_version(connection: sqlite3.Connection, path: Path) -> int:
    """Which version the file has, 0 when it is empty. Raises ReviewError where it is not ours."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise ReviewError(
            f"The decisions in {path} were written by a newer SnapReview. Update SnapReview, or"
            " name another folder with SNAPREVIEW_DATA_DIR; they are left as they are."
        )
    if not version and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise ReviewError(
            f"{path} is a database, but not one of SnapReview's decisions. Move it elsewhere, or"
            " name another folder with SNAPREVIEW_DATA_DIR; it is left as it is."
        )
    return version


def _check_whole(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _make_tables(connection: sqlite3.Connection, path: Path) -> None:
    if _check_version(connection, path):
        return
    with writing(connection):
        if not _check_version(connection, path):  # another process may have been faster
            for statement in _SCHEMA:
                connection.execute(statement)


def _sweep(connection: sqlite3.Connection) -> None:
    """Remove what was cleared long ago, when nobody asks for it any more."""
    old = [utc(datetime.now(UTC) - timedelta(days=_CLEARED_DAYS))]
    with suppress(sqlite3.OperationalError):  # it can wait for the next time
        if connection.execute(_HAS_CLEARED, old).fetchone():
            with writing(connection):
                connection.execute(_DELETE_CLEARED, old)


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that nobody else writes beside; undone as a whole when it fails."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise
