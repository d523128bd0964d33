"""The start page."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QUrl
from PySide6.QtGui import QDragEnterEvent

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


@SCENES.add
def drop_guide(stage: Stage) -> Shots:
    """Two folders are dragged over an open comparison: the places for them appear."""
    stage.review()
    stage.calm()
    for _ in range(2):  # over the list, then over the page that has come in its place
        drag_over(stage, "/home/ada/Design/before", "/home/ada/Design/after")
    yield "drop-guide", stage.window
