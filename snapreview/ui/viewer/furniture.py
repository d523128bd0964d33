"""What stands around the images: captions, dividers, frames, messages, the focus ring."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontInfo, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from snapreview.ui.theme_tokens import DARK, LIGHT, TypeScale
from snapreview.ui.viewer.captions import Caption
from snapreview.ui.viewer.colours import ViewerColours
from snapreview.ui.viewer.message import Message

_PADDING = 10
_GAP = 10
_BADGE_PADDING = 18
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


def paint_frame(painter: QPainter, image: QRect, area: QRect, surround: QColor) -> None:
    """A hairline just outside of an image, so that its edge is seen on any surround.

    Only as much of it is drawn as `area` shows: images can be millions of device pixels long.
    """
    image = image & area.adjusted(-2, -2, 2, 2)
    if image.isEmpty():
        return
    line = QColor(255, 255, 255, 48) if _is_dark(surround) else QColor(0, 0, 0, 40)
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(image.adjusted(-1, -1, 0, 0))


def paint_captions(
    painter: QPainter, area: QRect, captions: Sequence[Caption], colours: ViewerColours
) -> None:
    """What a pane shows: on its left, and where there are two, on its right."""
    room = area.adjusted(_PADDING, 0, -_PADDING, 0)
    widths = [_caption_width(painter.font(), caption) for caption in captions]
    left = room
    if len(captions) > 1:
        second = min(widths[1], max(room.width() // 2, room.width() - widths[0] - 2 * _PADDING))
        right = room.adjusted(room.width() - second, 0, 0, 0)
        left = room.adjusted(0, 0, -second - 2 * _PADDING, 0)
        _paint_caption(painter, right, captions[1], colours)
    _paint_caption(painter, left, captions[0], colours)


def _caption_width(font: QFont, caption: Caption) -> int:
    title = QFontMetrics(_bold(font)).horizontalAdvance(caption.title)
    detail = QFontMetrics(font).horizontalAdvance(caption.detail)
    # A pixel more for each, since advances are rounded.
    return title + 1 + (_GAP + detail + 1 if caption.detail else 0)


def _paint_caption(
    painter: QPainter, area: QRect, caption: Caption, colours: ViewerColours
) -> None:
    """A name, then what there is to add; shortened where there is no room."""
    painter.save()
    plain, bold = painter.font(), _bold(painter.font())
    text = QRect(area)
    for font, words, colour in (
        (bold, caption.title, colours.text),
        (plain, caption.detail, colours.muted),
    ):
        painter.setFont(font)
        painter.setPen(colour)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, shown)
        text.setLeft(text.left() + metrics.horizontalAdvance(shown) + _GAP)
    painter.restore()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _title(font: QFont) -> QFont:
    """A headline's letters, in the proportion that they have elsewhere."""
    title = _bold(font)
    scale = TypeScale()
    title.setPixelSize(round(QFontInfo(font).pixelSize() * scale.title / scale.body))
    return title


def paint_badge(
    painter: QPainter, area: QRect, word: str, words: Sequence[str], colours: ViewerColours
) -> None:
    """A label in the middle of an area's top that tells which image is shown.

    It is as wide as the widest of `words`, all that it may ever say, so that it stands still.
    The last of them is filled, the others are outlined: they differ in shape, not only in letters.
    """
    bold = _bold(painter.font())
    metrics = QFontMetrics(bold)
    width = max(metrics.horizontalAdvance(each) for each in words) + 2 * _BADGE_PADDING
    height = metrics.height() + _PADDING
    badge = QRectF(area.center().x() - width // 2, area.top() + _PADDING, width, height)
    filled = word == words[-1]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.on_badge if filled else colours.badge, 2))
    painter.setBrush(colours.badge if filled else colours.on_badge)
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setFont(bold)
    painter.setPen(colours.on_badge if filled else colours.badge)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()


def paint_message(painter: QPainter, area: QRect, message: Message, surround: QColor) -> None:
    """Words in the middle of a pane that has no picture."""
    width = min(_MESSAGE_WIDTH, area.width() - 2 * _PADDING)
    box = QRect(area.center().x() - width // 2, area.y(), width, area.height())
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    plain = painter.font()
    title = _title(plain) if message.detail else plain
    heights = [
        QFontMetrics(font).boundingRect(box, flags, text).height() + _PADDING if text else 0
        for font, text in ((title, message.headline), (plain, message.detail))
    ]
    inks = DARK if _is_dark(surround) else LIGHT
    box.setTop(box.center().y() - sum(heights) // 2)
    painter.setFont(title)
    painter.setPen(QColor(inks.text if message.detail else inks.text_secondary))
    painter.drawText(box, flags, message.headline)
    painter.setFont(plain)
    painter.setPen(QColor(inks.text_secondary))
    painter.drawText(box.adjusted(0, heights[0], 0, 0), flags, message.detail)


def paint_focus(painter: QPainter, widget: QWidget, colour: QColor) -> None:
    """The ring that tells where keys go."""
    if widget.hasFocus():
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(widget.rect().adjusted(1, 1, -1, -1))


def _is_dark(colour: QColor) -> bool:
    return colour.lightness() < 128
