"""A comparison from two sources to a value, in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress, TaskID

from snapreview.engine.events import Event, Opened, RowsChanged
from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, Side, Status
from snapreview.model.manifest import ImageRecord
from snapreview.model.options import DiffOptions
from snapreview.stores.eviction import cache_limit, clear
from snapreview.stores.leases import Lease
from snapreview.stores.store import Store
from snapreview.stores.userdirs import UserDirs


@dataclass(frozen=True, slots=True)
class HeadlessRun:
    """A finished comparison, and how to get at its images."""

    comparison: Comparison
    fetch: Callable[[ImageRecord, Side, CancelToken], Path]


@contextmanager
def compared(
    stores: tuple[Store, Store],
    options: DiffOptions,
    dirs: UserDirs,
    bar: Progress,
    token: CancelToken,
    workers: int | None = None,
) -> Iterator[HeadlessRun]:
    """Compare two stores. They stay open, for an export, until the context ends.

    Afterwards the cache is kept below its limit. Raises SourceError, EngineUnavailable, Cancelled,
    or OptionsError where the limit that is set is no size.
    """
    limit = cache_limit()
    with workbench(locate_engine(), dirs, workers) as tools:
        progress = _Progress(bar)
        setup = Setup(stores, tools, Lease(dirs.cache))
        session = ReviewSession(lambda: setup, options, progress.post, token=token)
        try:
            yield HeadlessRun(session.run(), session.fetch)
        finally:
            session.close()
    clear(dirs.cache, (dirs.images, dirs.masks), limit)


class _Progress:
    """Shows how many rows are settled, from the rows alone."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("Reading manifests", total=None)
        self._pending: set[str] = set()

    def post(self, event: Event) -> None:
        """Follow `event`."""
        if isinstance(event, Opened):
            self._pending = {c.name for c in event.changes if c.status is Status.PENDING}
            total = len(self._pending)
            self._bar.update(self._task, description="Comparing", total=total, completed=0)
        elif isinstance(event, RowsChanged):
            self._follow(event.changes)

    def _follow(self, changes: tuple[Change, ...]) -> None:
        settled = {c.name for c in changes if c.status is not Status.PENDING}
        settled &= self._pending
        self._pending -= settled
        self._bar.advance(self._task, len(settled))
