"""The picture itself: panes of layers, in device pixels, painted by Qt's raster engine."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer import furniture
from snapreview.ui.viewer.colours import Backdrop, Overlay, ViewerColours, canvas_colour
from snapreview.ui.viewer.drawing import ImageSource, MaskSource, Source, image_rect
from snapreview.ui.viewer.layers import Layer
from snapreview.ui.viewer.modes import INK_OF, Ink, Mode, Pane, panes_for
from snapreview.ui.viewer.navigation import ZoomPanWidget
from snapreview.ui.viewer.scene import NOTHING, Scene
from snapreview.ui.viewer.view_state import Point

_REFINE_AFTER_MS = 150
_MARGIN = 16


class Canvas(ZoomPanWidget):
    """Draws a scene in a mode. Signals: `painted()` after each painting, `view_changed()`."""

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerCanvas")
        self.setAccessibleName("Image comparison")
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._scene = Scene()
        self._mode = Mode.SPLIT
        self._overlay = Overlay()
        self._backdrop = Backdrop.AUTO
        self._colours = ViewerColours.of(LIGHT)
        self._sources: dict[Ink, Source] = {}
        self._layers = {ink: Layer() for ink in Ink}
        self._refining = QTimer(self, interval=_REFINE_AFTER_MS, singleShot=True)
        self._refining.timeout.connect(self._refine)
        self.view_changed.connect(self._refining.start)

    def show_scene(self, scene: Scene) -> None:
        """Show other images. Where and how large stays when their size is the same."""
        self._scene = scene
        self._make_sources()
        self._lay_out()
        if scene.image_size is not None:
            self.set_view(self.view.with_image(scene.image_size))
        self.setAccessibleDescription(scene.describe())

    def set_mode(self, mode: Mode) -> None:
        """Look in another way."""
        self._mode = mode
        self._lay_out()

    def set_overlay(self, overlay: Overlay) -> None:
        """Tint changed pixels in another way. Nothing is decoded for it."""
        recolour = overlay.colour != self._overlay.colour
        self._overlay = overlay
        if recolour:
            self._make_mask_source()
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
        opacity = overlay.opacity if overlay.visible and self._scene.mask is not None else None
        return panes_for(self._mode, self._scene.sides, opacity)

    def pane_areas(self) -> list[QRect]:
        """Where the panes' images are, in device pixels of the widget; all of one size."""
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        top = round(furniture.caption_height(self) * ratio)
        gap = furniture.divider_width(ratio)
        count = max(1, len(self.panes()))
        each = (width - gap * (count - 1)) // count
        size = (max(1, each), max(1, height - top))
        # What is left over when an odd width is halved goes to the divider.
        starts = [i * (width - each) // max(1, count - 1) for i in range(count)]
        return [QRect(start, top, *size) for start in starts]

    def point_in_view(self, position: QPointF) -> Point:
        """See ZoomPanWidget: the same point of an image in either pane."""
        point = QPointF(*super().point_in_view(position))
        areas = self.pane_areas()
        area = next((a for a in areas if a.contains(point.toPoint())), areas[0])
        return point.x() - area.x(), point.y() - area.y()

    def event(self, event: QEvent) -> bool:
        """Another screen has other pixels."""
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
        painter.resetTransform()
        for pane, area in zip(panes, areas, strict=False):
            self._paint_words(painter, pane, _logical(area, ratio))
        if not panes:
            furniture.paint_message(painter, _logical(areas[0], ratio), NOTHING, self.surround)
        furniture.paint_focus(painter, self, self._colours.focus)
        painter.end()
        self.painted.emit()

    def _paint_pane(self, painter: QPainter, pane: Pane, area: QRect) -> None:
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, self.surround)
        for plane in pane.planes:
            source = self._sources.get(plane.ink)
            if source is not None:
                painter.setOpacity(plane.opacity)
                painter.drawImage(area.topLeft(), self._layers[plane.ink].image(source, self.view))
        painter.setOpacity(1)
        picture = self._scene.pictures.get(pane.side)
        if picture is not None:
            frame = image_rect(picture.size, self.view).translated(area.topLeft())
            furniture.paint_frame(painter, frame, self.surround)
        painter.restore()

    def _paint_words(self, painter: QPainter, pane: Pane, area: QRect) -> None:
        scene, side = self._scene, pane.side
        caption = QRect(area.x(), 0, area.width(), area.y())
        furniture.paint_caption(
            painter, caption, side.title, scene.sizes.get(side, ""), self._colours
        )
        message = scene.messages.get(side)
        if message is not None:
            furniture.paint_message(painter, area, message, self.surround)

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
        self._sources = {
            INK_OF[side]: ImageSource(picture.pyramid, surround, brush)
            for side, picture in self._scene.pictures.items()
        }
        self._make_mask_source()

    def _make_mask_source(self) -> None:
        mask = self._scene.mask
        if mask is None:
            self._sources.pop(Ink.MASK, None)
        else:
            self._sources[Ink.MASK] = MaskSource(mask, self._overlay.colour)

    def _refine(self) -> None:
        refined = [layer.refine() for layer in self._layers.values()]
        if any(refined):
            self.update()


def _logical(area: QRect, ratio: float) -> QRect:
    """Device pixels as the widget's own units, rounded."""
    left, top = round(area.x() / ratio), round(area.y() / ratio)
    return QRect(left, top, round(area.width() / ratio), round(area.height() / ratio))
