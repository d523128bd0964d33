"""Texts, glyphs and outlines as they are painted reach the contrast of WCAG 2.1 AA.

That the theme's colours do is told by ../changes/test_theme.py; here are the widgets that use
them, or forget to. What is disabled needs no contrast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)

from snapreview.app import Desktop
from snapreview.stores.userdirs import user_dirs
from snapreview.ui.changes import cells
from snapreview.ui.changes.list_strip import ViewKind
from snapreview.ui.changes.pill import Pill
from snapreview.ui.dialogs.key_caps import KeyCaps
from snapreview.ui.inspector.verdict_button import VerdictButton
from snapreview.ui.viewer.colours import OVERLAY_COLOURS
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.overlay_menu import ColourButton

from .eyes import SCALE, Pixels, contrast, ground_and_ink, painted_contrast, part, photograph
from .hands import SETTLES, Hands
from .sets import make_sets
from .test_accessible import everything

TEXT, SHAPE = 4.5, 3.0
"""Contrast ratios that WCAG 2.1 AA asks for: of text (1.4.3), of what tells a control (1.4.11)."""

WRITTEN = QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, KeyCaps
FRAMED = QLineEdit, QPlainTextEdit, QComboBox


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    """One window serves all tests here, and is there after each of them."""


@pytest.fixture(scope="module", params=["light", "dark"])
def desktop(request: pytest.FixtureRequest, qapp, tmp_path_factory) -> Iterator[Desktop]:
    """A large window of either theme in which sets have been compared, for all tests here."""
    folder = tmp_path_factory.mktemp("contrast")
    sets = make_sets(folder)
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CACHE", "DATA", "CONFIG"):
            patch.setenv(f"SNAPREVIEW_{kind}_DIR", str(folder / kind.lower()))
        made = Desktop(qapp, user_dirs(), theme=request.param)
        settled = QSignalSpy(made.window.settled)
        made.window.resize(1440, 900)
        made.show(sets.sources)
        assert settled.wait(SETTLES)
        yield made
        gone = QSignalSpy(made.window.destroyed)
        made.window.close()
        made.window.deleteLater()
        assert gone.wait(SETTLES)


@pytest.fixture
def user(qtbot, desktop: Desktop) -> Hands:
    """A user in the first row, as if nothing had been done before."""
    made = Hands(qtbot, desktop)
    page = made.window.review
    made.window.show_review()
    page.show_offline("")
    page.changes.bar.clear()
    page.changes.set_view_kind(ViewKind.LIST)
    page.viewer.set_mode(Mode.SPLIT)
    page.changes.table.selectAll()
    made.window.deciding.judge(None)
    stand_on(made, "cart/gone.png")
    stand_on(made, "home/most.png")
    return made


def stand_on(user: Hands, name: str) -> None:
    user.window.review.changes.table.go_to(name)
    user.until(lambda: user.window.review.viewer.supply.complete)


def place_in(root: QWidget, widget: QWidget, inset: int = 0) -> QRect:
    """Where a widget is in `root`, as far as it is seen."""
    seen = widget.visibleRegion().boundingRect()
    area = seen.translated(widget.mapTo(root, QPoint(0, 0)))
    return area.adjusted(inset, inset, -inset, -inset)


def needs(widget: QWidget) -> float:
    """The contrast that its content has to reach; 0 for none."""
    if not widget.isVisible() or not widget.isEnabled() or widget.visibleRegion().isEmpty():
        return 0
    if isinstance(widget, KeyCaps):
        return TEXT
    if isinstance(widget, QLabel):
        return TEXT if widget.text() else 0 if widget.pixmap().isNull() else SHAPE
    if isinstance(widget, QLineEdit):
        return TEXT if widget.text() or widget.placeholderText() else 0
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return TEXT if widget.toPlainText() or widget.placeholderText() else 0
    if isinstance(widget, QComboBox):
        return TEXT
    shape = is_icon(widget) or isinstance(widget, ColourButton)
    return SHAPE if shape else TEXT if widget.text() else 0


def is_icon(widget: QWidget) -> bool:
    """Whether it is a button that shows its icon alone."""
    only = Qt.ToolButtonStyle.ToolButtonIconOnly
    icon = isinstance(widget, QToolButton) and not widget.icon().isNull()
    if isinstance(widget, ColourButton):  # whose outline tells where it is
        return False
    return icon and (widget.toolButtonStyle() == only or not widget.text())


def icon_contrast(button: QToolButton, shown: Pixels) -> float:
    """The contrast of an icon's own ink: what is a pixel wide is never drawn with all of it."""
    state = QIcon.State.On if button.isChecked() else QIcon.State.Off
    drawn = button.icon().pixmap(button.iconSize(), SCALE, QIcon.Mode.Normal, state).toImage()
    places = product(range(drawn.width()), range(drawn.height()))
    inks = Counter(c.name() for c in (drawn.pixelColor(*xy) for xy in places) if c.alpha() == 255)
    return contrast(ground_and_ink(shown)[0], inks.most_common(1)[0][0])


