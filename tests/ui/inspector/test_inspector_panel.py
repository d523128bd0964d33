"""What stands in the panel, for every kind of row."""

from __future__ import annotations

from dataclasses import replace

import inspector_samples as samples
import pytest
from inspector_samples import facts, metadata, regions, titles, written
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTableView,
    QTextEdit,
    QToolTip,
    QTreeView,
    QWidget,
)

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.ui.inspector.facts_model import FactsModel
from snapreview.ui.inspector.metadata import tree
from snapreview.ui.inspector.metadata_model import MetadataModel
from snapreview.ui.inspector.regions_model import RegionsModel
from snapreview.ui.inspector.rows import Profiles, image_facts
from snapreview.ui.theme_tokens import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton
KINDS = {
    "changed": samples.changed,
    "resized": samples.resized,
    "subtle": samples.subtle,
    "unchanged": samples.unchanged,
    "added": samples.added,
    "removed": samples.removed,
    "renamed": samples.renamed,
    "errored": samples.errored,
    "hostile": samples.hostile,
}


def button(panel: QWidget, name: str) -> QAbstractButton:
    return panel.findChild(QAbstractButton, name)


def test_a_changed_image(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.changed())
    panel.show_profiles("sRGB", "Display P3")
    assert facts(panel, "inspectorChange") == {
        "Status": ("Changed",),
        "Changed": ("1.0\xa0%",),
        "Pixels": ("29,624 of 2,962,440",),
    }
    assert facts(panel, "inspectorImages") == {
        "": ("Base", "Head"),
        "Size": ("1170 × 2532", "1170 × 2532"),
        "File": ("481.2\xa0kB", "481.2\xa0kB"),
        "Profile": ("sRGB", "Display P3"),
        "SHA-256": (samples.digest("base")[:8], samples.digest("head")[:8]),
    }
    assert regions(panel) == [
        ("2", "300 × 80", "10, 20", "0.81\xa0%"),
        ("1", "5 × 1", "0, 0", "0.0002\xa0%"),
    ]
    assert titles(panel) == ["Change", "Images", "Regions  2", "Details"]


def test_another_size_is_told(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.resized())
    told = facts(panel, "inspectorChange")
    assert told["Resized"] == ("+120 px tall",)
    assert told["Canvas"] == ("1170 × 2652",)
    assert facts(panel, "inspectorImages")["File"] == ("481.2\xa0kB", "502.1\xa0kB")


def test_what_only_the_eye_of_a_machine_sees(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.subtle())
    assert facts(panel, "inspectorChange") == {
        "Status": ("Subtle",),
        "Subtle": ("112 of 2,962,440",),
    }


def test_transparency_is_told(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.changed(diff=ImageDiff(samples.SIZE, 4, alpha_changed=True)))
    assert facts(panel, "inspectorChange")["Alpha"] == ("Transparency differs",)


@pytest.mark.parametrize(("make", "side"), [(samples.added, "Head"), (samples.removed, "Base")])
def test_one_side_stands_alone(open_inspector, make, side):
    panel = open_inspector()
    panel.show_change(make())
    assert facts(panel, "inspectorImages")[""] == (side,)
    assert facts(panel, "inspectorImages")["Size"] == ("1170 × 2532",)
    assert titles(panel) == ["Change", "Image", "Details"]


def test_a_renamed_image_tells_both_names(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.renamed())
    told = facts(panel, "inspectorDetails")
    assert (told["Name"], told["Was"]) == (("new/name.png",), ("old/name.png",))


def test_an_errored_image_tells_why_and_what_is_known(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.errored())
    assert written(panel, "inspectorError").startswith("The head could not be downloaded.")
    assert facts(panel, "inspectorImages")["Size"] == ("1170 × 2532", "–")
    panel.show_change(samples.changed())
    assert written(panel, "inspectorError") == ""


def test_how_it_was_read_is_told(open_inspector):
    panel = open_inspector()
    diff = ImageDiff(samples.SIZE, 1, notes=("First frame only.", "Turned by EXIF."))
    panel.show_change(samples.changed(diff=diff))
    assert written(panel, "inspectorReadNotes") == "First frame only.\nTurned by EXIF."


