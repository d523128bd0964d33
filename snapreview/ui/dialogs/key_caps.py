"""Keys, drawn as they look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from snapreview.ui.dialogs.key_names import Caps, spoken

_PAD = 6
_GAP = 3
_OR_GAP = 8
_FLAT = 2
_SMALL = 12 / 13
_OR = "or"


class KeyCaps(QWidget):
    """The ways to press a shortcut, one after the other."""

    def __init__(self, ways: Sequence[Caps]) -> None:
        super().__init__()
        self._ways = tuple(ways)
        self.setAccessibleName(f" {_OR} ".join(spoken(caps) for caps in ways))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Just room for all caps."""
        last = self._placed()[-1][1] if self._ways else QRect()
        return QSize(last.right() + 2, self._height() + _FLAT)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Caps with a lower edge, as seen from above the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        for text, area, cap in self._placed():
            if cap:
                self._paint_cap(painter, area)
            role = QPalette.ColorRole.Text if cap else QPalette.ColorRole.PlaceholderText
            painter.setPen(self.palette().color(role))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_cap(self, painter: QPainter, area: QRect) -> None:
        palette = self.palette()
        edge = palette.color(QPalette.ColorRole.Mid)
        body = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(edge)
        painter.drawRoundedRect(body.translated(0, _FLAT - 0.5), 4, 4)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(body, 4, 4)

    def _placed(self) -> list[tuple[str, QRect, bool]]:
        """Texts with their places, and whether each is a cap."""
        metrics = QFontMetrics(self._font())
        height = self._height()
        placed, x = [], 0
        for number, caps in enumerate(self._ways):
            if number:
                wide = metrics.horizontalAdvance(_OR)
                placed.append((_OR, QRect(x - _GAP + _OR_GAP, 0, wide, height), False))
                x += wide + 2 * _OR_GAP - _GAP
            for text in caps:
                wide = max(metrics.horizontalAdvance(text) + 2 * _PAD, height)
                placed.append((text, QRect(x, 0, wide, height), True))
                x += wide + _GAP
        return placed

    def _height(self) -> int:
        return QFontMetrics(self._font()).height() + 5

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(round(QFontInfo(font).pixelSize() * _SMALL), 1))
        return font
