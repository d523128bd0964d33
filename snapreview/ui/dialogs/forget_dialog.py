"""Forgetting a comparison: what goes, and what is asked separately."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from snapreview.ui.widgets import button, row_of, sentence


class ForgetDialog(QDialog):
    """Asks. `decided` is how many images have a decision or a note.

    Signals: `agreed(bool)`, whether decisions go too.
    """

    agreed = Signal(bool)

    def __init__(self, decided: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("forgetDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Forget this comparison")
        self.setMinimumWidth(440)
        text = sentence("secondary", "forgetText")
        text.setText(
            "Its results and masks are removed from this computer, and it goes from the recent"
            " ones. The images themselves stay where they are. Comparing them again starts anew."
        )
        images = "1 image" if decided == 1 else f"{decided:,} images"
        self._decisions = QCheckBox(f"Forget the decisions and notes of {images} too")
        self._decisions.setObjectName("forgetDecisions")
        self._decisions.setVisible(decided > 0)
        go = button("Forget", "forgetAgree", look="danger")
        stay = button("Cancel", "forgetCancel")
        go.clicked.connect(self._agree)
        stay.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(text)
        column.addWidget(self._decisions)
        column.addLayout(row_of(None, stay, go))

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self._decisions.isChecked())
