"""The start page."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QUrl
from PySide6.QtGui import QDragEnterEvent

from tests.ui.window.hands import drag_event

from .scenes import Scenes
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
def start(stage: Stage) -> None:
    """Nothing was ever opened."""
    stage.window.show_start()


@SCENES.add
def start_recent(stage: Stage) -> None:
    """Pairs from before, and what was opened last in the fields."""
    stage.remember(recent=[{"base": base, "head": head} for base, head in RECENT])
    stage.window.start.show_sources(*RECENT[0])


@SCENES.add
def start_fault(stage: Stage) -> None:
    """What was asked for is not there."""
    stage.remember(recent=[{"base": base, "head": head} for base, head in RECENT[:1]])
    stage.window.start.show_sources("~/Desktop/befor", "~/Desktop/after")
    stage.window.start.show_fault("There is no folder “~/Desktop/befor”. Check the path.")


@SCENES.add
def start_drop(stage: Stage) -> None:
    """A folder is held over the left half."""
    stage.window.show_start()
    drag_over(stage, "/home/ada/Design/before")


@SCENES.add
def drop_guide(stage: Stage) -> None:
    """Two folders are dragged over an open comparison: the places for them appear."""
    stage.review()
    stage.calm()
    drag_over(stage, "/home/ada/Design/before", "/home/ada/Design/after")
    drag_over(stage, "/home/ada/Design/before", "/home/ada/Design/after")
