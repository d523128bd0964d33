"""The settings: what is shown, what is told, what is refused."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QColorDialog,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QSlider,
    QTabWidget,
)

from snapreview.model.options import DiffOptions
from snapreview.ui.dialogs.settings_dialog import SettingsDialog
from snapreview.ui.dialogs.settings_values import (
    BACKDROPS,
    MODES,
    MOST_MEGAPIXELS,
    Compared,
    Preferences,
    read_megapixels,
    read_percent,
    read_sensitivity,
    shown_number,
)
from snapreview.ui.settings import Settings
from snapreview.ui.viewer.colours import Backdrop, Overlay
from snapreview.ui.viewer.modes import Looks, Mode

from .test_accessible import lacking, operated

LEFT = Qt.MouseButton.LeftButton
OTHER = Preferences(
    theme="dark",
    backdrop="CHECKER",
    overlay_colour="#123456",
    overlay_opacity=0.35,
    advance=False,
    mode="BLINK",
    blink_ms=1200,
    threshold=0.1,
    antialiasing=False,
    diff_threshold=0.005,
    max_pixels=42_500_000,
    engine_path="/opt/odiff",
)


USUAL = Preferences()


class Reader:
    """Opens the dialog and keeps what it tells."""

    def __init__(self, qtbot, dialog: SettingsDialog) -> None:
        self.qtbot, self.dialog = qtbot, dialog
        self.changes: list[Preferences] = []
        self.asked: list[str] = []
        self.compared = 0
        dialog.changed.connect(self.changes.append)
        dialog.engineAsked.connect(self.asked.append)
        dialog.compareAgainRequested.connect(self._compare)

    def _compare(self) -> None:
        self.compared += 1

    def find(self, kind, name):
        found = self.dialog.findChild(kind, name)
        assert found is not None, name
        tabs = self.dialog.findChild(QTabWidget)
        for page in range(tabs.count()):
            if tabs.widget(page).isAncestorOf(found):
                tabs.setCurrentIndex(page)
        return found

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        self.qtbot.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))

    def write(self, name: str, text: str) -> None:
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        if text:
            self.qtbot.keyClicks(field, text)
        else:
            self.qtbot.keyClick(field, Qt.Key.Key_Delete)

    def choose(self, name: str, row: int) -> None:
        """By keys, as everything in a box can be chosen."""
        box = self.find(QComboBox, name)
        box.setFocus()
        self.qtbot.keyClick(box, Qt.Key.Key_Home)
        for _ in range(row):
            self.qtbot.keyClick(box, Qt.Key.Key_Down)

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()


@pytest.fixture
def open_settings(qapp, qtbot):
    made: list[SettingsDialog] = []

    def make(preferences: Preferences = USUAL, compared: Compared | None = None) -> Reader:
        dialog = SettingsDialog(preferences, compared)
        made.append(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.open()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return Reader(qtbot, dialog)

    yield make
    for dialog in made:
        dialog.close()
        dialog.deleteLater()


def test_everything_that_is_set_is_shown(open_settings):
    user = open_settings(OTHER)
    assert user.find(QComboBox, "settingsTheme").currentText() == "Dark"
    assert user.find(QComboBox, "settingsBackdrop").currentText() == "Checkerboard"
    assert user.find(QAbstractButton, "settingsOverlayOwn").isChecked()
    assert user.text("settingsOpacityValue") == "35\xa0%"
    assert not user.find(QCheckBox, "settingsAdvance").isChecked()
    assert user.find(QComboBox, "settingsMode").currentText() == "Blink"
    assert user.text("settingsBlinkValue") == "1.2\xa0s"
    assert user.find(QLineEdit, "settingsSensitivity").text() == "0.1"
    assert user.find(QLineEdit, "settingsSmaller").text() == "0.5"
    assert user.find(QCheckBox, "settingsAntialiased").isChecked()
    assert user.find(QLineEdit, "settingsLargest").text() == "42.5"
    assert user.find(QLineEdit, "settingsEngine").text() == "/opt/odiff"
    assert user.changes == []
    assert user.dialog.preferences == OTHER


def test_what_is_chosen_holds_at_once(open_settings):
    user = open_settings()
    user.choose("settingsTheme", 2)
    user.choose("settingsBackdrop", 3)
    user.press("settingsOverlaySkyblue")
    user.press("settingsAdvance")
    user.choose("settingsMode", 1)
    told = user.changes[-1]
    assert (told.theme, told.backdrop, told.overlay_colour) == ("dark", "CHECKER", "#00a8ff")
    assert (told.advance, told.mode) == (False, "WIPE")
    assert told == user.dialog.preferences
    assert all(a != b for a, b in zip(user.changes, user.changes[1:], strict=False))


def test_sliders_are_moved_by_keys(open_settings, qtbot):
    user = open_settings()
    opacity = user.find(QSlider, "settingsOpacity")
    qtbot.keyClick(opacity, Qt.Key.Key_End)
    assert user.changes[-1].overlay_opacity == 1.0
    assert user.text("settingsOpacityValue") == "100\xa0%"
    qtbot.keyClick(opacity, Qt.Key.Key_Home)
    assert user.changes[-1].overlay_opacity == 0.1
    blink = user.find(QSlider, "settingsBlink")
    qtbot.keyClick(blink, Qt.Key.Key_Home)
    assert user.changes[-1].blink_ms == 200
    qtbot.keyClick(blink, Qt.Key.Key_End)
    assert user.changes[-1].blink_ms == 2000
    qtbot.keyClick(blink, Qt.Key.Key_Left)
    assert user.changes[-1].blink_ms == 1900


def test_any_colour_can_be_chosen(open_settings, qtbot):
    user = open_settings()
    user.press("settingsOverlayOther")
    asking = user.dialog.findChild(QColorDialog)
    asking.setCurrentColor(QColor("#0a0b0c"))
    asking.accept()
    assert user.changes[-1].overlay_colour == "#0a0b0c"
    assert user.find(QAbstractButton, "settingsOverlayOwn").isChecked()
    user.press("settingsOverlayMagenta")
    assert user.changes[-1].overlay_colour == "#ff00aa"
    user.press("settingsOverlayOwn")
    assert user.changes[-1].overlay_colour == "#0a0b0c"


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("settingsSensitivity", "0.05", "threshold", 0.05),
        ("settingsSensitivity", "0,05", "threshold", 0.05),
        ("settingsSensitivity", "1", "threshold", 1.0),
        ("settingsSmaller", "0.5", "diff_threshold", 0.005),
        ("settingsSmaller", "2,5 %", "diff_threshold", 0.025),
        ("settingsSmaller", "0", "diff_threshold", 0.0),
        ("settingsLargest", "250", "max_pixels", 250_000_000),
        ("settingsLargest", "0.5", "max_pixels", 500_000),
    ],
)
def test_numbers_are_read(open_settings, name, text, field, value):
    user = open_settings()
    user.write(name, text)
    assert getattr(user.changes[-1], field) == pytest.approx(value)
    assert user.text(f"{name}Fault") == ""


def test_nothing_leaves_it_to_the_manifest(open_settings):
    user = open_settings(OTHER)
    user.write("settingsSmaller", "")
    assert user.changes[-1].diff_threshold is None
    assert user.text("settingsSmallerFault") == ""


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("settingsSensitivity", "a lot", "0 to 1"),
        ("settingsSensitivity", "1.5", "0 to 1"),
        ("settingsSensitivity", "-1", "0 to 1"),
        ("settingsSensitivity", "1e-3", "0 to 1"),
        ("settingsSensitivity", "nan", "0 to 1"),
        ("settingsSensitivity", "", "0 to 1"),
        ("settingsSmaller", "101", "0 to 100"),
        ("settingsSmaller", "%", "0 to 100"),
        ("settingsLargest", "0", "more than 0"),
        ("settingsLargest", "99999", "up to 2,000"),
    ],
)
def test_what_makes_no_sense_is_told_beside_it_and_not_taken(open_settings, name, text, says):
    user = open_settings(Preferences(), Compared(DiffOptions(threshold=0.5)))
    user.write(name, text)
    assert says in user.text(f"{name}Fault")
    told = user.changes[-1] if user.changes else Preferences()
    assert replace(told, threshold=0.01, diff_threshold=None, max_pixels=0) == replace(
        Preferences(), max_pixels=0
    )
    assert 0 <= told.threshold <= 1
    assert not user.find(QAbstractButton, "settingsCompareAgain").isEnabled()
    fault, field = user.find(QLabel, f"{name}Fault"), user.find(QLineEdit, name)
    assert fault.isVisible()
    assert fault.mapTo(user.dialog, fault.rect().center()).y() == pytest.approx(
        field.mapTo(user.dialog, field.rect().center()).y(), abs=2
    )


def test_comparing_again_is_offered_when_it_would_matter(open_settings):
    user = open_settings(Preferences(), Compared.wanted(Preferences()))
    again = user.find(QAbstractButton, "settingsCompareAgain")
    assert not again.isEnabled()
    assert "with these settings" in user.text("settingsCompared")
    user.press("settingsAntialiased")
    assert again.isEnabled()
    assert "with other settings" in user.text("settingsCompared")
    user.press("settingsCompareAgain")
    assert user.compared == 1
    user.dialog.show_compared(Compared.wanted(user.dialog.preferences))
    assert not again.isEnabled()
    user.press("settingsAntialiased")
    user.press("settingsAntialiased")
    assert not again.isEnabled()


def test_what_does_not_concern_comparing_asks_for_none(open_settings):
    user = open_settings(Preferences(), Compared.wanted(Preferences()))
    user.choose("settingsTheme", 1)
    user.press("settingsAdvance")
    assert not user.find(QAbstractButton, "settingsCompareAgain").isEnabled()


def test_without_a_comparison_there_is_none_to_repeat(open_settings):
    user = open_settings()
    user.press("settingsAntialiased")
    assert not user.find(QAbstractButton, "settingsCompareAgain").isVisible()
    assert "next comparison" in user.text("settingsCompared")


def test_antialiased_pixels_are_counted_or_not(open_settings):
    """odiff's flag says the contrary of the words: with it they are left out."""
    user = open_settings()
    user.press("settingsAntialiased")
    assert user.changes[-1].options == DiffOptions(antialiasing=False)


