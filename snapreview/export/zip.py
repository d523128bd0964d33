"""A selection of a comparison as a zip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import BinaryIO

from snapreview.export.contents import Fetch
from snapreview.export.decisions import CSV_NAME, JSON_NAME, decisions_csv, decisions_json, said
from snapreview.export.entries import INDEX_NAME, MANIFEST_NAME, ExportResult, Part, planned
from snapreview.export.html import page
from snapreview.export.overlay import Tint
from snapreview.export.pipeline import WORKERS, Progress, Sources, write_rows
from snapreview.export.report import NO_DECISIONS, report
from snapreview.export.selection import chosen_of
from snapreview.export.writer import Writer
from snapreview.export.zip_writer import zip_writer
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison
from snapreview.model.decision import UNDECIDED, Decision


def export_zip(
    target: Path | BinaryIO,
    comparison: Comparison,
    selection: Iterable[Change],
    include: Set[Part],
    fetch: Fetch,
    token: CancelToken,
    progress: Progress,
    workers: int = WORKERS,
    tint: Tint | None = None,
    *,
    decisions: Mapping[str, Decision] = NO_DECISIONS,
    with_page: bool = False,
) -> ExportResult:
    """Write the wanted parts of the selected rows, in the order of the list, and a manifest.

    The manifest is the report of the selected rows with the names of their files, and with what
    is `missing`: an image that cannot be had does not end the export. `decisions`, by the names
    of rows, are in there and, where there are any, in files of their own; `with_page` adds a page
    to look at it all. `fetch` is called from `workers` threads. A path becomes the new zip only
    once it is complete; a stream need not be able to go back. Raises ExportError when the zip
    cannot be written, and Cancelled.
    """
    chosen = chosen_of(comparison, selection)
    sources = Sources(fetch, tint or Tint(), comparison.options.max_pixels, workers)
    with zip_writer(target, token) as writer:
        rows = planned(chosen.changes, include)
        written = write_rows(writer, rows, sources, token, progress)
        if with_page:
            writer.stream(INDEX_NAME, page(chosen, written, include, decisions))
        _add_decisions(writer, chosen, decisions)
        writer.stream(MANIFEST_NAME, report(chosen, decisions, written))
    path = target if isinstance(target, Path) else None
    return ExportResult(path, len(written.entries), tuple(written.missing))


def _add_decisions(writer: Writer, chosen: Comparison, decisions: Mapping[str, Decision]) -> None:
    if any(said(decisions, change) != UNDECIDED for change in chosen.changes):
        writer.stream(JSON_NAME, decisions_json(chosen, decisions))
        writer.stream(CSV_NAME, decisions_csv(chosen, decisions))
