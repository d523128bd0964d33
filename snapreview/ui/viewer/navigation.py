"""A widget whose content can be zoomed and panned by mouse, trackpad and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from snapreview.ui.viewer.view_state import Point, ViewState, snapped_zoom

_NOTCH = 120
"""QWheelEvent.angleDelta of one notch of a common wheel."""

_PAN_STEP = 64
_PANS = {
    Qt.Key.Key_Left: (_PAN_STEP, 0),
    Qt.Key.Key_Right: (-_PAN_STEP, 0),
    Qt.Key.Key_Up: (0, _PAN_STEP),
    Qt.Key.Key_Down: (0, -_PAN_STEP),
}
_DRAG_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)


class ZoomPanWidget(QWidget):
    """Turns input into view states. Signals: `view_changed()`.

    Wheel and pinch zoom where the pointer is, two fingers on a trackpad pan, dragging with the
    left or middle button pans, Shift with an arrow pans. A tap of Space toggles fit and 100 %;
    while it is held, moving the pointer pans.
    """

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = ViewState()
        self._grip: QPoint | None = None
        self._space_held = False
        self._space_panned = False
        self._wheel = 0
        self._pinch_zoom = 0.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_cursor()

    @property
    def view(self) -> ViewState:
        """What is seen, and how large."""
        return self._view

    def set_view(self, view: ViewState) -> None:
        """Show something else of the content."""
        if view != self._view:
            self._view = view
            self.view_changed.emit()
            self.update()

    def fit(self) -> None:
        """Show all of it."""
        self.set_view(self._view.fit())

    def zoom_to(self, zoom: float) -> None:
        """Zoom around the centre."""
        self.set_view(self._view.zoomed(zoom))

    def zoom_by_steps(self, steps: int) -> None:
        """Zoom around the centre, by steps."""
        self.set_view(self._view.stepped(steps))

    def toggle_fit(self) -> None:
        """From anything to fit, from fit to 100 %: at the pointer where it is over the content."""
        if self._view.fitted:
            self.set_view(self._view.zoomed(1.0, self._pointer()))
        else:
            self.fit()

    def point_in_view(self, position: QPointF) -> Point:
        """A position in the widget as device pixels of the view."""
        ratio = self.devicePixelRatioF()
        return position.x() * ratio, position.y() * ratio

    def _pointer(self) -> Point | None:
        if not self.underMouse():
            return None
        return self.point_in_view(QPointF(self.mapFromGlobal(self.cursor().pos())))

    def _device(self, point: QPointF) -> QPoint:
        """Whole device pixels: differences of these do not drift away from the pointer."""
        return (point * self.devicePixelRatioF()).toPoint()

    def _pan(self, delta: QPoint) -> None:
        self.set_view(self._view.panned(delta.x(), delta.y()))

    def event(self, event: QEvent) -> bool:
        """Pinches, and Space before any window-wide shortcut gets it."""
        if isinstance(event, QNativeGestureEvent) and self._gesture(event):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return super().event(event)

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.BeginNativeGesture:
            self._pinch_zoom = self._view.zoom
        elif kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._pinch_zoom = (self._pinch_zoom or self._view.zoom) * (1 + event.value())
            at = self.point_in_view(event.position())
            self.set_view(self._view.zoomed(snapped_zoom(self._pinch_zoom), at))
        elif kind == Qt.NativeGestureType.EndNativeGesture:
            self._pinch_zoom = 0.0
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom; pan with two fingers on a trackpad, or with Shift."""
        touchpad = event.device().type() == QInputDevice.DeviceType.TouchPad
        zooming = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if (touchpad or shifted) and not zooming:
            delta = event.pixelDelta()
            self._pan(self._device(QPointF(event.angleDelta() / 2 if delta.isNull() else delta)))
        else:
            self._wheel += event.angleDelta().y()
            steps = int(self._wheel / _NOTCH)
            self._wheel -= steps * _NOTCH
            at = self.point_in_view(event.position())
            self.set_view(self._view.stepped(steps, at) if steps else self._view)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the content."""
        if event.button() in _DRAG_BUTTONS:
            self._grip = self._device(event.position())
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        here = self._device(event.position())
        if self._grip is not None:
            self._pan(here - self._grip)
            self._space_panned = self._space_held
        if self._grip is not None or self._space_held:
            self._grip = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() in _DRAG_BUTTONS:
            self._grip = None
            self._show_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, and Shift with an arrow."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space_held, self._space_panned = True, False
        elif shifted and event.key() in _PANS:
            self._pan(self._device(QPointF(*_PANS[event.key()])))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A tap of Space."""
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat() and self._space_held:
            panned = self._space_panned
            self._release()
            if not panned:
                self.toggle_fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key released elsewhere is not heard of: let go."""
        self._release()
        super().focusOutEvent(event)

    def _release(self) -> None:
        self._space_held, self._space_panned, self._grip = False, False, None
        self._show_cursor()

    def _show_cursor(self) -> None:
        held = self._grip is not None
        shape = Qt.CursorShape.ClosedHandCursor if held else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)
