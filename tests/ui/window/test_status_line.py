"""The line at the bottom: what is said in passing, and what is going on."""

from __future__ import annotations

from snapreview.ui.status_line import StatusLine


def test_what_is_said_in_passing_is_past_once_something_begins(qtbot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.say("5 of 7 images differ")
    line.tell("Undone: approved 1 image")
    assert line.text == "Undone: approved 1 image"
    line.begin("Reading what is there…")
    assert line.text == "Reading what is there…"
    line.say("6 of 7 images differ")
    assert line.text == "6 of 7 images differ"
