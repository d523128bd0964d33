"""Which pixel of an image the pointer is on, and which one is clicked."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from snapreview.ui.viewer.canvas import Canvas

Pixel = tuple[int, int]
"""Column and row."""

_ROUNDING = 1e-3
"""A logical position that stands for a device pixel may be a hair less than it."""


class Pointer(QObject):
    """Watches the mouse over a canvas. It takes no event away.

    Signals: `moved(object)` with the Pixel under the pointer, also one beside the images, or None
    when it is in no pane; `clicked(object)` with the Pixel, where pressing and releasing was no
    drag.
    """

    moved = Signal(object)
    clicked = Signal(object)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._position: QPointF | None = None
        self._pressed: QPointF | None = None
        canvas.installEventFilter(self)

    def look(self) -> None:
        """Tell of the pixel under the pointer again: something else may be there now."""
        self.moved.emit(None if self._position is None else self.pixel_at(self._position))

    def pixel_at(self, position: QPointF) -> Pixel | None:
        """The pixel seen at a position of the canvas, or None outside of all panes."""
        canvas = self._canvas
        ratio, view = canvas.devicePixelRatioF(), canvas.view
        x, y = (floor(v * ratio + _ROUNDING) for v in (position.x(), position.y()))
        for area in canvas.pane_areas():
            if area.contains(x, y):
                column = (x - area.x() - view.origin[0] + 0.5) / view.zoom
                row = (y - area.y() - view.origin[1] + 0.5) / view.zoom
                return floor(column), floor(row)
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the mouse come and go."""
        if event.type() == QEvent.Type.Leave:
            self._position = None
            self.look()
        elif isinstance(event, QMouseEvent):
            self._on_mouse(event)
        return super().eventFilter(watched, event)

    def _on_mouse(self, event: QMouseEvent) -> None:
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseMove:
            self._position = event.position()
            self.look()
        elif kind == QEvent.Type.MouseButtonPress:
            self._pressed = event.position() if left and self._is_free(event) else None
        elif kind == QEvent.Type.MouseButtonRelease and left:
            self._release(event.position())

    def _is_free(self, event: QMouseEvent) -> bool:
        """Whether a press there would take hold of nothing but the image."""
        handle = self._canvas.handle()
        here = (event.position() * self._canvas.devicePixelRatioF()).toPoint()
        held = handle is not None and handle.part_at(here) is not None
        return event.modifiers() == Qt.KeyboardModifier.NoModifier and not held

    def _release(self, position: QPointF) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        far = (position - pressed).manhattanLength() >= QApplication.startDragDistance()
        pixel = self.pixel_at(pressed)
        if not far and pixel is not None:
            self.clicked.emit(pixel)
