"""Everything that is known of a change, to be copied: as JSON and as text. No Qt.

The JSON has the fields of the report's images (docs/report.md) and what else the panel tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from snapreview.model.change import Change
from snapreview.model.decision import Decision
from snapreview.model.manifest import ImageRecord
from snapreview.ui.inspector.metadata import bounded
from snapreview.ui.inspector.rows import (
    Profiles,
    change_facts,
    detail_facts,
    image_facts,
    regions,
)
from snapreview.ui.inspector.shown import whole

__all__ = ["Profiles", "details_json", "details_text"]


def details_json(change: Change, decision: Decision, profiles: Profiles) -> str:
    """`change` with all that belongs to it as one JSON object, ending with a line break.

    Half a surrogate pair, which metadata from outside may hold, is written as its JSON escape;
    what nests deeper than 32 levels is cut off there.
    """
    document = {
        **_described(change),
        "base": _side(change.base, profiles.base),
        "head": _side(change.head, profiles.head),
        **_measured(change),
        "error": change.error,
        "decision": _decision(decision),
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def details_text(change: Change, decision: Decision, profiles: Profiles) -> str:
    """The same for people: one fact a line, ending with a line break. Metadata is left out."""
    return whole("\n".join(_lines(change, decision, profiles))) + "\n"


def _described(change: Change) -> dict[str, Any]:
    record = change.record
    return {
        "name": change.name,
        "status": change.status.value,
        "previous_name": change.previous_name,
        "display_name": record.display_name if record else None,
        "group": record.group if record else None,
        "description": record.description if record else None,
        "tags": dict(record.tags) if record else {},
        "canvas_theme": record.canvas_theme if record else None,
        "diff_threshold": record.diff_threshold if record else None,
    }


def _side(record: ImageRecord | None, profile: str) -> dict[str, Any] | None:
    if record is None:
        return None
    return {
        "name": record.name,
        "content_hash": record.sha256,
        "width": record.width,
        "height": record.height,
        "byte_size": record.byte_size,
        "profile": profile or None,
        "extra": bounded(record.extra),
    }


def _measured(change: Change) -> dict[str, Any]:
    diff = change.diff
    return {
        "canvas": list(diff.canvas) if diff else None,
        "size_changed": _resized(change),
        "alpha_changed": diff.alpha_changed if diff else False,
        "changed_pixels": diff.changed_pixels if diff else 0,
        "total_pixels": diff.total_pixels if diff else 0,
        "diff_ratio": change.ratio,
        "subtle_pixels": change.subtle_pixels,
        "regions": [list(box) for box in diff.regions] if diff else [],
        "notes": list(diff.notes) if diff else [],
    }


def _resized(change: Change) -> bool:
    """As measured; for a pair that was not, as far as both sizes are known."""
    if change.diff is not None:
        return change.diff.size_changed
    sizes = [record.size for record in (change.base, change.head) if record and record.size]
    return len(sizes) == 2 and sizes[0] != sizes[1]


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "verdict": decision.verdict.value if decision.verdict else None,
        "note": decision.note,
        "decided": decision.decided or None,
    }


def _lines(change: Change, decision: Decision, profiles: Profiles) -> Iterator[str]:
    told = *detail_facts(change), *change_facts(change), *image_facts(change, profiles)
    for fact in (fact for fact in told if not fact.caption):
        values = (value.whole or value.shown for value in fact.values)
        yield f"{fact.label}: {' → '.join(dict.fromkeys(values))}"
    for place in regions(change.diff):
        yield f"Region {place.number}: {place.size} at {place.position} ({place.share})"
    yield from _sentences(change)
    if decision.verdict:
        yield f"Decision: {decision.verdict.value.capitalize()}"
    if decision.note:
        yield f"Note: {decision.note}"


def _sentences(change: Change) -> Iterator[str]:
    """What was written about the image."""
    record = change.record
    if change.error:
        yield f"Error: {change.error}"
    for note in change.diff.notes if change.diff else ():
        yield f"Read: {note}"
    if record and record.description:
        yield f"Description: {record.description}"
    for key, value in (record.tags if record else {}).items():
        yield f"Tag: {key}={value}"
