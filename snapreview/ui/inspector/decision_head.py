"""The part of the panel that stays: verdict and note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from snapreview.model.change import Change, Status
from snapreview.model.decision import Decision, Verdict, is_reviewable
from snapreview.ui.inspector.note_field import NoteField
from snapreview.ui.inspector.verdict_bar import VerdictBar
from snapreview.ui.theme import Theme
from snapreview.ui.widgets import label, sentence

_FOR_ALL = "A verdict goes to all of them."
_WAITING = "Waiting to be compared."
_SAME = "Nothing to judge: base and head are the same."
_SKIPPED = "Nothing to judge: head left this image out."


class DecisionHead(QWidget):
    """Verdict and note of one image, or the verdict of several.

    Signals: `chosen(Verdict | None)`.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="inspectorDecision")
        self.note = NoteField()
        self._bar = VerdictBar(theme)
        self._count = label("", "title", "inspectorCount")
        self._summary = sentence("secondary", "inspectorSummary")
        self._remark = sentence("caption", "inspectorRemark")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for part in (self._count, self._summary, self._bar, self._remark, self.note):
            column.addWidget(part)
        self._bar.chosen.connect(self.chosen)

    def show_change(self, change: Change, decision: Decision) -> None:
        """One image."""
        possible = is_reviewable(change)
        self._say("", "", "" if possible else _why_not(change.status))
        self._bar.set_possible(possible)
        self.note.show()
        self.show_decision(decision)

    def show_decision(self, decision: Decision) -> None:
        """What is kept of the image shown."""
        self._bar.show_verdict(decision.verdict, _moment(decision.decided))
        self.note.show_note(decision.note)

    def show_selection(self, count: int, verdicts: Mapping[Verdict | None, int]) -> None:
        """Several images, which are judged alike."""
        self._say(f"{count:,} images selected", _summary(verdicts), _FOR_ALL)
        self._bar.set_possible(True)
        self._bar.show_verdicts(verdicts)
        self.note.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._bar.set_theme(theme)

    def _say(self, count: str, summary: str, remark: str) -> None:
        said = (self._count, count), (self._summary, summary), (self._remark, remark)
        for part, text in said:
            if part.text() != text:
                part.setText(text)
            part.setVisible(bool(text))


def _why_not(status: Status) -> str:
    return {Status.PENDING: _WAITING, Status.SKIPPED: _SKIPPED}.get(status, _SAME)


def _summary(verdicts: Mapping[Verdict | None, int]) -> str:
    words = {Verdict.APPROVED: "approved", Verdict.REJECTED: "rejected", None: "not reviewed"}
    said = (f"{verdicts[key]:,} {word}" for key, word in words.items() if verdicts.get(key))
    return " · ".join(said)


def _moment(decided: str) -> str:
    """A moment of UTC in the user's own time and words; empty for none."""
    if not decided:
        return ""
    try:
        local = datetime.fromisoformat(decided).astimezone()
    except ValueError:  # written by somebody else
        return ""
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
