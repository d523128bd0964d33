"""Grids for tests: rows, thumbnails without files, and points to click on."""

from __future__ import annotations

from pathlib import Path

from changes_samples import change
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from snapreview.model.change import Status
from snapreview.model.errors import FetchError


def no_file(record, side, token) -> Path:
    """A fetch that finds nothing."""
    raise FetchError("It is not there.")


def rows(count: int, status: Status = Status.ADDED):
    return [change(f"{number:05}.png", status) for number in range(count)]


def middle(grid, row: int) -> QPoint:
    """The middle of a tile, in the viewport."""
    return grid.visualRect(grid.model().index(row, 0)).center()


def selected(grid) -> list[int]:
    """The places of selected rows."""
    chosen = grid.selectionModel()
    return [row for row in range(grid.model().rowCount()) if chosen.isRowSelected(row)]


def mouse(grid, kind: QEvent.Type, at: QPoint, *, held=True, keys=Qt.KeyboardModifier.NoModifier):
    """A mouse event of the left button, wherever the real pointer is."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    view = grid.viewport()
    button = none if kind == QEvent.Type.MouseMove else left
    place = QPointF(view.mapToGlobal(at))
    QApplication.sendEvent(
        view, QMouseEvent(kind, QPointF(at), place, button, left if held else none, keys)
    )


def drag(grid, begin: QPoint, end: QPoint, keys=Qt.KeyboardModifier.NoModifier, *, drop=True):
    """Press, move in three steps, and release."""
    mouse(grid, QEvent.Type.MouseButtonPress, begin, keys=keys)
    for step in (1, 2, 3):
        mouse(grid, QEvent.Type.MouseMove, begin + (end - begin) * step / 3, keys=keys)
    if drop:
        mouse(grid, QEvent.Type.MouseButtonRelease, end, held=False, keys=keys)


def turn_wheel(grid, notches: int, keys=Qt.KeyboardModifier.NoModifier):
    """Turn the wheel over the grid."""
    at = QPointF(grid.viewport().rect().center())
    where = QPointF(grid.viewport().mapToGlobal(at.toPoint()))
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, where, QPoint(), QPoint(0, 120 * notches), none, keys, phase, False)
    QApplication.sendEvent(grid.viewport(), event)
