"""What a review desk tells. Always in the thread that uses the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from snapreview.model.decision import Decision


@dataclass(frozen=True, slots=True)
class DecisionsChanged:
    """What is said of these rows from now on, by row name; UNDECIDED where nothing is."""

    decisions: Mapping[str, Decision]


@dataclass(frozen=True, slots=True)
class PairsChanged:
    """The pairs made by hand have been read, or are others now; the desk has them."""


@dataclass(frozen=True, slots=True)
class DeskFailed:
    """Decisions could not be read or kept; `sentence` says why and what to do."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything that was decided is kept, again: what DeskFailed told is over."""


@dataclass(frozen=True, slots=True)
class StepRefused:
    """Not all of a step was undone or done again; `sentence` tells how much, and why."""

    sentence: str


DeskEvent = DecisionsChanged | PairsChanged | DeskFailed | Saved | StepRefused
