"""What a session tells while it works. Immutable, and the only channel there is.

Each event carries the generation of the session that sent it: a receiver that has started a
newer session drops the older ones, since cancelling can lose the race against an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from snapreview.model.change import Change, Comparison
from snapreview.model.errors import SnapReviewError
from snapreview.model.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Opened:
    """Both manifests are known. `changes` has every row, most of them pending."""

    generation: int
    base: Manifest
    head: Manifest
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RowsChanged:
    """Rows that replace those of the same name; `dropped` names rows merged into others."""

    generation: int
    changes: tuple[Change, ...]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """No row is pending any more; `comparison` has the rows in their final order."""

    generation: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Stopped:
    """Cancelled; rows not reached are still pending."""

    generation: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Failed:
    """No comparison could be made, or the session broke; `error` says why in a sentence."""

    generation: int
    error: SnapReviewError


Event = Opened | RowsChanged | Finished | Stopped | Failed
