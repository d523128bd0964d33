import itertools
import math
import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QPushButton

from snapreview.export.overlay import Tint
from snapreview.model.decision import Verdict
from snapreview.stores.resources import resource
from snapreview.ui import icons, theme
from snapreview.ui.changes import marks
from snapreview.ui.changes.category import Category
from snapreview.ui.dialogs.settings_values import Preferences
from snapreview.ui.settings import Settings
from snapreview.ui.theme import DARK, LIGHT
from snapreview.ui.theme_tokens import TypeScale
from snapreview.ui.viewer.colours import OVERLAY_COLOURS, Overlay

BOTH = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
ROW_GROUNDS = ("surface", "hover", "selected", "selected_idle")
PANEL_GROUNDS = ("window", "surface", "sunken", "raised", "hover", "pressed", "accent_soft")
BUTTON_GROUNDS = ("window", "surface", "hover", "pressed")


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
    for ground in (*PANEL_GROUNDS, "pane_caption"):
        assert contrast(getattr(look, ground), look.accent_text) >= 4.5, ground
        assert contrast(getattr(look, ground), look.danger) >= 4.5, ground
    for ink in ("pane_caption_text", "text", "text_muted"):
        assert contrast(look.pane_caption, getattr(look, ink)) >= 4.5, ink


@BOTH
@pytest.mark.parametrize("canvas", ["canvas", "canvas_light", "canvas_dark"])
def test_messages_can_be_read_on_every_canvas(look, canvas):
    """As the viewer has it: in the ink of whichever theme is the opposite."""
    ground = QColor(getattr(look, canvas))
    ink = (DARK if ground.lightness() < 128 else LIGHT).text_secondary
    assert contrast(ground, ink) >= 4.5


@BOTH
def test_statuses_can_be_read_on_every_row_and_on_their_own_ground(look):
    assert set(look.statuses) == {category.value for category in Category}
    for name, ink in look.statuses.items():
        for ground in (*ROW_GROUNDS, *BUTTON_GROUNDS, "canvas"):
            assert contrast(getattr(look, ground), ink.ink) >= 4.5, (name, ground)
        for on_soft in (ink.ink, look.text, look.text_secondary):
            assert contrast(ink.soft, on_soft) >= 4.5, name


@BOTH
def test_focus_rings_and_outlines_stand_out(look):
    for ground in ("window", "surface"):
        assert contrast(look.border_strong, getattr(look, ground)) >= 3, ground
        assert contrast(look.accent, getattr(look, ground)) >= 3, ground
    for ground in (*ROW_GROUNDS, *PANEL_GROUNDS, "pane_caption"):
        assert contrast(look.focus, getattr(look, ground)) >= 3, ground
    # On what is filled with the accent, the ring has the colour of text.
    assert contrast(look.text, look.window) >= 3


# For linear sRGB: Viénot, Brettel and Mollon (1999) of those who lack red or green cones; of those
# who lack blue ones Brettel, Viénot and Mollon (1997), whose two half-planes meet in the greys.
PROTANOPIA = (0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)
DEUTERANOPIA = (0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)
TRITANOPIA = (
    ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.80500, 0.11911)),
    ((0.93678, 0.18979, -0.12657), (0.06154, 0.81526, 0.12320), (-0.37562, 1.12767, 0.24796)),
)
TRITAN_PLANE = 0.03901, -0.02788, -0.01113
NORMAL = (1, 0, 0), (0, 1, 0), (0, 0, 1)
VISIONS = "normal", "protanopia", "deuteranopia", "tritanopia"
APART = 15
"""Distance in CIE L*a*b* from which colours are told apart without looking twice."""


def matrix_of(vision, rgb):
    if vision == "tritanopia":
        return TRITANOPIA[dot(TRITAN_PLANE, rgb) < 0]
    return {"normal": NORMAL, "protanopia": PROTANOPIA, "deuteranopia": DEUTERANOPIA}[vision]


