"""What the list says about a change, in words. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from snapreview.model.change import Change
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.model.names import folder_of
from snapreview.model.percent import percent
from snapreview.ui.changes.category import Category, category_of

_SPACE = "\u00a0"  # keeps a number and its unit on one line
WAITING = "waiting"
NOT_COMPARED = "not compared"
"""What is said of a pending row while images are compared, and when that was stopped."""

_LONGEST_NOTE = 400
"""Characters of a note that a tooltip shows."""


@dataclass(frozen=True, slots=True)
class RowText:
    """The texts of one row.

    `detail` stands below the title; `badge` is the short word or number at the right, `note`
    the remark below it, `tooltip` several lines, `spoken` one sentence for a screen reader.
    `plain` rows have no status that says anything. `verdict` and `noted` tell what a reviewer
    said. `indented` rows stand below the header of their group.
    """

    title: str
    detail: str
    badge: str
    note: str = ""
    tooltip: str = ""
    spoken: str = ""
    plain: bool = False
    verdict: Verdict | None = None
    noted: bool = False
    indented: bool = False


def browsed_text(change: Change, decision: Decision = UNDECIDED) -> RowText:
    """Put an image that is compared with nothing into words: what it is, not what it became."""
    text = row_text(change, decision)
    if change.error:
        return text
    size = change.record.size if change.record else None
    badge = f"{size[0]} × {size[1]}" if size else ""
    tooltip = "\n".join(dict.fromkeys((change.title, change.name)))
    spoken = ", ".join(part for part in (text.title, badge, text.detail) if part)
    return RowText(text.title, text.detail, badge, tooltip=tooltip, spoken=spoken, plain=True)


def row_text(change: Change, decision: Decision = UNDECIDED, *, pending: str = WAITING) -> RowText:
    """Put a change into words, and what was decided on it. `pending` is the word for that."""
    title = change.title if change.title != change.name else change.name.rpartition("/")[2]
    detail = _detail(change)
    status = _status(change, pending)
    badge, note = _badge(change, status), _note(change)
    note = "" if note == badge else note
    said = "" if status.startswith(badge) else badge
    parts = (title, status, said, note, detail, *_said(decision))
    return RowText(
        title=title,
        detail=detail,
        badge=badge,
        note=note,
        tooltip="\n".join([*_tooltip(change, status), *_decided(decision)]),
        spoken=", ".join(part for part in parts if part),
        verdict=decision.verdict,
        noted=bool(decision.note),
    )


def _said(decision: Decision) -> list[str]:
    """What a screen reader tells of a decision."""
    verdict = [decision.verdict.value] if decision.verdict else []
    return [*verdict, "with a note"] if decision.note else verdict


def _decided(decision: Decision) -> list[str]:
    """What the tooltip tells of a decision."""
    lines = [decision.verdict.value.capitalize()] if decision.verdict else []
    if decision.note:
        note = decision.note
        cut = note if len(note) <= _LONGEST_NOTE else f"{note[: _LONGEST_NOTE - 1]}…"
        lines.append(f"Note: {cut}")
    return lines


def _status(change: Change, pending: str) -> str:
    category = category_of(change)
    return pending if category is Category.PENDING else category.value


def _badge(change: Change, status: str) -> str:
    category = category_of(change)
    if category is Category.CHANGED and change.diff is not None:
        return percent(change.ratio) if change.ratio else _note(change) or "changed"
    if category is Category.SUBTLE:
        return f"{_short(change.subtle_pixels)}{_SPACE}px"
    return "error" if category is Category.ERRORED else status


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


def _tooltip(change: Change, status: str) -> list[str]:
    lines = [change.title] if change.title != change.name else []
    lines.append(change.name)
    if change.previous_name:
        lines.append(f"was {change.previous_name}")
    lines.append(_measured(change, status))
    lines += [change.error] if change.error else []
    return lines


def _measured(change: Change, status: str) -> str:
    """The status with its exact numbers."""
    diff, word = change.diff, status.capitalize()
    if diff is None:
        return word
    width, height = diff.canvas
    changed = change.subtle_pixels or diff.changed_pixels
    size = ", size differs" if diff.size_changed else ""
    return f"{word}: {changed:,} of {diff.total_pixels:,} pixels ({width} × {height}){size}"