def test_what_the_manifest_adds(open_inspector):
    panel = open_inspector()
    head = samples.record(
        content="head",
        display_name="Total",
        group="Checkout",
        description="The total\nof the cart.",
        tags={"locale": "de", "flaky": "flaky"},
        canvas_theme="dark",
        diff_threshold=0.005,
        extra={"build": {"number": 7, "ci": True}, "owner": "payments"},
    )
    panel.show_change(samples.changed(head=head))
    assert facts(panel, "inspectorDetails") == {
        "Name": ("checkout/total.png",),
        "Shown as": ("Total",),
        "Group": ("Checkout",),
        "Theme": ("Dark",),
        "Ignores": ("Changes smaller than 0.5 %",),
    }
    assert written(panel, "inspectorDescription") == "The total\nof the cart."
    tags = panel.findChild(QWidget, "inspectorTags")
    assert tags.accessibleDescription() == "locale=de, flaky"
    assert metadata(panel) == {"build": {"number": "7", "ci": "true"}, "owner": "payments"}
    assert titles(panel)[-1] == "Metadata"
    panel.show_change(samples.unchanged())
    assert not tags.isVisible()
    assert titles(panel) == ["Change", "Images", "Details"]


def test_hostile_metadata_is_shown_and_harmless(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.hostile())
    told = metadata(panel)
    assert told["<h1>big</h1>"] == "\ufffd half"
    assert "more" in str(told["many"])
    assert facts(panel, "inspectorDetails")["Shown as"] == ("<b>bold</b>\ufffdtxt.exe",)
    model = panel.findChild(QTableView, "inspectorDetails").model()
    tips = [model.index(row, 1).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert all("<b>" not in tip for tip in tips)


@pytest.mark.parametrize("width", [260, 300])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_makes_the_panel_wider(open_inspector, qtbot, kind, width):
    panel = open_inspector(width, 500)
    panel.show_change(KINDS[kind]())
    panel.show_profiles("P" * 300, "Q" * 300)
    panel.show_decision(Decision(Verdict.APPROVED, "w" * 500))
    area = panel.findChild(QScrollArea, "inspectorFacts")
    qtbot.waitUntil(lambda: area.widget().width() == area.viewport().width())
    assert panel.width() == width
    assert panel.minimumSizeHint().width() <= 260
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    inside = area.viewport().rect()
    for part in area.widget().findChildren(QWidget):
        if part.isVisible():
            left = part.mapTo(area.viewport(), QPoint(0, 0)).x()
            assert 0 <= left <= left + part.width() <= inside.width() + 1, part.objectName()


def test_texts_are_as_high_as_they_are_long(open_inspector, qtbot):
    panel = open_inspector(260, 900)
    panel.show_change(samples.changed(head=samples.record(description="word " * 200)))
    text = panel.findChild(QTextEdit, "inspectorDescription")
    tags = panel.findChild(QWidget, "sectionDetails")
    qtbot.waitUntil(lambda: text.height() >= text.document().size().height())
    narrow = text.height()
    panel.resize(480, 900)
    qtbot.waitUntil(lambda: text.height() < narrow * 0.6)
    assert text.height() >= text.document().size().height()
    assert tags.isVisible()


def test_what_differs_is_drawn_in_stronger_letters(open_inspector):
    """Strong letters take more ink: of two equal numbers, the differing ones are darker."""
    one, other = samples.record(byte_size=111_111), samples.record(byte_size=111_112)
    same, differs = image_facts(samples.changed(head=one, base=one), Profiles())[2], None
    differs = image_facts(samples.changed(base=one, head=other), Profiles())[2]
    assert [v.shown for v in same.values] == [v.shown for v in differs.values]
    assert (same.differs, differs.differs) == (False, True)
    panel = open_inspector()

    def ink(base, head) -> int:
        panel.show_change(None)
        panel.show_change(samples.changed(base=base, head=head))
        view = panel.findChild(QTableView, "inspectorImages")
        cell = view.visualRect(view.model().index(2, 1))
        cell.moveTopLeft(view.viewport().mapTo(panel, cell.topLeft()))
        picture = panel.grab(cell).toImage()
        spots = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        return sum(255 - picture.pixelColor(x, y).lightness() for x, y in spots)

    assert ink(one, other) > ink(one, one) * 1.05


def test_an_empty_panel_says_so(open_inspector):
    panel = open_inspector()
    assert panel.findChild(QWidget, "inspectorEmpty").isVisible()
    assert panel.change is None
    panel.show_change(samples.changed())
    assert not panel.findChild(QWidget, "inspectorEmpty").isVisible()
    panel.show_change(None)
    assert panel.findChild(QWidget, "inspectorEmpty").isVisible()
    assert (panel.as_json(), panel.as_text()) == ("", "")


def test_several_images_are_judged_alike(open_inspector, qtbot):
    panel = open_inspector()
    chosen = []
    panel.verdictChosen.connect(chosen.append)
    panel.show_selection(1200, {Verdict.APPROVED: 200, None: 1000})
    assert written(panel, "inspectorCount") == "1,200 images selected"
    assert written(panel, "inspectorSummary") == "200 approved · 1,000 not reviewed"
    assert not panel.findChild(QPlainTextEdit, "note").isVisible()
    assert not button(panel, "verdictApprove").isChecked()
    qtbot.mouseClick(button(panel, "verdictReject"), LEFT)
    panel.show_selection(1200, {Verdict.REJECTED: 1200})
    assert button(panel, "verdictReject").isChecked()
    qtbot.mouseClick(button(panel, "verdictClear"), LEFT)
    assert chosen == [Verdict.REJECTED, None]
    panel.show_change(samples.changed())
    assert panel.findChild(QPlainTextEdit, "note").isVisible()
    assert written(panel, "inspectorCount") == ""


def test_the_verdict_is_pressed_and_pressing_it_again_clears(open_inspector, qtbot):
    panel = open_inspector()
    panel.show_change(samples.changed())
    approve, reject = button(panel, "verdictApprove"), button(panel, "verdictReject")
    clear = button(panel, "verdictClear")
    assert not clear.isEnabled()
    chosen = []
    panel.verdictChosen.connect(chosen.append)
    qtbot.mouseClick(approve, LEFT)
    assert not approve.isChecked()  # whoever keeps decisions has the word
    panel.show_decision(Decision(Verdict.APPROVED))
    assert (approve.isChecked(), reject.isChecked(), clear.isEnabled()) == (True, False, True)
    qtbot.mouseClick(reject, LEFT)
    qtbot.mouseClick(approve, LEFT)
    qtbot.mouseClick(clear, LEFT)
    assert chosen == [Verdict.APPROVED, Verdict.REJECTED, None, None]


def test_the_next_image_has_its_own_decision(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.changed("a.png"))
    panel.show_decision(Decision(Verdict.APPROVED, "Fine."))
    panel.show_change(samples.changed("b.png"))
    assert not button(panel, "verdictApprove").isChecked()
    assert panel.findChild(QPlainTextEdit, "note").toPlainText() == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (samples.unchanged(), "Nothing to judge: base and head are the same."),
        (replace(samples.unchanged(), status=Status.PENDING), "Waiting to be compared."),
        (replace(samples.unchanged(), status=Status.SKIPPED), "Nothing to judge: head left"),
        (samples.subtle(), ""),
        (samples.errored(), ""),
    ],
)
def test_where_there_is_nothing_to_judge_it_is_said(open_inspector, change, says):
    panel = open_inspector()
    panel.show_change(change)
    assert button(panel, "verdictApprove").isEnabled() is not bool(says)
    assert written(panel, "inspectorRemark").startswith(says)


