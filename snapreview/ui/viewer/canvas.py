"""The picture itself: panes of layers, in device pixels, painted by Qt's raster engine."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from snapreview.model.change import Side
from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer import furniture
from snapreview.ui.viewer.blink import ATTENTION, Blinker
from snapreview.ui.viewer.captions import captions_for
from snapreview.ui.viewer.colours import Backdrop, Overlay, ViewerColours, canvas_colour
from snapreview.ui.viewer.drawing import image_rect
from snapreview.ui.viewer.flash import Flash
from snapreview.ui.viewer.marks import MarkPainter, Marks
from snapreview.ui.viewer.modes import Ink, Looks, Mode, Pane
from snapreview.ui.viewer.pane_layout import areas_of, clipped, frames, panes_of
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.sources import Inks
from snapreview.ui.viewer.view_state import Point
from snapreview.ui.viewer.wipe import WipeHandle
from snapreview.ui.viewer.wipe_widget import WipeWidget

_REFINE_AFTER_MS = 150
_MARGIN = 16


class Canvas(WipeWidget):
    """Draws a scene in a mode.

    Signals: `painted()` after each painting, `view_changed()`, `looks_changed(Looks)` when the
    user moved the handle.
    """

    painted = Signal()
    looks_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerCanvas")
        self.setAccessibleName("Image comparison")
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = Scene()
        self._looks = Looks()
        self._overlay = Overlay()
        self._marks = Marks()
        self._flash = Flash()
        self._backdrop = Backdrop.AUTO
        self._colours = ViewerColours.of(LIGHT)
        self._inks = Inks()
        self._refining = QTimer(self, interval=_REFINE_AFTER_MS, singleShot=True)
        self._refining.timeout.connect(self._refine)
        self.view_changed.connect(self._refining.start)
        self._blinker = Blinker(self)
        self._blinker.swapped.connect(self.update)
        self.wiped.connect(self._wipe_to)

    def show_scene(self, scene: Scene) -> None:
        """Show other images. Where and how large stays when their size is the same."""
        self._scene = scene
        self._make_sources()
        self._restart_blinking()
        self._lay_out()
        if scene.image_size is not None:
            self.set_view(self.view.with_image(scene.image_size))
        self.setAccessibleDescription(scene.describe())

    @property
    def looks(self) -> Looks:
        """How images are compared."""
        return self._looks

    def set_looks(self, looks: Looks) -> None:
        """Compare in another way. Nothing is decoded for it."""
        old, self._looks = self._looks, looks
        self._blinker.set_interval(looks.blink_ms)
        if looks.mode is not old.mode:
            self.setAccessibleName(f"Image comparison: {looks.mode.value}")
            self._restart_blinking()
            self._inks.forget(Ink.SHADE)  # which is for one mode only
            self._lay_out()
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """Look in another way; what the modes remember stays."""
        self.set_looks(replace(self._looks, mode=mode))

    @property
    def blinking(self) -> bool:
        """Whether base and head alternate by themselves now."""
        return self._blinker.running

    def blink_now(self) -> None:
        """Show the other image without waiting."""
        self._blinker.swap()

    def set_overlay(self, overlay: Overlay) -> None:
        """Tint changed pixels in another way. Nothing is decoded for it."""
        recolour = overlay.colour != self._overlay.colour
        self._overlay = overlay
        if recolour:
            self._inks.tint(self._scene, overlay.colour)
        self.update()

    def set_marks(self, marks: Marks) -> None:
        """Point at other things in the images."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def set_flash(self, flash: Flash) -> None:
        """Show the overlay as a flash asks for."""
        if flash != self._flash:
            self._flash = flash
            self.update()

    def set_colours(self, colours: ViewerColours) -> None:
        """Follow the window's palette."""
        self._colours = colours
        self._make_sources()
        self.update()

    def set_backdrop(self, backdrop: Backdrop) -> None:
        """Show something else behind images."""
        self._backdrop = backdrop
        self._make_sources()
        self.update()

    @property
    def surround(self) -> QColor:
        """The colour around images."""
        return canvas_colour(self._colours, self._backdrop, self._scene.canvas_theme)

    def panes(self) -> tuple[Pane, ...]:
        """What is shown, from left to right."""
        overlay = self._overlay
        opacity = self._flash.opacity(overlay.opacity if overlay.visible else None)
        return panes_of(self._scene, self._looks, opacity, self._blinker.side)

    def handle(self) -> WipeHandle | None:
        """See WipeWidget: there is one while wiping."""
        panes = self.panes()
        if len(self._scene.pictures) < 2 or panes[0].mode is not Mode.WIPE:
            return None
        area = self.pane_areas()[0]
        line = area.left() + self.view.line_at(self._looks.wipe)
        return WipeHandle(area, line, self._looks.grip, self.devicePixelRatioF())

    def pane_areas(self) -> list[QRect]:
        """Where the panes' images are, in device pixels of the widget; all of one size."""
        ratio = self.devicePixelRatioF()
        size = round(self.width() * ratio), round(self.height() * ratio)
        top = round(furniture.caption_height(self) * ratio)
        return areas_of(size, len(self.panes()), top, furniture.divider_width(ratio))

    def point_in_view(self, position: QPointF) -> Point:
        """See ZoomPanWidget: the same point of an image in either pane."""
        point = QPointF(*super().point_in_view(position))
        areas = self.pane_areas()
        area = next((a for a in areas if a.contains(point.toPoint())), areas[0])
        return point.x() - area.x(), point.y() - area.y()

    def event(self, event: QEvent) -> bool:
        """Another screen has other pixels; out of sight nothing blinks."""
        if event.type() in ATTENTION:
            self._blinker.attend()
        if event.type() in {QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange}:
            self._lay_out()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The view is as large as a pane."""
        self._lay_out()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Panes, then what is around them."""
        ratio = self.devicePixelRatioF()
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colours.background)
        painter.scale(1 / ratio, 1 / ratio)
        panes, areas = self.panes(), self.pane_areas()
        if not panes:
            painter.fillRect(areas[0].adjusted(0, -areas[0].top(), 0, 0), self.surround)
        for pane, area in zip(panes, areas, strict=False):
            self._paint_pane(painter, pane, area)
        furniture.paint_dividers(painter, areas, self._colours.border)
        handle = self.handle()
        if handle is not None:
            handle.paint(painter, lit=self.handle_lit, accent=self._colours.accent)
        painter.resetTransform()
        for pane, area in zip(panes, areas, strict=False):
            self._paint_words(painter, pane, _logical(area, ratio))
        if not panes:
            furniture.paint_message(
                painter, _logical(areas[0], ratio), self._scene.nothing, self.surround
            )
        furniture.paint_focus(painter, self, self._colours.focus)
        painter.end()
        self.painted.emit()

    def _paint_pane(self, painter: QPainter, pane: Pane, area: QRect) -> None:
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, self.surround)
        for plane in pane.planes:
            image = self._inks.image(plane.ink, self.view)
            if image is not None:
                painter.setOpacity(plane.opacity)
                painter.setClipRect(clipped(area, plane.clip, self.view))
                painter.drawImage(area.topLeft(), image)
        painter.setOpacity(1)
        for size, clip in frames(self._scene, pane):
            painter.setClipRect(clipped(area, clip, self.view))
            frame = image_rect(size, self.view).translated(area.topLeft())
            furniture.paint_frame(painter, frame, area, self.surround)
        painter.setClipRect(area)
        ratio, colour = self.devicePixelRatioF(), self._colours.badge
        MarkPainter(painter, area, self.view, ratio, colour, self.font()).paint(self._marks)
        painter.restore()

    def _paint_words(self, painter: QPainter, pane: Pane, area: QRect) -> None:
        scene, side = self._scene, pane.side
        caption = QRect(area.x(), 0, area.width(), area.y())
        captions = captions_for(pane, self._looks, scene)
        furniture.paint_captions(painter, caption, captions, self._colours)
        message = scene.messages.get(side)
        if message is not None:
            furniture.paint_message(painter, area, message, self.surround)
        elif pane.mode is Mode.BLINK:
            words = [each.title for each in Side]
            furniture.paint_badge(painter, area, side.title, words, self._colours)

    def _restart_blinking(self) -> None:
        both = len(self._scene.pictures) == 2
        self._blinker.restart(wanted=both and self._looks.mode is Mode.BLINK)

    def _wipe_to(self, share: float, grip: float) -> None:
        self.set_looks(replace(self._looks, wipe=share, grip=grip))
        self.looks_changed.emit(self._looks)

    def _lay_out(self) -> None:
        area = self.pane_areas()[0]
        margin = round(_MARGIN * self.devicePixelRatioF())
        self.set_view(self.view.with_view((area.width(), area.height()), margin))
        self.update()

    def _make_sources(self) -> None:
        surround = self.surround
        checker = self._backdrop is Backdrop.CHECKER
        ratio = self.devicePixelRatioF()
        brush = furniture.checkerboard(ratio, self._colours) if checker else QBrush(surround)
        self._inks.take(self._scene, surround, brush, self._colours.shade)
        self._inks.tint(self._scene, self._overlay.colour)

    def _refine(self) -> None:
        if self._inks.refine():
            self.update()


def _logical(area: QRect, ratio: float) -> QRect:
    """Device pixels as the widget's own units, rounded."""
    left, top = round(area.x() / ratio), round(area.y() / ratio)
    return QRect(left, top, round(area.width() / ratio), round(area.height() / ratio))
