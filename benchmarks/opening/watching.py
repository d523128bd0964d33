"""The real window, opened on snapshots and looked at until everything is on screen."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.opening.memory import peak_megabytes
from benchmarks.opening.scenes import Taken
from snapreview.app import Desktop, application
from snapreview.model.change import Change
from snapreview.stores.userdirs import user_dirs
from snapreview.ui.viewer.lookahead import steps_ahead

_SIZE = 1440, 900
_LONGER_MS = 1000
"""How long is looked on afterwards: what is loaded ahead of need comes then."""


class _FirstPaint(QObject):
    """Notes when the list first has rows and has been painted."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__()
        self._table = desktop.window.review.changes.table
        self._model = desktop.window.review.changes.model
        self.moment: float | None = None
        self._table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own
        """The painting itself comes after this, so that its end is noted."""
        if event.type() is QEvent.Type.Paint and self.moment is None and len(self._model.changes):
            QTimer.singleShot(0, self._note)
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        if self.moment is None:
            self.moment = time.perf_counter()


def watched(sources: tuple[str, ...]) -> Taken:
    """What opening them in a window takes."""
    app = application()
    app.setQuitOnLastWindowClosed(False)
    desktop = Desktop(app, user_dirs())
    desktop.window.remembers = False
    desktop.window.resize(*_SIZE)
    desktop.show(())
    _pass_time(_LONGER_MS)
    painted, before = _FirstPaint(desktop), peak_megabytes()
    begun = time.perf_counter()
    _until_settled(desktop, sources)
    settled = time.perf_counter()
    _pass_time(_LONGER_MS)
    review = desktop.window.review.changes
    near = tuple(_near(desktop))
    rows, peak = len(review.model.changes), peak_megabytes()
    desktop.window.close()
    QApplication.sendPostedEvents()
    if painted.moment is None:
        raise RuntimeError("The list was never painted with a row in it.")
    return Taken(rows, painted.moment - begun, settled - begun, before, peak, near)


def _until_settled(desktop: Desktop, sources: tuple[str, ...]) -> None:
    loop = QEventLoop()
    desktop.window.settled.connect(loop.quit)
    desktop.show(sources)
    loop.exec()
    if desktop.window.failure is not None:
        raise desktop.window.failure


def _pass_time(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _near(desktop: Desktop) -> Iterator[str]:
    """Hashes of what is in sight, of as many rows below that, and of the current row's neighbours.

    That is as far as thumbnails and viewer look ahead.
    """
    table, model = desktop.window.review.changes.table, desktop.window.review.changes.model
    first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    end = len(model.changes) if last < 0 else 2 * last - first + 2
    current = table.currentIndex().row()
    reach = max(steps_ahead())
    places = {*range(max(first, 0), end), *range(current - reach, current + reach + 1)}
    for row in places & set(range(len(model.changes))):
        if model.group(row) is None:
            yield from _hashes(model.change(row))


def _hashes(change: Change) -> Iterator[str]:
    for record in (change.base, change.head):
        if record is not None and record.sha256 is not None:
            yield record.sha256
