"""The overlay's controls: colour and opacity."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QToolButton, QWidget

from snapreview.ui.viewer.colours import (
    LEAST_OPACITY,
    OPACITY_STEP,
    OVERLAY_COLOURS,
    Overlay,
    ViewerColours,
)
from snapreview.ui.viewer.marks import opposite
from snapreview.ui.viewer.sliders import ToolbarSlider

_SWATCH = 16


class ColourButton(QToolButton):
    """Shows the overlay's colour and offers others. Signals: `chosen(QColor)`."""

    chosen = Signal(QColor)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor()
        self._border = QColor("#888888")
        self.setObjectName("viewerOverlayColour")
        self.setAccessibleName("Overlay colour")
        self.setToolTip("Colour of the overlay")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIconSize(QSize(_SWATCH, _SWATCH))
        menu = QMenu(self)
        self._group = QActionGroup(menu)
        for name, colour in OVERLAY_COLOURS.items():
            action = menu.addAction(name)
            action.setObjectName(f"viewerOverlayColour{name.replace(' ', '')}")
            action.setCheckable(True)
            action.setData(QColor(colour))
            self._group.addAction(action)
        menu.addSeparator()
        other = menu.addAction("Other colour…")
        other.setObjectName("viewerOverlayColourOther")
        other.triggered.connect(self._ask)
        self._group.triggered.connect(lambda action: self.chosen.emit(action.data()))
        self.setMenu(menu)

    def show_colour(self, colour: QColor) -> None:
        """Show `colour` as the one in use."""
        self._colour = QColor(colour)
        self._draw()

    def set_colours(self, colours: ViewerColours) -> None:
        """Follow the window's palette."""
        self._border = QColor(colours.muted)
        self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self.setIcon(_swatch(self._colour, self._border, ratio))
        for action in self._group.actions():
            used = action.data() == self._colour
            action.setChecked(used)
            action.setIcon(_swatch(action.data(), self._border, ratio, ticked=used))

    def _ask(self) -> None:
        dialog = QColorDialog(self._colour, self)
        dialog.setWindowTitle("Overlay colour")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self.chosen)
        dialog.open()


class OpacitySlider(ToolbarSlider):
    """The overlay's opacity in percent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        spoken, tip = "Overlay opacity in percent", "Opacity of the overlay ([ and ])"
        super().__init__("viewerOverlayOpacity", spoken, tip, parent)
        self.set_steps(round(LEAST_OPACITY * 100), 100, round(OPACITY_STEP * 100))

    def show_opacity(self, overlay: Overlay) -> None:
        """Stand where `overlay` is."""
        self.stand_at(round(overlay.opacity * 100))


def _swatch(colour: QColor, border: QColor, ratio: float, *, ticked: bool = False) -> QIcon:
    """A square of `colour`, ticked where it is the one in use: menus draw no tick beside icons."""
    pixmap = QPixmap(QSize(_SWATCH, _SWATCH) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, 1))
    painter.setBrush(colour)
    painter.drawRoundedRect(1, 1, _SWATCH - 2, _SWATCH - 2, 3, 3)
    if ticked:
        painter.setPen(QPen(opposite(colour), 2))
        painter.drawPolyline([QPointF(4.5, 8.5), QPointF(7, 11), QPointF(11.5, 5.5)])
    painter.end()
    return QIcon(pixmap)
