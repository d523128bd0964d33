"""The start page."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from tests.ui.window.hands import drag_event

from .scenes import Scenes, Shots
from .stage import Stage

SCENES = Scenes()

RECENT = (
    ("https://snapshots.example.com/travel/main", "https://snapshots.example.com/travel/pr-412"),
    ("git:main", "git:."),
    ("", "~/Design/Handover/Travel app/2026-11 icons"),
    (
        "~/Projects/travel/build/reports/screenshots/android/phone/before-the-redesign-of-checkout",
        "~/Projects/travel/build/reports/screenshots/android/phone/after-the-redesign-of-checkout",
    ),
)

STORE = Path("travel-app-snapshots")
"""In the working folder, which is the process's own."""

BRANCHES = (
    ("main-1042", "main", 1214),
    ("pr-412-7f3c2a9", "feature/checkout-with-a-redesigned-summary-of-the-basket", 1214),
    ("main-1041", "main", 1209),
    ("pr-409-b81d04e", "fix/dark-theme-contrast", 87),
    ("main-1040", "main", 1209),
    ("main-1039", "main", 1207),
    ("nightly-android-tablet-landscape-and-portrait-0312", "main", 612),
    ("main-1038", "main", 1),
    ("v4.2.0", "release/4.2", 1198),
    ("main-1037", "main", 1190),
)
"""Snapshots, newest first: name, branch, number of images."""


def make_store() -> None:
    """A store that lists itself, and was last published to long ago."""
    listed = [
        {
            "id": name,
            "date": f"2025-03-{28 - number:02}T14:{5 * number:02}:00Z",
            "sha": f"{(number + 3) * 0x1234567:08x}" * 5,
            "branch": branch,
            "count": count,
        }
        for number, (name, branch, count) in enumerate(BRANCHES)
    ]
    for entry in listed:
        folder = STORE / "snapshots" / str(entry["id"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manifest.json").write_text('{"images": {}}')
    index = {"version": 1, "snapshots": listed}
    (STORE / "snapshots" / "index.json").write_text(json.dumps(index))


def press(stage: Stage, widget: str, key: Qt.Key) -> None:
    """A key, in the widget of this name."""
    QTest.keyClick(stage.window.start.findChild(QWidget, widget), key)


def drag_over(stage: Stage, *paths: str) -> None:
    """Hold files over the left half of the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    shown = stage.window.pages.currentWidget()
    place = QPointF(shown.width() / 4, shown.height() / 2)
    stage.app.sendEvent(shown, drag_event(QDragEnterEvent, place, data))


@SCENES.add
def start(stage: Stage) -> Shots:
    """Nothing was ever opened; then a folder is held over the left half."""
    yield "start", stage.window
    drag_over(stage, "/home/ada/Design/before")
    yield "start-drop", stage.window


@SCENES.add
def start_again(stage: Stage) -> Shots:
    """Pairs from before, what was opened last in the fields; then what is asked for is missing."""
    stage.remember(recent=[{"base": base, "head": head} for base, head in RECENT])
    page = stage.window.start
    page.show_sources(*RECENT[0])
    yield "start-recent", stage.window
    page.show_sources("~/Desktop/befor", "~/Desktop/after")
    page.show_fault("There is no folder “~/Desktop/befor”. Check the path.")
    yield "start-fault", stage.window


def told(stage: Stage, side: str) -> str:
    """What is said below the base or the head."""
    return stage.window.start.findChild(QLabel, f"{side}Said").text()


def write(stage: Stage, widget: str, text: str) -> None:
    """Text, letter by letter, into the widget of this name."""
    QTest.keyClicks(stage.window.start.findChild(QWidget, widget), text)


@SCENES.add
def recognised(stage: Stage) -> Shots:
    """A folder is typed, and a path that leads nowhere."""
    Path("shots").mkdir(exist_ok=True)
    for side, text in (("base", "shots"), ("head", "shots/of-what-is-not-there")):
        write(stage, f"{side}Source", text)
        stage.wait("what it is", lambda side=side: told(stage, side))
    yield "start-recognised", stage.window


@SCENES.add
def choosing(stage: Stage) -> Shots:
    """A store is typed, its list opens, is filtered, and one of it is chosen."""
    make_store()
    page = stage.window.start
    page.head.focus()
    write(stage, "headSource", str(STORE))
    stage.wait("the list", page.findChild(QWidget, "headOffers").isVisible)
    press(stage, "headSource", Qt.Key.Key_Down)
    press(stage, "headOfferList", Qt.Key.Key_Down)
    yield "start-choosing", stage.window
    write(stage, "headOfferList", "m")
    write(stage, "headOfferFilter", "ain 104")
    yield "start-filtered", stage.window
    write(stage, "headOfferFilter", "7")
    yield "start-no-match", stage.window
    page.findChild(QLineEdit, "headOfferFilter").clear()
    press(stage, "headOfferFilter", Qt.Key.Key_Down)
    press(stage, "headOfferFilter", Qt.Key.Key_Return)
    page.findChild(QWidget, "startFindBase").click()
    stage.wait("the base", lambda: told(stage, "base").startswith("Found"))
    yield "start-chosen", stage.window


@SCENES.add
def drop_guide(stage: Stage) -> Shots:
    """Two folders are dragged over an open comparison: the places for them appear."""
    stage.review()
    stage.calm()
    for _ in range(2):  # over the list, then over the page that has come in its place
        drag_over(stage, "/home/ada/Design/before", "/home/ada/Design/after")
    yield "drop-guide", stage.window
