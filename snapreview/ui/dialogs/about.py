"""Which SnapReview this is, and which engine it uses."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from snapreview import __version__
from snapreview.ui.engine_facts import EngineFacts

_PURPOSE = "Reviews visual changes between two sets of images."
_MARK = 56


class AboutBox(QMessageBox):
    """Shows the engine as soon as it is known."""

    def __init__(self, engine: EngineFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutBox")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About SnapReview")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"SnapReview {__version__}")
        mark = QApplication.windowIcon().pixmap(QSize(_MARK, _MARK), self.devicePixelRatioF())
        self.setIconPixmap(mark)
        close = self.addButton(QMessageBox.StandardButton.Close)
        close.setObjectName("aboutClose")
        self.show_engine("asking it…")
        engine.known.connect(self.show_engine)
        engine.ask()

    def show_engine(self, text: str) -> None:
        """Say which engine it is, or why there is none."""
        self.setInformativeText(f"{_PURPOSE}\nEngine: {text}")
