"""Pictures and masks, fetched and decoded in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from snapreview.model.cancel import CancelToken
from snapreview.model.change import Side
from snapreview.model.errors import Cancelled, SnapReviewError
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.cache import PictureCache
from snapreview.ui.viewer.decode import decode_mask, decode_picture
from snapreview.ui.viewer.difference import difference_map
from snapreview.ui.viewer.source import DifferenceRequest, Failure, MaskRequest, Outcome, Request

Fetch = Callable[[ImageRecord, Side, CancelToken], Path]
"""Gives a local file with an image's bytes; blocks until the token is cancelled at most; raises
SnapReviewError or OSError."""

CACHE_BYTES = 512 * 1024 * 1024
WORKERS = 2
"""Threads for what is on screen, and as many for what is loaded ahead: neither waits for the
other, as a slow download would make it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    token: CancelToken
    future: Future


class ImageLoader(QObject):
    """Loads what is wanted, in that order, and stops loading what is not wanted any more.

    What is being loaded and is wanted again goes on. Belongs to the UI thread. Signals:
    `arrived(key, outcome)` for every wanted request that was not in the cache, where `key` is the
    request's.
    """

    arrived = Signal(object, object)
    _done = Signal(object, object, object)

    def __init__(
        self, fetch: Fetch, *, cache_bytes: int = CACHE_BYTES, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self.cache = PictureCache(cache_bytes)
        self._jobs: dict[Hashable, _Job] = {}
        self._stopped = False
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="viewer")
        self._pool_ahead = ThreadPoolExecutor(WORKERS, thread_name_prefix="viewer-ahead")
        # Emitted by workers, so it must be queued: the slot then runs on the UI thread.
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is being loaded."""
        return not self._jobs

    def peek(self, request: Request) -> Outcome | None:
        """What is there at once, without any work."""
        return self.cache.get(request.key)

    def want(self, requests: Sequence[Request], ahead: Sequence[Request] = ()) -> None:
        """Load these, first come first; whatever else was wanted before is given up.

        `ahead` is loaded beside them, in case it is wanted next.
        """
        now, later = ({r.key: r for r in wished} for wished in (requests, ahead))
        wanted = {} if self._stopped else now | later
        for key, job in list(self._jobs.items()):
            if key not in wanted or job.future.cancel():
                job.token.cancel()
                del self._jobs[key]
        for key, request in wanted.items():
            # What a job has just put into the cache is still to be told of.
            if key not in self._jobs and self.peek(request) is None:
                self._start(key, request, self._pool if key in now else self._pool_ahead)

    def stop(self) -> None:
        """Give up everything, for good, without waiting for it."""
        self._stopped = True
        self.want(())

    def close(self) -> None:
        """Stop and wait for the workers."""
        self.stop()
        for pool in (self._pool, self._pool_ahead):
            pool.shutdown(wait=True, cancel_futures=True)

    def _start(self, key: Hashable, request: Request, pool: ThreadPoolExecutor) -> None:
        token = CancelToken()
        future = pool.submit(self._load, request, token)
        self._jobs[key] = _Job(token, future)
        future.add_done_callback(lambda done: self._post(key, token, done))

    def _load(self, request: Request, token: CancelToken) -> Outcome:
        """In a worker."""
        token.check()
        if isinstance(request, MaskRequest):
            loaded = decode_mask(request.path, request.orientation, token.check)
            self.cache.put(request.key, loaded)
            return loaded
        if isinstance(request, DifferenceRequest):
            found = difference_map(request.base, request.head, token.check)
            if request.names_content:
                self.cache.put(request.key, found)
            return found
        path = self._fetch(request.record, request.side, token)
        token.check()
        key = request.key if request.names_content else _file_key(path)
        found = self.cache.get(key)
        if found is None:
            found = decode_picture(path, token.check)
            self.cache.put(key, found)
        return found

    def _post(self, key: Hashable, token: CancelToken, future: Future) -> None:
        """In a worker, or wherever the future was cancelled."""
        if not token.cancelled and not future.cancelled():
            self._done.emit(key, token, _outcome(future))

    def _on_done(self, key: Hashable, token: CancelToken, outcome: Outcome) -> None:
        job = self._jobs.get(key)
        if job is None or job.token is not token:
            return  # given up after the worker had looked
        del self._jobs[key]
        self.arrived.emit(key, outcome)


def _file_key(path: Path) -> Hashable:
    """Names a file's content as well as can be told without reading it."""
    stat = path.stat()
    return "file", str(path), stat.st_mtime_ns, stat.st_size


def _outcome(future: Future) -> Outcome:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, Cancelled):
        return Failure("Loading this image was cancelled. Select it again to load it.")
    if isinstance(error, SnapReviewError):
        return Failure(str(error))
    if isinstance(error, MemoryError):
        return Failure("There is not enough memory to show this image.")
    if not isinstance(error, OSError):
        _log.error("An image could not be loaded", exc_info=error)
    return Failure(f"Its file could not be read ({error}). Compare again.")
