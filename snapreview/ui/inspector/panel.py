"""The inspector: the panel at the right of the viewer."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from snapreview.model.change import Change
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.ui.inspector.decision_head import DecisionHead
from snapreview.ui.inspector.empty_page import EmptyPage
from snapreview.ui.inspector.facts import details_json, details_text
from snapreview.ui.inspector.facts_page import FactsPage
from snapreview.ui.inspector.rows import Profiles
from snapreview.ui.inspector.section import rule
from snapreview.ui.theme import Theme

LEAST_WIDTH = 260
PREFERRED_WIDTH = 300


class Inspector(QWidget):
    """Tells everything about an image, and takes the verdict and the note.

    Signals: `verdictChosen(Verdict | None)` for what is selected, None to clear;
    `noteChanged(Change, str)`: the note on that image, which is the one before when another has
    been shown meanwhile; `regionChosen(int)`, a place in the diff's regions;
    `copyJsonRequested()`, `copyDetailsRequested()`; `leaveRequested()`: back to the list.
    """

    verdictChosen = Signal(object)
    noteChanged = Signal(object, str)
    regionChosen = Signal(int)
    copyJsonRequested = Signal()
    copyDetailsRequested = Signal()
    leaveRequested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self._theme = theme
        self._change: Change | None = None
        self._decision = UNDECIDED
        self._profiles = Profiles()
        self._reviewing = True
        self._head = DecisionHead(theme)
        self._rule = rule()
        self._facts = FactsPage(theme)
        self._empty = EmptyPage()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.show_change(None)

    @property
    def change(self) -> Change | None:
        """The image that is shown, or None."""
        return self._change

    def show_change(self, change: Change | None) -> None:
        """Tell about `change`, or that nothing is selected. News of the same image may come too.

        What is known of the one before (decision, profiles) is forgotten: tell it again.
        """
        if change is not None and self._change is not None and change.name == self._change.name:
            self._show_news(change)
            return
        self.commit_note()
        self._change, self._decision, self._profiles = change, UNDECIDED, Profiles()
        self._head.note.begin()
        if change is None:
            self._pages.setCurrentWidget(self._empty)
            return
        self._show_facts(change)
        self._facts.to_top()

    def show_decision(self, decision: Decision) -> None:
        """What is kept of the image shown."""
        if decision != self._decision:
            self._decision = decision
            self._head.show_decision(decision)

    def show_profiles(self, base: str, head: str) -> None:
        """Names of the colour profiles of the image shown; empty where there is none to tell."""
        self._profiles = Profiles(base, head)
        self._facts.show_profiles(self._profiles)

    def show_region(self, number: int) -> None:
        """The region that the viewer shows, or -1 for none."""
        self._facts.show_region(number)

    def show_selection(self, count: int, verdicts: Mapping[Verdict | None, int]) -> None:
        """Several images are selected; `verdicts` counts what was said of them."""
        self.commit_note()
        self._change, self._decision = None, UNDECIDED
        self._head.note.begin()
        self._head.show_selection(count, verdicts)
        self._show_head(bool(self._reviewing))
        self._facts.hide()
        self._pages.setCurrentIndex(0)

    def set_reviewing(self, possible: bool) -> None:
        """Whether there are decisions: not where one set is only looked at."""
        self._reviewing = possible
        self._show_head(possible)
        if self._change is not None:
            self._show_facts(self._change)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self._head.set_theme(theme)
        self._facts.set_theme(theme)
        self._empty.set_theme(theme)

    def focus_note(self) -> None:
        """Write a note, where there is something to note it on."""
        if self._change is not None and self._reviewing:
            self._head.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit_note(self) -> None:
        """Have `noteChanged` told now, if there is something untold: before anything is closed."""
        self._head.note.commit()

    def as_json(self) -> str:
        """What is shown as JSON, empty for nothing."""
        if self._change is None:
            return ""
        return details_json(self._change, self._decision, self._profiles)

    def as_text(self) -> str:
        """What is shown as text, empty for nothing."""
        if self._change is None:
            return ""
        return details_text(self._change, self._decision, self._profiles)

    def sizeHint(self) -> QSize:
        """Wide enough for two columns of values."""
        return QSize(PREFERRED_WIDTH, 600)

    def minimumSizeHint(self) -> QSize:
        """No text makes it wider."""
        return QSize(LEAST_WIDTH, 200)

    def _show_news(self, change: Change) -> None:
        """The same image, compared meanwhile: the note that is being written stays."""
        if change is not self._change:
            self._change = change
            self._show_facts(change)

    def _show_facts(self, change: Change) -> None:
        self._head.show_change(change, self._decision)
        self._show_head(self._reviewing)
        self._facts.show_change(change, self._profiles, browsing=not self._reviewing)
        self._facts.show()
        self._pages.setCurrentIndex(0)

    def _show_head(self, shown: bool) -> None:
        self._head.setVisible(shown)
        self._rule.setVisible(shown)

    def _tell_note(self, note: str) -> None:
        if self._change is not None:
            self.noteChanged.emit(self._change, note)

    def _connect(self) -> None:
        self._head.chosen.connect(self.verdictChosen)
        self._head.note.changed.connect(self._tell_note)
        self._head.note.leaveRequested.connect(self.leaveRequested)
        self._facts.regionChosen.connect(self.regionChosen)
        self._facts.copyJsonRequested.connect(self.copyJsonRequested)
        self._facts.copyDetailsRequested.connect(self.copyDetailsRequested)

    def _lay_out(self) -> None:
        self.setMinimumWidth(LEAST_WIDTH)
        content = QWidget(objectName="inspectorContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._rule)
        column.addWidget(self._facts, 1)
        column.addStretch(0)
        self._pages.addWidget(content)
        self._pages.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
