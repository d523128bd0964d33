"""The settings page of what makes a comparison: options and engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from snapreview.ui.dialogs.form import ReadField
from snapreview.ui.dialogs.settings_pages import SettingsPage
from snapreview.ui.dialogs.settings_values import (
    MEGAPIXEL,
    Compared,
    Preferences,
    read_megapixels,
    read_percent,
    read_sensitivity,
    shown_number,
)
from snapreview.ui.widgets import button, row_of, sentence

_SENSITIVITY = "0 finds every difference, 1 only the strongest. 0.01 is usual."
_SMALLER = "Images of which less has changed count as unchanged. Empty: as the manifest says."
_ANTIALIASED = "Smoothed edges of letters and lines, which machines draw a little differently."
_LARGEST = "Larger images are listed as errored instead of being compared."
_NONE_OPEN = "These settings are for the next comparison."
_SAME = "The comparison on screen was made with these settings."
_OTHER = "The comparison on screen was made with other settings."
_ASKING = "Asking it…"
_FAULTY = "Put right what is marked above first."


class ComparisonPage(SettingsPage):
    """Options of a comparison, the engine, and the offer to compare again.

    Signals: `compareRequested()`; `engineAsked(str)`: which engine is this, or the one that is
    used where the path is empty? `show_engine` takes the answer.
    """

    owned = ("threshold", "diff_threshold", "antialiasing", "max_pixels", "engine_path")
    compareRequested = Signal()
    engineAsked = Signal(str)

    def __init__(self) -> None:
        super().__init__("settingsComparison")
        self._preferences = Preferences()
        self._compared: Compared | None = None
        self._make_fields()
        self._engine = EngineChoice()
        self._said = sentence("secondary", "settingsCompared")
        self._again = button("Compare again", "settingsCompareAgain", look="primary")
        self._lay_out()
        self._connect()

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is set; what is being written right now is left alone."""
        before, self._preferences = self._preferences, preferences
        for name, (field, text) in self._texts(preferences).items():
            if getattr(before, name) != getattr(preferences, name) and not field.field.hasFocus():
                field.show_text(text)
        self._antialiased.setChecked(not preferences.antialiasing)
        self._engine.show_path(preferences.engine_path)
        if before.engine_path != preferences.engine_path:
            self.ask_engine()
        self._tell_state()

    def begin(self, preferences: Preferences) -> None:
        """Show what is set, over whatever is written."""
        self._preferences = preferences
        for field, text in self._texts(preferences).values():
            field.show_text(text)
        self.show_preferences(preferences)

    def ask_engine(self) -> None:
        """Have somebody find out which engine is meant."""
        self._say_engine(_ASKING)
        self.engineAsked.emit(self._preferences.engine_path)

    def show_compared(self, compared: Compared | None) -> None:
        """How the comparison on screen was made; None where there is none."""
        self._compared = compared
        self._tell_state()

    def show_engine(self, path: str, text: str) -> None:
        """What was found at `path`; an answer that comes too late is passed over."""
        if path == self._preferences.engine_path:
            self._say_engine(text)

    def _texts(self, preferences: Preferences) -> dict[str, tuple[ReadField, str]]:
        smallest = preferences.diff_threshold
        percent = "" if smallest is None else shown_number(smallest * 100)
        return {
            "threshold": (self._sensitivity, shown_number(preferences.threshold)),
            "diff_threshold": (self._smaller, percent),
            "max_pixels": (self._largest, shown_number(preferences.max_pixels / MEGAPIXEL)),
        }

    def _tell_state(self) -> None:
        """What the settings mean for what is on screen."""
        faulty = any(field.fault for field in self._fields)
        differs = self._compared not in {None, Compared.wanted(self._preferences)}
        known = _NONE_OPEN if self._compared is None else _OTHER if differs else _SAME
        self._said.setText(_FAULTY if faulty else known)
        self._again.setVisible(self._compared is not None)
        self._again.setEnabled(differs and not faulty)

    def _say_engine(self, text: str) -> None:
        self._found.setText(text)
        self._found.setVisible(bool(text))

    def _make_fields(self) -> None:
        self._sensitivity = ReadField(
            "settingsSensitivity", "Colour sensitivity", read_sensitivity, ""
        )
        self._smaller = ReadField(
            "settingsSmaller", "Ignore changes smaller than, in percent", read_percent, "%"
        )
        self._largest = ReadField(
            "settingsLargest", "Largest image in megapixels", read_megapixels, "megapixels"
        )
        self._fields = self._sensitivity, self._smaller, self._largest
        self._antialiased = QCheckBox("Count antialiased pixels", objectName="settingsAntialiased")

    def _lay_out(self) -> None:
        form = self.form
        form.add("Colour sensitivity", self._sensitivity, _SENSITIVITY)
        form.add("Ignore changes smaller than", self._smaller, _SMALLER)
        form.add("", self._antialiased, _ANTIALIASED)
        form.add("Largest image", self._largest, _LARGEST)
        self._found = form.add("Engine", self._engine)
        self._found.setObjectName("settingsEngineFound")
        self.layout().addStretch(1)
        row = row_of(self._said, self._again, spacing=16)
        row.setStretch(0, 1)
        self.layout().addLayout(row)

    def _connect(self) -> None:
        self._sensitivity.edited.connect(lambda value: self.tell(threshold=value))
        self._smaller.edited.connect(lambda value: self.tell(diff_threshold=value))
        self._largest.edited.connect(lambda value: self.tell(max_pixels=value))
        self._antialiased.clicked.connect(lambda on: self.tell(antialiasing=not on))
        for field in self._fields:
            field.faultChanged.connect(self._tell_state)
        self._engine.chosen.connect(lambda path: self.tell(engine_path=path))
        self._again.clicked.connect(self.compareRequested)


class EngineChoice(QWidget):
    """The path of odiff, empty for SnapReview's own. Signals: `chosen(str)`."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._field = QLineEdit(objectName="settingsEngine")
        self._field.setAccessibleName("Path of odiff")
        self._field.setPlaceholderText("SnapReview's own")
        self._field.setClearButtonEnabled(True)
        self._browse = button("Browse…", "settingsEngineBrowse", "Choose another odiff")
        self.setFocusProxy(self._field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._browse)
        self._field.editingFinished.connect(self._tell)
        self._field.textChanged.connect(lambda text: None if text else self._tell())
        self._browse.clicked.connect(self._ask)

    def show_path(self, path: str) -> None:
        """Show what is set."""
        if path != self._field.text() and not self._field.hasFocus():
            self._field.setText(path)

    def _tell(self) -> None:
        self.chosen.emit(self._field.text().strip())

    def _ask(self) -> None:
        path = Path(self._field.text())
        start = str(path.parent) if self._field.text() else str(Path.home())
        dialog = QFileDialog(self, "Choose odiff", start)
        dialog.setObjectName("engineFileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, path: str) -> None:
        self._field.setText(path)
        self._tell()
