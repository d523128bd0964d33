"""What the viewer says about images, in words. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

from snapreview.engine.regions import MAX_REGIONS
from snapreview.model.change import Change, Side
from snapreview.model.percent import percent
from snapreview.model.server_verdict import verdict_differs
from snapreview.ui.changes.category import Category, category_of
from snapreview.ui.viewer.source import Picture
from snapreview.ui.viewer.view_state import Size

BETWEEN = " · "
"""Stands between the parts of a summary."""


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
    if category is Category.SUBTLE:
        parts.append(_pixels(change.subtle_pixels))
    elif category is Category.CHANGED and change.diff:
        parts += [percent(change.ratio), _pixels(change.diff.changed_pixels)]
        parts += [_regions(len(change.diff.regions))] if change.diff.regions else []
    if change.previous_name:  # renamed, or paired by hand
        parts.append(f"{change.previous_name} → {change.name}")
    return BETWEEN.join(parts)


def _pixels(count: int) -> str:
    return "1 pixel" if count == 1 else f"{count:,} pixels"


def _regions(count: int) -> str:
    if count >= MAX_REGIONS:
        return f"{MAX_REGIONS} or more regions"
    return "1 region" if count == 1 else f"{count} regions"


def details(pictures: Mapping[Side, Picture]) -> dict[Side, str]:
    """What to add to a side's name: size, how it differs, a profile that is not as usual."""
    words = {side: [size_text(picture.size)] for side, picture in pictures.items()}
    if len(pictures) == 2:
        difference = size_difference(pictures[Side.BASE].size, pictures[Side.HEAD].size)
        words[Side.HEAD] += [difference] if difference else []
    telling = any(picture.converted for picture in pictures.values())
    for side, picture in pictures.items():
        words[side] += [picture.profile] if telling and picture.profile else []
    return {side: " · ".join(parts) for side, parts in words.items()}


def profile_remark(pictures: Mapping[Side, Picture]) -> str:
    """A sentence where base and head are shown by different colour profiles, else nothing.

    All that is shown as it is stored counts as sRGB, whatever the profile is called.
    """
    base, head = pictures[Side.BASE], pictures[Side.HEAD]
    if _shown_as(base) == _shown_as(head):
        return ""
    return (
        f"Base has {_profile(base)}, head {_profile(head)}: they are shown as those, and compared"
        " as stored."
    )


def _shown_as(picture: Picture) -> str:
    return picture.profile if picture.converted else ""


def _profile(picture: Picture) -> str:
    return f"the profile {picture.profile}" if picture.profile else "no profile (taken as sRGB)"


def remarks(change: Change) -> tuple[str, ...]:
    """Sentences that go with the image: why it failed, how it was read, who sees it otherwise."""
    notes = change.diff.notes if change.diff else ()
    found = (change.error or "", *notes, verdict_differs(change))
    return tuple(sentence for sentence in found if sentence)
