"""The list of what could not be compared, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from snapreview.model.change import Change
from snapreview.ui.widgets import button, label, row_of, sentence


class FaultDialog(QDialog):
    """Names and reasons, as text that can be copied.

    `refused` are origins that want a token for some of these. Signals: `tokenRequested(str)`:
    somebody has one for this origin.
    """

    tokenRequested = Signal(str)

    def __init__(
        self,
        changes: Sequence[Change],
        parent: QWidget | None = None,
        refused: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("faultDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Could not be compared")
        self.resize(640, 360)
        self._text = QPlainTextEdit(fault_text(changes), readOnly=True, objectName="faultText")
        self._text.setAccessibleName("Images that could not be compared, with reasons")
        self._text.setTabChangesFocus(True)
        copy = button("Copy", "faultCopy", "Copy the list")
        close = button("Close", "faultClose", look="primary")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._text.toPlainText()))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        count = len(changes)
        noun = "image" if count == 1 else "images"
        column.addWidget(label(f"{count:,} {noun} could not be compared", "title"))
        column.addWidget(self._text, 1)
        for origin in refused:
            column.addLayout(self._offer(origin))
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column.addLayout(buttons)

    def _offer(self, origin: str) -> QHBoxLayout:
        """A row that says whose token is wanted, with the way to give it."""
        give = button("Give a token…", "faultToken", f"Give a token for {origin}, and try again")
        give.setAccessibleName(f"Give a token for {origin}")
        give.clicked.connect(self.accept)
        give.clicked.connect(lambda: self.tokenRequested.emit(origin))
        said = sentence("", "faultRefused")
        said.setText(f"{origin} refuses access to some of them.")
        row = row_of(said, give)
        row.setStretch(0, 1)
        return row


def fault_text(changes: Sequence[Change]) -> str:
    """One paragraph per image."""
    return "\n\n".join(
        f"{change.name}\n{change.error or 'No reason is known.'}" for change in changes
    )
