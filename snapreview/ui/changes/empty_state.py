"""What stands in the list where no row is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from snapreview.ui import icons
from snapreview.ui.changes.sayings import Saying
from snapreview.ui.theme import Theme, colour


class EmptyState(QWidget):
    """An icon, a sentence, a second one and perhaps a button, over the whole of `host`."""

    def __init__(self, host: QWidget, theme: Theme) -> None:
        super().__init__(host)
        self.setObjectName("changesEmptyState")
        self._theme = theme
        self._icon_name = "search"
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = _label("title", "emptyTitle")
        self._text = _label("secondary", "emptyText")
        self.button = QPushButton()
        self.button.setObjectName("emptyAction")
        self._act: Callable[[], None] | None = None
        self.button.clicked.connect(self._run)
        self._lay_out()
        host.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._draw_icon()

    def say(self, saying: Saying) -> None:
        """Show this; its `act` runs when the button labelled `action` is pressed."""
        icon, title, text, action = saying.icon, saying.title, saying.text, saying.action
        self._icon_name, self._act = icon, saying.act
        self._draw_icon()
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setVisible(bool(action))
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the host."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        space = self._theme.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space.xl, space.xl, space.xl, space.xl)
        column.setSpacing(space.xs)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addSpacing(space.sm)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(space.md)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _draw_icon(self) -> None:
        ink = colour(self._theme, "border_strong")
        self._icon.setPixmap(icons.pixmap(self._icon_name, ink, 32, self.devicePixelRatioF()))

    def _run(self) -> None:
        if self._act is not None:
            self._act()


def _label(kind: str, name: str) -> QLabel:
    label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
    label.setObjectName(name)
    label.setProperty("type", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
