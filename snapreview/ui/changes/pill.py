"""A status pill: glyph, count and word, to be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from snapreview.ui import icons
from snapreview.ui.changes.category import NUMBERED, Category
from snapreview.ui.theme import Theme, colour, status_colour

_GLYPH = 16
_PAD = 8
_GAP = 4


class Pill(QAbstractButton):
    """One category. Checked: isolated. `listed`: its rows are in the list at the moment."""

    def __init__(self, category: Category, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.category = category
        self._theme = theme
        self._listed = True
        self.setCheckable(True)
        self.setObjectName(f"pill_{category.value}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_count(0)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def set_count(self, count: int) -> None:
        """Say how many images there are."""
        text = f"{count:,} {self.category.value}"
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def set_state(self, *, pressed: bool, listed: bool) -> None:
        """Show whether it is isolated, and whether its rows are listed."""
        self.setChecked(pressed)
        self._listed = listed
        self.setToolTip(self._explained())
        self.setAccessibleDescription(self._explained())
        self.update()

    def sizeHint(self) -> QSize:
        """Just as wide as its text."""
        metrics = QFontMetrics(self._font())
        width = _PAD + _GLYPH + _GAP + metrics.horizontalAdvance(self.text()) + _PAD + 1
        return QSize(width, metrics.height() + 10)

    def minimumSizeHint(self) -> QSize:
        """It is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A round ground that is filled when pressed, with a ring when focused."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge = self._ground()
        inset = 1.0 if self.hasFocus() else 0.5
        painter.setBrush(ground)
        painter.setPen(QPen(edge, 2.0 if self.hasFocus() else 1.0))
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        ink = status_colour(self._theme, self.category.value)
        if not self._listed:
            ink = colour(self._theme, "text_muted")
        glyph = icons.pixmap(self.category.value, ink, _GLYPH, self.devicePixelRatioF())
        painter.drawPixmap(_PAD, (self.height() - _GLYPH) // 2, glyph)
        painter.setFont(self._font())
        painter.setPen(ink if self.isChecked() else self._text_colour())
        area = self.rect().adjusted(_PAD + _GLYPH + _GAP, 0, 0, 0)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text()
        )

    def _text_colour(self) -> QColor:
        return colour(self._theme, "text" if self._listed else "text_muted")

    def _ground(self) -> tuple[QColor, QColor]:
        """Fill and outline."""
        fill, edge = colour(self._theme, "surface"), colour(self._theme, "border")
        if self.isChecked():
            fill = status_colour(self._theme, self.category.value, soft=True)
            edge = status_colour(self._theme, self.category.value)
        elif not self._listed:
            fill = QColor(Qt.GlobalColor.transparent)
        elif self.underMouse():
            fill = colour(self._theme, "hover")
        return fill, colour(self._theme, "focus") if self.hasFocus() else edge

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(round(QFontInfo(font).pixelSize() * 12 / 13))
        font.setWeight(QFont.Weight.Medium)
        return font

    def _explained(self) -> str:
        """What a click does, and the key that isolates."""
        name, key = self.category.value, NUMBERED.index(self.category) + 1
        if self.isChecked():
            return f"Stop showing only {name} images ({key})"
        return f"Show {'' if not self._listed else 'only '}{name} images ({key})"