def test_a_row_that_was_compared_meanwhile_can_be_judged(open_inspector):
    panel = open_inspector()
    pending = replace(samples.changed(diff=None), status=Status.PENDING)
    panel.show_change(pending)
    assert not button(panel, "verdictApprove").isEnabled()
    panel.show_change(samples.changed())
    assert button(panel, "verdictApprove").isEnabled()
    assert len(regions(panel)) == 2


def test_one_set_that_is_looked_at_has_no_decisions(open_inspector):
    panel = open_inspector()
    panel.set_reviewing(False)
    panel.show_change(samples.added())
    assert not panel.findChild(QWidget, "inspectorDecision").isVisible()
    assert facts(panel, "inspectorChange") == {}
    assert titles(panel) == ["Image", "Details"]
    panel.focus_note()
    assert not panel.findChild(QPlainTextEdit, "note").hasFocus()
    panel.set_reviewing(True)
    assert facts(panel, "inspectorChange") == {"Status": ("Added",)}
    assert panel.findChild(QWidget, "inspectorDecision").isVisible()


def cell(view: QAbstractItemView, row: int, column: int) -> QPoint:
    return view.visualRect(view.model().index(row, column)).center()


def test_a_click_on_a_digest_copies_all_of_it(open_inspector, qtbot, clipboard):
    panel = open_inspector()
    panel.show_change(samples.changed())
    view = panel.findChild(QTableView, "inspectorImages")
    qtbot.mouseClick(view.viewport(), LEFT, pos=cell(view, 1, 1))
    assert clipboard() == ""  # sizes are copied by a right click
    qtbot.mouseClick(view.viewport(), LEFT, pos=cell(view, 4, 2))
    assert clipboard() == samples.digest("head")
    assert not view.hasFocus()


