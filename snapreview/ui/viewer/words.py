"""What the viewer says about images, in words. No Qt."""

from __future__ import annotations

from snapreview.model.change import Change
from snapreview.model.percent import percent
from snapreview.ui.changes.category import Category, category_of
from snapreview.ui.viewer.view_state import Size


def size_text(size: Size) -> str:
    """`1170 × 2532`."""
    return f"{size[0]} × {size[1]}"


def size_difference(base: Size, head: Size) -> str:
    """By how much the head is wider and taller, such as `−8 px wide, +120 px tall`, or nothing."""
    named = zip(base, head, ("wide", "tall"), strict=True)
    return ", ".join(f"{_signed(h - b)} px {word}" for b, h, word in named if h != b)


def _signed(number: int) -> str:
    return f"+{number:,}" if number > 0 else f"−{-number:,}"


def zoom_text(zoom: float) -> str:
    """`37 %`; small zooms keep a decimal."""
    percent = zoom * 100
    return f"{percent:.1f} %" if percent < 10 and percent % 1 else f"{round(percent)} %"


def summary(change: Change, *, browsing: bool = False) -> str:
    """One line on what happened to the image; while `browsing`, nothing did."""
    if browsing and not change.error:
        return size_text(change.record.size) if change.record and change.record.size else ""
    category = category_of(change)
    parts = [category.value.capitalize()]
    if category is Category.RENAMED and change.previous_name:
        parts.append(f"{change.previous_name} → {change.name}")
    elif category is Category.SUBTLE:
        parts.append(_pixels(change.subtle_pixels))
    elif category is Category.CHANGED and change.diff:
        parts += [percent(change.ratio), _pixels(change.diff.changed_pixels)]
    return " · ".join(parts)


def _pixels(count: int) -> str:
    return "1 pixel" if count == 1 else f"{count:,} pixels"


def remarks(change: Change) -> tuple[str, ...]:
    """Sentences that go with the image: why it failed, how it was read."""
    notes = change.diff.notes if change.diff else ()
    return (change.error, *notes) if change.error else notes
