"""The line at the bottom: how far it is, what went wrong, and what can be done about it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from snapreview.ui.viewer.heading import ElidedLabel
from snapreview.ui.widgets import button, label

_TOLD_MS = 6000
"""How long a sentence in passing is to be read."""


class StatusLine(QWidget):
    """Progress with count, rate and time left; afterwards a sentence. At the right, a pixel.

    `clock` gives the seconds that a rate is reckoned by.

    Signals: `cancelRequested()`, `retryRequested()`, `detailsRequested()`.
    """

    cancelRequested = Signal()
    retryRequested = Signal()
    detailsRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.clock: Callable[[], float] = time.monotonic
        self._started = 0.0
        self._done_before: int | None = None
        self._text = ElidedLabel()  # a long sentence must not make the window wider
        self._text.setObjectName("statusText")
        self._text.setAccessibleName("Status")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._said = ""
        self._telling = QTimer(self, interval=_TOLD_MS, singleShot=True)
        self._telling.timeout.connect(self._tell_no_more)
        self._probe = label("", "secondary", "statusProbe")
        self._probe.setAccessibleName("Pixel under the pointer")
        self._bar = QProgressBar(objectName="statusProgress", textVisible=False)
        self._bar.setAccessibleName("Progress of the comparison")
        self._bar.setFixedWidth(180)
        self._details = button("Details", "statusDetails", "Show what could not be compared")
        self._retry = button("Retry", "statusRetry", "Try what failed again")
        self._cancel = button("Cancel", "statusCancel", "Stop comparing; what is there stays")
        self._lay_out()
        self._details.clicked.connect(self.detailsRequested)
        self._retry.clicked.connect(self.retryRequested)
        self._cancel.clicked.connect(self.cancelRequested)
        self.say("")

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def begin(self, text: str) -> None:
        """Something has begun of which it is not known how long it takes; all else is past."""
        self._telling.stop()
        self._started = self.clock()
        self._done_before = None
        self._set_text(text)
        self._bar.setRange(0, 0)
        self._show(busy=True)

    def progress(self, done: int, total: int) -> None:
        """So many of so many rows are settled; what was at the start says nothing of the rate."""
        seconds = self.clock() - self._started
        if self._done_before is None:
            self._done_before = done
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._set_text(progress_text(done, total, done - self._done_before, seconds))

    def say(self, text: str, *, failed: int = 0, unfinished: bool = False) -> None:
        """It is over: `text` is how it ended, `failed` rows have a reason to be shown."""
        self._set_text(text)
        self._show(busy=False, details=failed > 0, retry=failed > 0 or unfinished)

    def tell(self, sentence: str) -> None:
        """Say something in passing; then what was said before it is said again."""
        self._text.setText(sentence)
        self._telling.start()

    def show_probe(self, text: str) -> None:
        """What a pixel is; empty for none."""
        self._probe.setText(text)
        self._probe.setVisible(bool(text))

    def _set_text(self, text: str) -> None:
        self._said = text
        if not self._telling.isActive():
            self._text.setText(text)

    def _tell_no_more(self) -> None:
        self._text.setText(self._said)

    def _show(self, *, busy: bool, details: bool = False, retry: bool = False) -> None:
        self._bar.setVisible(busy)
        self._cancel.setVisible(busy)
        self._details.setVisible(details)
        self._retry.setVisible(retry)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._bar)
        row.addWidget(self._text, 1)
        row.addWidget(self._probe)
        for part in (self._details, self._retry, self._cancel):
            row.addWidget(part)
        self.setMinimumHeight(38)


def progress_text(done: int, total: int, recent: int, seconds: float) -> str:
    """Count, rate and time left, as far as `recent` ones done in `seconds` can tell."""
    text = f"{done:,} of {total:,} compared"
    if recent < 8 or seconds < 1:  # too early to promise anything
        return text
    rate = recent / seconds
    left = (total - done) / rate
    return f"{text} · {rate:,.0f} a second · {time_left(left)} left"


def time_left(seconds: float) -> str:
    """A duration as somebody would say it."""
    if seconds < 1:
        return "less than a second"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
