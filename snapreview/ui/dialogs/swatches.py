"""A choice of colours as swatches, and any other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QColorDialog, QHBoxLayout, QWidget

from snapreview.ui.viewer.marks import opposite
from snapreview.ui.widgets import button

_SIZE = 26
_DOT = 18


class Swatches(QWidget):
    """One of several colours, or one of the user's own.

    Signals: `chosen(str)`, as `#rrggbb`.
    """

    chosen = Signal(str)

    def __init__(self, name: str, colours: Mapping[str, QColor]) -> None:
        super().__init__(objectName=name)
        self._colour = ""
        self._group = QButtonGroup(self)
        self._offered = [_Swatch(f"{name}{text.replace(' ', '')}", text) for text in colours]
        self._own = _Swatch(f"{name}Own", "Your own colour")
        other = button("Other…", f"{name}Other", "Choose any colour")
        other.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for swatch, colour in zip(self._offered, colours.values(), strict=True):
            swatch.show_colour(colour.name())
        for swatch in (*self._offered, self._own):
            self._group.addButton(swatch)
            swatch.clicked.connect(lambda _, s=swatch: self._choose(s.colour))
            row.addWidget(swatch)
        row.addSpacing(8)
        row.addWidget(other)
        row.addStretch(1)
        self._own.hide()

    def show_colour(self, colour: str) -> None:
        """Mark `colour`, as `#rrggbb`."""
        self._colour = colour.lower()
        known = [swatch for swatch in self._offered if swatch.colour == self._colour]
        if not known:
            self._own.show_colour(self._colour)
            self._own.show()
        (known[0] if known else self._own).setChecked(True)

    def _choose(self, colour: str) -> None:
        self.show_colour(colour)
        self.chosen.emit(self._colour)

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._colour), self)
        dialog.setObjectName("overlayColourDialog")
        dialog.setWindowTitle("Overlay colour")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._choose(colour.name()))
        dialog.open()


class _Swatch(QAbstractButton):
    """A round colour; ringed when it is the one in use, ticked so that no colour tells it alone."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__(objectName=name, checkable=True, autoExclusive=True)
        self.colour = ""
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(_SIZE, _SIZE)

    def show_colour(self, colour: str) -> None:
        """Have another colour."""
        self.colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """It has one size."""
        return QSize(_SIZE, _SIZE)

    def event(self, event: QEvent) -> bool:
        """Lit under the pointer."""
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dot, its tick and its ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        roles = QPalette.ColorRole
        inset = (_SIZE - _DOT) / 2
        dot = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(self.palette().color(roles.Dark), 1))
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(dot.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.hasFocus() or self.underMouse():
            ring = roles.Accent if self.hasFocus() else roles.Mid
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(ring), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        if self.isChecked():
            self._paint_tick(painter)

    def _paint_tick(self, painter: QPainter) -> None:
        """Black or white, whichever stands out."""
        painter.setPen(QPen(opposite(QColor(self.colour)), 2))
        middle = QPointF(_SIZE / 2, _SIZE / 2)
        tick = [QPointF(-4, 0), QPointF(-1.2, 2.8), QPointF(4, -3)]
        painter.drawPolyline([middle + point for point in tick])
