"""SnapReview itself: what `snapreview compare` runs between its start and its report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.contender import Counts, Plan, Run
from snapreview.engine.events import Event
from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.change import Change, Comparison, Status
from snapreview.model.options import DiffOptions
from snapreview.stores.folder import FolderStore
from snapreview.stores.userdirs import UserDirs


@contextmanager
def snapreview(plan: Plan) -> Iterator[Run]:
    """A session on two folders that has never seen them: no result is remembered.

    Its threads and its odiff servers are started within the run.
    """
    dirs = UserDirs(plan.scratch, plan.scratch, plan.scratch)
    stores = FolderStore(plan.pairs.base), FolderStore(plan.pairs.head)
    events: list[Event] = []
    with workbench(locate_engine(plan.odiff, environ={}), dirs, plan.workers) as tools:
        setup = Setup(stores, tools)
        session = ReviewSession(lambda: setup, DiffOptions(), events.append)
        try:
            yield lambda: _counts(session.run())
        finally:
            session.close()


def _counts(comparison: Comparison) -> Counts:
    return {change.name: _differing(change) for change in comparison.changes}


def _differing(change: Change) -> int:
    if change.status not in {Status.CHANGED, Status.UNCHANGED}:
        raise RuntimeError(f"{change.name} is {change.status.value}: {change.error}")
    if change.diff is None:
        return 0
    return change.diff.changed_pixels or change.diff.subtle_pixels
