"""What comes from outside into an open window: things dragged in, Ctrl+C, passing sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from snapreview.app import Desktop
from snapreview.ui.settings import SettingsFile
from snapreview.ui.viewer.heading import Heading

from .hands import Hands, drag_event
from .sets import Sets

COPY = Qt.DropAction.CopyAction
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def carried(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(target: QWidget, data: QMimeData) -> bool:
    event = drag_event(QDragEnterEvent, QPointF(20, 20), data)
    event.ignore()
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def test_what_is_dragged_over_a_comparison_finds_the_start_page(
    compared: Desktop, tmp_path: Path
) -> None:
    window = compared.window
    data = carried(tmp_path)
    assert enter(window.review, data)
    assert window.pages.currentWidget() is window.start
    enter(window.start, data)
    drop = QDropEvent(QPointF(20, 20), COPY, data, LEFT, NONE, QEvent.Type.Drop)
    QApplication.sendEvent(window.start, drop)
    assert window.pages.currentWidget() is window.start
    assert window.start.base.source == str(tmp_path)


def test_what_is_dragged_out_again_leaves_the_list_as_it_was(
    compared: Desktop, tmp_path: Path
) -> None:
    window = compared.window
    enter(window.review, carried(tmp_path))
    enter(window.start, carried(tmp_path))
    QApplication.sendEvent(window.start, QDragLeaveEvent())
    assert window.pages.currentWidget() is window.review
    window.show_start()
    QApplication.sendEvent(window.start, QDragLeaveEvent())
    assert window.pages.currentWidget() is window.start


def test_what_cannot_be_opened_is_not_taken(compared: Desktop) -> None:
    data = QMimeData()
    data.setText("just words")
    assert not enter(compared.window.review, data)
    assert compared.window.pages.currentWidget() is compared.window.review


def test_an_interrupt_from_any_thread_closes_the_window(qtbot, compared: Desktop) -> None:
    with qtbot.waitSignal(compared.window.closing, timeout=10_000):
        Thread(target=compared.interrupted.emit).start()
    qtbot.waitUntil(lambda: not compared.window.isVisible())


@pytest.mark.parametrize("remembered", [True, False])
def test_sources_that_are_gone_tomorrow_are_not_remembered(
    qtbot, open_desktop: Callable[..., Desktop], sets: Sets, dirs, remembered: bool
) -> None:
    desktop = open_desktop()
    desktop.window.remembers = remembered
    Hands(qtbot, desktop).compare(*sets.sources)
    desktop.window.close()  # what is still to be saved is, by then
    assert bool(SettingsFile(dirs.config).load().recent) is remembered


def test_a_browsed_set_speaks_of_no_change(
    qtbot, open_desktop: Callable[..., Desktop], sets: Sets
) -> None:
    desktop = open_desktop()
    Hands(qtbot, desktop).compare(sets.sources[1])
    model = desktop.window.review.changes.model
    texts = [model.text(row) for row in range(model.rowCount())]
    plain = [text for text in texts if text.plain]
    assert plain
    assert all("×" in text.badge and "added" not in text.spoken for text in plain)
    summary = desktop.window.findChild(Heading).findChild(QLabel, "viewerSummary")
    assert "Added" not in summary.text()
    Hands(qtbot, desktop).compare(*sets.sources)
    assert not any(model.text(row).plain for row in range(model.rowCount()))
