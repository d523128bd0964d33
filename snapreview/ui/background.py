"""Errands that must not hold up the window: fetch an image, draw an overlay, write a file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, SnapReviewError

Result = TypeVar("Result")

log = logging.getLogger(__name__)

_WORKERS = 2


class Background(QObject):
    """Runs errands in threads and brings their outcome back to the thread that made it."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token = CancelToken()
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="errand")
        self._ended.connect(lambda tell: tell(), Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[CancelToken], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Do `work`, then call `done` with its result or `failed` with a sentence.

        Neither is called once this is closed.
        """
        if not self._token.cancelled:
            self._pool.submit(self._do, work, done, failed)

    def close(self) -> None:
        """Stop what is under way and wait for it."""
        self._token.cancel()
        self._pool.shutdown(cancel_futures=True)

    def _do(
        self,
        work: Callable[[CancelToken], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        try:
            self._token.check()
            result = work(self._token)
        except Cancelled:
            return
        except (SnapReviewError, OSError) as fault:
            log.warning("An errand failed: %s", fault, exc_info=True)
            self._tell(failed, str(fault))
        except Exception as fault:
            log.exception("An unexpected fault ended an errand")
            sentence = f"SnapReview itself failed ({type(fault).__name__}: {fault})."
            self._tell(failed, f"{sentence} The log has the details.")
        else:
            self._tell(done, result)

    def _tell(self, called: Callable[[Result], None], value: Result) -> None:
        if not self._token.cancelled:
            self._ended.emit(lambda: None if self._token.cancelled else called(value))
