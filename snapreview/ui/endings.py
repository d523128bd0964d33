"""How a comparison ended, in words."""

from __future__ import annotations

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


def _images(count: int) -> str:
    return f"{count:,} image" if count == 1 else f"{count:,} images"
