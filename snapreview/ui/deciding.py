"""Between the review desk and the screen: keys and panel to the one, decisions to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from snapreview.model.change import Change
from snapreview.model.decision import Verdict, is_reviewable
from snapreview.review.desk import ReviewDesk
from snapreview.review.events import (
    DecisionsChanged,
    DeskEvent,
    DeskFailed,
    PairsChanged,
    Saved,
    StepRefused,
)
from snapreview.review.keys import HashOf
from snapreview.ui.actions import WindowActions
from snapreview.ui.changes.row import Row
from snapreview.ui.review_page import ReviewPage

MakeDesk = Callable[[Callable[[DeskEvent], None], Callable[[], None]], ReviewDesk]
"""Makes the desk, given what it tells its events to and what wakes its thread."""

_LOOK_MS = 3000
"""How often it is looked whether another window has decided something."""


class Deciding(QObject):
    """Has one desk for the window, and shows on the page what it holds.

    Signals: `told(str)`, a sentence for the user; `pairsKnown()`, the desk's pairs may be others.
    `advances` says whether a decision leads to the next image without one.
    """

    told = Signal(str)
    pairsKnown = Signal()
    _woken = Signal()

    def __init__(
        self,
        make_desk: MakeDesk,
        page: ReviewPage,
        actions: WindowActions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._actions = actions
        self.advances = True
        # Emitted in the desk's own threads.
        self._woken.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.desk = make_desk(self._on_event, self._woken.emit)
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self.desk.refresh)
        self._connect()
        self._show()

    def begin(self, hash_of: HashOf) -> None:
        """Another comparison is opened."""
        self._page.inspector.commit_note()
        self.desk.show(hash_of)
        self._looking.start()
        self._show()

    def update(self, changes: Sequence[Change], dropped: Iterable[str]) -> None:
        """Rows have come or gone."""
        self.desk.update(changes, dropped)
        self._show_counts()

    def refresh(self) -> None:
        """The window is looked at again: others may have decided meanwhile."""
        self.desk.refresh()

    def close(self) -> None:
        """Keep what was written last, and end the desk."""
        self._looking.stop()
        self._page.inspector.commit_note()
        self.desk.close()

    def judge(self, verdict: Verdict | None) -> None:
        """Say this of the selected images, and go on where there are more to judge."""
        names = [change.name for change in self._page.chosen()]
        if not names:
            return
        self._page.inspector.commit_note()
        self.desk.decide(names, verdict)
        if verdict is not None and self.advances:
            self.go_on()

    def forget(self) -> None:
        """Take back everything that was ever said of the images that are open."""
        decisions = self.desk.decisions
        self.desk.decide(list(decisions), None)
        for name in decisions:
            self.desk.annotate(name, "")

    def go_on(self) -> None:
        """Go to the next image that nobody has judged."""
        if not self._page.changes.table.next_where(_is_left):
            left = self.desk.counts.left
            others = f" in this list; {left:,} are not shown" if left else ""
            self.told.emit(f"Everything is reviewed{others}.")

    def _undo(self) -> None:
        self._page.inspector.commit_note()
        text = self.desk.undo()
        self.told.emit(f"Undone: {text}" if text else "There is nothing to undo.")

    def _redo(self) -> None:
        self._page.inspector.commit_note()
        text = self.desk.redo()
        self.told.emit(f"Done again: {text}" if text else "There is nothing to do again.")

    def _take(self) -> None:
        self.desk.take()

    def _on_event(self, event: DeskEvent) -> None:
        if isinstance(event, DecisionsChanged):
            self._page.changes.update_decisions(event.decisions)
            self._show()
        elif isinstance(event, PairsChanged):
            self.pairsKnown.emit()
        elif isinstance(event, DeskFailed | StepRefused):
            self.told.emit(event.sentence)
        elif isinstance(event, Saved):
            self.told.emit("All decisions are kept again.")

    def _show(self) -> None:
        self._show_chosen()
        self._show_counts()
        self._actions.show_steps(self.desk.undo_text, self.desk.redo_text)

    def _show_counts(self) -> None:
        self._page.header.show_review(self.desk.counts)

    def _show_chosen(self) -> None:
        """What is said of the image, or the images, that the inspector is about."""
        inspector, chosen = self._page.inspector, self._page.chosen()
        if len(chosen) > 1:
            verdicts = Counter(self.desk.decision(change.name).verdict for change in chosen)
            inspector.show_selection(len(chosen), verdicts)
            return
        change = self._page.changes.table.current_change()
        inspector.show_change(change)
        if change is not None:
            inspector.show_decision(self.desk.decision(change.name))

    def _connect(self) -> None:
        actions, inspector, table = self._actions, self._page.inspector, self._page.changes.table
        actions.approve.triggered.connect(lambda: self.judge(Verdict.APPROVED))
        actions.reject.triggered.connect(lambda: self.judge(Verdict.REJECTED))
        actions.clear.triggered.connect(lambda: self.judge(None))
        actions.next_unreviewed.triggered.connect(self.go_on)
        actions.undo.triggered.connect(self._undo)
        actions.redo.triggered.connect(self._redo)
        inspector.verdictChosen.connect(self.judge)
        inspector.noteChanged.connect(lambda change, text: self.desk.annotate(change.name, text))
        table.selectedChangesChanged.connect(self._show_chosen)
        table.currentChangeChanged.connect(self._show_chosen)


def _is_left(row: Row) -> bool:
    return row.decision.verdict is None and is_reviewable(row.change)
