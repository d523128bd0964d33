"""A comparison as JSON, schema 1. docs/report.md describes it for those who read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from snapreview import __version__
from snapreview.export.atomic import write_pieces
from snapreview.export.entries import Missing
from snapreview.export.json_stream import stream_json
from snapreview.export.pipeline import Written
from snapreview.export.placed import placed
from snapreview.model.change import STATUSES, Change, Comparison
from snapreview.model.decision import UNDECIDED, Decision
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.model.order import in_order

SCHEMA = 1
"""Raised when a field changes its meaning or goes. New fields do not raise it."""

NO_DECISIONS: Mapping[str, Decision] = MappingProxyType({})
"""Decisions are passed on by the names of their rows."""


def report(
    comparison: Comparison,
    decisions: Mapping[str, Decision] = NO_DECISIONS,
    written: Written | None = None,
) -> Iterator[bytes]:
    """`comparison` as JSON in pieces, every row once and in the order of the list.

    With `written`, which must be in that order too, each row also tells under which names its
    files are in the zip, and what is `missing` follows at the end.
    """
    changes = in_order(comparison.changes)
    if written is None:
        return stream_json(_about(comparison), "images", (_image(c, decisions) for c in changes))
    images = (
        _image(row.change, decisions) | {"files": {p.value: name for p, name in row.files.items()}}
        for row in placed(changes, written)
    )
    missing = {"missing": [listed(one) for one in written.missing]}
    return stream_json(_about(comparison), "images", images, missing)


def write_report(
    path: Path, comparison: Comparison, decisions: Mapping[str, Decision] = NO_DECISIONS
) -> None:
    """Write the report of `comparison`, whole or not at all. Raises ExportError."""
    write_pieces(path, report(comparison, decisions))


def tool(comparison: Comparison) -> dict[str, str]:
    """What made it."""
    return {"name": "snapreview", "version": __version__, "engine": comparison.engine}


def snapshot(manifest: Manifest) -> dict[str, Any]:
    """What was compared."""
    return {
        "source": manifest.source,
        "snapshot_id": manifest.snapshot_id,
        "image_count": len(manifest.images),
    }


def listed(missing: Missing) -> dict[str, str]:
    """One line of a manifest's `missing`."""
    part = {} if missing.part is None else {"part": missing.part.value}
    return {"name": missing.name, **part, "reason": missing.reason}


def _about(comparison: Comparison) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "complete": comparison.complete,
        "tool": tool(comparison),
        "base": snapshot(comparison.base),
        "head": snapshot(comparison.head),
        "options": _options(comparison.options),
        "summary": _summary(comparison),
    }


def _options(options: DiffOptions) -> dict[str, Any]:
    return {
        "threshold": options.threshold,
        "antialiasing": options.antialiasing,
        "diff_threshold": options.diff_threshold,
        "max_pixels": options.max_pixels,
    }


def _summary(comparison: Comparison) -> dict[str, Any]:
    counts = comparison.counts()
    return {
        "total": len(comparison.changes),
        **{status.value: counts.get(status, 0) for status in STATUSES},
        "subtle": comparison.subtle,
        "elapsed_seconds": comparison.elapsed_seconds,
    }


def _image(change: Change, decisions: Mapping[str, Decision]) -> dict[str, Any]:
    record = change.record
    fields = {
        "name": change.name,
        "status": change.status.value,
        "previous_name": change.previous_name,
        "display_name": record.display_name if record else None,
        "group": record.group if record else None,
        "description": record.description if record else None,
        "tags": dict(record.tags) if record else {},
        "base": _side(change.base),
        "head": _side(change.head),
        "size_changed": _size_changed(change),
        **_measured(change),
        "error": change.error,
    }
    decision = decisions.get(change.name, UNDECIDED)
    return fields if decision.is_empty else fields | {"decision": _decision(decision)}


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "verdict": decision.verdict.value if decision.verdict else None,
        "note": decision.note,
        "decided": decision.decided or None,
    }


def _side(record: ImageRecord | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {"content_hash": record.sha256, "width": record.width, "height": record.height}


def _size_changed(change: Change) -> bool:
    """As measured; for a pair that was not (too large, say) as far as both sizes are known."""
    if change.diff is not None:
        return change.diff.size_changed
    sizes = [record.size for record in (change.base, change.head) if record]
    return len(sizes) == 2 and None not in sizes and sizes[0] != sizes[1]


def _measured(change: Change) -> dict[str, Any]:
    diff = change.diff
    return {
        "canvas": list(diff.canvas) if diff else None,
        "changed_pixels": diff.changed_pixels if diff else 0,
        "diff_ratio": change.ratio,
        "subtle_pixels": change.subtle_pixels,
        "regions": [list(box) for box in diff.regions] if diff else [],
    }
