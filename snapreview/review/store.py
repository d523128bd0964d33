"""Decisions and hand-made pairs in a file (architecture, rule 12)."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, Verdict
from snapreview.model.errors import ReviewError
from snapreview.review.database import connect, explained, identity, open_database
from snapreview.review.edits import Applied, Write, edited, utc
from snapreview.review.pairs import Pair, PairEdit
from snapreview.review.schema import Connect, writing

log = logging.getLogger(__name__)

Outcome = TypeVar("Outcome")
_Row = tuple[str, str, str, str | None, str, str]

_LOAD = """
SELECT name, base, head, verdict, note, decided FROM wanted CROSS JOIN decisions USING (name)
"""
_NEWS = """
SELECT name, base, head, verdict, note, decided, revision FROM decisions
WHERE revision > ? ORDER BY revision LIMIT ?
"""
_GET = """
SELECT name, base, head, verdict, note, decided FROM decisions
WHERE name = ? AND base = ? AND head = ?
"""
_PUT = """
INSERT OR REPLACE INTO decisions (name, base, head, verdict, note, decided)
VALUES (?, ?, ?, ?, ?, ?)
"""
_PAIRS = "SELECT removed, removed_sha256, added, added_sha256 FROM pairs ORDER BY made DESC"
_PUT_PAIR = """
INSERT OR REPLACE INTO pairs (removed, removed_sha256, added, added_sha256) VALUES (?, ?, ?, ?)
"""
_REMOVE_PAIR = """
DELETE FROM pairs
WHERE removed = ? AND removed_sha256 = ? AND added = ? AND added_sha256 = ?
"""
MOST_NEWS = 1000
"""Rows that `news` gives at once."""

_VERDICTS = {verdict.value: verdict for verdict in Verdict}


class DecisionStore:
    """Decisions by key, in the SQLite file at `path`. Many processes may use one file.

    Used in the thread that made it. What a method has written survives the end of the process
    and a power cut. Each method raises ReviewError with a sentence when it cannot do its work,
    and has then changed nothing. A damaged file is put aside, see `take_notice`; one of a newer
    SnapReview is refused.
    """

    def __init__(self, path: Path, connect: Connect = connect) -> None:
        self._path = path
        self._connect = connect
        self._closed = False
        self._opened = open_database(path, connect)
        self._notice = self._opened.notice
        with explained(path):
            self._version = self._data_version()
            newest = self._database.execute("SELECT max(revision) FROM decisions").fetchone()[0]
        self._seen: int = newest or 0

    def take_notice(self) -> str:
        """A sentence for the user where the file had to be begun anew, once; else empty."""
        notice, self._notice = self._notice, ""
        return notice

    def load(self, names: Iterable[str]) -> dict[DecisionKey, Decision]:
        """What was ever said of images of these names, whatever their content.

        What was cleared is UNDECIDED, or not there.
        """

        def load() -> dict[DecisionKey, Decision]:
            database = self._database
            database.execute("DELETE FROM wanted")
            database.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", [(n,) for n in chosen])
            return dict(_read(row) for row in database.execute(_LOAD))

        chosen = list(names)
        return self._do(load)

    def news(self) -> tuple[dict[DecisionKey, Decision], bool]:
        """What other processes said since this was asked before, or since the file was opened.

        What was cleared is UNDECIDED. Some of one's own may be among it. At most 1,000 at once:
        the second value tells that there is more. Costs next to nothing when there is nothing.
        """
        return self._do(self._news)

    def apply(self, writes: Sequence[Write | PairEdit]) -> list[Applied]:
        """Keep all of `writes`, in their order, or none; what became of each."""

        def apply() -> list[Applied]:
            with writing(self._database):
                return [self._applied(write) for write in writes]

        return self._do(apply) if writes else []

    def forget(self, keys: Iterable[DecisionKey]) -> None:
        """Clear the decisions of `keys`, for every window."""
        cleared = [_written(key, UNDECIDED) for key in keys]

        def forget() -> None:
            with writing(self._database):
                self._database.executemany(_PUT, cleared)

        self._do(forget)

    def pairs(self) -> tuple[Pair, ...]:
        """All pairs made by hand, the newest first: it counts where an image has several."""
        return self._do(lambda: tuple(Pair(*row) for row in self._database.execute(_PAIRS)))

    def put_pair(self, pair: Pair) -> None:
        """Remember a pair; it is the newest then."""
        self.apply([PairEdit(0, pair, kept=True)])

    def remove_pair(self, pair: Pair) -> None:
        """Forget a pair."""
        self.apply([PairEdit(0, pair, kept=False)])

    def close(self) -> None:
        """Close the file. May be called more than once."""
        self._closed = True
        self._database.close()

    @property
    def _database(self) -> sqlite3.Connection:
        return self._opened.connection

    def _do(self, work: Callable[[], Outcome]) -> Outcome:
        """Do `work`; once more with the file opened anew if it turns out damaged, or is gone."""
        if self._closed:
            raise ReviewError("The file of decisions has been closed.")
        with explained(self._path):
            if identity(self._path) == self._opened.identity:
                try:
                    return work()
                except sqlite3.OperationalError:  # nothing is wrong with what is in it
                    raise
                except sqlite3.DatabaseError as fault:
                    log.warning("%s is opened anew: %s", self._path, fault)
            self._reopen()
            return work()

    def _reopen(self) -> None:
        self._database.close()
        self._opened = open_database(self._path, self._connect)
        self._notice = self._opened.notice or self._notice
        self._version, self._seen = -1, 0  # everything in it is news

    def _data_version(self) -> int:
        return int(self._database.execute("PRAGMA data_version").fetchone()[0])

    def _news(self) -> tuple[dict[DecisionKey, Decision], bool]:
        version = self._data_version()
        if version == self._version:
            return {}, False
        rows = self._database.execute(_NEWS, (self._seen, MOST_NEWS)).fetchall()
        if rows:
            self._seen = rows[-1][-1]
        more = len(rows) == MOST_NEWS
        if not more:
            self._version = version
        return dict(_read(row[:-1]) for row in rows), more

    def _applied(self, write: Write | PairEdit) -> Applied:
        if isinstance(write, PairEdit):
            pair = write.pair
            statement = _PUT_PAIR if write.kept else _REMOVE_PAIR
            row = (pair.removed, pair.removed_sha256, pair.added, pair.added_sha256)
            self._database.execute(statement, row)
            return Applied()
        found: dict[DecisionKey, Decision] = {}
        now: dict[DecisionKey, Decision] = {}
        refused: set[DecisionKey] = set()
        for key, edit in write.edits.items():
            there = self._get(key)
            result = edited(there, edit, strict=write.strict)
            if result is None:
                refused.add(key)
            else:
                self._database.execute(_PUT, _written(key, result))
            if there != edit.before:
                found[key] = there
            if result != edit.after:
                now[key] = there if result is None else result
        return Applied(found, now, frozenset(refused))

    def _get(self, key: DecisionKey) -> Decision:
        row = self._database.execute(_GET, (key.name, key.base, key.head)).fetchone()
        return UNDECIDED if row is None else _read(row)[1]


def _read(row: _Row) -> tuple[DecisionKey, Decision]:
    name, base, head, verdict, note, decided = row
    key = DecisionKey(name, base, head)
    if verdict is None and not note:
        return key, UNDECIDED
    return key, Decision(_VERDICTS.get(verdict or ""), note, decided)


def _written(key: DecisionKey, decision: Decision) -> _Row:
    verdict = decision.verdict.value if decision.verdict else None
    decided = decision.decided or utc(datetime.now(UTC))
    return key.name, key.base, key.head, verdict, decision.note, decided
