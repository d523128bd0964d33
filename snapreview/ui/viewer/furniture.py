"""What stands around the images: captions, dividers, frames, messages, the focus ring."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from snapreview.ui.theme_tokens import DARK, LIGHT
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.scene import Message

_PADDING = 10
_CHECK = 8
_MESSAGE_WIDTH = 420


def caption_height(widget: QWidget) -> int:
    """Height of the line above a pane."""
    return widget.fontMetrics().height() + _PADDING


def divider_width(ratio: float) -> int:
    """Device pixels between two panes."""
    return max(1, round(ratio))


def checkerboard(ratio: float, colours: ViewerColours) -> QBrush:
    """What transparent pixels are shown on, when that is asked for."""
    side = max(1, round(_CHECK * ratio))
    tile = QImage(2 * side, 2 * side, QImage.Format.Format_RGB32)
    tile.fill(colours.check)
    painter = QPainter(tile)
    painter.fillRect(0, 0, side, side, colours.check_alt)
    painter.fillRect(side, side, side, side, colours.check_alt)
    painter.end()
    brush = QBrush()
    brush.setTextureImage(tile)
    return brush


def paint_dividers(painter: QPainter, areas: Sequence[QRect], colour: QColor) -> None:
    """Lines between panes, over their captions too. Device pixels."""
    for left, right in pairwise(areas):
        line = QRect(QPoint(left.right() + 1, 0), QPoint(right.left() - 1, left.bottom()))
        painter.fillRect(line, colour)


def paint_frame(painter: QPainter, image: QRect, surround: QColor) -> None:
    """A hairline just outside of an image, so that its edge is seen on any surround."""
    line = QColor(255, 255, 255, 48) if _is_dark(surround) else QColor(0, 0, 0, 40)
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(image.adjusted(-1, -1, 0, 0))


def paint_caption(
    painter: QPainter, area: QRect, title: str, detail: str, colours: ViewerColours
) -> None:
    """A side's name, then its size; shortened where there is no room."""
    text = area.adjusted(_PADDING, 0, -_PADDING, 0)
    bold = QFont(painter.font())
    bold.setWeight(QFont.Weight.DemiBold)
    plain = painter.font()
    painter.setFont(bold)
    painter.setPen(colours.text)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, title)
    text.setLeft(text.left() + QFontMetrics(bold).horizontalAdvance(title) + _PADDING)
    painter.setFont(plain)
    painter.setPen(colours.muted)
    shown = QFontMetrics(plain).elidedText(detail, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, shown)


def paint_message(painter: QPainter, area: QRect, message: Message, surround: QColor) -> None:
    """Words in the middle of a pane that has no picture."""
    width = min(_MESSAGE_WIDTH, area.width() - 2 * _PADDING)
    box = QRect(area.center().x() - width // 2, area.y(), width, area.height())
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    plain, bold = painter.font(), QFont(painter.font())
    bold.setWeight(QFont.Weight.DemiBold)
    heights = [
        QFontMetrics(font).boundingRect(box, flags, text).height() + _PADDING if text else 0
        for font, text in ((bold, message.headline), (plain, message.detail))
    ]
    ink = (DARK if _is_dark(surround) else LIGHT).text_secondary
    painter.setPen(QColor(ink))
    box.setTop(box.center().y() - sum(heights) // 2)
    painter.setFont(bold if message.detail else plain)
    painter.drawText(box, flags, message.headline)
    painter.setFont(plain)
    painter.drawText(box.adjusted(0, heights[0], 0, 0), flags, message.detail)


def paint_focus(painter: QPainter, widget: QWidget, colour: QColor) -> None:
    """The ring that tells where keys go."""
    if widget.hasFocus():
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(widget.rect().adjusted(1, 1, -1, -1))


def _is_dark(colour: QColor) -> bool:
    return colour.lightness() < 128
