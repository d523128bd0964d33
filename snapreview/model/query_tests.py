"""The tests that terms become. Each is one closure, asked of every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from snapreview.model.change import Change, Status
from snapreview.model.decision import Verdict, is_reviewable
from snapreview.model.query_pattern import fits, has_star, longest_piece
from snapreview.model.query_subject import Subject, Test


def any_of(tests: Sequence[Test]) -> Test:
    """Passed by what passes one of them."""
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        one, other = tests
        return lambda row: one(row) or other(row)
    return lambda row: any(test(row) for test in tests)


def all_of(tests: Sequence[Test]) -> Test:
    """Passed by what passes each of them, asked in this order."""
    if not tests:
        return lambda _: True
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        one, other = tests
        return lambda row: one(row) and other(row)
    return lambda row: all(test(row) for test in tests)


def opposite(test: Test) -> Test:
    """Passed by what fails the other."""
    return lambda row: not test(row)


def has_words(wanted: Sequence[str], unwanted: Sequence[str]) -> Test:
    """Whether all of these, and none of those, are in the row's text."""
    if len(wanted) == 1 and not unwanted:  # what is typed most, and asked of every row
        only = wanted[0]
        return lambda row: only in row.haystack
    if not unwanted:
        return lambda row: all(map(row.haystack.__contains__, wanted))
    return lambda row: (
        all(map(row.haystack.__contains__, wanted))
        and not any(map(row.haystack.__contains__, unwanted))
    )


def has_pattern(pattern: str) -> Test:
    """Whether a folded plain word with `*` in it fits a part of one of the row's texts."""
    piece, fit = longest_piece(pattern), fits(f"*{pattern}*")
    return lambda row: piece in row.haystack and any(map(fit, row.haystack.split("\n")))


def has_state(word: str) -> Test:
    """Whether the row is listed and counted as this: a status, or `subtle`."""
    if word == "subtle":
        return lambda row: row.change.is_subtle
    status = Status(word)
    if status is Status.UNCHANGED:
        return lambda row: row.change.status is status and not row.change.is_subtle
    return lambda row: row.change.status is status


def has_name(text: str) -> Test:
    """Whether a name has this (folded) in it, or fits it where it has a `*`.

    Names are the image's, the one it had before, what it is displayed as; and the file's.
    """
    piece = longest_piece(text)
    fit = fits(text if has_star(text) else f"*{text}*")
    return lambda row: piece in row.haystack and any(map(fit, _names(row.change)))


def _names(change: Change) -> Iterator[str]:
    record = change.record
    display = record.display_name if record else None
    for name in (change.name, display, change.previous_name):
        if name:
            folded = name.casefold()
            yield folded
            yield folded.rpartition("/")[2]


def in_group(text: str) -> Test:
    """Whether the group is this (folded) or lies in it as in a folder; `*` as anywhere."""
    piece, fit = longest_piece(text), fits(text)
    if has_star(text):
        return lambda row: piece in row.haystack and fit(row.change.group.casefold())
    if not text:
        return lambda row: not row.change.group
    inside = f"{text.rstrip('/')}/"
    piece = inside[:-1]
    return lambda row: (
        piece in row.haystack and f"{row.change.group.casefold()}/".startswith(inside)
    )


def has_tag(name: str, value: str | None) -> Test:
    """Whether there is such a tag (folded, with `*`), with this value unless that is None."""
    fits_name, fits_value = fits(name), fits("*" if value is None else value)

    def test(row: Subject) -> bool:
        record = row.change.record
        return record is not None and any(
            fits_name(key.casefold()) and fits_value(tag.casefold())
            for key, tag in record.tags.items()
        )

    return test


def differs_by(low: float, high: float, *, low_in: bool, high_in: bool) -> Test:
    """Whether the measured difference, in percent, lies between these; `_in`: or is just that."""

    def test(row: Subject) -> bool:
        share = measured(row.change)
        return share is not None and (
            (low < share < high) or (low_in and share == low) or (high_in and share == high)
        )

    return test


def measured(change: Change) -> float | None:
    """How much of an image differs, in percent, or None where nothing was compared."""
    if change.diff is not None:
        # Divided once, so that 7 % is just what "7" reads as.
        return 100 * change.diff.changed_pixels / max(change.diff.total_pixels, 1)
    return 0.0 if change.status is Status.UNCHANGED else None


def size_changed(change: Change) -> bool | None:
    """Whether base and head differ in size, or None where that is not known or there is one."""
    if change.diff is not None:
        return change.diff.size_changed
    if change.base is None or change.head is None:
        return None
    if change.status in (Status.UNCHANGED, Status.RENAMED):
        return False
    before, after = change.base.size, change.head.size
    return None if before is None or after is None else before != after


def has_size(width: int | None, height: int | None) -> Test:
    """Whether base or head has these pixels; None is any number of them."""

    def fit(size: tuple[int, int]) -> bool:
        return width in (None, size[0]) and height in (None, size[1])

    return lambda row: any(map(fit, sizes(row.change)))


def sizes(change: Change) -> frozenset[tuple[int, int]]:
    """The sizes of base and head, as far as they are known."""
    records = (change.base, change.head)
    return frozenset(record.size for record in records if record and record.size)


STATES = (
    *("changed", "errored", "removed", "added", "renamed"),
    *("subtle", "unchanged", "skipped", "pending"),
)
"""What a row can be listed as, in the order of the list; see `has_state`."""

_BY_STATE = {word: has_state(word) for word in STATES}

WORDS: Mapping[str, Mapping[str, Test]] = MappingProxyType(
    {
        "status": _BY_STATE,
        "is": {
            "unreviewed": lambda row: row.decision.verdict is None and is_reviewable(row.change),
            "approved": lambda row: row.decision.verdict is Verdict.APPROVED,
            "rejected": lambda row: row.decision.verdict is Verdict.REJECTED,
            "reviewed": lambda row: row.decision.verdict is not None,
            **_BY_STATE,
        },
        "has": {
            "note": lambda row: bool(row.decision.note),
            "error": lambda row: bool(row.change.error),
            "description": lambda row: bool(row.change.record and row.change.record.description),
            "tag": lambda row: bool(row.change.record and row.change.record.tags),
        },
        "size": {
            "changed": lambda row: size_changed(row.change) is True,
            "same": lambda row: size_changed(row.change) is False,
        },
    }
)
"""The tests behind the words that a key knows, by key."""
