"""How a comparison ended, and what the window is called, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from snapreview.model.change import Change, Comparison, Status


def finished_text(comparison: Comparison, *, browsing: bool = False) -> str:
    """One sentence for a comparison in which every row is settled."""
    total = len(comparison.changes)
    counts = comparison.counts()
    failed = counts.get(Status.ERRORED, 0)
    fault = f" · {failed:,} could not be {'read' if browsing else 'compared'}" if failed else ""
    if browsing:
        return f"{_images(total)}{fault}"
    differ = total - failed - counts.get(Status.UNCHANGED, 0) - counts.get(Status.SKIPPED, 0)
    return f"{differ:,} of {_images(total)} differ{fault} · {comparison.elapsed_seconds:.1f} s"


def stopped_text(comparison: Comparison) -> str:
    """One sentence for a comparison that was cancelled."""
    left = comparison.counts().get(Status.PENDING, 0)
    return f"Cancelled: {left:,} of {_images(len(comparison.changes))} were not compared"


def faults_of(changes: Iterable[Change]) -> list[Change]:
    """The rows that have a reason to be shown."""
    return [change for change in changes if change.status is Status.ERRORED]


def window_title(source: str) -> str:
    """The window's title while `source` is open: its last part, which tells windows apart."""
    parts = [part for part in re.split(r"[/\\]", source.partition("?")[0]) if part]
    if len(parts) > 1 and parts[-1] == "manifest.json":
        parts.pop()
    return f"{parts[-1] if parts else source} – SnapReview"


def _images(count: int) -> str:
    return f"{count:,} image" if count == 1 else f"{count:,} images"
