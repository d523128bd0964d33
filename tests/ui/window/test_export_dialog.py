"""Export, from the choice to what is on the disk."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from snapreview.export.entries import ExportResult, Missing, Part
from snapreview.export.run import ExportChoice, Kind
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side, Status
from snapreview.model.errors import ExportError
from snapreview.model.manifest import ImageRecord
from snapreview.ui.dialogs.export_dialog import ExportDialog
from snapreview.ui.dialogs.export_pace import Pace
from snapreview.ui.dialogs.export_target import converted, free_target, typed_target
from snapreview.ui.export_job import ExportJob
from snapreview.ui.settings import SettingsFile

from . import leftovers
from .hands import CONTROL, Hands
from .sets import Sets

Progress = Callable[[int, int], None]


@pytest.fixture
def user(qtbot, compared) -> Hands:
    return Hands(qtbot, compared)


def ask(user: Hands, target: Path) -> QWidget:
    """Open the dialog by its key and say where to."""
    user.key("e", CONTROL)
    dialog = user.dialog("exportDialog")
    user.write_into("exportTarget", str(target), dialog)
    return dialog


def export(user: Hands, dialog: QWidget) -> None:
    user.press("exportStart", dialog)
    user.until(lambda: dialog.findChild(QAbstractButton, "exportDone").isVisible())


def entries(target: Path) -> set[str]:
    with ZipFile(target) as archive:
        assert archive.testzip() is None
        return set(archive.namelist())


# A zip on disk


def test_what_is_selected(user: Hands, tmp_path: Path, sets: Sets, dirs) -> None:
    user.window.review.changes.table.select_names(["home/most.png", "cart/moved.png"])
    dialog = ask(user, tmp_path / "out.zip")
    assert dialog.findChild(QAbstractButton, "exportSelected").text() == "&Selected (2)"
    assert dialog.findChild(QAbstractButton, "exportSelected").isChecked()
    export(user, dialog)
    assert entries(tmp_path / "out.zip") == {
        "base/home/most.png",
        "head/home/most.png",
        "diff/home/most.png",
        "overlay/home/most.png",
        "base/shop/moved.png",
        "head/cart/moved.png",
        "manifest.json",
    }
    with ZipFile(tmp_path / "out.zip") as archive:
        original = (sets.head / "home/most.png").read_bytes()
        assert archive.read("head/home/most.png") == original
    assert user.text("exportOutcome", dialog) == "Exported"
    user.press("exportDone", dialog)
    user.until(lambda: user.window.findChild(object, "exportDialog") is None)
    user.until(lambda: SettingsFile(dirs.config).load().export_folder == str(tmp_path))


def test_all_that_is_listed(user: Hands, tmp_path: Path) -> None:
    user.press("pill_changed")
    dialog = ask(user, tmp_path / "out.zip")
    assert dialog.findChild(QAbstractButton, "exportShown").isChecked()  # one row is no selection
    for part in ("exportPartDiff", "exportPartOverlay", "exportPartBase"):
        user.press(part, dialog)
    export(user, dialog)
    names = {f"head/home/{name}.png" for name in ("most", "more", "some")}
    assert entries(tmp_path / "out.zip") == names | {"manifest.json"}


def test_nothing_selected_and_nothing_listed(user: Hands, tmp_path: Path) -> None:
    user.window.review.changes.table.clearSelection()
    dialog = ask(user, tmp_path / "out.zip")
    assert not dialog.findChild(QAbstractButton, "exportSelected").isEnabled()
    assert dialog.findChild(QAbstractButton, "exportStart").isEnabled()
    dialog.reject()
    user.until(lambda: user.window.findChild(object, "exportDialog") is None)
    user.window.review.changes.bar.field.setText("nothing like this")
    dialog = ask(user, tmp_path / "out.zip")
    assert not dialog.findChild(QAbstractButton, "exportStart").isEnabled()


def test_what_cannot_be_had_is_listed(user: Hands, tmp_path: Path, sets: Sets) -> None:
    (sets.head / "cart/fresh.png").unlink()
    dialog = ask(user, tmp_path / "out.zip")
    export(user, dialog)
    assert user.text("exportOutcome", dialog) == "Exported, but not everything"
    missing = dialog.findChild(QPlainTextEdit, "exportMissing")
    assert missing.isVisible()
    assert missing.toPlainText().startswith("cart/fresh.png\nThe file")
    with ZipFile(tmp_path / "out.zip") as archive:
        report = json.loads(archive.read("manifest.json"))
    assert [entry["name"] for entry in report["missing"]] == ["cart/fresh.png"]


def test_a_folder_that_is_not_there(user: Hands, tmp_path: Path) -> None:
    dialog = ask(user, tmp_path / "gone" / "out.zip")
    user.press("exportStart", dialog)
    user.until(lambda: user.text("exportFault", dialog) != "")
    assert "its folder does not exist" in user.text("exportFault", dialog)
    user.write_into("exportTarget", str(tmp_path / "out.zip"), dialog)
    export(user, dialog)
    assert (tmp_path / "out.zip").is_file()


def test_a_file_that_is_there_is_replaced_when_said_twice(user: Hands, tmp_path: Path) -> None:
    target = tmp_path / "out.zip"
    target.write_text("precious")
    dialog = ask(user, target)
    user.press("exportStart", dialog)
    assert "is there already" in user.text("exportFault", dialog)
    assert dialog.findChild(QAbstractButton, "exportStart").text() == "Replace"
    assert target.read_text() == "precious"
    export(user, dialog)
    assert "manifest.json" in entries(target)


# Other kinds on disk


def test_a_report_in_a_folder_of_its_own(user: Hands, tmp_path: Path, sets: Sets, dirs) -> None:
    dialog = ask(user, tmp_path / "out")
    user.press("exportKindHtml", dialog)
    assert not dialog.findChild(QWidget, "exportPartBase").isVisible()
    assert dialog.findChild(QWidget, "exportWithDecisions").isVisible()
    user.write_into("exportTarget", str(tmp_path / "out"), dialog)
    export(user, dialog)
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert page.count("<article") == len(sets.listed)
    assert (tmp_path / "out/head/home/most.png").read_bytes() == (
        sets.head / "home/most.png"
    ).read_bytes()
    assert user.text("exportOutcomeText", dialog).startswith("15 files in ")
    assert dialog.findChild(QWidget, "exportOpen").isVisible()
    user.press("exportDone", dialog)
    user.until(lambda: SettingsFile(dirs.config).load().export_folder == str(tmp_path))


def test_a_folder_with_something_in_it_is_not_written_into(user: Hands, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "index.html").write_text("precious")
    dialog = ask(user, tmp_path / "old")
    user.press("exportKindHtml", dialog)
    user.write_into("exportTarget", str(tmp_path / "old"), dialog)
    user.press("exportStart", dialog)
    user.until(lambda: "is not empty" in user.text("exportFault", dialog))
    assert (tmp_path / "old" / "index.html").read_text() == "precious"


@pytest.mark.parametrize("kind", ["Csv", "Json"])
def test_decisions_alone(user: Hands, tmp_path: Path, kind: str) -> None:
    dialog = ask(user, tmp_path / "out.zip")
    user.press(f"exportKind{kind}", dialog)
    field = dialog.findChild(QLineEdit, "exportTarget")
    assert field.text() == str(tmp_path / f"out.{kind.lower()}")
    assert not dialog.findChild(QWidget, "exportWithDecisions").isVisible()
    export(user, dialog)
    text = (tmp_path / f"out.{kind.lower()}").read_text("utf-8-sig")
    assert text.count("unreviewed") == (7 if kind == "Csv" else 8)  # the summary counts, too
    assert user.text("exportOutcomeText", dialog).startswith("7 decisions in ")
    assert not dialog.findChild(QWidget, "exportOpen").isVisible()


def test_a_page_within_a_zip(user: Hands, tmp_path: Path) -> None:
    user.window.review.changes.table.select_names(["home/most.png", "home/more.png"])
    dialog = ask(user, tmp_path / "out.zip")
    user.press("exportWithPage", dialog)
    export(user, dialog)
    assert {"index.html", "head/home/most.png"} < entries(tmp_path / "out.zip")


# Names


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (Kind.ZIP, "snapreview.zip", "snapreview 2.zip"),
        (Kind.HTML, "snapreview-report", "snapreview-report 2"),
        (Kind.CSV, "snapreview-decisions.csv", "snapreview-decisions 2.csv"),
        (Kind.JSON, "snapreview-decisions.json", "snapreview-decisions 2.json"),
    ],
)
def test_the_offered_name_is_free(tmp_path: Path, kind: Kind, first: str, second: str) -> None:
    assert free_target(tmp_path, kind) == tmp_path / first
    (tmp_path / first).touch()
    assert free_target(tmp_path, kind) == tmp_path / second


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        (Kind.ZIP, "out", "out.zip"),
        (Kind.ZIP, " out.ZIP ", "out.ZIP"),
        (Kind.ZIP, "v1.2", "v1.2.zip"),
        (Kind.ZIP, "there", "there/snapreview.zip"),
        (Kind.ZIP, ".", "snapreview.zip"),
        (Kind.ZIP, "~nobody-of-that-name/x", "~nobody-of-that-name/x.zip"),
        (Kind.CSV, "out.json", "out.json.csv"),
        (Kind.JSON, "there", "there/snapreview-decisions.json"),
        (Kind.HTML, "out", "out"),
        (Kind.HTML, "v1.2", "v1.2"),
        (Kind.HTML, "there", "there/snapreview-report"),
        (Kind.HTML, "empty", "empty"),
        (Kind.HTML, "report", "report"),  # an older one: refused, and not buried in
    ],
)
def test_what_is_typed(tmp_path: Path, kind: Kind, text: str, meant: str) -> None:
    for name in ("there/something", "report/index.html"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    assert typed_target(text, tmp_path, kind) == tmp_path / meant


@pytest.mark.parametrize(
    ("text", "before", "after", "becomes"),
    [
        ("/x/mine.zip", Kind.ZIP, Kind.HTML, "/x/mine"),
        ("/x/mine", Kind.HTML, Kind.ZIP, "/x/mine.zip"),
        ("mine.ZIP", Kind.ZIP, Kind.CSV, "mine.csv"),
        ("v1.2", Kind.HTML, Kind.JSON, "v1.2.json"),
        ("mine.png", Kind.ZIP, Kind.CSV, "mine.png.csv"),
        ("", Kind.ZIP, Kind.CSV, ""),
    ],
)
def test_a_name_of_ones_own_is_kept_for_another_kind(
    text: str, before: Kind, after: Kind, becomes: str
) -> None:
    assert converted(text, before, after) == becomes


def test_how_it_gets_on_in_words() -> None:
    now = 100.0
    pace = Pace(lambda: now)
    assert pace.text(3, 5000) == "3 of 5,000 files"
    now += 0.9
    assert pace.text(200, 5000) == "200 of 5,000 files"  # too early to promise anything
    now += 3.1
    assert pace.text(1200, 5000) == "1,200 of 5,000 files · 300 a second · 13 s left"
    assert pace.text(5000, 5000) == "5,000 of 5,000 files · finishing…"
    now += 96
    assert pace.text(10, 100) == "10 of 100 files · 6 a minute · 15 min left"


# The dialog alone, with an export that does as it is told


class Work:
    """An export under control: goes on when it is released, ends as it is told."""

    def __init__(self, result: ExportResult | Exception | None = None, files: int = 3) -> None:
        self.result = result or ExportResult(None, files)
        self.files = files
        self.started = Event()
        self.released = Event()
        self.choice: ExportChoice | None = None
        self.job: ExportJob | None = None

    def make_job(self, choice: ExportChoice) -> ExportJob:
        self.choice = choice
        self.job = ExportJob(self._run)
        return self.job

    def _run(self, token: CancelToken, progress: Progress) -> ExportResult:
        progress(0, self.files)
        self.started.set()
        while not self.released.wait(0.005):
            token.check()
        for done in range(1, self.files + 1):
            progress(done, self.files)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


ROWS = [Change(name, Status.CHANGED, ImageRecord(name), ImageRecord(name)) for name in "abc"]


@pytest.fixture
def open_dialog(qtbot, tmp_path: Path):
    """Opens a dialog on some work; the user at its side knows no window."""

    def make(work: Work) -> tuple[ExportDialog, Hands]:
        dialog = ExportDialog(ROWS[:2], ROWS, tmp_path, work.make_job)
        qtbot.addWidget(dialog)
        dialog.open()
        hands = Hands.__new__(Hands)
        hands.qtbot, hands.window = qtbot, dialog
        return dialog, hands

    return make


def test_progress_goes_one_way(open_dialog, tmp_path: Path) -> None:
    work = Work(files=500)
    _, user = open_dialog(work)
    user.press("exportStart")
    told: list[tuple[int, int]] = []
    work.job.progressed.connect(lambda done, total: told.append((done, total)))
    work.released.set()
    user.until(lambda: user.window.findChild(QAbstractButton, "exportDone").isVisible())
    assert told == sorted(told)
    assert told[-1] == (500, 500)
    assert len(told) < 100  # nobody sees more
    assert work.choice == ExportChoice(
        Kind.ZIP, tuple(ROWS[:2]), tmp_path / "snapreview.zip", frozenset(Part)
    )


def test_cancel_comes_back_to_the_choice(open_dialog) -> None:
    work = Work()
    _, user = open_dialog(work)
    user.press("exportStart")
    user.until(work.started.is_set)
    user.press("exportCancel")
    user.until(lambda: user.text("exportFault") == "Cancelled. Nothing was written.")
    assert user.window.findChild(QAbstractButton, "exportStart").isVisible()
    assert not work.job.running


@pytest.mark.parametrize("way", ["escape", "close"])
def test_it_cannot_be_left_with_a_thread_running(open_dialog, way: str) -> None:
    work = Work()
    dialog, user = open_dialog(work)
    user.press("exportStart")
    user.until(work.started.is_set)
    with user.qtbot.waitSignal(dialog.rejected):
        if way == "escape":
            user.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.close()
        assert dialog.isVisible()
    assert not work.job.running


def test_escape_before_the_start_just_leaves(open_dialog) -> None:
    dialog, user = open_dialog(Work())
    with user.qtbot.waitSignal(dialog.rejected):
        user.qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize("fault", [ExportError("The disk is full."), RuntimeError("a bug")])
def test_failing_says_why_and_comes_back_to_the_choice(open_dialog, fault, caplog) -> None:
    work = Work(result=fault)
    _, user = open_dialog(work)
    work.released.set()
    user.press("exportStart")
    user.until(lambda: str(fault) in user.text("exportFault"))
    assert user.window.findChild(QAbstractButton, "exportStart").isVisible()
    assert str(fault) in caplog.text


def test_missing_images_are_named(open_dialog) -> None:
    missing = (Missing("<b>a</b>", Part.HEAD, "It is gone."), Missing("b", None, "It is torn."))
    work = Work(result=ExportResult(None, 1, missing))
    work.released.set()
    _, user = open_dialog(work)
    user.press("exportStart")
    user.until(lambda: user.window.findChild(QAbstractButton, "exportDone").isVisible())
    listed = user.window.findChild(QPlainTextEdit, "exportMissing").toPlainText()
    assert listed == "<b>a</b>\nIt is gone.\n\nb\nIt is torn."
    text = user.text("exportOutcomeText")
    assert text.startswith("1 file in ")
    assert text.endswith("2 could not be had:")


def test_there_is_something_to_export_or_no_button(open_dialog) -> None:
    _, user = open_dialog(Work())
    go = user.window.findChild(QAbstractButton, "exportStart")
    parts = [f"exportPart{part.value.capitalize()}" for part in Part]
    for part in parts:
        user.press(part)
    assert not go.isEnabled()
    user.press(parts[0])
    assert go.isEnabled()
    user.window.findChild(QLineEdit, "exportTarget").clear()
    assert not go.isEnabled()


def test_what_is_chosen_is_what_is_asked_for(open_dialog, tmp_path: Path) -> None:
    work = Work()
    work.released.set()
    _, user = open_dialog(work)
    for name in ("exportShown", "exportPartDiff", "exportWithPage", "exportWithDecisions"):
        user.press(name)
    user.press("exportStart")
    user.until(lambda: user.window.findChild(QAbstractButton, "exportDone").isVisible())
    assert work.choice == ExportChoice(
        Kind.ZIP,
        tuple(ROWS),
        tmp_path / "snapreview.zip",
        frozenset({Part.BASE, Part.HEAD, Part.OVERLAY}),
        with_page=True,
        with_decisions=False,
    )


def test_another_kind_is_offered_another_name(open_dialog, tmp_path: Path) -> None:
    (tmp_path / "snapreview-report").mkdir()
    _, user = open_dialog(Work())
    field = user.window.findChild(QLineEdit, "exportTarget")
    user.press("exportKindHtml")
    assert field.text() == str(tmp_path / "snapreview-report 2")
    assert field.accessibleName() == "Folder to write"
    user.press("exportKindZip")
    assert field.text() == str(tmp_path / "snapreview.zip")
    assert field.accessibleName() == "File to write"


def test_keys_alone_choose_a_report_of_the_whole_list(open_dialog) -> None:
    work = Work()
    work.released.set()
    dialog, user = open_dialog(work)
    for key, name in (("r", "exportKindHtml"), ("a", "exportShown")):
        user.key(key, Qt.KeyboardModifier.AltModifier)
        user.until(dialog.findChild(QAbstractButton, name).isChecked)
    user.key(Qt.Key.Key_Return)
    user.until(lambda: user.window.findChild(QAbstractButton, "exportDone").isVisible())
    assert (work.choice.kind, work.choice.changes) == (Kind.HTML, tuple(ROWS))
    with user.qtbot.waitSignal(dialog.accepted):
        user.key(Qt.Key.Key_Return)


# The dialog and the window


def stall(user: Hands, monkeypatch: pytest.MonkeyPatch) -> Event:
    """No image ever comes any more; the event tells that one was asked for."""
    asked = Event()

    def endless(record: ImageRecord, side: Side, token: CancelToken) -> Path:
        asked.set()
        while True:
            token.wait(0.005)

    monkeypatch.setattr(user.desktop.presenter, "fetch", endless)
    return asked


def test_closing_what_is_behind_the_window_ends_an_export(
    user: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ask(user, tmp_path / "out.zip")
    started = stall(user, monkeypatch)
    user.press("exportStart", dialog)
    user.until(started.is_set)
    user.desktop.close()
    assert "export" not in leftovers.threads()
    assert not (tmp_path / "out.zip").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_closing_the_window_ends_an_export(user: Hands, tmp_path: Path) -> None:
    import os

    pipe = tmp_path / "pipe.zip"
    os.mkfifo(pipe)  # opening it waits for a reader, as a slow disk would
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    dialog = ask(user, pipe)
    user.press("exportStart", dialog)
    user.press("exportStart", dialog)  # it is there already
    user.window.close()
    user.until(lambda: "export" not in leftovers.threads())
    os.close(reader)


def test_cancelling_a_real_export_leaves_no_file(
    user: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    dialog = ask(user, folder / "out.zip")
    started = stall(user, monkeypatch)
    user.press("exportStart", dialog)
    user.until(started.is_set)
    user.press("exportCancel", dialog)
    user.until(lambda: "Cancelled" in user.text("exportFault", dialog))
    assert list(folder.iterdir()) == []
