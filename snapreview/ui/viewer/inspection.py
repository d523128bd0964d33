"""What the viewer knows of pixels: regions gone through one by one, a flash, a pixel probed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from snapreview.ui.viewer.boxes import after, view_of
from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.flash import FLASH_STEP_MS, Flash
from snapreview.ui.viewer.marks import Marks
from snapreview.ui.viewer.pointer import Pixel, Pointer
from snapreview.ui.viewer.probe import Probe, probe_at, probe_text
from snapreview.ui.viewer.scene import Scene


class Inspection(QObject):
    """Points at things on a canvas, and tells of what is pointed at.

    Signals: `region_changed(int)` with the index of the region that was gone to, or -1;
    `boxes_changed(bool)`: whether all boxes are shown; `probed(object)` with a Probe, or None
    when the pointer has left the images; `copied(str)` with a text that is in the clipboard now.
    """

    region_changed = Signal(int)
    boxes_changed = Signal(bool)
    probed = Signal(object)
    copied = Signal(str)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._scene = Scene()
        self._marks = Marks()
        self._flash = Flash()
        self._probe: Probe | None = None
        self._hovered: Pixel | None = None
        self._flashing = QTimer(self, interval=FLASH_STEP_MS)
        self._flashing.timeout.connect(self.advance_flash)
        self._pointer = Pointer(canvas)
        self._pointer.moved.connect(self._on_moved)
        self._pointer.clicked.connect(self._on_clicked)
        canvas.view_changed.connect(self._pointer.look)
        canvas.installEventFilter(self)

    @property
    def region(self) -> int:
        """Index of the region that was gone to, or -1."""
        return self._marks.current

    @property
    def boxes_shown(self) -> bool:
        """Whether all boxes are drawn."""
        return self._marks.boxes_shown

    @property
    def probe(self) -> Probe | None:
        """The held pixel, else the one under the pointer."""
        return self._probe

    def forget(self) -> None:
        """Another image comes: nothing of the last one is pointed at."""
        self._end_flash()
        self._mark(boxes=(), current=-1, pin=None)

    def show_scene(self, scene: Scene) -> None:
        """What can be pointed at has changed."""
        self._scene = scene
        if scene.regions != self._marks.boxes:
            self._mark(boxes=scene.regions, current=-1)
        self._pointer.look()

    def go_to_region(self, index: int) -> None:
        """Zoom to a region by its index in the change's regions; without it, stay."""
        if 0 <= index < len(self._marks.boxes):
            self._canvas.set_view(view_of(self._marks.boxes[index], self._canvas.view))
            self._mark(current=index)

    def step_region(self, step: int) -> None:
        """Zoom to the next region as one reads, or the one before; around the end."""
        self.go_to_region(after(self._marks.order, self._marks.current, step))

    def set_boxes_shown(self, shown: bool) -> None:
        """Draw all boxes, or only the one that was gone to."""
        if shown != self.boxes_shown:
            self._mark(boxes_shown=shown)
            self.boxes_changed.emit(shown)

    def flash(self, *, visible: bool) -> None:
        """Flash the overlay, which is `visible` otherwise."""
        self._show_flash(Flash.begun(visible=visible))
        self._flashing.start()

    def advance_flash(self) -> None:
        """The next step of a flash."""
        self._show_flash(self._flash.step())
        if not self._flash.running:
            self._flashing.stop()

    def copy(self) -> None:
        """Put what is known of the pixel into the clipboard."""
        if self._probe is not None:
            text = probe_text(self._probe)
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def release(self) -> bool:
        """Let go of the held pixel, else of the region; whether there was one."""
        if self._marks.pin is not None:
            self._mark(pin=None)
            return True
        if self.region >= 0:
            self._mark(current=-1)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape lets go of one thing after the other before it leaves the image."""
        escape = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
        if escape and self.release():
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _on_moved(self, pixel: Pixel | None) -> None:
        self._hovered = pixel
        self._tell()

    def _on_clicked(self, pixel: Pixel) -> None:
        """Hold the pixel; let it go on the second click, or beside the images."""
        held = pixel == self._marks.pin or probe_at(self._scene.pictures, *pixel) is None
        self._mark(pin=None if held else pixel)

    def _tell(self) -> None:
        pin = self._marks.pin
        place = pin or self._hovered
        pinned = pin is not None
        found = probe_at(self._scene.pictures, *place, pinned=pinned) if place else None
        if found != self._probe:
            self._probe = found
            self.probed.emit(found)

    def _mark(self, **changes: object) -> None:
        before, self._marks = self._marks, replace(self._marks, **changes)
        self._canvas.set_marks(self._marks)
        if before.current != self._marks.current:
            self.region_changed.emit(self._marks.current)
        self._tell()

    def _end_flash(self) -> None:
        self._flashing.stop()
        self._show_flash(Flash())

    def _show_flash(self, flash: Flash) -> None:
        self._flash = flash
        self._canvas.set_flash(flash)
