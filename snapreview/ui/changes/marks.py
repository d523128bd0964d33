"""How a decision looks: the icon and the colour of a verdict, the same wherever it is shown."""

from __future__ import annotations

from PySide6.QtGui import QColor

from snapreview.model.decision import Verdict
from snapreview.ui.theme import Theme, status_colour

NOTE_ICON = "note"

_INKS = {Verdict.APPROVED: "added", Verdict.REJECTED: "errored"}
"""Colours that are measured to be told apart by colour-blind eyes; the shapes differ as well."""


def verdict_icon(verdict: Verdict) -> str:
    """The name of its icon: a check in a circle, a cross in an octagon."""
    return verdict.value


def verdict_colour(theme: Theme, verdict: Verdict) -> QColor:
    """The colour of its icon."""
    return status_colour(theme, _INKS[verdict])
