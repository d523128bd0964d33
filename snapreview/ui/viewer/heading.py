"""What the change on screen is, in words, above the viewer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from snapreview.model.change import Change
from snapreview.ui.viewer.words import remarks, summary


class Heading(QWidget):
    """Title, what happened, and remarks: why it failed, how it was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerHeading")
        self._browsing = False
        self._title = _named(ElidedLabel(), "viewerTitle", "Image", "title")
        self._summary = _named(ElidedLabel(), "viewerSummary", "What changed", "secondary")
        self._remarks = _named(QLabel(), "viewerRemarks", "Remarks", "secondary")
        self._remarks.setWordWrap(True)
        self._remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 2)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._summary, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._remarks, 1, 0, 1, 2)

    def set_browsing(self, browsing: bool) -> None:
        """Whether images are compared with nothing."""
        self._browsing = browsing

    def show_change(self, change: Change, mask_failure: str | None = None) -> None:
        """Tell about a row. `mask_failure` says why its overlay is missing."""
        self._title.setText(change.title)
        self._summary.setText(summary(change, browsing=self._browsing))
        said = list(remarks(change))
        if mask_failure:
            said.append(f"The overlay cannot be shown: {mask_failure}")
        self._remarks.setText("\n".join(said))
        self._remarks.setVisible(bool(said))


class ElidedLabel(QLabel):
    """One line; what does not fit is left out in the middle and told by the tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show `text`."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, in the style's own colour."""
        area = self.contentsRect()
        mode = Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(self.text(), mode, area.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment(), shown)
        painter.end()


def _named(label: QLabel, name: str, spoken: str, kind: str) -> QLabel:
    label.setObjectName(name)
    label.setAccessibleName(spoken)
    label.setProperty("type", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
