"""One comparison from two stores to its last row, in the background and without Qt."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from snapreview.engine.coordinator import Coordinator, Pools
from snapreview.engine.differ import Differ
from snapreview.engine.events import Event, Failed, Finished, Opened, RowsChanged, Stopped
from snapreview.engine.flow import Pool
from snapreview.engine.identify import Identifier
from snapreview.engine.reading import read_manifests
from snapreview.engine.results import ResultKey, ResultStore
from snapreview.engine.rows import Rows
from snapreview.engine.tasks import Job
from snapreview.model.cancel import CancelToken
from snapreview.model.categorize import categorize
from snapreview.model.change import Change, Comparison, Side
from snapreview.model.errors import Cancelled, FetchError, SnapReviewError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.model.order import in_order
from snapreview.stores.leases import Lease
from snapreview.stores.store import Store

log = logging.getLogger(__name__)

_CLOSE_SECONDS = 1.5
"""How long closing may take altogether; a thread that still waits for a host is left to end."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a session works with. `make_differ` is called once in each worker thread."""

    engine_version: str
    results: ResultStore
    make_differ: Callable[[], AbstractContextManager[Differ]]
    workers: int = field(default_factory=lambda: os.cpu_count() or 2)
    fetchers: int = 12


@dataclass(frozen=True, slots=True)
class Setup:
    """What one comparison is made of: the stores of base and head, and the tools.

    `lease` keeps what is used in the cache there until the session is closed.
    """

    stores: tuple[Store, Store]
    tools: Tools
    lease: Lease | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    """What is there once both manifests are known."""

    setup: Setup
    base: Manifest
    head: Manifest
    coordinator: Coordinator


