"""Rows by a word per image, and windows that decide about them."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from snapreview.model.change import Change, ImageDiff, Side, Status
from snapreview.model.decision import Decision, DecisionKey, Verdict
from snapreview.model.errors import FetchError
from snapreview.model.manifest import Hint, ImageRecord
from snapreview.review.desk import ReviewDesk
from snapreview.review.events import (
    DecisionsChanged,
    DeskEvent,
    DeskFailed,
    PairsChanged,
    Saved,
    StepRefused,
)
from snapreview.review.store import DecisionStore

PATIENCE = 30.0
"""Seconds after which a test that fails ends."""

A, R = Verdict.APPROVED, Verdict.REJECTED
WHEN = "2025-03-01T12:00:00+00:00"


def digest(word: str) -> str:
    """The hash of an image, by a word for its content; that of no image is empty."""
    return hashlib.sha256(word.encode()).hexdigest() if word else ""


def key(name: str = "a.png", base: str = "old", head: str = "new") -> DecisionKey:
    return DecisionKey(name, digest(base), digest(head))


def record(name: str, word: str, *, hashed: bool = True) -> ImageRecord | None:
    """An image of this content, which its record tells by hash or, cheaply, by a hint only."""
    if not word:
        return None
    if hashed:
        return ImageRecord(name, sha256=digest(word))
    return ImageRecord(name, hint=Hint("etag", word))


def row(
    name: str = "a.png",
    base: str = "old",
    head: str = "new",
    *,
    hashed: bool = True,
    status: Status | None = None,
) -> Change:
    """A row of these contents, changed, added or removed unless it is said otherwise."""
    if status is None:
        status = Status.CHANGED if base and head else Status.ADDED if head else Status.REMOVED
    diff = ImageDiff((4, 3), 5) if status is Status.CHANGED else None
    sides = record(name, base, hashed=hashed), record(name, head, hashed=hashed)
    return Change(name, status, *sides, diff)


def approved(note: str = "", decided: str = WHEN) -> Decision:
    return Decision(A, note, decided)


@dataclass
class Images:
    """Hashes images by their hints; counts what it was asked, and can be told to fail or wait."""

    asked: list[tuple[Side, str]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    gate: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def hash_of(self, record: ImageRecord, side: Side) -> str:
        self.asked.append((side, record.name))
        self.begun.set()
        assert self.gate.wait(PATIENCE)
        if record.name in self.broken:
            raise FetchError(f"{record.name} is gone.")
        assert record.hint is not None
        return digest(record.hint.digest)


class Window:
    """A desk with somebody who listens: `shown` is what the events told, row by row."""

    def __init__(
        self,
        path: Path,
        open_store: Callable[[], DecisionStore] | None = None,
        images: Images | None = None,
    ) -> None:
        self.events: list[DeskEvent] = []
        self.shown: dict[str, Decision] = {}
        self.images = images or Images()
        self.woken = threading.Event()
        self._seconds = 0
        open_store = open_store or (lambda: DecisionStore(path))
        self.desk = ReviewDesk(open_store, self._hear, self.woken.set, self._now)
        self.desk.show(self.images.hash_of)

    def show(self, *changes: Change) -> None:
        self.shown.clear()
        self.desk.show(self.images.hash_of)
        self.update(*changes)

    def update(self, *changes: Change, dropped: Iterable[str] = ()) -> None:
        for name in dropped:
            self.shown.pop(name, None)
        self.desk.update(changes, dropped)

    def settle(self) -> None:
        assert self.desk.flush(PATIENCE)

    def verdict(self, name: str = "a.png") -> Verdict | None:
        return self.desk.decision(name).verdict

    def note(self, name: str = "a.png") -> str:
        return self.desk.decision(name).note

    def told(self, kind: type[DeskFailed] | type[StepRefused]) -> list[str]:
        """The sentences of these events, in their order."""
        return [event.sentence for event in self.events if isinstance(event, kind)]

    def heard(self, kind: type[Saved] | type[PairsChanged]) -> int:
        return sum(isinstance(event, kind) for event in self.events)

    def _hear(self, event: DeskEvent) -> None:
        self.events.append(event)
        if isinstance(event, DecisionsChanged):
            self.shown.update(event.decisions)
            for name in [n for n, decision in self.shown.items() if decision.is_empty]:
                del self.shown[name]

    def _now(self) -> datetime:
        """One second later each time."""
        self._seconds += 1
        return datetime(2025, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=self._seconds)


def at_once(path: Path) -> sqlite3.Connection:
    """A connection that does not wait for others, and that a test may reach into."""
    return sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)


def everything(path: Path) -> dict[DecisionKey, Decision]:
    """All that the file holds."""
    store = DecisionStore(path)
    try:
        names = store._opened.connection.execute("SELECT DISTINCT name FROM decisions").fetchall()
        found = store.load(name for (name,) in names)
        return {key: decision for key, decision in found.items() if not decision.is_empty}
    finally:
        store.close()
