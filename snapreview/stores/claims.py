"""One thread at a time for each thing that several want."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from snapreview.model.cancel import CancelToken


class Claims:
    """Lets one thread work on a key while others that want the same key wait for it."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._taken: set[str] = set()

    @contextmanager
    def claim(self, key: str, token: CancelToken) -> Iterator[None]:
        """Hold `key`, once nobody else does. Raises Cancelled while waiting."""
        self._take(key, token)
        try:
            yield
        finally:
            with self._changed:
                self._taken.discard(key)
                self._changed.notify_all()

    def _take(self, key: str, token: CancelToken) -> None:
        forget = token.on_cancel(self._wake)
        try:
            with self._changed:
                while key in self._taken:
                    token.check()
                    self._changed.wait()
                token.check()
                self._taken.add(key)
        finally:
            forget()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()
