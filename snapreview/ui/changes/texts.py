"""What the list says about a change, in words. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from snapreview.model.change import Change
from snapreview.model.names import folder_of
from snapreview.model.percent import percent
from snapreview.ui.changes.category import Category, category_of

_SPACE = "\u00a0"  # keeps a number and its unit on one line
_WORDS = {Category.ERRORED: "error", Category.PENDING: "waiting"}


@dataclass(frozen=True, slots=True)
class RowText:
    """The texts of one row.

    `detail` stands below the title; `badge` is the short word or number at the right, `note`
    the remark below it, `tooltip` several lines, `spoken` one sentence for a screen reader.
    `plain` rows have no status that says anything.
    """

    title: str
    detail: str
    badge: str
    note: str = ""
    tooltip: str = ""
    spoken: str = ""
    plain: bool = False


def browsed_text(change: Change) -> RowText:
    """Put an image that is compared with nothing into words: what it is, not what it became."""
    if change.error:
        return row_text(change)
    text = row_text(change)
    size = change.record.size if change.record else None
    badge = f"{size[0]} × {size[1]}" if size else ""
    tooltip = "\n".join(dict.fromkeys((change.title, change.name)))
    spoken = ", ".join(part for part in (text.title, badge, text.detail) if part)
    return RowText(text.title, text.detail, badge, tooltip=tooltip, spoken=spoken, plain=True)


def row_text(change: Change) -> RowText:
    """Put a change into words."""
    title = change.title if change.title != change.name else change.name.rpartition("/")[2]
    detail = _detail(change)
    badge, note = _badge(change), _note(change)
    note = "" if note == badge else note
    return RowText(
        title=title,
        detail=detail,
        badge=badge,
        note=note,
        tooltip="\n".join(_tooltip(change)),
        spoken=", ".join(part for part in (title, _status(change), badge, note, detail) if part),
    )


def _status(change: Change) -> str:
    return category_of(change).value


def _badge(change: Change) -> str:
    category = category_of(change)
    if category is Category.CHANGED and change.diff is not None:
        return percent(change.ratio) if change.ratio else _note(change) or "changed"
    if category is Category.SUBTLE:
        return f"{_short(change.subtle_pixels)}{_SPACE}px"
    return _WORDS.get(category, category.value)


def _short(count: int) -> str:
    """A count in at most four characters: 112, 1.2k, 34k, 5.6M."""
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if count >= unit:
            value = floor(count / unit * 10) / 10
            return f"{value:.1f}{name}" if value < 10 else f"{floor(value)}{name}"
    return str(count)


def _note(change: Change) -> str:
    """What else is to be known of a changed image."""
    if change.diff is None or category_of(change) is not Category.CHANGED:
        return ""
    if change.diff.size_changed:
        return "size"
    return "alpha" if change.diff.alpha_changed else ""


def _detail(change: Change) -> str:
    """The second line: why it failed, what it was called, or where it belongs."""
    if change.error:
        return change.error
    old = change.previous_name
    if old is None:
        return change.group
    moved = folder_of(old) != folder_of(change.name)
    return f"was {old if moved else old.rpartition('/')[2]}"


def _tooltip(change: Change) -> list[str]:
    lines = [change.title] if change.title != change.name else []
    lines.append(change.name)
    if change.previous_name:
        lines.append(f"was {change.previous_name}")
    lines.append(_measured(change))
    lines += [change.error] if change.error else []
    return lines


def _measured(change: Change) -> str:
    """The status with its exact numbers."""
    diff, word = change.diff, _status(change).capitalize()
    if diff is None:
        return word
    width, height = diff.canvas
    changed = change.subtle_pixels or diff.changed_pixels
    size = ", size differs" if diff.size_changed else ""
    return f"{word}: {changed:,} of {diff.total_pixels:,} pixels ({width} × {height}){size}"
