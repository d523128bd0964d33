"""Stores and differs without network and odiff, and sessions that run with them in one line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Lock

import numpy as np

from snapreview.engine.differ import Finish
from snapreview.engine.events import Event as SessionEvent
from snapreview.engine.events import Opened, RowsChanged
from snapreview.engine.results import Measured, ResultStore
from snapreview.engine.session import ReviewSession, Setup, Tools
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, ImageDiff
from snapreview.model.errors import FetchError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.stores.imagefile import read_header
from snapreview.stores.pixels import png_bytes
from snapreview.stores.store import Store

PATIENCE = 30.0
"""Seconds after which a test that fails ends."""

SIZE = (4, 3)


def image(number: int) -> bytes:
    """A tiny PNG; equal numbers have equal bytes."""
    colour = (number % 256, number // 256 % 256, number // 65536, 255)
    return png_bytes(np.full((SIZE[1], SIZE[0], 4), colour, np.uint8))


def images(**numbers: int) -> dict[str, bytes]:
    """`images(a=1)` is a.png of number 1."""
    return {f"{name}.png": image(number) for name, number in numbers.items()}


def numbered(count: int, first: int = 0) -> dict[str, bytes]:
    """000.png, 001.png, …, all different."""
    return {f"{number:03}.png": image(first + number) for number in range(count)}


class Gate:
    """Where work in other threads can be held up. Open to begin with; counts who came."""

    def __init__(self) -> None:
        self.came = 0
        self.arrived = Event()
        self._open = Event()
        self._open.set()
        self._lock = Lock()

    def shut(self) -> None:
        self.arrived.clear()
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def wait_until_somebody_came(self) -> None:
        assert self.arrived.wait(PATIENCE)

    def enter(self, token: CancelToken | None = None) -> None:
        """Pass the gate; with a `token`, raises Cancelled when that is cancelled meanwhile."""
        with self._lock:
            self.came += 1
        forget = token.on_cancel(self.open) if token else None
        self.arrived.set()
        assert self._open.wait(PATIENCE)
        if token and forget:
            forget()
            token.check()


class FakeStore:
    """Images in memory, written to a folder when they are fetched.

    `failing` names fail to be fetched, `fault` is raised instead of giving a manifest, `gate`
    holds up fetching; one that is not `polite` cannot be cancelled there. `hashed` says whether
    the manifest tells hashes and sizes.
    """

    def __init__(
        self,
        folder: Path,
        contents: Mapping[str, bytes],
        *,
        hashed: bool = False,
        polite: bool = True,
        **fields: object,
    ) -> None:
        self.contents = dict(contents)
        self.fields = fields
        self.failing: set[str] = set()
        self.unexpected: set[str] = set()
        self.fault: Exception | None = None
        self.gate = Gate()
        self.manifest_gate = Gate()
        self.fetched: list[str] = []
        self.closed = 0
        self._folder = folder
        self._hashed = hashed
        self._polite = polite
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def source(self) -> str:
        return str(self._folder)

    def manifest(self, token: CancelToken) -> Manifest:
        self.manifest_gate.enter(token if self._polite else None)
        if self.fault is not None:
            raise self.fault
        records = {name: self._record(name) for name in sorted(self.contents)}
        return replace(Manifest(self.source, records), **self.fields)

    def _record(self, name: str) -> ImageRecord:
        record = ImageRecord(name, byte_size=len(self.contents[name]))
        if not self._hashed:
            return record
        digest = hashlib.sha256(self.contents[name]).hexdigest()
        return replace(record, sha256=digest, width=SIZE[0], height=SIZE[1])

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        with self._lock:
            self.fetched.append(record.name)
        self.gate.enter(token if self._polite else None)
        if record.name in self.failing:
            raise FetchError(f"{record.name} did not come. Try again.")
        if record.name in self.unexpected:
            raise RuntimeError("the store has a fault")
        data = self.contents[record.name]
        path = self._folder / hashlib.sha256(data).hexdigest()
        with self._lock:
            if not path.exists():
                path.write_bytes(data)
        return path

    def close(self) -> None:
        self.closed += 1


Outcome = Callable[[bytes, bytes], ImageDiff]


def all_changed(_base: bytes, _head: bytes) -> ImageDiff:
    """What a FakeDiffer finds unless told otherwise: every pixel differs."""
    return ImageDiff(SIZE, SIZE[0] * SIZE[1], regions=((0, 0, *SIZE),))


@dataclass
class FakeDiffers:
    """Makes differs that never look at pixels, and notes what they are asked."""

    outcome: Outcome = all_changed
    failing: dict[bytes, Exception] = field(default_factory=dict)
    gate: Gate = field(default_factory=Gate)
    polite: bool = True
    asked: list[tuple[bytes, bytes]] = field(default_factory=list)
    made: int = 0
    ended: int = 0
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def make(self) -> Iterator[FakeDiffer]:
        self.made += 1
        try:
            yield FakeDiffer(self)
        finally:
            self.ended += 1


@dataclass
class FakeDiffer:
    """One worker's differ. It fails for heads in `failing`."""

    owner: FakeDiffers

    def ask(
        self, base: Path, head: Path, mask: Path, options: DiffOptions, token: CancelToken
    ) -> Finish:
        owner = self.owner
        pair = base.read_bytes(), head.read_bytes()
        with owner.lock:
            owner.asked.append(pair)
        owner.gate.enter(token if owner.polite else None)
        if pair[1] in owner.failing:
            raise owner.failing[pair[1]]
        sizes = [(h.width, h.height) for h in (read_header(base), read_header(head))]
        return lambda: Measured(owner.outcome(*pair), *sizes)


