"""A selection of a comparison as a zip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from snapreview.export.contents import Fetch
from snapreview.export.entries import MANIFEST_NAME, Missing, Part, ZipResult, planned
from snapreview.export.overlay import Tint
from snapreview.export.pipeline import WORKERS, Progress, Sources, Written, write_rows
from snapreview.export.report import dump_json, report
from snapreview.export.zip_writer import zip_writer
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison
from snapreview.model.order import in_order


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
) -> ZipResult:
    """Write the wanted parts of the selected rows, in the order of the list, and a manifest.

    The manifest is the report of the selected rows with the names of their files, and with what
    is `missing`: an image that cannot be had does not end the export. `fetch` is called from
    `workers` threads. A path becomes the new zip only once it is complete; a stream need not be
    able to go back. Raises ExportError when the zip cannot be written, and Cancelled.
    """
    chosen = replace(comparison, changes=in_order({c.name: c for c in selection}.values()))
    sources = Sources(fetch, tint or Tint(), comparison.options.max_pixels, workers)
    with zip_writer(target, token) as writer:
        rows = planned(chosen.changes, include)
        written = write_rows(writer, rows, sources, token, progress)
        writer.add(MANIFEST_NAME, dump_json(_manifest(chosen, written)))
    path = target if isinstance(target, Path) else None
    return ZipResult(path, len(written.entries), tuple(written.missing))


def _manifest(chosen: Comparison, written: Written) -> dict[str, Any]:
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for entry, _ in written.entries:
        if entry.part is not None:
            files[entry.image][entry.part.value] = entry.name
    return report(chosen, files=files) | {"missing": [listed(m) for m in written.missing]}


def listed(missing: Missing) -> dict[str, str]:
    """One line of a manifest's `missing`."""
    part = {} if missing.part is None else {"part": missing.part.value}
    return {"name": missing.name, **part, "reason": missing.reason}