def test_the_engine_is_asked_for_and_told(open_settings, qtbot):
    user = open_settings()
    user.dialog.ask_engine()
    assert user.asked == [""]
    user.dialog.show_engine("", "odiff 4.5.0, part of SnapReview")
    assert user.text("settingsEngineFound") == "odiff 4.5.0, part of SnapReview"
    user.write("settingsEngine", "/opt/odiff")
    assert user.asked == [""]  # not with each key
    qtbot.keyClick(user.find(QLineEdit, "settingsEngine"), Qt.Key.Key_Return)
    assert user.asked == ["", "/opt/odiff"]
    assert user.changes[-1].engine_path == "/opt/odiff"
    assert user.dialog.isVisible()
    user.dialog.show_engine("", "too late")
    assert "too late" not in user.text("settingsEngineFound")
    user.dialog.show_engine("/opt/odiff", "There is no such file.")
    assert user.text("settingsEngineFound") == "There is no such file."
    user.write("settingsEngine", "")
    assert user.changes[-1].engine_path == ""


def test_the_engine_is_chosen_from_files(open_settings, qtbot, tmp_path):
    program = tmp_path / "odiff"
    program.touch()
    user = open_settings()
    user.find(QLineEdit, "settingsEngine")
    user.press("settingsEngineBrowse")
    asking = user.dialog.findChild(QFileDialog)
    asking.fileSelected.emit(str(program))
    asking.reject()
    assert user.changes[-1].engine_path == str(program)
    assert user.asked[-1] == str(program)


