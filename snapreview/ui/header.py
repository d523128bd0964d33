"""The strip above the list: what is compared, and the actions for all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from snapreview.review.progress import ReviewCounts
from snapreview.ui.icons import icon
from snapreview.ui.review_meter import ReviewMeter
from snapreview.ui.roles import OpenRequest
from snapreview.ui.theme import Theme
from snapreview.ui.viewer.heading import ElidedLabel
from snapreview.ui.widgets import button, label


class Header(QWidget):
    """Names base and head, and tells how far the review has come.

    Signals: `backRequested()` to the start page, `swapRequested()`, `reloadRequested()`,
    `exportRequested()`, `nextRequested()` to the next image that nobody has judged,
    `inspectorToggled(bool)`.
    """

    backRequested = Signal()
    swapRequested = Signal()
    reloadRequested = Signal()
    exportRequested = Signal()
    nextRequested = Signal()
    inspectorToggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._back = _tool("headerBack", "Open other sources (Ctrl+O)")
        self._swap = _tool("headerSwap", "Swap base and head (Ctrl+Shift+S)")
        self._reload = _tool("headerReload", "Compare again (Ctrl+R)")
        self._title = ElidedLabel()
        self._title.setObjectName("headerTitle")
        self._title.setAccessibleName("What is compared")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("type", "secondary")
        self._note = label("", "badge", "headerNote")
        self._note.hide()
        self._review = ReviewMeter(theme)
        self._browsing = False
        self.inspector = _tool("headerInspector", "Inspector (I)")
        self.inspector.setCheckable(True)
        self.export = button("Export…", "headerExport", "Export to a zip (Ctrl+E)", "primary")
        self._lay_out()
        self._back.clicked.connect(self.backRequested)
        self._swap.clicked.connect(self.swapRequested)
        self._reload.clicked.connect(self.reloadRequested)
        self.export.clicked.connect(self.exportRequested)
        self._review.clicked.connect(self.nextRequested)
        self.inspector.toggled.connect(self.inspectorToggled)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons for other colours."""
        for tool, name in ((self._back, "open"), (self._swap, "swap"), (self._reload, "retry")):
            tool.setIcon(icon(name, theme.text_secondary))
        self.inspector.setIcon(icon("inspector", theme.text_secondary, theme.accent_text))
        self._review.set_theme(theme)

    def show_request(self, request: OpenRequest) -> None:
        """Say what is open."""
        self.show_note("")
        self._browsing = request.browsing
        self._swap.setEnabled(not request.browsing)
        if request.browsing:
            self._title.setText(request.head)
        else:
            self._title.setText(f"{request.base}   →   {request.head}")

    def show_review(self, counts: ReviewCounts) -> None:
        """Say how many images are judged, and how many wait; of one set nobody judges any."""
        self._review.show_counts(ReviewCounts() if self._browsing else counts)

    def show_note(self, sentence: str) -> None:
        """Mark the comparison as offline; an empty sentence takes the mark away."""
        self._note.setText("Offline" if sentence else "")
        self._note.setToolTip(sentence)
        self._note.setAccessibleDescription(sentence)
        self._note.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 12, 6)
        row.setSpacing(4)
        row.addWidget(self._back)
        row.addSpacing(4)
        row.addWidget(self._note, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        row.addWidget(self._title, 1)
        row.addWidget(self._swap)
        row.addWidget(self._reload)
        row.addWidget(self.inspector)
        row.addSpacing(8)
        row.addWidget(self._review)
        row.addSpacing(8)
        row.addWidget(self.export)


def _tool(name: str, tip: str) -> QToolButton:
    tool = QToolButton(objectName=name)
    tool.setAccessibleName(tip.partition(" (")[0])
    tool.setToolTip(tip)
    tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return tool
