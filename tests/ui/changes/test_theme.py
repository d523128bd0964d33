import itertools
import math
import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QPushButton

from snapreview.stores.resources import resource
from snapreview.ui import icons, theme
from snapreview.ui.changes.category import Category
from snapreview.ui.theme import DARK, LIGHT
from snapreview.ui.theme_tokens import TypeScale

BOTH = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
ROW_GROUNDS = ("surface", "hover", "selected", "selected_idle")
PANEL_GROUNDS = ("window", "surface", "sunken", "raised", "hover")


def linear(colour):
    found = QColor(colour)
    parts = (found.redF(), found.greenF(), found.blueF())
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def dot(weights, values):
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def contrast(one, other):
    """WCAG 2.1, contrast ratio."""
    light = [dot((0.2126, 0.7152, 0.0722), linear(colour)) for colour in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


@BOTH
def test_texts_can_be_read_on_every_ground(look):
    for ground, ink in itertools.product(
        PANEL_GROUNDS + ROW_GROUNDS, ("text", "text_secondary", "text_muted")
    ):
        assert contrast(getattr(look, ground), getattr(look, ink)) >= 4.5, (ground, ink)
    for ground in ("accent", "accent_hover", "accent_pressed"):
        assert contrast(getattr(look, ground), look.on_accent) >= 4.5, ground
    for ground in ("window", "surface", "accent_soft"):
        assert contrast(getattr(look, ground), look.accent_text) >= 4.5, ground
        assert contrast(getattr(look, ground), look.danger) >= 4.5, ground
    assert contrast(look.pane_caption, look.pane_caption_text) >= 4.5


@BOTH
def test_statuses_can_be_read_on_every_row_and_on_their_own_ground(look):
    assert set(look.statuses) == {category.value for category in Category}
    for name, ink in look.statuses.items():
        for ground in ROW_GROUNDS:
            assert contrast(getattr(look, ground), ink.ink) >= 4.5, (name, ground)
        assert contrast(ink.soft, ink.ink) >= 4.5, name


@BOTH
def test_focus_rings_and_outlines_stand_out(look):
    for ground in ("window", "surface"):
        assert contrast(look.focus, getattr(look, ground)) >= 3, ground
        assert contrast(look.border_strong, getattr(look, ground)) >= 3, ground


# Viénot, Brettel and Mollon (1999), for linear sRGB.
BLINDNESS = {
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def lab(rgb):
    """CIE L*a*b* (D65) of linear sRGB."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [dot(row, rgb) for row in rows]
    scaled = [value / white for value, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, blindness):
    matrix = BLINDNESS[blindness]
    rgb = linear(colour)
    return lab([min(max(dot(row, rgb), 0), 1) for row in matrix])


@BOTH
@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize(
    "pair",
    [("added", "removed"), ("changed", "added"), ("changed", "renamed"), ("errored", "added")],
    ids="-".join,
)
def test_statuses_that_must_not_be_confused_differ_for_colour_blind_eyes(look, blindness, pair):
    one, other = (seen(look.statuses[name].ink, blindness) for name in pair)
    assert math.dist(one, other) >= 15


@BOTH
def test_the_style_sheet_is_filled_in_and_names_files_that_exist(look):
    sheet = theme.stylesheet(look, TypeScale())
    assert "@" not in sheet
    files = re.findall(r"url\((.+?)\)", sheet)
    assert files
    assert all(resource("style", file.rpartition("/")[2]).is_file() for file in files)


@pytest.fixture
def app(qapp):
    """The application, given back as it was."""
    before = qapp.style().name(), qapp.palette(), qapp.font(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(before[3])
    qapp.setStyle(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


@BOTH
def test_a_theme_reaches_palette_and_widgets(app, qtbot, look):
    theme.apply_theme(app, look)
    button = QPushButton("Compare")
    qtbot.addWidget(button)
    button.setProperty("look", "primary")
    button.resize(120, 32)
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(look.window)
    assert button.grab().toImage().pixelColor(8, 16) == QColor(look.accent)


def test_a_choice_overrides_the_system_and_can_be_taken_back(app):
    switch = theme.ThemeSwitch(app)
    told = []
    switch.themeChanged.connect(told.append)
    system = switch.theme
    other = LIGHT if system.dark else DARK
    switch.choose(other.name)
    assert (switch.theme, switch.choice) == (other, other.name)
    switch.choose("system")
    assert switch.theme is system
    assert told == [other, system]
    switch.deleteLater()


def test_larger_system_text_makes_all_type_larger():
    scaled = TypeScale().scaled(1.5)
    assert (scaled.body, scaled.title) == (20, 22)


def test_every_icon_is_drawn_in_the_colour_asked_for(qapp):
    names = [path.stem for path in resource("icons").glob("*.svg")]
    assert {category.value for category in Category} <= set(names)
    for name in names:
        drawn = icons.pixmap(name, "#c0105a", 20, 2.0)
        assert drawn.size() == QSize(40, 40)
        assert drawn.devicePixelRatio() == 2.0
        picture = drawn.toImage()
        inks = {picture.pixelColor(x, y).name() for x in range(40) for y in range(40)}
        assert "#c0105a" in inks, name


def test_icons_are_drawn_on_the_grid_with_its_stroke():
    for path in resource("icons").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "app":
            continue  # the application's own picture has colours
        assert 'viewBox="0 0 20 20"' in text, path.name
        assert 'stroke-width="1.5"' in text, path.name
        assert "currentColor" in text, path.name


def test_an_icon_is_sharp_at_every_density_and_has_a_colour_for_on(qapp):
    found = icons.icon("search", "#112233", checked="#aa0000")
    for ratio in (1.0, 1.25, 1.5, 2.0, 3.0):
        assert found.pixmap(QSize(16, 16), ratio).width() == round(16 * ratio)
    on = found.pixmap(QSize(20, 20), QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert any(on.pixelColor(x, y) == QColor("#aa0000") for x in range(20) for y in range(20))


def test_an_unknown_icon_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        icons.pixmap("nonsense", Qt.GlobalColor.black)
