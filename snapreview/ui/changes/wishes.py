"""Asks for the thumbnails of rows in sight once the list has come to rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QTableView

from snapreview.model.change import Change
from snapreview.ui.changes.cells import THUMBNAIL
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.thumbnails import Thumbnails

_AT_REST_MS = 60
"""How long nothing may move before anything is loaded."""


class ThumbnailWishes(QObject):
    """Belongs to a view. Wants what is in sight, then as much again of what comes below."""

    def __init__(self, view: QTableView, model: ChangesModel, thumbnails: Thumbnails) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._thumbnails = thumbnails
        self._timer = QTimer(self, interval=_AT_REST_MS, singleShot=True)
        self._timer.timeout.connect(self._want)
        view.verticalScrollBar().valueChanged.connect(self._soon)
        model.countsChanged.connect(self._soon)
        thumbnails.arrived.connect(view.viewport().update)
        view.viewport().installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """More may be in sight now."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._timer.start()
        return super().eventFilter(watched, event)

    def _soon(self) -> None:
        """Not the timer's own method, which would take a scroll bar's value for its time."""
        self._timer.start()

    def _want(self) -> None:
        if self._view.isVisible():
            changes, ratio = self._changes(), self._view.devicePixelRatioF()
            self._thumbnails.want(changes, THUMBNAIL, ratio)

    def _changes(self) -> list[Change]:
        rows, height = len(self._model.changes), self._view.viewport().height()
        first, last = self._view.rowAt(0), self._view.rowAt(height - 1)
        end = rows if last < 0 else min(last + 1 + (last - first), rows)
        places = range(max(first, 0), end)
        return [self._model.change(row) for row in places if self._model.group(row) is None]
