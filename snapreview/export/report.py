"""A comparison as JSON, schema 1. docs/report.md describes it for those who read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from snapreview import __version__
from snapreview.export.atomic import replacing
from snapreview.export.faults import not_written
from snapreview.model.change import STATUSES, Change, Comparison
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.model.order import in_order

SCHEMA = 1
"""Raised when a field changes its meaning or goes. New fields do not raise it."""

Files = Mapping[str, Mapping[str, str]]
"""Name of a row → part (base, head, diff, overlay) → name of the zip's entry."""


def report(comparison: Comparison, *, files: Files | None = None) -> dict[str, Any]:
    """`comparison` as plain JSON values, every row once and in the order of the list.

    With `files` each row also tells under which names its files are in the zip.
    """
    images = [_image(change) for change in in_order(comparison.changes)]
    if files is not None:
        for image in images:
            image["files"] = dict(files.get(image["name"], {}))
    return {
        "schema": SCHEMA,
        "complete": comparison.complete,
        "tool": {"name": "snapreview", "version": __version__, "engine": comparison.engine},
        "base": _snapshot(comparison.base),
        "head": _snapshot(comparison.head),
        "options": _options(comparison.options),
        "summary": _summary(comparison),
        "images": images,
    }


def dump_json(document: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON. Raises ValueError for NaN and infinity, which JSON does not have.

    Half a surrogate pair, which metadata from outside may hold, is written as its JSON escape.
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def write_report(path: Path, comparison: Comparison) -> None:
    """Write the report of `comparison`, whole or not at all. Raises ExportError."""
    data = dump_json(report(comparison))
    try:
        with replacing(path) as file:
            file.write(data)
    except OSError as fault:
        raise not_written(path, fault) from fault


def _snapshot(manifest: Manifest) -> dict[str, Any]:
    return {
        "source": manifest.source,
        "snapshot_id": manifest.snapshot_id,
        "image_count": len(manifest.images),
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


def _image(change: Change) -> dict[str, Any]:
    record = change.record
    return {
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
