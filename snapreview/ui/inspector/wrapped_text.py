"""Text of any length, wrapped to the width there is, to be selected and copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from snapreview.ui.inspector.keys import claims
from snapreview.ui.inspector.painting import paint_ring, small_font
from snapreview.ui.inspector.shown import lines
from snapreview.ui.theme import Theme, colour

_RING = 5
"""Logical pixels from the letters to the ring of the focus."""


class WrappedText(QTextEdit):
    """As high as its text is long; words without an end are broken anywhere.

    `ink` names the theme's colour for it. Letters stay shortcuts while it has the focus.
    """

    def __init__(self, name: str, spoken: str, theme: Theme, ink: str = "text_secondary") -> None:
        super().__init__(objectName=name, readOnly=True)
        self.setAccessibleName(spoken)
        self._ink = ink
        self._plain = ""
        self._theme = theme
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("type", "wrapped")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.set_theme(theme)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show `text`; nothing takes no room."""
        if text != self._plain:
            self._plain = text
            self.setPlainText(lines(text))
            self.setVisible(bool(text))
            self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, QColor(colour(theme, self._ink)))
        self.setPalette(palette)
        self.setTextColor(colour(theme, self._ink))
        self.setPlainText(lines(self._plain))  # what is there keeps the colour it came in

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self.height())

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return self.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        """What is selected here is what Ctrl+C means; all other keys are the window's."""
        selected = self.textCursor().hasSelection()
        return (selected and claims(event, frozenset())) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads out of here."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring comes; it lies outside, where the section paints."""
        super().focusInEvent(event)
        self.parentWidget().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.parentWidget().update()

    def paint_focus(self, painter: QPainter) -> None:
        """Paint the ring on the parent, around the text: inside it would lie on the letters."""
        if self.hasFocus():
            paint_ring(painter, self.geometry().adjusted(-_RING, -3, _RING, 3), self._theme)

    def changeEvent(self, event: QEvent) -> None:
        """Lines grow with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer and longer lines, or more and shorter ones."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text: where it is pasted, nobody wants its colour."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def _fit(self) -> None:
        self.document().setDefaultFont(self._font())
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 1)

    def _font(self) -> QFont:
        return small_font(self.font())