def lab(rgb):
    """CIE L*a*b* (D65) of linear sRGB."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [dot(row, rgb) for row in rows]
    scaled = [value / white for value, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, vision):
    rgb = linear(colour)
    return lab([min(max(dot(row, rgb), 0), 1) for row in matrix_of(vision, rgb)])


def apart(one, other, vision):
    return math.dist(seen(one, vision), seen(other, vision))


@pytest.mark.parametrize("vision", VISIONS)
def test_grey_is_grey_to_all_eyes(vision):
    for level in (0, 60, 128, 200, 255):
        grey = QColor(level, level, level)
        assert math.dist(seen(grey, vision), seen(grey, "normal")) < 1


@BOTH
@pytest.mark.parametrize("vision", VISIONS[1:3])
@pytest.mark.parametrize(
    "pair",
    [("added", "removed"), ("changed", "added"), ("changed", "renamed"), ("errored", "added")],
    ids="-".join,
)
def test_statuses_that_must_not_be_confused_differ_for_colour_blind_eyes(look, vision, pair):
    assert apart(*(look.statuses[name].ink for name in pair), vision) >= APART


@BOTH
@pytest.mark.parametrize("vision", VISIONS)
def test_verdicts_differ_for_all_eyes(look, vision):
    inks = [marks.verdict_colour(look, verdict) for verdict in Verdict]
    assert apart(*inks, vision) >= APART


def shape(name):
    """Where a glyph is inked, of the 20 by 20 pixels of its grid."""
    drawn = icons.pixmap(name, "#000000", 20).toImage()
    return [drawn.pixelColor(x, y).alphaF() for x in range(20) for y in range(20)]


def test_statuses_and_verdicts_differ_in_shape(qapp):
    """What looks alike to some eyes is told apart by its glyph: by a plus's upright at least."""
    names = [category.value for category in Category]
    names += [marks.verdict_icon(verdict) for verdict in Verdict] + [marks.NOTE_ICON]
    shapes = {name: shape(name) for name in names}
    for one, other in itertools.combinations(names, 2):
        pair = zip(shapes[one], shapes[other], strict=True)
        assert sum(abs(a - b) for a, b in pair) >= 8, (one, other)


GREYS = [QColor(level, level, level) for level in range(0, 256, 15)]
BLUES = ["#3b5bdb", "#1c5fb8", "#2563eb", "#0d6efd", "#1a73e8", "#0a84ff", "#172554", "#e6ecfe"]
SLATES = ["#eceef2", "#64748b", "#334155", "#0f172a"]


@pytest.mark.parametrize("vision", VISIONS)
def test_the_overlay_stands_out_from_the_grounds_that_interfaces_have(vision):
    """As strong as it is at first, on greys, blues and what is between, and in full."""
    overlay = Overlay()
    for ground, opacity in itertools.product([*GREYS, *BLUES, *SLATES], (overlay.opacity, 1.0)):
        pairs = zip(overlay.colour.getRgb()[:3], QColor(ground).getRgb()[:3], strict=True)
        tinted = QColor(*(round(a * opacity + b * (1 - opacity)) for a, b in pairs))
        assert apart(tinted, ground, vision) >= 2 * APART, (QColor(ground).name(), opacity)


@BOTH
@pytest.mark.parametrize("vision", VISIONS)
def test_boxes_are_no_overlay(look, vision):
    """Regions are drawn in the accent: nobody takes them for changed pixels."""
    assert apart(Overlay().colour, look.accent, vision) >= 2 * APART


def test_the_overlay_is_the_same_colour_wherever_it_begins():
    colour = Overlay().colour
    assert next(iter(OVERLAY_COLOURS.values())) == colour
    assert QColor(Settings().overlay_colour) == colour
    assert QColor(Preferences().overlay_colour) == colour
    assert QColor(*Tint().colour) == colour


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
