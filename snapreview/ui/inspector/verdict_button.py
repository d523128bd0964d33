"""A big button for a verdict: glyph, word and key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from snapreview.ui import icons
from snapreview.ui.inspector.painting import small_font
from snapreview.ui.theme import Theme, colour, status_colour

_GLYPH = 16
_PAD = 8
_GAP = 5
_RADIUS = 6
_HIGH = 16


class VerdictButton(QAbstractButton):
    """Checked while its verdict holds. `ink` is a category of the theme, `key` the shortcut.

    It has no shortcut of its own: the window's action has.
    """

    def __init__(self, name: str, text: str, icon: str, ink: str, key: str, theme: Theme) -> None:
        super().__init__(objectName=name, text=text, checkable=True)
        self._icon, self._ink, self._key, self._theme = icon, ink, key, theme
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Room for glyph, word and key."""
        metrics = QFontMetrics(self._font())
        words = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._key)
        return QSize(2 * _PAD + _GLYPH + 2 * _GAP + words, metrics.height() + _HIGH)

    def minimumSizeHint(self) -> QSize:
        """The key may go."""
        metrics = QFontMetrics(self._font())
        word = metrics.horizontalAdvance(self.text())
        return QSize(2 * _PAD + _GLYPH + _GAP + word, self.sizeHint().height())

    def nextCheckState(self) -> None:
        """A click asks; who is asked says whether it is pressed now."""

    def event(self, event: QEvent) -> bool:
        """Lit under the pointer."""
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground in the verdict's colour while it holds, an outline while it does not."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if self.hasFocus() else 1.0
        painter.setBrush(self._ground())
        painter.setPen(QPen(self._edge(), width))
        half = width / 2
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        """Glyph and word at the left, the key at the right where there is room."""
        font = self._font()
        word = QFontMetrics(font).horizontalAdvance(self.text())
        key = QFontMetrics(font).horizontalAdvance(self._key) + _GAP
        ratio = self.devicePixelRatioF()
        glyph = icons.pixmap(self._icon, self._glyph_ink(), _GLYPH, ratio)
        painter.drawPixmap(_PAD, (self.height() - _GLYPH) // 2, glyph)
        area = self.rect().adjusted(_PAD + _GLYPH + _GAP, 0, 0, 0)
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(self._text_ink())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | align, self.text())
        room = QRect(area.left() + word, 0, self.width() - _PAD - area.left() - word, self.height())
        if room.width() >= key:
            painter.setFont(small_font(self.font()))
            painter.setPen(self._key_ink())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | align, self._key)

    def _ground(self) -> QColor:
        if self.isChecked():
            return status_colour(self._theme, self._ink, soft=True)
        if not self.isEnabled():
            return colour(self._theme, "window")
        if self.isDown():
            return colour(self._theme, "pressed")
        return colour(self._theme, "hover" if self.underMouse() else "surface")

    def _edge(self) -> QColor:
        if self.hasFocus():
            return colour(self._theme, "focus")
        if self.isChecked():
            return status_colour(self._theme, self._ink)
        return colour(self._theme, "border")

    def _glyph_ink(self) -> QColor:
        if not self.isEnabled():
            return colour(self._theme, "border_strong")
        return status_colour(self._theme, self._ink)

    def _text_ink(self) -> QColor:
        if not self.isEnabled():
            return colour(self._theme, "border_strong")
        if self.isChecked():
            return status_colour(self._theme, self._ink)
        return colour(self._theme, "text")

    def _key_ink(self) -> QColor:
        if self.isChecked():
            return status_colour(self._theme, self._ink)
        return colour(self._theme, "text_muted" if self.isEnabled() else "border_strong")

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium)
        return font
