"""Opening, in a process of its own: `python -m benchmarks.opening.scenes SCENE URL…`.

It prints what it took as JSON: see `Taken`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from benchmarks.opening.memory import peak_megabytes
from snapreview.engine.events import Event, Opened
from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.options import DiffOptions
from snapreview.stores.opening import open_pair, store_context
from snapreview.stores.userdirs import user_dirs


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds until the rows were there, and until nothing was left to do; megabytes at most.

    `before` is the most memory before anything was opened. `near` are the hashes of the images of
    rows that are in sight or next to these.
    """

    rows: int
    opened: float
    settled: float
    before: float | None
    peak: float | None
    near: tuple[str, ...] = ()


def headless(*sources: str) -> Taken:
    """Two snapshots compared without a window; `opened` is when all rows are known."""
    base, head = sources
    dirs = user_dirs()
    stores = open_pair(base, head, store_context(sources, dirs.images, os.environ))
    moments: list[tuple[int, float]] = []

    def post(event: Event) -> None:
        if isinstance(event, Opened):
            moments.append((len(event.changes), time.perf_counter()))

    before = peak_megabytes()
    with workbench(locate_engine(), dirs, None) as tools:
        begun = time.perf_counter()
        session = ReviewSession(lambda: Setup(stores, tools), DiffOptions(), post)
        try:
            session.run()
        finally:
            session.close()
        ended = time.perf_counter()
    ((rows, opened),) = moments
    return Taken(rows, opened - begun, ended - begun, before, peak_megabytes())


def windowed(*sources: str) -> Taken:
    """One or two snapshots in the window; `opened` is when the list is painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks.opening.watching import watched  # noqa: PLC0415 - the platform comes first

    return watched(sources)


SCENES: dict[str, Callable[..., Taken]] = {"headless": headless, "window": windowed}


if __name__ == "__main__":
    print(json.dumps(asdict(SCENES[sys.argv[1]](*sys.argv[2:]))))