def test_the_defaults_of_a_page_come_back(open_settings):
    user = open_settings(OTHER)
    user.find(QLineEdit, "settingsSensitivity")
    user.write("settingsSmaller", "rubbish")
    user.press("settingsRestore")
    usual = Preferences()
    assert user.find(QLineEdit, "settingsSmaller").text() == ""
    assert user.text("settingsSmallerFault") == ""
    assert user.dialog.preferences == replace(
        OTHER,
        threshold=usual.threshold,
        antialiasing=True,
        diff_threshold=None,
        max_pixels=usual.max_pixels,
        engine_path="",
    )
    user.find(QComboBox, "settingsTheme")
    user.press("settingsRestore")
    assert user.dialog.preferences.theme == "system"
    assert user.dialog.preferences.mode == "BLINK"


def test_what_is_set_elsewhere_is_shown_without_a_word(open_settings):
    user = open_settings()
    user.dialog.show_preferences(OTHER)
    assert user.text("settingsOpacityValue") == "35\xa0%"
    assert user.find(QLineEdit, "settingsSensitivity").text() == "0.1"
    assert user.changes == []


def test_it_is_closed_by_button_and_escape(open_settings, qtbot):
    user = open_settings()
    user.press("settingsDone")
    assert user.dialog.result() == QDialog.DialogCode.Accepted
    other = open_settings()
    qtbot.keyClick(other.dialog, Qt.Key.Key_Escape)
    assert not other.dialog.isVisible()


