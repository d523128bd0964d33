"""A small sign that something is under way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

_SIZE = 16
_WIDTH = 1.5
_TURN_MS = 900
_ARC = 100
_WAIT_MS = 200
"""What takes less than that needs no sign."""


class Spinner(QWidget):
    """An arc that goes round while it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_SIZE, _SIZE)
        self._ink = QColor()
        self._turning = QVariantAnimation(self, startValue=0, endValue=360, duration=_TURN_MS)
        self._turning.setLoopCount(-1)
        self._turning.valueChanged.connect(lambda _: self.update())
        self._soon = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._soon.timeout.connect(self._turning.start)

    def set_ink(self, ink: QColor) -> None:
        """Use this colour."""
        self._ink = ink
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody waits."""
        self._soon.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        self._soon.stop()
        self._turning.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """An arc of a circle, once there is something to wait for."""
        if self._turning.state() is not QVariantAnimation.State.Running:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._ink, _WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawArc(area, -16 * self._turning.currentValue(), 16 * _ARC)
        painter.end()
