"""A selection of a comparison as a folder with a page that any browser opens from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from snapreview.export.contents import Fetch
from snapreview.export.entries import INDEX_NAME, ExportResult, Part, planned
from snapreview.export.folder_writer import folder_writer
from snapreview.export.html import page
from snapreview.export.overlay import Tint
from snapreview.export.pipeline import WORKERS, Progress, Sources, write_rows
from snapreview.export.report import NO_DECISIONS
from snapreview.export.selection import chosen_of
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison
from snapreview.model.decision import Decision

PARTS = frozenset({Part.BASE, Part.HEAD, Part.OVERLAY})
"""What the page shows of each row."""


def export_html(
    target: Path,
    comparison: Comparison,
    selection: Iterable[Change],
    fetch: Fetch,
    token: CancelToken,
    progress: Progress,
    workers: int = WORKERS,
    tint: Tint | None = None,
    *,
    decisions: Mapping[str, Decision] = NO_DECISIONS,
) -> ExportResult:
    """Write a new folder `target` with index.html and the images that it shows beside it.

    The folder is there whole or not at all. An image that cannot be had is named on the page with
    the reason. `fetch` is called from `workers` threads. Raises ExportError when the folder cannot
    be written or has something in it already, and Cancelled.
    """
    chosen = chosen_of(comparison, selection)
    sources = Sources(fetch, tint or Tint(), comparison.options.max_pixels, workers)
    with folder_writer(target, token) as writer:
        rows = planned(chosen.changes, PARTS)
        written = write_rows(writer, rows, sources, token, progress)
        writer.stream(INDEX_NAME, page(chosen, written, PARTS, decisions))
    return ExportResult(target, len(written.entries), tuple(written.missing))