def faint(root: QWidget) -> dict[str, float]:
    """What is painted too faintly in `root`, by name, with its contrast."""
    picture, found = photograph(root), {}
    for widget in dict.fromkeys(one for kind in WRITTEN for one in root.findChildren(kind)):
        least = needs(widget)
        if least:
            inset = 0 if isinstance(widget, QLabel | KeyCaps) else 3
            shown = part(picture, place_in(root, widget, inset))
            reached = icon_contrast(widget, shown) if is_icon(widget) else painted_contrast(shown)
            if reached < least:
                name = widget.objectName() or type(widget).__name__
                found[name] = round(reached, 2)
    return found


def faint_cells(view: QAbstractItemView, columns: range) -> dict[tuple[int, int], float]:
    """Cells of a view with a text that is painted too faintly."""
    picture, found = photograph(view.viewport()), {}
    for row in range(view.model().rowCount()):
        for column in columns:
            index = view.model().index(row, column)
            if index.data() and view.viewport().rect().contains(view.visualRect(index)):
                reached = painted_contrast(part(picture, view.visualRect(index)))
                if reached < TEXT:
                    found[row, column] = round(reached, 2)
    return found


def test_all_of_the_start_page(user: Hands) -> None:
    user.press("headerBack")
    user.window.start.show_fault("This could not be opened.")
    user.window.start.show_sources("", "")
    assert faint(user.window.start) == {}
    user.window.start.base.light_up(True)
    assert faint(user.window.start) == {}
    user.window.start.base.light_up(False)


def test_all_of_the_review_page(user: Hands) -> None:
    page = user.window.review
    page.show_offline("The addresses could not be reached.")
    for name in ("home/most.png", "cart/broken.png", "cart/fresh.png", "cart/moved.png"):
        stand_on(user, name)
        assert faint(page) == {}, name
    page.inspector.show_change(everything())
    user.until(lambda: user.window.findChild(QWidget, "inspectorTags").isVisible())
    assert faint(page) == {}
    page.changes.table.selectAll()
    assert faint(page) == {}


def test_what_stands_where_no_row_is(user: Hands) -> None:
    page = user.window.review
    page.changes.bar.field.setText("status:nonsense zebra ")
    assert user.empty() is not None
    assert faint(page) == {}
    canvas = page.viewer.canvas
    message = canvas.pane_areas()[0].adjusted(40, 200, -40, -200)
    assert painted_contrast(part(photograph(canvas), message)) >= TEXT


def test_words_on_any_canvas(user: Hands) -> None:
    canvas = user.window.review.viewer.canvas
    stand_on(user, "cart/broken.png")
    for backdrop in ("Light", "Dark", "Checker", "Auto"):
        user.window.findChild(QAction, f"viewerBackdrop{backdrop}").trigger()
        areas, picture = canvas.pane_areas(), photograph(canvas)
        words = areas[-1].adjusted(10, 40, -10, -40)
        caption = QRect(8, 0, areas[0].width() - 8, areas[0].top())
        for area in (words, caption):
            assert painted_contrast(part(picture, area)) >= TEXT, backdrop


def test_the_badge_of_blinking(user: Hands) -> None:
    user.window.review.changes.table.setFocus()
    user.key("b")
    canvas = user.window.review.viewer.canvas
    for _ in range(2):
        area = canvas.pane_areas()[0]
        badge = QRect(area.center().x() - 14, area.top() + 14, 28, 16)
        assert painted_contrast(part(photograph(canvas), badge)) >= TEXT
        canvas.blink_now()


ROW_PARTS = {
    "glyph": SHAPE,
    "title": TEXT,
    "detail": TEXT,
    "badge": TEXT,
}


def parts_of(row: QRect, badge: QRect) -> dict[str, QRect]:
    """Where things stand in a row of two lines."""
    left, middle = cells.MARGIN + cells.PADDING, row.center().y()
    text = left + cells.GLYPH + cells.GAP
    width, half = badge.left() - text, row.height() // 2 - 3
    end = badge.adjusted(2, 4, -cells.MARGIN - cells.PADDING - cells.MARK - cells.MARK_GAP, -4)
    return {
        "glyph": QRect(left, middle - 8, cells.GLYPH, 18),
        "title": QRect(text, row.top() + 4, width, half),
        "detail": QRect(text, middle + 2, width, half - 2),
        "badge": end,
    }


