"""What the panel tells about a change, as labels and values. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from snapreview.model.change import Box, Change, ImageDiff, Side
from snapreview.model.manifest import ImageRecord
from snapreview.model.percent import percent
from snapreview.ui.changes.category import category_of
from snapreview.ui.inspector.shown import MISSING, counted, file_size, one_line
from snapreview.ui.viewer.boxes import reading_numbers
from snapreview.ui.viewer.words import size_difference, size_text

_SHORT_HASH = 8


@dataclass(frozen=True, slots=True)
class Profiles:
    """Names of the colour profiles of base and head, empty while nobody has looked."""

    base: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """`shown` is fit for the screen, `whole` is what is copied. `quiet` stands for nothing."""

    shown: str
    whole: str = ""
    quiet: bool = False

    @classmethod
    def of(cls, text: str | None) -> Value:
        """A text from outside, or what stands for none."""
        return cls(one_line(text), text) if text else cls(MISSING, quiet=True)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and one value, or those of base and head. `differs` where these are not the same.

    `ink` names a category whose colour and glyph the value has. `digest` values copy by a click.
    A `caption` says whose values stand below it.
    """

    label: str
    values: tuple[Value, ...]
    differs: bool = False
    ink: str = ""
    digest: bool = False
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A changed region in words; `share` is of the canvas."""

    number: str
    size: str
    position: str
    share: str


def change_facts(change: Change, *, browsing: bool = False) -> tuple[Fact, ...]:
    """What happened, with its numbers; nothing did where one set is only looked at."""
    if browsing and not change.error:
        return ()
    category = category_of(change)
    word = category.value.capitalize()
    facts = [Fact("Status", (Value(word, word),), ink=category.value)]
    if change.diff is not None:
        facts += _measured(change, change.diff)
    return tuple(facts)


def image_facts(change: Change, profiles: Profiles) -> tuple[Fact, ...]:
    """What is known of the image, or of base and head beside one another."""
    told = (Side.BASE, change.base, profiles.base), (Side.HEAD, change.head, profiles.head)
    sides = [(record, profile) for _, record, profile in told if record is not None]
    captions = tuple(Value(side.title) for side, record, _ in told if record is not None)
    return (
        Fact("", captions, caption=True),
        _compared("Size", [_size(record) for record, _ in sides]),
        _compared("File", [_bytes(record) for record, _ in sides]),
        _compared("Profile", [Value.of(profile) for _, profile in sides]),
        _compared("SHA-256", [_digest(record) for record, _ in sides], digest=True),
    )


def detail_facts(change: Change) -> tuple[Fact, ...]:
    """What the image is called, where it belongs, and how it wants to be looked at."""
    record = change.record
    texts = {
        "Name": change.name,
        "Was": change.previous_name,
        "Shown as": record.display_name if record else None,
        "Group": change.group,
        "Theme": record.canvas_theme.capitalize() if record and record.canvas_theme else None,
        "Ignores": _ignored(record),
    }
    return tuple(Fact(label, (Value.of(text),)) for label, text in texts.items() if text)


def regions(diff: ImageDiff | None) -> tuple[Region, ...]:
    """The changed regions in the order of the diff, with the numbers that the viewer shows."""
    if diff is None:
        return ()
    numbers, total = reading_numbers(diff.regions), diff.total_pixels
    return tuple(region(numbers[i], box, total) for i, box in enumerate(diff.regions))


def region(number: int, box: Box, total: int) -> Region:
    """One of them, on a canvas of `total` pixels."""
    x, y, width, height = box
    share = width * height / total if total else 0.0
    return Region(str(number), size_text((width, height)), f"{x}, {y}", percent(share))


def read_notes(change: Change) -> str:
    """Sentences about how the pair was read."""
    return "\n".join(change.diff.notes) if change.diff else ""


def _measured(change: Change, diff: ImageDiff) -> list[Fact]:
    subtle = change.is_subtle
    facts = []
    if subtle:
        facts.append(_fact("Subtle", f"{change.subtle_pixels:,} of {diff.total_pixels:,}"))
    elif diff.changed_pixels:
        facts.append(_fact("Changed", percent(diff.ratio)))
        facts.append(_fact("Pixels", f"{diff.changed_pixels:,} of {diff.total_pixels:,}"))
    if diff.subtle_pixels and not subtle:
        facts.append(_fact("Subtle", counted(diff.subtle_pixels, "pixel")))
    if diff.size_changed and change.base and change.head:
        grown = _growth(change.base, change.head)
        facts += [_fact("Resized", grown)] if grown else []
        facts.append(_fact("Canvas", size_text(diff.canvas)))
    if diff.alpha_changed:
        facts.append(_fact("Alpha", "Transparency differs"))
    return facts


def _fact(label: str, text: str) -> Fact:
    return Fact(label, (Value(text, text.replace("\u00a0", " ")),))


def _growth(base: ImageRecord, head: ImageRecord) -> str:
    if base.size is None or head.size is None:
        return ""
    return size_difference(base.size, head.size)


def _compared(label: str, values: list[Value], *, digest: bool = False) -> Fact:
    """Base and head: they differ where both are known and not the same."""
    known = [value for value in values if not value.quiet]
    differs = len(known) == 2 and known[0].whole != known[1].whole
    return Fact(label, tuple(values), differs, digest=digest)


def _size(record: ImageRecord) -> Value:
    return Value.of(size_text(record.size) if record.size else None)


def _bytes(record: ImageRecord) -> Value:
    if record.byte_size is None:
        return Value.of(None)
    return Value(file_size(record.byte_size), f"{record.byte_size:,} bytes")


def _digest(record: ImageRecord) -> Value:
    if record.sha256 is None:
        return Value.of(None)
    return Value(record.sha256[:_SHORT_HASH], record.sha256)


def _ignored(record: ImageRecord | None) -> str | None:
    """The image's own diff_threshold, in the words of the settings."""
    if record is None or not record.diff_threshold:
        return None
    return f"Changes smaller than {percent(record.diff_threshold)}"