def test_values_are_walked_and_copied_by_keys(open_inspector, qtbot, clipboard):
    panel = open_inspector()
    panel.show_change(samples.changed())
    view = panel.findChild(QTableView, "inspectorImages")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "481,233 bytes"
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex().column() == 1  # labels are passed over
    long = samples.hostile()
    panel.show_change(long)
    details = panel.findChild(QTableView, "inspectorDetails")
    details.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(details, Qt.Key.Key_Return)
    assert clipboard() == long.name


def test_metadata_is_folded_and_copied_by_keys(open_inspector, qtbot, clipboard):
    panel = open_inspector()
    many = {f"k{n}": {"a": n, "b": "x" * 400} for n in range(20)}
    panel.show_change(samples.changed(head=samples.record(extra=many)))
    view = panel.findChild(QTreeView, "inspectorMetadata")
    root = view.model().index(0, 0)
    assert not view.isExpanded(root)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.isExpanded(root)
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "x" * 400
    qtbot.mouseClick(view.viewport(), LEFT, pos=cell(view, 0, 1))
    assert not view.isExpanded(root)


def test_a_region_is_gone_to_by_click_and_enter(open_inspector, qtbot):
    panel = open_inspector()
    panel.show_change(samples.changed())
    gone = []
    panel.regionChosen.connect(gone.append)
    view = panel.findChild(QTableView, "inspectorRegions")
    qtbot.mouseClick(view.viewport(), LEFT, pos=cell(view, 1, 2))
    assert not view.hasFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert gone == [1]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert gone == [1, 0]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_viewers_region_is_marked_without_a_word(open_inspector, theme):
    panel = open_inspector(theme=theme)
    panel.show_change(samples.changed())
    gone = []
    panel.regionChosen.connect(gone.append)
    panel.show_region(1)
    view = panel.findChild(QTableView, "inspectorRegions")

    def ground(row: int) -> QColor:
        place = view.visualRect(view.model().index(row, 0))
        return view.grab().toImage().pixelColor(place.left() + 2, place.center().y())

    assert ground(1) == QColor(theme.selected)
    assert ground(0) != QColor(theme.selected)
    panel.show_region(-1)
    assert ground(1) != QColor(theme.selected)
    panel.show_region(99)
    assert gone == []


def test_many_regions_are_a_bounded_list(open_inspector):
    panel = open_inspector()
    boxes = tuple((n, n, 3, 3) for n in range(500))
    panel.show_change(samples.changed(diff=ImageDiff(samples.SIZE, 9, regions=boxes)))
    assert len(regions(panel)) == 200
    assert panel.findChild(QTableView, "inspectorRegions").height() < 250
    assert "Regions  500+" in titles(panel)