@dataclass
class Bench:
    """Everything a session needs, in a folder of its own; `events` is what sessions tell."""

    folder: Path
    differs: FakeDiffers = field(default_factory=FakeDiffers)
    events: list[SessionEvent] = field(default_factory=list)
    workers: int = 2
    fetchers: int = 4
    engine: str = "4.5.0"

    def __post_init__(self) -> None:
        self.results = ResultStore(self.folder / "results")
        self._sessions: list[ReviewSession] = []

    def store(self, name: str, contents: Mapping[str, bytes], **fields: object) -> FakeStore:
        return FakeStore(self.folder / name, contents, **fields)

    def tools(self) -> Tools:
        return Tools(self.engine, self.results, self.differs.make, self.workers, self.fetchers)

    def session(
        self,
        base: Store,
        head: Store,
        options: DiffOptions | None = None,
        post: Callable[[SessionEvent], None] | None = None,
        **more: object,
    ) -> ReviewSession:
        """A session that has not begun. It is closed with the bench."""
        self.events.clear()
        setup = Setup((base, head), self.tools())
        post = post or self.events.append
        session = ReviewSession(lambda: setup, options or DiffOptions(), post, **more)
        self._sessions.append(session)
        return session

    def compare(self, base: Store, head: Store, options: DiffOptions | None = None) -> Comparison:
        """A whole run in this thread, closed again."""
        session = self.session(base, head, options)
        try:
            return session.run()
        finally:
            session.close()

    def close(self) -> None:
        self.differs.gate.open()
        for session in self._sessions:
            session.close()
        self.results.close()


def followed(events: Iterable[SessionEvent]) -> dict[str, Change]:
    """The rows as somebody has them who only hears of events."""
    rows: dict[str, Change] = {}
    for event in events:
        if isinstance(event, Opened):
            rows = {change.name: change for change in event.changes}
        elif isinstance(event, RowsChanged):
            for name in event.dropped:
                del rows[name]
            rows |= {change.name: change for change in event.changes}
    return rows


def statuses(rows: Iterable[Change]) -> dict[str, str]:
    return {change.name: change.status.value for change in rows}