def test_enter_in_a_field_keeps_the_dialog_open(open_settings, qtbot):
    user = open_settings()
    user.write("settingsSensitivity", "0.2")
    qtbot.keyClick(user.find(QLineEdit, "settingsSensitivity"), Qt.Key.Key_Return)
    assert user.dialog.isVisible()
    assert user.changes[-1].threshold == 0.2


def test_every_text_has_the_room_it_needs(open_settings):
    user = open_settings()
    user.find(QLineEdit, "settingsSensitivity")
    user.dialog.show_engine("", "odiff cannot be used: " + "it is not a program. " * 12)
    labels = user.dialog.findChildren(QLabel)
    user.qtbot.waitUntil(
        lambda: all(
            label.height() >= label.heightForWidth(label.width())
            for label in labels
            if label.isVisible() and label.wordWrap()
        )
    )
    fields = [field for field in user.dialog.findChildren(QLineEdit) if field.isVisible()]
    assert len(fields) == 4
    assert all(field.height() >= field.sizeHint().height() for field in fields)


def test_everything_can_be_reached_and_is_named(open_settings):
    user = open_settings(OTHER, Compared.wanted(OTHER))
    assert len(operated(user.dialog)) >= 20
    assert lacking(user.dialog) == []
    for kind in (QComboBox, QSlider):
        for widget in user.dialog.findChildren(kind):
            assert widget.accessibleName(), widget.objectName()


# Values


def test_the_defaults_are_those_of_what_they_are_for():
    usual, overlay = Preferences(), Overlay()
    assert QColor(usual.overlay_colour) == overlay.colour
    assert usual.overlay_opacity == overlay.opacity
    assert usual.options == DiffOptions()
    assert Mode[usual.mode] is Looks().mode
    assert usual.blink_ms == Looks().blink_ms
    assert {name: Backdrop[name].value for name in BACKDROPS} == dict(BACKDROPS)
    assert set(MODES.values()) == {mode.value for mode in Mode}


def test_settings_hold_them_all():
    """By the same names, so that one can be made from the other."""
    kept = Settings.model_validate(OTHER.as_mapping())
    assert Preferences.from_mapping(kept.model_dump()) == OTHER
    assert {field.name for field in fields(Preferences)} <= set(Settings.model_fields)


@given(
    st.builds(
        Preferences,
        theme=st.sampled_from(["system", "light", "dark"]),
        backdrop=st.sampled_from(sorted(BACKDROPS)),
        mode=st.sampled_from(sorted(MODES)),
        overlay_opacity=st.floats(0.1, 1),
        threshold=st.floats(0, 1),
        diff_threshold=st.none() | st.floats(0, 1),
        blink_ms=st.integers(200, 2000),
        max_pixels=st.integers(1, MOST_MEGAPIXELS * 1_000_000),
        engine_path=st.text(),
    )
)
def test_there_and_back(preferences):
    assert Preferences.from_mapping(preferences.as_mapping()) == preferences


@given(
    st.dictionaries(
        st.sampled_from([field.name for field in fields(Preferences)] + ["other"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none()),
    )
)
def test_what_makes_no_sense_becomes_the_default(values):
    made = Preferences.from_mapping(values)
    made.options  # noqa: B018 - would raise OptionsError
    assert Preferences.from_mapping(made.as_mapping()) == made


@given(st.text())
def test_any_text_is_read_or_explained(text):
    for read in (read_sensitivity, read_percent, read_megapixels):
        try:
            value = read(text)
        except ValueError as fault:
            value = len(str(fault))
        assert value is None or value >= 0


@given(st.integers(0, 10**7))
def test_a_shown_number_is_read_as_the_same(millionths):
    value = millionths / 10**7
    assert read_sensitivity(shown_number(value)) == pytest.approx(value, abs=1e-10)
