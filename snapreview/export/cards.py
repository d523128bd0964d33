"""What a page tells of each row, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from urllib.parse import quote

from snapreview.export.decisions import UNREVIEWED
from snapreview.export.entries import Part
from snapreview.export.placed import Placed
from snapreview.model.change import Change
from snapreview.model.decision import Decision, is_reviewable
from snapreview.model.manifest import ImageRecord
from snapreview.model.names import extension
from snapreview.model.percent import percent

_CAPTIONS = {Part.BASE: "Base", Part.HEAD: "Head", Part.OVERLAY: "Overlay", Part.DIFF: "Mask"}
_NOT_DRAWN = frozenset({".tif", ".tiff"})
"""Kinds of images that browsers do not show: https://developer.mozilla.org/docs/Web/Media/Guides/
Formats/Image_types has all that they do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One image of a row: its address relative to the page, or the reason why it has none."""

    caption: str
    size: str
    url: str
    drawable: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """A row. `status` and `verdict` are words of ours; all else may hold anything."""

    title: str
    status: str
    word: str
    verdict: str
    note: str
    facts: tuple[str, ...]
    error: str
    cells: tuple[Cell, ...]


def columns_of(parts: Set[Part]) -> tuple[Part, ...]:
    """What is shown side by side: the mask only where there is no overlay."""
    marked = Part.OVERLAY if Part.OVERLAY in parts else Part.DIFF
    return tuple(part for part in (Part.BASE, Part.HEAD, marked) if part in parts)


def status_of(change: Change) -> str:
    """The word for its section of the list: its status, or `subtle`."""
    return "subtle" if change.is_subtle else change.status.value


def card_of(row: Placed, columns: Sequence[Part], decision: Decision) -> Card:
    """Put a row into words."""
    change, status = row.change, status_of(row.change)
    verdict = decision.verdict.value if decision.verdict else ""
    return Card(
        title=_title(change),
        status=status,
        word=status.capitalize(),
        verdict=verdict or (UNREVIEWED if is_reviewable(change) else ""),
        note=decision.note,
        facts=tuple(_facts(change)),
        error=change.error or "",
        cells=tuple(_cells(row, columns)),
    )


def _title(change: Change) -> str:
    return change.title if change.title != change.name else change.name.rpartition("/")[2]


def _facts(change: Change) -> Iterator[str]:
    title = _title(change)
    if change.name != title:
        yield change.name
    if change.previous_name:
        yield f"was {change.previous_name}"
    group = change.record.group if change.record else None
    if group and group not in change.name:
        yield group
    yield from _measured(change)


def _measured(change: Change) -> Iterator[str]:
    diff = change.diff
    if diff is None:
        return
    if change.is_subtle:
        yield f"{change.subtle_pixels:,} {_pixels(change.subtle_pixels)} below what counts"
    elif diff.changed_pixels:
        yield f"{percent(change.ratio)} changed"
        yield f"{diff.changed_pixels:,} {_pixels(diff.changed_pixels)}"
    if diff.size_changed:
        yield "size differs"
    if diff.alpha_changed:
        yield "transparency differs"


def _pixels(count: int) -> str:
    return "pixel" if count == 1 else "pixels"


def _cells(row: Placed, columns: Sequence[Part]) -> Iterator[Cell]:
    for part in columns:
        name, reason = row.files.get(part, ""), row.missing.get(part, "")
        record = _record(row.change, part)
        reason = reason or ("" if record else _absent(part))
        if name or reason:
            size = f"{record.width} × {record.height}" if record and record.size else ""
            drawable = extension(name) not in _NOT_DRAWN
            yield Cell(_CAPTIONS[part], size, quote(name), drawable, reason)


def _record(change: Change, part: Part) -> ImageRecord | None:
    if part is Part.BASE:
        return change.base
    if part is Part.HEAD:
        return change.head
    return None


def _absent(part: Part) -> str:
    """Why there is nothing to see; where nothing is marked, that needs no words."""
    return {Part.BASE: "Not in the base", Part.HEAD: "Not in the head"}.get(part, "")
