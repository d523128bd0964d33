"""Deciding in the window: what is kept, what comes back, what belongs together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QPlainTextEdit

from snapreview.model.cancel import CancelToken
from snapreview.model.change import Status
from snapreview.model.decision import Verdict
from snapreview.stores.publish import PublishRequest, publish
from snapreview.ui import system
from snapreview.ui.settings import SettingsFile
from tests.servers import static_server

from .hands import CONTROL, LEFT, Hands
from .sets import Sets, draw

KEYS = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def user(qtbot, compared) -> Hands:
    made = Hands(qtbot, compared)
    made.window.review.changes.table.setFocus()
    made.window.review.changes.table.go_to_row(0)
    return made


def said(user: Hands) -> dict[str, tuple[Verdict | None, str]]:
    decisions = user.window.deciding.desk.decisions
    return {name: (d.verdict, d.note) for name, d in decisions.items()}


def meter(user: Hands) -> str:
    return user.window.findChild(object, "headerReview").text()


def test_a_decision_leads_to_the_next_image(user: Hands) -> None:
    user.key("a")
    user.key("r")
    assert said(user) == {
        "home/most.png": (Verdict.APPROVED, ""),
        "home/more.png": (Verdict.REJECTED, ""),
    }
    assert user.current() == "home/some.png"
    assert meter(user) == "2 of 7"


def test_without_advancing_one_stays(user: Hands, dirs) -> None:
    user.window.memory.update(advance=False)
    user.key("a")
    assert user.current() == "home/most.png"
    user.key("u")
    assert said(user) == {}
    user.key("n")
    assert user.current() == "home/more.png"


def test_several_are_decided_at_once_and_undone_at_once(user: Hands) -> None:
    user.key(KEYS.Key_Down, SHIFT)
    user.key("r")
    assert set(said(user)) == set(Sets.listed[:2])
    user.key("z", CONTROL)
    assert said(user) == {}
    assert "Reject 2 images" in user.status()
    user.key("Z", CONTROL | SHIFT)
    assert set(said(user)) == set(Sets.listed[:2])


def test_the_last_one_says_that_all_is_done(user: Hands) -> None:
    user.key("a", CONTROL)
    user.key("a")
    user.until(lambda: meter(user) == "7 of 7")
    assert user.status() == "Everything is reviewed."


def write_note(user: Hands, text: str) -> None:
    user.key("m")
    note = user.window.focusWidget()
    assert isinstance(note, QPlainTextEdit)
    user.qtbot.keyClicks(note, text)


def test_a_note_is_written_with_letters_that_are_keys(user: Hands) -> None:
    write_note(user, "arum: sw/1")
    user.key(KEYS.Key_Escape)
    assert user.window.focusWidget() is user.window.review.changes.table
    assert said(user) == {"home/most.png": (None, "arum: sw/1")}


def test_a_note_that_is_not_finished_is_kept_when_the_window_closes(
    user: Hands, open_desktop, sets: Sets, qtbot
) -> None:
    write_note(user, "half a sen")
    user.window.close()
    again = Hands(qtbot, open_desktop())
    again.compare(*sets.sources)
    again.until(lambda: said(again) == {"home/most.png": (None, "half a sen")})


def test_decisions_come_back_with_the_same_images_only(
    user: Hands, open_desktop, sets: Sets, qtbot
) -> None:
    user.key("a")
    user.key("a")
    user.window.close()
    draw(sets.head / "home/more.png", 200, 7)
    again = Hands(qtbot, open_desktop())
    again.compare(*sets.sources)
    again.until(lambda: said(again) == {"home/most.png": (Verdict.APPROVED, "")})
    assert meter(again) == "1 of 7"


def test_two_windows_see_each_other_s_decisions(
    user: Hands, open_desktop, sets: Sets, qtbot
) -> None:
    other = Hands(qtbot, open_desktop())
    other.compare(*sets.sources)
    user.window.deciding.judge(Verdict.APPROVED)
    assert user.window.deciding.desk.flush(20)
    other.window.deciding.refresh()
    other.until(lambda: "home/most.png" in said(other))
    other.window.review.changes.table.go_to("home/some.png")
    other.window.deciding.judge(Verdict.REJECTED)
    assert other.window.deciding.desk.flush(20)
    user.window.deciding.refresh()
    user.until(lambda: said(user) == said(other))
    assert len(said(user)) == 2


def test_the_filter_knows_decisions(user: Hands) -> None:
    user.key("r")
    user.key(KEYS.Key_Slash)
    user.key("is:rejected ")
    assert user.listed() == ("home/most.png",)


# Images that belong together.


def rows(user: Hands) -> dict[str, str]:
    index = user.window.review.changes.model.changes
    names = (*Sets.listed, *Sets.unlisted)
    return {name: row.status.value for name in names if (row := index.find(name)) is not None}


def pair(user: Hands) -> None:
    user.window.review.changes.table.select_names(["cart/gone.png", "cart/fresh.png"])
    assert user.window.actions_.pair.isEnabled()
    user.window.actions_.pair.trigger()
    user.settle()


def test_two_images_are_paired_and_parted(user: Hands) -> None:
    before = rows(user)
    assert not user.window.actions_.pair.isEnabled()
    pair(user)
    assert rows(user) == {k: v for k, v in before.items() if k != "cart/gone.png"} | {
        "cart/fresh.png": "changed"
    }
    user.window.review.changes.table.go_to("cart/fresh.png")
    assert user.window.actions_.split.isEnabled()
    user.window.actions_.split.trigger()
    user.settle()
    assert rows(user) == before


def test_a_pair_is_there_again_tomorrow(user: Hands, open_desktop, sets: Sets, qtbot) -> None:
    pair(user)
    user.window.close()
    again = Hands(qtbot, open_desktop())
    again.compare(*sets.sources)
    again.until(lambda: rows(again).get("cart/fresh.png") == "changed")
    assert "cart/gone.png" not in rows(again)


def test_what_was_paired_by_mistake_is_not_paired_again(
    user: Hands, open_desktop, sets: Sets, qtbot
) -> None:
    pair(user)
    user.window.review.changes.table.go_to("cart/fresh.png")
    user.window.actions_.split.trigger()
    user.settle()
    user.window.close()
    again = Hands(qtbot, open_desktop())
    again.compare(*sets.sources)
    again.settle()
    assert rows(again)["cart/gone.png"] == "removed"


def test_an_image_is_compared_again_by_its_own_command(user: Hands, sets: Sets) -> None:
    user.window.review.changes.table.go_to("cart/broken.png")
    sets.repair()
    user.window.actions_.retry.trigger()
    user.settle()
    assert rows(user)["cart/broken.png"] == "changed"


# What other programs get.


def test_an_image_goes_to_the_clipboard(user: Hands) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    user.key("c", CONTROL)
    user.until(lambda: not clipboard.image().isNull())
    assert clipboard.image().size() == QSize(48, 36)
    assert clipboard.image().pixelColor(0, 0).name() == "#000000", "the head"
    user.key(KEYS.Key_Left)
    user.key("c", CONTROL)
    user.until(lambda: clipboard.image().pixelColor(0, 0).name() != "#000000")


def test_details_of_one_and_of_many(user: Hands) -> None:
    clipboard = QGuiApplication.clipboard()
    user.key("C", CONTROL | SHIFT)
    assert "home/most.png" in clipboard.text()
    user.key(KEYS.Key_Down, SHIFT)
    user.key("C", CONTROL | SHIFT)
    assert all(name in clipboard.text() for name in Sets.listed[:2])


def test_files_are_shown_and_opened(user: Hands, sets: Sets, monkeypatch) -> None:
    shown: list[Path] = []
    for what in ("reveal", "open_file"):
        monkeypatch.setattr(system, what, lambda path: shown.append(path) or True)
    user.window.actions_.reveal.trigger()
    user.until(lambda: len(shown) == 1)
    assert shown[0] == sets.head / "home/most.png"
    for action, name in (("open_base", "most (base).png"), ("open_head", "most.png")):
        getattr(user.window.actions_, action).trigger()
        user.until(lambda name=name: shown[-1].name == name)
    user.window.actions_.open_diff.trigger()
    user.until(lambda: "overlay" in shown[-1].name)
    folder = shown[-1].parent
    assert shown[-1].is_file()
    user.window.close()
    assert not folder.exists(), "what was handed out goes with the window"


def test_a_system_that_cannot_open_files_is_no_silence(user: Hands, monkeypatch) -> None:
    monkeypatch.setattr(system, "open_file", lambda path: False)
    user.window.actions_.open_head.trigger()
    user.until(lambda: "no program to open most.png" in user.status())


def test_the_menu_of_an_image(user: Hands) -> None:
    table = user.window.review.changes.table
    place = table.visualRect(table.model().index(1, 0)).center()
    user.qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    table.customContextMenuRequested.emit(place)
    menu = table.viewport().findChild(QMenu, "imageMenu")
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert {"actionApprove", "actionCopyImage", "actionReveal", "actionExport"} <= set(names)
    assert "actionPair" not in names
    menu.actions()[0].trigger()
    menu.close()
    assert said(user) == {"home/more.png": (Verdict.APPROVED, "")}


# Settings.


def test_settings_hold_at_once_and_tomorrow(user: Hands, dirs, open_desktop) -> None:
    user.key(",", CONTROL)
    dialog = user.dialog("settingsDialog")
    dialog.changed.emit(replace(dialog.preferences, theme="dark", mode="WIPE", advance=False))
    assert user.window.review.viewer.mode.name == "WIPE"
    dialog.reject()
    user.key("a")
    assert user.current() == "home/most.png"
    saved = SettingsFile(dirs.config)
    user.until(lambda: saved.load().mode == "WIPE")
    assert saved.load().theme == "dark"


def test_comparing_again_uses_what_is_set(user: Hands) -> None:
    user.key(",", CONTROL)
    dialog = user.dialog("settingsDialog")
    dialog.changed.emit(replace(dialog.preferences, diff_threshold=0.05))
    dialog.compareAgainRequested.emit()
    dialog.reject()
    user.settle()
    index = user.window.review.changes.model.changes
    assert index.find("home/most.png").status is Status.CHANGED, "17 % are more"
    assert index.find("home/some.png").is_subtle, "3.5 % are less"


# Without a network.


def test_offline_is_said(qtbot, open_desktop, sets: Sets, tmp_path: Path) -> None:
    for name, folder in (("base", sets.base), ("head", sets.head)):
        publish(folder, tmp_path / "root", PublishRequest(name), CancelToken())
    user = Hands(qtbot, open_desktop())
    with static_server(tmp_path / "root") as address:
        user.compare(f"{address}/snapshots/base", f"{address}/snapshots/head")
    note = user.window.findChild(QLabel, "headerNote")
    assert not note.isVisible()
    before = user.listed()
    with qtbot.waitSignal(user.window.settled, timeout=60_000):
        user.key("r", CONTROL)
    assert user.listed() == before
    assert (note.isVisible(), note.text()) == (True, "Offline")
    assert "shown as it was on" in note.toolTip()


# Forgetting.


def kept_masks(dirs) -> list[Path]:
    return list(dirs.masks.rglob("*.png"))


@pytest.mark.parametrize("decisions", [False, True])
def test_a_comparison_is_forgotten(user: Hands, sets: Sets, dirs, qtbot, decisions: bool) -> None:
    user.key("a")
    write_note(user, "fine")
    user.key(KEYS.Key_Escape)
    assert kept_masks(dirs)
    user.window.actions_.forget.trigger()
    dialog = user.dialog("forgetDialog")
    if decisions:
        dialog.findChild(QCheckBox, "forgetDecisions").setChecked(True)
    user.press("forgetAgree", dialog)
    assert user.window.pages.currentWidget() is user.window.start
    user.until(lambda: not kept_masks(dirs))
    assert user.window.settings.recent == ()
    assert not user.window.actions_.export.isEnabled()
    user.compare(*sets.sources)
    left = {} if decisions else {"home/most.png", "home/more.png"}
    user.until(lambda: set(said(user)) == set(left))
    assert all(path.exists() for path in sets.base.rglob("*.png"))