class ReviewSession:
    """Compares two stores, base and head, and tells `post` what it finds.

    `run` does it in the calling thread, `start` in one of its own. `set_up` is called there too,
    since even finding out what a source is may take long. `post` is called from that thread and
    may wait. `token` cancels the first run, as `cancel` does. The session closes its stores when
    it is closed.
    """

    def __init__(
        self,
        set_up: Callable[[], Setup],
        options: DiffOptions,
        post: Callable[[Event], None],
        generation: int = 0,
        token: CancelToken | None = None,
    ) -> None:
        self._set_up = set_up
        self._options = options
        self._post = post
        self._generation = generation
        self._token = token or CancelToken()
        self._thread: Thread | None = None
        self._parts: tuple[Setup, Pools] | None = None
        self._opened: _Opened | None = None
        self._closed = False
        self._seconds = 0.0

    def run(self) -> Comparison:
        """Compare everything. Raises SourceError or Cancelled; tells `post` too."""
        started = time.perf_counter()
        try:
            self._opened = opened = self._open()
        except Cancelled:
            self._post(Stopped(self._generation, self._nothing()))
            raise
        except SnapReviewError as error:
            self._post(Failed(self._generation, error))
            raise
        rows = opened.coordinator.rows
        self._post(Opened(self._generation, opened.base, opened.head, rows.values()))
        return self._work(opened, rows.unidentified(), started)

    def start(self) -> None:
        """Do the same in the background."""
        self._in_background(self.run)

    def retry(self, names: Sequence[str] | None = None) -> None:
        """Try rows again, in the background: `names`, or all that failed or were not reached."""
        self._have_done(lambda coordinator: coordinator.reopen(names))

    def pair(self, old: str, new: str) -> None:
        """Compare a removed image with an added one, in the background, as one row.

        Nothing happens where `old` is not removed or `new` not added (any more).
        """
        self._have_done(lambda coordinator: coordinator.pair(old, new))

    def split(self, name: str) -> None:
        """Take apart again what `pair` made."""
        self._have_done(lambda coordinator: coordinator.split(name))

    def _have_done(self, request: Callable[[Coordinator], None]) -> None:
        """Have the thread at work do it, or one that is started for it."""
        opened = self._opened
        if opened is None or opened.coordinator.ask(lambda: request(opened.coordinator)):
            return
        self._token = CancelToken()
        self._in_background(lambda: self._again(opened, request))

    def prefer(self, names: Sequence[str]) -> None:
        """Do these rows next: they are what the user looks at."""
        opened = self._opened
        if opened is not None:
            opened.coordinator.ask(lambda: opened.coordinator.prefer(names))

    def cancel(self) -> None:
        """Stop soon. Rows not reached stay pending."""
        self._token.cancel()

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        """A local file of one image, in the calling thread. Raises ImageError or Cancelled."""
        if self._parts is None:
            raise FetchError("The image is not there yet: the comparison has not been opened.")
        stores = self._parts[0].stores
        return stores[0 if side is Side.BASE else 1].fetch(record, token)

    def forget(self) -> None:
        """Remove what is remembered of this comparison's results, once it is closed."""
        opened = self._opened
        if opened is None:
            return
        tools = opened.setup.tools
        for row in opened.coordinator.rows.values():
            base, head = row.base and row.base.sha256, row.head and row.head.sha256
            if base and head:
                key = ResultKey.of(base, head, self._options, tools.engine_version)
                tools.results.forget([key])

    def wait_until_idle(self, seconds: float | None = None) -> bool:
        """Wait for the background thread to end; whether it has."""
        if self._thread is not None:
            self._thread.join(seconds)
        return not self._is_busy()

    def close(self) -> None:
        """Cancel, end every thread and process, close the stores. May be called again."""
        deadline = time.monotonic() + _CLOSE_SECONDS
        self._closed = True
        self.cancel()
        self.wait_until_idle(_CLOSE_SECONDS)
        if self._parts is not None:
            self._give_back(*self._parts, deadline)

    def _give_back(self, setup: Setup, pools: Pools, deadline: float) -> None:
        for pool in (pools.diff, pools.finish, pools.fetch):
            pool.close(max(0.0, deadline - time.monotonic()))
        for store in setup.stores:
            store.close()
        if setup.lease is not None:
            setup.lease.end()

    def _open(self) -> _Opened:
        """Both manifests, read side by side."""
        setup = self._set_up()
        tools = setup.tools
        pools = Pools(
            Pool("fetch", tools.fetchers, lambda: nullcontext(None)),
            Pool("diff", tools.workers, tools.make_differ),
            Pool("finish", tools.workers, lambda: nullcontext(None)),
        )
        self._parts = setup, pools
        if self._closed:  # by somebody who did not wait until `set_up` was done
            self._give_back(setup, pools, time.monotonic())
        self._token.check()
        base, head = read_manifests(setup.stores, pools.fetch, self._token)
        version = tools.engine_version
        identifier = Identifier(*setup.stores, self._options, version, tools.results)
        job = Job(head, self._options, identifier, tools.results)
        rows = Rows(categorize(base, head))
        return _Opened(setup, base, head, Coordinator(job, pools, rows, self._tell))

    def _again(self, opened: _Opened, request: Callable[[Coordinator], None]) -> Comparison:
        request(opened.coordinator)
        return self._work(opened, [], time.perf_counter())

    def _work(self, opened: _Opened, names: Sequence[str], started: float) -> Comparison:
        try:
            opened.coordinator.work(names, self._token)
        except Cancelled:
            self._seconds += time.perf_counter() - started
            self._post(Stopped(self._generation, self._comparison(opened)))
            raise
        self._seconds += time.perf_counter() - started
        comparison = self._comparison(opened)
        self._post(Finished(self._generation, comparison))
        return comparison

    def _comparison(self, opened: _Opened) -> Comparison:
        return Comparison(
            base=opened.base,
            head=opened.head,
            options=self._options,
            changes=in_order(opened.coordinator.rows.values()),
            engine=f"odiff {opened.setup.tools.engine_version}",
            elapsed_seconds=self._seconds,
        )

    def _nothing(self) -> Comparison:
        stores = self._parts[0].stores if self._parts else ()
        base, head = [Manifest(store.source, {}) for store in stores] or [Manifest("", {})] * 2
        return Comparison(base, head, self._options, ())

    def _tell(self, changes: tuple[Change, ...], dropped: tuple[str, ...]) -> None:
        self._post(RowsChanged(self._generation, changes, dropped))

    def _is_busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _in_background(self, work: Callable[[], object]) -> None:
        """Do `work` in a thread, after the one before has told its last."""
        args = (work, self._thread)
        self._thread = Thread(target=self._guarded, args=args, name="session", daemon=True)
        self._thread.start()

    def _guarded(self, work: Callable[[], object], before: Thread | None) -> None:
        if before is not None:
            before.join()
        try:
            work()
        except Cancelled:
            log.info("The comparison was cancelled")
        except SnapReviewError as error:
            log.warning("No comparison could be made: %s", error, exc_info=True)
        except Exception as error:
            log.exception("An unexpected fault ended the comparison")
            sentence = (
                f"SnapReview itself failed ({type(error).__name__}: {error})."
                " Try again; the log has the details."
            )
            self._post(Failed(self._generation, SnapReviewError(sentence)))
