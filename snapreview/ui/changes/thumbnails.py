"""Thumbnails of rows, made in the background and kept for as long as there is room."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPixmap

from snapreview.engine.flow import Mailbox
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side
from snapreview.model.errors import Cancelled
from snapreview.model.manifest import ImageRecord
from snapreview.ui.changes.thumb_framing import Size
from snapreview.ui.changes.thumb_outcome import kept_thumb, log_failure
from snapreview.ui.changes.thumb_render import render, render_picture
from snapreview.ui.changes.thumb_request import ThumbRequest, thumb_request
from snapreview.ui.viewer.cache import PictureCache
from snapreview.ui.viewer.colours import OVERLAY_COLOURS
from snapreview.ui.viewer.pyramid import Pixels
from snapreview.ui.viewer.source import ImageRequest, Picture

Fetch = Callable[[ImageRecord, Side, CancelToken], Path]
"""Gives a local file with an image's bytes; blocks; raises SnapReviewError or OSError."""

CACHE_BYTES = 64 * 1024 * 1024
WORKERS = 2
_IN_FLIGHT = WORKERS + 1


@dataclass(frozen=True, slots=True)
class _Job:
    """A thumbnail that is wanted, and the rows that show it."""

    request: ThumbRequest
    changes: tuple[Change, ...]
    token: CancelToken


@dataclass(frozen=True, slots=True)
class _Done:
    key: Hashable
    token: CancelToken
    future: Future[Pixels]