def test_the_buttons_ask_for_copies(open_inspector, qtbot):
    panel = open_inspector()
    panel.show_change(samples.changed())
    panel.show_decision(Decision(Verdict.REJECTED, "No."))
    panel.show_profiles("sRGB", "sRGB")
    with qtbot.waitSignal(panel.copyJsonRequested, timeout=1000):
        qtbot.mouseClick(button(panel, "inspectorCopyJson"), LEFT)
    with qtbot.waitSignal(panel.copyDetailsRequested, timeout=1000):
        qtbot.mouseClick(button(panel, "inspectorCopy"), LEFT)
    assert '"profile": "sRGB"' in panel.as_json()
    assert "Note: No." in panel.as_text()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_theme_reaches_every_part(open_inspector, theme):
    panel = open_inspector(theme=DARK if theme is LIGHT else LIGHT)
    panel.show_change(samples.errored())
    panel.show_decision(Decision(Verdict.APPROVED))
    panel.set_theme(theme)
    text = panel.findChild(QTextEdit, "inspectorError")
    assert text.palette().color(QPalette.ColorRole.Text) == QColor(theme.danger)
    approve = button(panel, "verdictApprove").grab().toImage()
    assert approve.pixelColor(4, approve.height() // 2) == QColor(theme.statuses["added"].soft)
    view = panel.findChild(QTableView, "inspectorChange")
    picture = view.viewport().grab().toImage()
    spots = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    assert any(picture.pixelColor(x, y) == QColor(theme.statuses["errored"].ink) for x, y in spots)


def luminance(colour: str) -> float:
    parts = QColor(colour).getRgbF()[:3]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_written_can_be_read(theme):
    """WCAG AA, on the grounds that the panel's texts stand on."""
    on_window = ["text", "text_secondary", "text_muted", "accent_text", "danger"]
    for token in on_window:
        assert contrast(theme.window, getattr(theme, token)) >= 4.5, token
    for name, ink in theme.statuses.items():
        assert contrast(theme.window, ink.ink) >= 4.5, name
    for name in ("added", "errored"):
        assert contrast(theme.statuses[name].soft, theme.statuses[name].ink) >= 4.5, name
        assert contrast(theme.surface, theme.statuses[name].ink) >= 3, name  # glyphs
    for ground in (theme.selected, theme.hover):
        assert contrast(ground, theme.text_muted) >= 4.5
    assert contrast(theme.window, theme.focus) >= 3


def test_what_can_be_operated_is_named_and_reached(open_inspector):
    panel = open_inspector()
    panel.show_change(samples.hostile())
    kinds = QAbstractButton, QAbstractItemView, QPlainTextEdit, QTextEdit
    operated = {w for kind in kinds for w in panel.findChildren(kind)}
    shown = [
        w
        for w in operated
        if w.isVisible()
        and not isinstance(w, QScrollBar)
        and type(w).__name__ not in {"QHeaderView", "QTableCornerButton", "QAbstractButton"}
    ]
    assert len(shown) >= 10
    for widget in shown:
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()
    names = [widget.objectName() for widget in shown]
    assert sorted(names) == sorted(set(names))
    spoken = panel.findChild(QTableView, "inspectorImages").model().index(1, 2)
    assert spoken.data(Qt.ItemDataRole.AccessibleTextRole) == "Size of the head: 1170 × 2532"


def test_letters_stay_shortcuts_in_texts_for_reading(open_inspector, qtbot):
    panel = open_inspector()
    panel.show_change(samples.errored())
    pressed = []
    QShortcut("A", panel).activated.connect(lambda: pressed.append("A"))
    text = panel.findChild(QTextEdit, "inspectorError")
    text.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(text, Qt.Key.Key_A)
    view = panel.findChild(QTableView, "inspectorImages")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_A)
    assert pressed == ["A", "A"]


def test_keys_of_a_part_come_before_those_of_the_window(open_inspector, qtbot, clipboard):
    panel = open_inspector()
    panel.show_change(samples.changed(head=samples.record(extra={"a": "1", "b": "2"})))
    pressed = []
    for key in ("Up", "Down", "Left", "Right", "Home", "End", "Return", "Ctrl+C"):
        shortcut = QShortcut(QKeySequence(key), panel)
        shortcut.activated.connect(lambda k=key: pressed.append(k))
    for name in ("inspectorImages", "inspectorRegions", "inspectorMetadata"):
        view = panel.findChild(QAbstractItemView, name)
        view.setFocus(Qt.FocusReason.TabFocusReason)
        before = view.currentIndex().row()
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert view.currentIndex().row() == before + 1, name
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "2"
    assert pressed == []


def test_a_text_keeps_only_the_key_that_copies_its_selection(open_inspector, qtbot, clipboard):
    panel = open_inspector()
    panel.show_change(samples.errored("Too large."))
    pressed = []
    for key in ("Down", "Ctrl+C"):
        shortcut = QShortcut(QKeySequence(key), panel)
        shortcut.activated.connect(lambda k=key: pressed.append(k))
    text = panel.findChild(QTextEdit, "inspectorError")
    text.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(text, Qt.Key.Key_Down)
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Down", "Ctrl+C"]
    text.selectAll()
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Down", "Ctrl+C"]
    assert clipboard() == "Too large."


def test_the_models_are_sound(qapp, qtmodeltester):
    for change in (samples.hostile(), samples.added()):
        rows, listed, nodes = FactsModel(), RegionsModel(), MetadataModel()
        rows.show(image_facts(change, Profiles()))
        listed.show(change.diff)
        nodes.show(tree(change.record.extra))
        for model in (rows, listed, nodes):
            qtmodeltester.check(model, force_py=True)
    assert nodes.rowCount(QModelIndex()) == 0


def test_news_of_the_same_image_replaces_what_is_told(open_inspector):
    panel = open_inspector()
    first: Change = samples.changed()
    panel.show_change(first)
    panel.show_decision(Decision(Verdict.APPROVED, "Fine."))
    panel.show_change(replace(first, diff=ImageDiff(samples.SIZE, 5)))
    assert facts(panel, "inspectorChange")["Pixels"] == ("5 of 2,962,440",)
    assert button(panel, "verdictApprove").isChecked()
    assert panel.findChild(QPlainTextEdit, "note").toPlainText() == "Fine."
    panel.show_decision(UNDECIDED)
    assert not button(panel, "verdictApprove").isChecked()
    QToolTip.hideText()
