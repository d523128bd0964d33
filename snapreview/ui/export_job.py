"""An export in the background."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Signal

from snapreview.export.entries import ExportResult
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, SnapReviewError

log = logging.getLogger(__name__)

_TELL_SECONDS = 0.05

Work = Callable[[CancelToken, Callable[[int, int], None]], ExportResult]
"""Does the export; is given a token to watch and what to tell of the progress."""


class ExportJob(QObject):
    """Runs `work` in a thread of its own.

    Signals, all in the thread that made the job: `progressed(int, int)` with files done and files
    there are, as often as an eye can follow, then one of `finished(ExportResult)`, `failed(str)`,
    `cancelled()`.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._token = CancelToken()
        self._told = 0.0
        self._thread = Thread(target=self._run, name="export", daemon=True)

    @property
    def running(self) -> bool:
        """Whether its thread is alive."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon and leave nothing behind."""
        self._token.cancel()

    def wait(self, seconds: float) -> None:
        """Wait for the thread, no longer than `seconds`."""
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            result = self._work(self._token, self._tell)
        except Cancelled:
            self.cancelled.emit()
        except SnapReviewError as error:
            log.warning("The export failed: %s", error, exc_info=True)
            self.failed.emit(str(error))
        except Exception as error:
            log.exception("An unexpected fault ended the export")
            self.failed.emit(
                f"SnapReview itself failed ({type(error).__name__}: {error})."
                " The log has the details."
            )
        else:
            self.finished.emit(result)

    def _tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done in (0, total) or now - self._told >= _TELL_SECONDS:
            self._told = now
            self.progressed.emit(done, total)
