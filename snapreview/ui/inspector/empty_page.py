"""What the panel says where nothing is selected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from snapreview.ui import icons
from snapreview.ui.theme import Theme, colour
from snapreview.ui.widgets import label


class EmptyPage(QWidget):
    """Where nothing is selected."""

    def __init__(self) -> None:
        super().__init__(objectName="inspectorEmpty")
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        title = label("Nothing selected", "title")
        text = label("Choose an image in the list to see what is known of it.", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._icon)
        column.addSpacing(8)
        for part in (title, text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
            column.addWidget(part)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        ink = colour(theme, "border_strong")
        self._icon.setPixmap(icons.pixmap("info", ink, 32, self.devicePixelRatioF()))
