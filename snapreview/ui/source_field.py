"""One source on the start page: a field, Browse, and how it looks when something is dragged."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
)

from snapreview.model.names import IMAGE_EXTENSIONS
from snapreview.ui.widgets import button, label

_IMAGES = " ".join(f"*{ending}" for ending in sorted(IMAGE_EXTENSIONS))
_FILES = f"Images and zips ({_IMAGES} *.zip)"


class SourceField(QFrame):
    """A card in which one side of a comparison is chosen.

    Signals: `changed(str)` with each keystroke, `submitted()` on Enter.
    """

    changed = Signal(str)
    submitted = Signal()

    def __init__(self, side: str, hint: str) -> None:
        super().__init__(objectName=f"{side.lower()}Card")
        self.setProperty("card", True)
        self._side = side
        self._field = QLineEdit(objectName=f"{side.lower()}Source")
        self._field.setAccessibleName(f"{side}: folder, zip, image, git revision or address")
        self._field.setPlaceholderText("Folder, zip, image or address")
        self._field.setToolTip(
            "A folder, a zip, an image, git:FOLDER@REVISION, or the address of a snapshot"
        )
        self._field.setClearButtonEnabled(True)
        self._browse = button("Browse", f"{side.lower()}Browse", f"Choose the {side.lower()}")
        self._browse.setMenu(self._menu())
        self._lay_out(hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._field.setAcceptDrops(False)  # the page takes what is dropped
        self._field.textChanged.connect(self.changed)
        self._field.returnPressed.connect(self.submitted)

    @property
    def source(self) -> str:
        """What is in the field."""
        return self._field.text().strip()

    def set_source(self, source: str) -> None:
        """Put `source` into the field."""
        self._field.setText(source)

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
        chosen = QFileDialog.getExistingDirectory(self, f"{self._side} folder", self.source)
        if chosen:
            self.set_source(chosen)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, f"{self._side} file", self.source, _FILES)
        if chosen:
            self.set_source(chosen)

    def _lay_out(self, hint: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(self._side, "title"))
        column.addWidget(label(hint, "secondary"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._browse)
        column.addLayout(row)


def dropped_sources(event: QDropEvent) -> list[str]:
    """Paths and addresses of what is dragged, in order; none of what was taken from this window."""
    if event.source() is not None:
        return []
    data = event.mimeData()
    if data.hasUrls():
        return [url.toLocalFile() or url.toString() for url in data.urls()]
    text = data.text().strip() if data.hasText() else ""
    return [text] if "://" in text and "\n" not in text else []
