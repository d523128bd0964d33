"""What the change on screen is, in words, above the viewer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from snapreview.model.change import Change, Status
from snapreview.ui.viewer.words import BETWEEN, remarks, summary
from snapreview.ui.widgets import button

_AROUND = 12 + 16 + 16 + 12
"""Margins and the spaces between title, summary and button."""


class Heading(QWidget):
    """Title, what happened, and remarks: why it failed, how it was read.

    Signals: `retry_requested()`.
    """

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerHeading")
        self._browsing = False
        self._title = _named(ElidedLabel(), "viewerTitle", "Image", "title")
        self._summary = _named(_Summary(), "viewerSummary", "What changed", "secondary")
        self._summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._remarks = _named(QLabel(), "viewerRemarks", "Remarks", "secondary")
        self._remarks.setWordWrap(True)
        self._remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = button("Retry", "viewerRetry", "Try this image again")
        self._retry.clicked.connect(self.retry_requested)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 2)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._summary, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._remarks, 1, 0, 1, 2)
        grid.addWidget(self._retry, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def set_browsing(self, browsing: bool) -> None:
        """Whether images are compared with nothing."""
        self._browsing = browsing

    def show_change(
        self, change: Change, more: Sequence[str] = (), *, failed: bool = False
    ) -> None:
        """Tell about a row. `more` are sentences about what is on screen; `failed` tells that
        some of it could not be loaded."""
        self._title.setText(change.title)
        self._summary.setText(summary(change, browsing=self._browsing))
        said = (*remarks(change), *more)
        self._retry.setVisible(failed or change.status is Status.ERRORED)
        self._remarks.setText("\n".join(said))
        self._remarks.setVisible(bool(said))
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both lines of words get their share."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """A long summary is shortened before the title has less than half of the width."""
        title = min(self._title.sizeHint().width(), self.width() // 2)
        button = self._retry.sizeHint().width() if self._retry.isVisibleTo(self) else 0
        self._summary.setMaximumWidth(max(0, self.width() - title - button - _AROUND))


class ElidedLabel(QLabel):
    """One line; what does not fit is left out in the middle and told by the tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show `text`."""
        super().setText(text)
        self.setToolTip(text)

    def shortened(self, width: int) -> str:
        """What is shown where there are so many pixels."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, in the style's own colour."""
        area = self.contentsRect()
        shown = self.shortened(area.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment(), shown)
        painter.end()


class _Summary(ElidedLabel):
    """Loses whole parts, the last first: half of a number would be another number."""

    def shortened(self, width: int) -> str:
        """See ElidedLabel; two parts are left at least, for a name is one of two."""
        metrics, shown = self.fontMetrics(), self.text()
        while shown.count(BETWEEN) > 1 and metrics.horizontalAdvance(shown) > width:
            shown = shown.rpartition(BETWEEN)[0]
        return metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, width)


def _named(label: QLabel, name: str, spoken: str, kind: str) -> QLabel:
    label.setObjectName(name)
    label.setAccessibleName(spoken)
    label.setProperty("type", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
