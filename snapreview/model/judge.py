"""From a measured difference to a status (architecture, rules 8 and 9)."""

from __future__ import annotations

from dataclasses import replace

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions


def effective_threshold(options: DiffOptions, head: ImageRecord, manifest: Manifest) -> float:
    """The share of changed pixels that still counts as unchanged for this image.

    What the user set in this run wins, then the head image's own, then the head manifest's.
    """
    for value in (options.diff_threshold, head.diff_threshold, manifest.diff_threshold):
        if value is not None:
            return value
    return 0.0


def judged(change: Change, diff: ImageDiff, threshold: float) -> Change:
    """`change` with its result: changed, or unchanged (and then perhaps subtle)."""
    changed = diff.size_changed or diff.alpha_changed or diff.ratio > threshold
    status = Status.CHANGED if changed else Status.UNCHANGED
    return replace(change, status=status, diff=diff, error=None)


def failed(change: Change, reason: str) -> Change:
    """`change` as errored, with the reason in words."""
    return replace(change, status=Status.ERRORED, diff=None, error=reason)
