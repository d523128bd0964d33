"""Approve, reject, clear."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from snapreview.model.decision import Verdict
from snapreview.ui.icons import icon
from snapreview.ui.inspector.verdict_button import VerdictButton
from snapreview.ui.theme import Theme

_CLEAR_TIP = "Clear the decision (U)"


class VerdictBar(QWidget):
    """The verdict's buttons. Signals: `chosen(Verdict | None)`, None to clear."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="verdictBar")
        self._buttons = {
            Verdict.APPROVED: VerdictButton(
                "verdictApprove", "Approve", "check", "added", "A", theme
            ),
            Verdict.REJECTED: VerdictButton(
                "verdictReject", "Reject", "close", "errored", "R", theme
            ),
        }
        self._tips = {button: button.toolTip() for button in self._buttons.values()}
        self._clear = QToolButton(objectName="verdictClear")
        self._clear.setAccessibleName("Clear the decision")
        self._clear.setToolTip(_CLEAR_TIP)
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.setIconSize(QSize(16, 16))
        self._clear.clicked.connect(lambda: self.chosen.emit(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for verdict, button in self._buttons.items():
            button.clicked.connect(lambda _, v=verdict: self._choose(v))
            row.addWidget(button, 1)
        row.addWidget(self._clear)
        self.set_theme(theme)
        self.show_verdict(None)

    def show_verdict(self, verdict: Verdict | None, decided: str = "") -> None:
        """Press the button of what holds. `decided` says when that was, for its tooltip."""
        for own, button in self._buttons.items():
            holds = own is verdict
            button.setChecked(holds)
            since = f"\n{own.value.capitalize()} {decided}" if holds and decided else ""
            button.setToolTip(self._tips[button] + since)
        self._clear.setEnabled(verdict is not None)

    def show_verdicts(self, verdicts: Mapping[Verdict | None, int]) -> None:
        """The verdicts of several images: one is pressed where it holds for all of them."""
        held = {verdict for verdict, count in verdicts.items() if count}
        self.show_verdict(next(iter(held)) if len(held) == 1 else None)
        self._clear.setEnabled(bool(held - {None}))

    def set_possible(self, possible: bool) -> None:
        """Whether there is anything to judge. What was judged can be cleared in any case."""
        for button in self._buttons.values():
            button.setEnabled(possible)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for button in self._buttons.values():
            button.set_theme(theme)
        self._clear.setIcon(icon("clear", theme.text_secondary))

    def _choose(self, verdict: Verdict) -> None:
        self.chosen.emit(None if self._buttons[verdict].isChecked() else verdict)
