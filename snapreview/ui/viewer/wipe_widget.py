"""A widget to zoom and pan in, with a handle that divides two images."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from snapreview.ui.viewer.navigation import ZoomPanWidget
from snapreview.ui.viewer.wipe import Part, WipeHandle


class WipeWidget(ZoomPanWidget):
    """Lets the handle be dragged with the left button; a double click puts it in the middle of
    what is seen. While Space is held, and beside the handle, the content is dragged as always.

    Signals: `wiped(share, grip)` for where the handle was moved to: the share of the image's
    width left of the line, and the share of the height above the grip.
    """

    wiped = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._held: Part | None = None
        self._hovered: Part | None = None
        self._held_off = QPoint()
        super().__init__(parent)

    def handle(self) -> WipeHandle | None:
        """The handle where it is now, if there is one."""
        return None

    @property
    def handle_lit(self) -> bool:
        """Whether the pointer holds the handle, or would by pressing."""
        return self._held is not None or self._hovered is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle, else of the content."""
        handle, here = self.handle(), self._device(event.position())
        part = handle.part_at(here) if handle is not None else None
        if handle is None or part is None or self._space_held or not _is_left(event):
            super().mousePressEvent(event)
            return
        at = handle.centre
        self._held = part
        self._held_off = QPoint(at if part is Part.GRIP else QPoint(handle.line, at.y())) - here
        self._light()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        handle, here = self.handle(), self._device(event.position())
        if handle is None or self._held is None:
            super().mouseMoveEvent(event)
            self._hover(handle.part_at(here) if handle is not None else None)
            return
        aim = here + self._held_off
        grip = handle.grip_at(aim.y()) if self._held is Part.GRIP else handle.grip
        self.wiped.emit(self.view.share_at(aim.x() - handle.area.left()), grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is not None and _is_left(event):
            self._let_go()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put the handle in the middle."""
        handle = self.handle()
        on_handle = handle is not None and handle.part_at(self._device(event.position()))
        if on_handle and _is_left(event):
            self.wiped.emit(self.view.middle_share, 0.5)
        else:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes precedence over the handle."""
        super().keyPressEvent(event)
        self._show_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A button released elsewhere is not heard of: let go."""
        self._let_go()
        super().focusOutEvent(event)

    def _let_go(self) -> None:
        self._held = None
        self._light()

    def _hover(self, part: Part | None) -> None:
        if part is not self._hovered:
            self._hovered = part
            self._light()

    def _light(self) -> None:
        self._show_cursor()
        self.update()

    def _show_cursor(self) -> None:
        if self._held is not None or (self._hovered is not None and not self._space_held):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            super()._show_cursor()


def _is_left(event: QMouseEvent) -> bool:
    return event.button() == Qt.MouseButton.LeftButton