class Thumbnails(QObject):
    """Makes what is wanted, in that order, and gives up what is not wanted any more.

    Belongs to the UI thread. Signals: `arrived(frozenset[str])`: the names of rows that have a
    thumbnail now, or are known to have none; one signal for whatever was finished together.
    """

    arrived = Signal(object)
    _ready = Signal()

    def __init__(
        self,
        fetch: Fetch,
        *,
        cache_bytes: int = CACHE_BYTES,
        pictures: PictureCache | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`pictures` are those the viewer keeps: what is there need not be decoded again."""
        super().__init__(parent)
        self._fetch = fetch
        self._pictures = pictures
        self._tint = _rgb(OVERLAY_COLOURS["Vermilion"])
        self._cache = PictureCache(cache_bytes)
        self._failed: dict[str, Change] = {}
        self._waiting: deque[_Job] = deque()
        self._running: dict[Hashable, _Job] = {}
        self._held = False
        self._closed = False
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="thumbnails")
        self._finished: Mailbox[_Done] = Mailbox(8 * _IN_FLIGHT, ready=self._ready.emit)
        # Emitted by workers, so it must be queued: the slot then runs on the UI thread.
        self._ready.connect(self._collect, Qt.ConnectionType.QueuedConnection)

    @property
    def nbytes(self) -> int:
        """Bytes of pixels kept now."""
        return self._cache.nbytes

    @property
    def idle(self) -> bool:
        """Whether nothing is being made, and nothing waits to be."""
        return not self._running and not self._waiting

    def pixmap(self, change: Change, size: QSize, ratio: float) -> QPixmap | None:
        """What is there at once for a room of `size` logical pixels; it may be smaller.

        Transparent parts of the image are transparent. `ratio` is the device pixels of a
        logical one.
        """
        request = thumb_request(change, _room(size, ratio), ratio)
        kept = self._cache.get(request.key) if request is not None else None
        return kept.pixmap if kept is not None else None

    def has_none(self, change: Change) -> bool:
        """Whether there is nothing to wait for: no image (yet), or one that cannot be shown."""
        return self._failed.get(change.name) is change or not thumb_request(change, (1, 1), 1.0)

    def want(self, changes: Sequence[Change], size: QSize, ratio: float) -> None:
        """Make thumbnails of these rows, first come first; others are given up.

        What would not fit into the memory together with those before is not begun.
        """
        jobs = self._jobs_for(changes, _room(size, ratio), ratio)
        for key, job in list(self._running.items()):
            if key not in jobs:
                job.token.cancel()
                del self._running[key]
            else:
                self._running[key] = replace(job, changes=jobs.pop(key).changes)
        self._waiting = deque(jobs.values())
        self._start()

    def hold(self, held: bool) -> None:
        """While held nothing more is begun, so that something more urgent is done first."""
        self._held = held
        self._start()

    def set_tint(self, colour: QColor) -> None:
        """The colour of changed pixels from now on. What was made before is forgotten."""
        if _rgb(colour) != self._tint:
            self._tint = _rgb(colour)
            self._cache = PictureCache(self._cache.max_bytes)
            self.want((), QSize(1, 1), 1.0)

    def close(self) -> None:
        """Stop and wait for the workers. End what `fetch` may be waiting for before."""
        self._closed = True
        self._waiting.clear()
        for job in self._running.values():
            job.token.cancel()
        self._running.clear()
        self._finished.close()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _jobs_for(
        self, changes: Sequence[Change], room: Size, ratio: float
    ) -> dict[Hashable, _Job]:
        """What has to be made, by key. What is there becomes the most recently used."""
        jobs: dict[Hashable, _Job] = {}
        left = self._cache.max_bytes
        for change in changes:
            request = thumb_request(change, room, ratio)
            if request is None or self._failed.get(change.name) is change:
                continue
            key = request.key
            left -= request.nbytes if key not in jobs else 0
            if left < 0:
                break
            if key in jobs:
                jobs[key] = replace(jobs[key], changes=(*jobs[key].changes, change))
            elif self._cache.get(key) is None:
                jobs[key] = _Job(request, (change,), CancelToken())
        return jobs

    def _start(self) -> None:
        if self._closed:
            return
        while self._waiting and not self._held and len(self._running) < _IN_FLIGHT:
            job = self._waiting.popleft()
            key, token = job.request.key, job.token
            self._running[key] = job
            future = self._pool.submit(self._make, job.request, token, self._tint)
            future.add_done_callback(lambda done, k=key, t=token: self._post(_Done(k, t, done)))

    def _make(self, request: ThumbRequest, token: CancelToken, tint: int) -> Pixels:
        """In a worker."""
        token.check()
        shown = ImageRequest(request.record, request.side)
        picture = self._pictures.get(shown.key) if self._pictures is not None else None
        if isinstance(picture, Picture):
            return render_picture(request, picture, tint)
        path = self._fetch(request.record, request.side, token)
        token.check()
        return render(request, path, tint, token.check)

    def _post(self, done: _Done) -> None:
        """In a worker, or wherever the future was cancelled."""
        if not done.token.cancelled and not done.future.cancelled():
            self._finished.put(done)

    def _collect(self) -> None:
        """On the UI thread, once for all that was finished since the last time."""
        names: set[str] = set()
        for done in self._finished.drain(8 * _IN_FLIGHT):
            job = self._running.get(done.key)
            if job is not None and job.token is done.token:  # else given up meanwhile
                del self._running[done.key]
                names.update(self._settle(job, done))
        self._start()
        if names:
            self.arrived.emit(frozenset(names))

    def _settle(self, job: _Job, done: _Done) -> Sequence[str]:
        """Keep a thumbnail, or that there is none; returns the rows that this concerns."""
        error = done.future.exception()
        if error is None:
            self._cache.put(done.key, kept_thumb(job.request, done.future.result()))
        elif isinstance(error, Cancelled):
            return ()  # the fetching has ended, not the wish: it may be wanted again
        else:
            log_failure(job.request, error)
            self._failed.update((change.name, change) for change in job.changes)
        return [change.name for change in job.changes]


def _room(size: QSize, ratio: float) -> Size:
    return max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1)


def _rgb(colour: QColor) -> int:
    return colour.rgb() & 0xFFFFFF
