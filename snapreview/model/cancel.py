"""Stopping work that is under way."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock

from snapreview.model.errors import Cancelled


class CancelToken:
    """Tells work in other threads that nobody wants its result any more.

    Long work calls `check` between its steps; work that waits in a system call registers with
    `on_cancel` what ends that call.
    """

    def __init__(self) -> None:
        self._event = Event()
        self._lock = Lock()
        self._callbacks: dict[object, Callable[[], None]] = {}

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask everybody to stop. May be called from any thread, any number of times."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = list(self._callbacks.values()), {}
        for callback in callbacks:
            callback()

    def check(self) -> None:
        """Raise Cancelled when nobody wants the result any more."""
        if self._event.is_set():
            raise Cancelled("Cancelled.")

    def wait(self, seconds: float) -> None:
        """Pause, but raise Cancelled at once when cancelled meanwhile."""
        self._event.wait(seconds)
        self.check()

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` once on cancel (now, if that was before); returns its removal."""
        key = object()  # one function may be registered twice
        with self._lock:
            if not self._event.is_set():
                self._callbacks[key] = callback
                return lambda: self._remove(key)
        callback()
        return lambda: None

    def _remove(self, key: object) -> None:
        with self._lock:
            self._callbacks.pop(key, None)
