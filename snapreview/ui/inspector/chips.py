"""Tags as chips, in as many lines as they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from snapreview.ui.inspector.painting import small_font
from snapreview.ui.inspector.shown import one_line, tip, whole
from snapreview.ui.system import copy_text
from snapreview.ui.theme import Theme, colour

MOST_CHIPS = 60
_LONGEST = 200
_PAD = 7
_GAP = 4
_BETWEEN = 5


@dataclass(frozen=True, slots=True)
class _Chip:
    """A tag as it is shown; `text` is what is copied. A tag that is its own value has no key."""

    key: str
    value: str
    text: str


class Chips(QWidget):
    """Paints tags. Its height follows its width; a right click offers to copy a tag."""

    def __init__(self, name: str, spoken: str, theme: Theme) -> None:
        super().__init__(objectName=name)
        self.setAccessibleName(spoken)
        self._theme = theme
        self._tags: Mapping[str, str] = {}
        self._chips: tuple[_Chip, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_tags(self, tags: Mapping[str, str]) -> None:
        """Replace the chips; none take no room."""
        if tags == self._tags:
            return
        self._tags = tags
        self._chips = tuple(_chip(key, value) for key, value in islice(tags.items(), MOST_CHIPS))
        if len(tags) > MOST_CHIPS:
            self._chips += (_Chip("", f"{len(tags) - MOST_CHIPS:,} more", ""),)
        self.setAccessibleDescription(", ".join(chip.text for chip in self._chips if chip.text))
        self.setVisible(bool(self._chips))
        self._fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines, another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Chips grow with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def event(self, event: QEvent) -> bool:
        """A tip for the chip under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            chip = self._chip_at(event.pos())
            QToolTip.showText(event.globalPos(), tip(chip.text) if chip else "", self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the tag."""
        chip = self._chip_at(event.pos())
        if chip is None or not chip.text:
            return
        menu = QMenu(self, objectName="tagMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction("Copy tag", menu, objectName="tagCopy")
        action.triggered.connect(lambda: copy_text(whole(chip.text)))
        menu.addAction(action)
        menu.popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Round grounds, quiet keys, clear values."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._font()
        painter.setFont(font)
        for chip, area in self._placed(self.width()):
            painter.setPen(QPen(colour(self._theme, "border"), 1))
            painter.setBrush(colour(self._theme, "surface"))
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            self._write(painter, chip, area.adjusted(_PAD, 0, -_PAD, 0), QFontMetrics(font))

    def _write(self, painter: QPainter, chip: _Chip, area: QRect, metrics: QFontMetrics) -> None:
        align = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        middle = Qt.TextElideMode.ElideMiddle
        if chip.key:
            wanted = metrics.horizontalAdvance(chip.value)
            room = max(area.width() - _GAP - wanted, area.width() // 2)
            key = metrics.elidedText(chip.key, middle, room)
            painter.setPen(colour(self._theme, "text_muted"))
            painter.drawText(area, align, key)
            area.setLeft(area.left() + metrics.horizontalAdvance(key) + _GAP)
        painter.setPen(colour(self._theme, "text"))
        painter.drawText(area, align, metrics.elidedText(chip.value, middle, area.width() + 1))

    def _placed(self, width: int) -> Iterator[tuple[_Chip, QRect]]:
        """Where each chip stands in a panel of this width; none is wider than it."""
        metrics = QFontMetrics(self._font())
        height = metrics.height() + 6
        x = y = 0
        for chip in self._chips:
            key = metrics.horizontalAdvance(chip.key) + _GAP if chip.key else 0
            wanted = min(key + metrics.horizontalAdvance(chip.value) + 2 * _PAD + 1, width)
            if x and x + wanted > width:
                x, y = 0, y + height + _BETWEEN
            yield chip, QRect(x, y, wanted, height)
            x += wanted + _BETWEEN

    def _chip_at(self, place: QPoint) -> _Chip | None:
        found = (chip for chip, area in self._placed(self.width()) if area.contains(place))
        return next(found, None)

    def _fit(self) -> None:
        """As high as all lines; a layout's own way to ask would be lost in a scrolled column."""
        bottoms = (area.bottom() + 1 for _, area in self._placed(self.width()))
        self.setFixedHeight(max(bottoms, default=0))

    def _font(self) -> QFont:
        return small_font(self.font())


def _chip(key: str, value: str) -> _Chip:
    if key == value:
        return _Chip("", one_line(value, _LONGEST), value)
    return _Chip(one_line(key, _LONGEST), one_line(value, _LONGEST), f"{key}={value}")
