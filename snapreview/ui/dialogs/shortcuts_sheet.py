"""All keys at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from snapreview.ui.dialogs.key_caps import KeyCaps
from snapreview.ui.dialogs.shortcut_rows import ShortcutGroup, ShortcutRow, groups_of
from snapreview.ui.widgets import label, sentence

COLUMNS = 3
_CLOSING = {Qt.Key.Key_Question, Qt.Key.Key_F1}
_FIRST_SIZE = 1020, 660
_TITLE_ROWS = 1.6


class ShortcutsSheet(QDialog):
    """The keys of `actions`, by groups, and `extra` ones that no action has. Open with `open()`.

    What is typed filters. Escape, `?` and F1 close it.
    """

    def __init__(
        self,
        actions: Iterable[tuple[str, Sequence[QAction | None]]],
        extra: Sequence[ShortcutGroup] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsSheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self._groups = [_Group(group) for group in groups_of(actions, extra)]
        self._columns = [QVBoxLayout() for _ in range(COLUMNS)]
        self._field = QLineEdit(objectName="shortcutsFilter", clearButtonEnabled=True)
        self._field.setAccessibleName("Filter shortcuts")
        self._field.setPlaceholderText("Filter by action or key")
        self._none = sentence("secondary", "shortcutsNone")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._filter("")
        self._field.setFocus()
        self.resize(*_FIRST_SIZE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key that opened the sheet closes it, in the field too."""
        if watched is self._field and event.type() == QEvent.Type.KeyPress and self._closes(event):
            self.reject()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same elsewhere."""
        if self._closes(event):
            self.reject()
        else:
            super().keyPressEvent(event)

    def _closes(self, event: QKeyEvent) -> bool:
        return event.key() in _CLOSING

    def _filter(self, text: str) -> None:
        """Show the rows with all words, in columns of about the same height."""
        words = text.casefold().split()
        shown = [group for group in self._groups if group.filter(words)]
        self._none.setText(f"No shortcut has “{text.strip()}”.")
        self._none.setVisible(not shown)
        for column, groups in zip(self._columns, _spread(shown), strict=True):
            while column.count():
                column.takeAt(0)
            for group in groups:
                column.addWidget(group)
            column.addStretch(1)

    def _lay_out(self) -> None:
        inside = QWidget(objectName="shortcutsInside")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 4, 8, 0)
        row.setSpacing(40)
        for column in self._columns:
            column.setSpacing(22)
            row.addLayout(column, 1)
        for group in self._groups:
            group.setParent(inside)
        area = QScrollArea(objectName="shortcutsArea", widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 20, 20)
        column.setSpacing(16)
        top = QHBoxLayout()
        top.addWidget(label("Keyboard shortcuts", "heading"))
        top.addStretch(1)
        self._field.setFixedWidth(260)
        top.addWidget(self._field)
        top.addSpacing(8)
        column.addLayout(top)
        column.addWidget(self._none)
        column.addWidget(area, 1)


class _Group(QWidget):
    """A title with its rows."""

    def __init__(self, group: ShortcutGroup) -> None:
        super().__init__(objectName="shortcutsGroup")
        self.setAccessibleName(group.title)
        self._rows = [_Row(row) for row in group.rows]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(group.title, "title"))
        column.addSpacing(2)
        for row in self._rows:
            column.addWidget(row)

    @property
    def height_in_rows(self) -> float:
        """How much room it takes now."""
        return _TITLE_ROWS + sum(not row.isHidden() for row in self._rows)

    def filter(self, words: Sequence[str]) -> bool:
        """Show the rows with all words; whether there is any."""
        for row in self._rows:
            row.setVisible(row.row.matches(words))
        found = any(not row.isHidden() for row in self._rows)
        self.setVisible(found)
        return found


class _Row(QWidget):
    """What is done, and its keys."""

    def __init__(self, row: ShortcutRow) -> None:
        super().__init__(objectName="shortcutsRow")
        self.row = row
        caps = KeyCaps(row.ways)
        self.setAccessibleName(f"{row.text}: {caps.accessibleName()}")
        text = label(row.text, "secondary")
        text.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(text, 1)
        line.addWidget(caps)


def _spread(groups: Sequence[_Group]) -> list[list[_Group]]:
    """The groups in order over the columns, each as high as the others as far as that goes."""
    columns: list[list[_Group]] = [[] for _ in range(COLUMNS)]
    left = sum(group.height_in_rows for group in groups)
    place, filled = 0, 0.0
    for group in groups:
        height = group.height_in_rows
        wanted = left / (COLUMNS - place)
        if columns[place] and place < COLUMNS - 1 and filled + height / 2 > wanted:
            left -= filled
            place, filled = place + 1, 0.0
        columns[place].append(group)
        filled += height
    return columns
