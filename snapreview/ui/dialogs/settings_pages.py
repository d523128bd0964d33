"""The pages of the settings dialog. Each shows preferences and tells what is edited in them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSlider, QWidget

from snapreview.ui.dialogs.form import Form
from snapreview.ui.dialogs.settings_values import BACKDROPS, MODES, THEMES, Preferences
from snapreview.ui.dialogs.swatches import Swatches
from snapreview.ui.viewer.colours import OVERLAY_COLOURS
from snapreview.ui.viewer.modes import LEAST_BLINK_MS, MOST_BLINK_MS
from snapreview.ui.widgets import column_of

_BLINK_STEP = 100
_SLIDER_HEIGHT = 22


class SettingsPage(QWidget):
    """A page. `owned` are the fields of Preferences that it edits.

    Signals: `edited(dict)`, the fields that are others now.
    """

    edited = Signal(object)
    owned: tuple[str, ...] = ()

    def __init__(self, name: str) -> None:
        super().__init__(objectName=name)
        self.form = Form()
        column = column_of(self)
        column.setContentsMargins(0, 16, 0, 8)
        column.addWidget(self.form)

    def fit(self, width: int) -> None:
        """Ask for the height that wrapped texts take at `width`: a stack of pages does not."""
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        self.setMinimumHeight(self.layout().heightForWidth(width))

    def tell(self, **fields: object) -> None:
        """Something was edited."""
        self.edited.emit(fields)


class AppearancePage(SettingsPage):
    """How the window and the overlay look."""

    owned = ("theme", "backdrop", "overlay_colour", "overlay_opacity")

    def __init__(self) -> None:
        super().__init__("settingsAppearance")
        self._theme = _choice("settingsTheme", THEMES)
        self._backdrop = _choice("settingsBackdrop", BACKDROPS)
        self._colour = Swatches("settingsOverlay", OVERLAY_COLOURS)
        self._opacity = Gauge("settingsOpacity", "Overlay opacity", (10, 100), 5, _percent)
        form = self.form
        form.add("Theme", self._theme)
        form.add("Canvas", self._backdrop, "What is shown behind images.")
        form.add("Overlay colour", self._colour)
        form.add("Overlay opacity", self._opacity)
        self.layout().addStretch(1)
        self._theme.activated.connect(lambda _: self.tell(theme=self._theme.currentData()))
        self._backdrop.activated.connect(lambda _: self.tell(backdrop=self._backdrop.currentData()))
        self._colour.chosen.connect(lambda colour: self.tell(overlay_colour=colour))
        self._opacity.moved.connect(lambda percent: self.tell(overlay_opacity=percent / 100))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is set."""
        _choose(self._theme, preferences.theme)
        _choose(self._backdrop, preferences.backdrop)
        self._colour.show_colour(preferences.overlay_colour)
        self._opacity.show_value(round(preferences.overlay_opacity * 100))


class ReviewSettingsPage(SettingsPage):
    """How one walks through images."""

    owned = ("advance", "mode", "blink_ms")

    def __init__(self) -> None:
        super().__init__("settingsReview")
        self._advance = QCheckBox("Go to the next unreviewed image", objectName="settingsAdvance")
        self._mode = _choice("settingsMode", MODES)
        interval = LEAST_BLINK_MS // _BLINK_STEP, MOST_BLINK_MS // _BLINK_STEP
        self._blink = Gauge("settingsBlink", "Blink interval", interval, 1, _seconds)
        form = self.form
        form.add("After a decision", self._advance)
        form.add("Start in mode", self._mode, "How images are shown when a comparison is opened.")
        form.add("Blink interval", self._blink, "How long base and head are each shown in Blink.")
        self.layout().addStretch(1)
        self._advance.clicked.connect(lambda on: self.tell(advance=on))
        self._mode.activated.connect(lambda _: self.tell(mode=self._mode.currentData()))
        self._blink.moved.connect(lambda steps: self.tell(blink_ms=steps * _BLINK_STEP))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is set."""
        self._advance.setChecked(preferences.advance)
        _choose(self._mode, preferences.mode)
        self._blink.show_value(round(preferences.blink_ms / _BLINK_STEP))


class Gauge(QWidget):
    """A slider with its value in words. Signals: `moved(int)`, by the user."""

    moved = Signal(int)

    def __init__(
        self, name: str, spoken: str, limits: tuple[int, int], page: int, words: object
    ) -> None:
        super().__init__()
        self._words = words
        self._slider = QSlider(Qt.Orientation.Horizontal, objectName=name)
        self._slider.setAccessibleName(spoken)
        self._slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._slider.setRange(*limits)
        self._slider.setPageStep(page)
        self._slider.setFixedWidth(200)
        self._slider.setMinimumHeight(_SLIDER_HEIGHT)
        self._value = QLabel(objectName=f"{name}Value")
        self._value.setProperty("type", "secondary")
        self.setFocusProxy(self._slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(self._slider)
        row.addWidget(self._value)
        row.addStretch(1)
        self._slider.valueChanged.connect(lambda value: self._value.setText(self._words(value)))
        self._slider.valueChanged.connect(self.moved)
        self._value.setText(words(self._slider.value()))

    def show_value(self, value: int) -> None:
        """Stand there; nobody moved it."""
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(value)
        self._slider.blockSignals(blocked)
        self._value.setText(self._words(self._slider.value()))

    def setAccessibleDescription(self, text: str) -> None:
        """The slider is what is spoken of."""
        self._slider.setAccessibleDescription(text)


def _percent(value: int) -> str:
    return f"{value}\u00a0%"


def _seconds(steps: int) -> str:
    return f"{steps * _BLINK_STEP / 1000:g}\u00a0s"


def _choice(name: str, choices: Mapping[str, str]) -> QComboBox:
    made = QComboBox(objectName=name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for key, text in choices.items():
        made.addItem(text, key)
    made.view().setObjectName(f"{name}List")
    return made


def _choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(max(box.findData(key), 0))