def row_faults(user: Hands) -> Iterator[str]:
    """What is too faint in the rows of the list as they are now."""
    table = user.window.review.changes.table
    picture, model = photograph(table.viewport()), user.window.review.changes.model
    for row in range(model.rowCount()):
        name, badge = (table.visualRect(model.index(row, column)) for column in (0, 1))
        for what, area in parts_of(name, badge).items():
            reached = painted_contrast(part(picture, area))
            if reached < ROW_PARTS[what]:
                yield f"{model.change(row).name}: {what} {reached:.2f}"


def test_rows_in_every_state(user: Hands) -> None:
    """Plain, hovered, selected, and selected with the keyboard elsewhere."""
    user.window.findChild(QAction, "actionThumbnails").setChecked(False)
    table = user.window.review.changes.table
    user.press("pill_unchanged")
    assert list(row_faults(user)) == []
    user.press("pill_unchanged")
    table.setFocus()
    for row in range(-1, table.model().rowCount()):
        table.hovered_row = row
        assert list(row_faults(user)) == []
    table.selectAll()
    assert list(row_faults(user)) == []
    user.window.findChild(QLineEdit, "filterField").setFocus()
    assert list(row_faults(user)) == []


def test_marks_of_decisions(user: Hands) -> None:
    table = user.window.review.changes.table
    table.setFocus()
    user.key("a")
    user.key("r")
    for row in (0, 1):
        area = table.visualRect(table.model().index(row, 1))
        mark = QRect(area.right() - 31, area.center().y() - 8, 17, 18)
        assert painted_contrast(part(photograph(table.viewport()), mark)) >= SHAPE
    button = user.window.findChild(QWidget, "headerReview")
    ring = QRect(8, button.height() // 2 - 8, 16, 16)
    assert painted_contrast(part(photograph(button), ring)) >= SHAPE


def test_tiles(user: Hands) -> None:
    user.press("showGrid")
    grid, model = user.window.review.grid, user.window.review.changes.model
    for selected in (False, True):
        if selected:
            grid.selectAll()
        picture, seen = photograph(grid.viewport()), 0
        for row in range(model.rowCount()):
            tile = grid.row_rect(row)
            if grid.viewport().rect().contains(tile):
                seen += 1
                lines = tile.adjusted(8, tile.height() - 44, -8, -6)
                for line in (lines.adjusted(22, 0, 0, -20), lines.adjusted(22, 20, 0, 0)):
                    assert painted_contrast(part(picture, line)) >= TEXT, row
        assert seen >= 4


def test_pills_in_every_state(user: Hands) -> None:
    """Listed, not listed, and pressed: glyph and words by themselves."""
    for pressed in (None, "pill_changed", "pill_errored", "pill_unchanged", "pill_renamed"):
        if pressed is not None:
            user.press(pressed)
        for pill in user.window.findChildren(Pill):
            if pill.isVisible():
                picture = photograph(pill)
                middle = pill.height() // 2
                glyph = QRect(8, middle - 8, 16, 16)
                words = QRect(28, middle - 7, pill.width() - 38, 14)
                assert painted_contrast(part(picture, glyph)) >= SHAPE, pill.text()
                assert painted_contrast(part(picture, words)) >= TEXT, pill.text()


def test_verdict_buttons_in_every_state(user: Hands) -> None:
    """Glyph, word and key by themselves, before and after."""
    user.window.deciding.advances = False
    user.window.review.changes.table.setFocus()
    for key in "uar":
        user.key(key)
        for button in user.window.findChildren(VerdictButton):
            picture, word = photograph(button), button.fontMetrics().horizontalAdvance
            glyph = QRect(7, 4, 18, button.height() - 8)
            text = QRect(29, 4, word(button.text()), button.height() - 8)
            last = QRect(button.width() - 20, 4, 14, button.height() - 8)
            for area, least in ((glyph, SHAPE), (text, TEXT), (last, TEXT)):
                assert painted_contrast(part(picture, area)) >= least, (key, button.text())


def test_facts_regions_and_metadata(user: Hands) -> None:
    page = user.window.review
    page.inspector.show_change(everything())
    page.inspector.show_region(0)
    names = "inspectorChange", "inspectorImages", "inspectorDetails", "inspectorMetadata"
    for name in names:
        view = user.window.findChild(QAbstractItemView, name)
        user.until(view.isVisible)
        assert view.model().rowCount() > 0
        assert faint_cells(view, range(view.model().columnCount())) == {}, name
    assert faint_cells(user.window.findChild(QAbstractItemView, "inspectorRegions"), range(4)) == {}


def test_suggestions_and_what_cannot_be_read(user: Hands) -> None:
    field = user.window.review.changes.bar.field
    field.setFocus()
    user.key("s")
    suggestions = user.window.findChild(QListView, "filterSuggestions")
    user.qtbot.keyClick(field, Qt.Key.Key_Down)
    assert faint_cells(suggestions, range(1)) == {}
    user.key("tatus:nonsense -is:subtle ")
    inner = field.rect().adjusted(30, 5, -60, -5)
    assert painted_contrast(part(photograph(field), inner)) >= TEXT
    field.selectAll()
    assert painted_contrast(part(photograph(field), inner)) >= TEXT


def test_dialogs(user: Hands) -> None:
    for action, name in (
        ("actionExport", "exportDialog"),
        ("actionShortcuts", "shortcutsSheet"),
        ("actionAbout", "aboutBox"),
        ("actionForget", "forgetDialog"),
        ("", "faultDialog"),
    ):
        dialog = opened(user, action, name)
        assert faint(dialog) == {}, name
        dialog.reject()


def opened(user: Hands, action: str, name: str) -> QWidget:
    if action:
        user.window.findChild(QAction, action).trigger()
    else:
        user.press("statusDetails")
    return user.dialog(name)


def test_the_settings_and_what_is_wrong_with_them(user: Hands) -> None:
    dialog = opened(user, "actionSettings", "settingsDialog")
    tabs = dialog.findChild(QTabWidget)
    for page in range(tabs.count()):
        tabs.setCurrentIndex(page)
        assert faint(dialog) == {}
    user.write_into("settingsSensitivity", "seven", dialog)
    assert user.text("settingsSensitivityFault", dialog)
    assert faint(dialog) == {}
    bar = tabs.tabBar()
    for place in range(bar.count()):
        words = bar.tabRect(place).adjusted(8, 6, -8, -8)
        assert painted_contrast(part(photograph(bar), words)) >= TEXT
    dialog.reject()


def test_menus(user: Hands) -> None:
    seen = 0
    for menu in user.window.menuBar().findChildren(QMenu):
        menu.ensurePolished()
        menu.adjustSize()
        for lit in (False, True):
            for action in menu.actions():
                words = menu.actionGeometry(action).adjusted(10, 4, -24, -4)
                possible = action.isEnabled() and not action.isSeparator()
                if possible and menu.rect().contains(words):
                    menu.setActiveAction(action if lit else None)
                    shown = part(photograph(menu), words)
                    assert painted_contrast(shown) >= TEXT, (action.text(), lit)
                    seen += 1
    assert seen > 90


def outline_of(root: QWidget, widget: QWidget, picture: Pixels) -> float:
    """How well a widget's left edge stands out from what is on either side of it."""
    area = place_in(root, widget)
    line = QRect(area.left() - 4, area.center().y(), 12, 1)
    colours = part(picture, line)[SCALE // 2]
    outside, inside = colours[SCALE // 2], colours[-2]
    edge = [colours[(4 * SCALE) + step] for step in range(SCALE)]
    best = max(
        min(contrast(_name(one), _name(outside)), contrast(_name(one), _name(inside)))
        for one in edge
    )
    return round(best, 2)


def _name(colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour.tolist())


def test_fields_and_pressed_buttons_have_an_outline_that_is_seen(user: Hands) -> None:
    page = user.window.review
    user.window.findChild(QWidget, "changesTable").setFocus()
    picture = photograph(page)
    for name in ("filterField", "note"):
        assert outline_of(page, user.window.findChild(QWidget, name), picture) >= SHAPE, name
    for name in ("headerInspector", "viewerOverlayButton", "viewerModeSplitButton"):
        area = place_in(page, user.window.findChild(QWidget, name))
        edge = part(picture, QRect(area.left(), area.center().y(), 1, 1))
        around = part(picture, QRect(area.left() + 2, area.center().y(), 1, 1))
        line = max(contrast(_name(one), _name(around[1, 1])) for one in edge[1])
        assert line >= 2.4, name  # the other side is that of the button's ground
    user.press("headerBack")
    picture = photograph(user.window.start)
    for name in ("baseSource", "headSource"):
        field = user.window.findChild(QWidget, name)
        assert outline_of(user.window.start, field, picture) >= SHAPE, name


def test_ticks_are_seen_on_every_colour_of_the_overlay(user: Hands) -> None:
    dialog = opened(user, "actionSettings", "settingsDialog")
    for name, colour in OVERLAY_COLOURS.items():
        swatch = dialog.findChild(QAbstractButton, f"settingsOverlay{name.replace(' ', '')}")
        swatch.setChecked(True)
        middle = swatch.rect().adjusted(7, 7, -7, -7)
        ground, ink = ground_and_ink(part(photograph(swatch), middle))
        assert ground == colour, name
        assert contrast(ground, ink) >= SHAPE, name
    dialog.reject()
    button = user.window.findChild(ColourButton)
    for action in button.menu().actions():
        if action.isCheckable():
            action.trigger()
            shown = QLabel()
            user.qtbot.addWidget(shown)
            shown.setPixmap(action.icon().pixmap(16, 16))
            shown.resize(16, 16)
            tick = part(photograph(shown), QRect(3, 3, 10, 10))
            assert painted_contrast(tick) >= SHAPE, action.text()
