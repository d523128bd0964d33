"""What the viewer says: above the image, and where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from viewer_samples import grabbed, noise, rows_in, save

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.errors import FetchError
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer import message
from snapreview.ui.viewer.words import summary

RECORDS = ImageRecord("old.png"), ImageRecord("new.png")


def changed(regions: int, **more) -> Change:
    boxes = tuple((i, 0, 1, 1) for i in range(regions))
    diff = ImageDiff((1000, 100), 1000, regions=boxes)
    return Change("new.png", Status.CHANGED, *RECORDS, diff, **more)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed(0), "Changed · 1.0\u00a0% · 1,000 pixels"),
        (changed(1), "Changed · 1.0\u00a0% · 1,000 pixels · 1 region"),
        (changed(12), "Changed · 1.0\u00a0% · 1,000 pixels · 12 regions"),
        (changed(200), "Changed · 1.0\u00a0% · 1,000 pixels · 200 or more regions"),
        (
            changed(1, previous_name="old.png"),
            "Changed · 1.0\u00a0% · 1,000 pixels · 1 region · old.png → new.png",
        ),
        (
            Change("new.png", Status.RENAMED, *RECORDS, previous_name="old.png"),
            "Renamed · old.png → new.png",
        ),
        (Change("a.png", Status.ERRORED, *RECORDS, error="Too large."), "Errored"),
    ],
)
def test_one_line_tells_what_happened(change, words):
    assert summary(change) == words


@pytest.fixture
def errored(tmp_path):
    save(tmp_path / "base" / "page.png", noise(100, 80))
    save(tmp_path / "head" / "page.png", noise(100, 80, 2))
    return replace(rows_in(tmp_path), status=Status.ERRORED, error="odiff failed twice.")


def retry(viewer) -> QPushButton:
    return viewer.findChild(QPushButton, "viewerRetry")


def test_a_row_that_failed_can_be_tried_again(open_viewer, settle, errored, qtbot):
    viewer = open_viewer()
    asked = []
    viewer.retry_requested.connect(asked.append)
    settle(viewer, errored)
    assert retry(viewer).isVisible()
    assert retry(viewer).accessibleName() == "Retry"
    qtbot.mouseClick(retry(viewer), Qt.MouseButton.LeftButton)
    assert asked == [errored]
    settle(viewer, replace(errored, status=Status.CHANGED, error=None))
    assert not retry(viewer).isVisible()


def test_an_image_that_did_not_come_can_be_loaded_again(open_viewer, settle, tmp_path, qtbot):
    save(tmp_path / "head" / "new.png", noise(60, 40))
    answers = [FetchError("The server does not answer."), None]

    def fetch(record, side, token):
        fault = answers.pop(0)
        if fault is not None:
            raise fault
        return tmp_path / side.value / record.name

    viewer = open_viewer(fetch=fetch)
    asked = []
    viewer.retry_requested.connect(asked.append)
    settle(viewer, Change("new.png", Status.ADDED, head=ImageRecord("new.png")))
    assert "The server does not answer." in viewer.canvas.accessibleDescription()
    with qtbot.waitSignal(viewer.settled):
        qtbot.mouseClick(retry(viewer), Qt.MouseButton.LeftButton)
    assert viewer.canvas.accessibleDescription() == "Head: 60 × 40"
    assert not retry(viewer).isVisible()
    assert asked == []  # it had been compared: there is nothing to do for anybody else


MESSAGES = [
    message.NOTHING_SELECTED,
    message.EMPTY,
    message.READING,
    message.COMPARING,
    message.NO_MATCH,
    message.CANCELLED,
    message.no_differences(214),
    message.failed("The host example.org does not answer. Check the address."),
]


@pytest.mark.parametrize("told", MESSAGES, ids=lambda m: m.headline)
def test_every_state_without_an_image_says_why(open_viewer, settle, errored, told):
    viewer = open_viewer()
    settle(viewer, None)
    plain = grabbed(viewer.canvas)
    viewer.set_nothing(told)
    assert viewer.canvas.accessibleDescription() == told.spoken
    if told != message.NOTHING_SELECTED:
        assert (grabbed(viewer.canvas) != plain).any()
    settle(viewer, errored)
    shown = grabbed(viewer.canvas)
    viewer.set_nothing(message.NOTHING_SELECTED)
    assert (grabbed(viewer.canvas) == shown).all()


def test_counts_are_words():
    assert message.no_differences(1).headline == "0 of 1 image differ"
    assert message.no_differences(21_400).headline == "0 of 21,400 images differ"


def test_a_long_summary_leaves_the_title_its_share(open_viewer, settle, errored):
    viewer = open_viewer(500)
    settle(viewer, replace(errored, previous_name="a folder/" * 30 + "old.png"))
    title, told = (viewer.findChild(QLabel, name) for name in ("viewerTitle", "viewerSummary"))
    assert title.width() >= title.sizeHint().width()
    assert told.toolTip().endswith("old.png → page.png")
    assert told.geometry().right() < retry(viewer).x()
