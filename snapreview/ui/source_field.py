"""One source on the start page: a field, Browse, what is known of it, and where it is dropped."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from snapreview.model.names import IMAGE_EXTENSIONS
from snapreview.ui.start.chooser import Chooser
from snapreview.ui.start.parts import Parts, Remark
from snapreview.ui.start.source_edit import SourceEdit
from snapreview.ui.theme import Theme
from snapreview.ui.widgets import button, label, row_of

_IMAGES = " ".join(f"*{ending}" for ending in sorted(IMAGE_EXTENSIONS))
_FILES = f"Images and zips ({_IMAGES} *.zip)"


class SourceField(QFrame):
    """A card in which one side of a comparison is chosen.

    Signals: `changed(str)` with each keystroke, `submitted()` on Enter.
    """

    changed = Signal(str)
    submitted = Signal()

    def __init__(self, side: str, hint: str, parts: Parts) -> None:
        super().__init__(objectName=f"{side.lower()}Card")
        self.setProperty("card", True)
        self._side = side
        self._field = SourceEdit(objectName=f"{side.lower()}Source")
        self._field.setAccessibleName(f"{side}: folder, zip, image, git revision or address")
        self._field.setPlaceholderText("Folder, zip, image or address")
        self._field.setToolTip(
            "A folder, a zip, an image, git:FOLDER@REVISION, or the address of a snapshot.\n"
            "↓ shows what can be chosen there."
        )
        self._field.setClearButtonEnabled(True)
        self._browse = button("Browse", f"{side.lower()}Browse", f"Choose the {side.lower()}")
        self._browse.setMenu(self._menu())
        self._chooser = Chooser(side.lower(), self._field, parts, self)
        self._given = parts.given
        self._lay_out(hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._field.setAcceptDrops(False)  # the page takes what is dropped
        self._field.textChanged.connect(self.changed)
        self._field.returnPressed.connect(self.submitted)

    @property
    def text(self) -> str:
        """What is in the field."""
        return self._chooser.text

    @property
    def source(self) -> str:
        """What that stands for: it may hold a password that the field does not show."""
        return self._chooser.source

    def set_source(self, source: str) -> None:
        """Put `source` into the field, without a password."""
        self._field.setText(self._given.shown(source))

    def put(self, source: str) -> None:
        """Somebody has dropped or picked `source`: put it into the field and look at it."""
        self.set_source(source)
        self._chooser.look("show")

    def exchange(self, other: SourceField) -> None:
        """Let each have what is in the other one, and what is known of it."""
        ours, theirs = self._chooser.state, other._chooser.state
        self._chooser.take_over(theirs)
        other._chooser.take_over(ours)

    def demand_choice(self) -> bool:
        """Have one chosen where the text alone cannot be opened; whether that is so."""
        return self._chooser.demand()

    def say(self, text: str, icon: str = "", *, busy: bool = False) -> None:
        """Say this below the field until there is another text in it."""
        self._chooser.say(Remark(text, icon, busy))

    def add_button(self, added: QWidget) -> None:
        """Put a button below the field."""
        self._chooser.line.add_button(added)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._chooser.set_theme(theme)

    def close_list(self) -> bool:
        """Close the list of what can be chosen; whether it was open."""
        return self._chooser.close_list()

    def place_list(self) -> None:
        """The page has another size."""
        self._chooser.place_list()

    def order_tabs(self) -> None:
        """Let Tab lead into the list while it is open. To be called once all is laid out."""
        panel = self._chooser.panel
        stops = self._browse, self._chooser.button, panel.filter, panel.list
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said takes more lines, or fewer."""
        super().resizeEvent(event)
        self.place_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the list first."""
        if event.key() != Qt.Key.Key_Escape or not self.close_list():
            super().keyPressEvent(event)

    def focus(self) -> None:
        """Let the user type here."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def light_up(self, lit: bool) -> None:
        """Show that something can be dropped here."""
        self.setProperty("drop", lit)
        self.style().unpolish(self)
        self.style().polish(self)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Folder…", self._choose_folder).setObjectName(f"{self._side}Folder")
        menu.addAction("Image or zip…", self._choose_file).setObjectName(f"{self._side}Image")
        return menu

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, f"{self._side} folder", self.text)
        if chosen:
            self.put(chosen)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, f"{self._side} file", self.text, _FILES)
        if chosen:
            self.put(chosen)

    def _lay_out(self, hint: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 8)
        column.setSpacing(8)
        title = row_of(label(self._side, "title"), label(hint, "secondary"), None)
        column.addLayout(title)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._browse)
        column.addLayout(row)
        column.addWidget(self._chooser.line)
        column.addStretch(1)


def dropped_sources(event: QDropEvent) -> list[str]:
    """Paths and addresses of what is dragged, in order; none of what was taken from this window."""
    if event.source() is not None:
        return []
    data = event.mimeData()
    if data.hasUrls():
        return [url.toLocalFile() or url.toString() for url in data.urls()]
    text = data.text().strip() if data.hasText() else ""
    return [text] if "://" in text and "\n" not in text else []
