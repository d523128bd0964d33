"""Which values the rows of a comparison have, with their numbers: what completion offers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from snapreview.model.decision import Verdict, is_reviewable
from snapreview.model.query_subject import Subject, state_word
from snapreview.model.query_tests import measured, size_changed, sizes

_BOUNDS = (0.1, 1.0, 10.0)
"""Percentages that are offered, though nobody measured just these."""


class Vocabulary:
    """Values by key, each with the number of rows that it finds.

    Nothing is counted before it is asked for, then once over all rows, and from then on kept by
    `replace`: so a keystroke costs no walk over the rows. `rows` gives all of them, as they are.
    """

    def __init__(self, rows: Callable[[], Iterable[Subject]] = tuple) -> None:
        self._rows = rows
        self._kinds: dict[str, _Kind] = {}

    def reset(self) -> None:
        """The rows are all others now."""
        self._kinds.clear()

    def replace(self, old: Subject | None, new: Subject | None) -> None:
        """One row is another now; None where there was none, or is none any more."""
        for kind in self._kinds.values():
            kind.replace(old, new)

    def counts(self, key: str) -> Mapping[str, int]:
        """The values behind a key and the rows each of them finds; empty for an unknown key."""
        return self._kind(key).counts() if key in _KINDS else {}

    def tag_values(self, name: str) -> Mapping[str, int]:
        """The values of a tag and the rows each of them finds; the name in any case."""
        folded, found = name.casefold(), Counter[str]()
        for (tag, value), count in self._kind("tag=").counts().items():
            if tag.casefold() == folded:
                found[value] += count
        return found

    def _kind(self, key: str) -> _Kind:
        kind = self._kinds.get(key)
        if kind is None:
            kind = self._kinds[key] = _Kind(*_KINDS[key])
            kind.count(self._rows())
        return kind


@dataclass(slots=True)
class _Kind:
    """One key's values. `raw` is asked of every row, `words` only once of each different answer."""

    raw: Callable[[Subject], Hashable]
    words: Callable[[Any], Iterable[Any]]
    raws: Counter[Hashable] = field(default_factory=Counter)
    known: Mapping[Any, int] | None = None

    def count(self, rows: Iterable[Subject]) -> None:
        self.raws.update(map(self.raw, rows))

    def replace(self, old: Subject | None, new: Subject | None) -> None:
        before = [self.raw(old)] if old is not None else []
        after = [self.raw(new)] if new is not None else []
        if before != after:
            self.raws.subtract(before)
            self.raws.update(after)
            self.known = None

    def counts(self) -> Mapping[Any, int]:
        if self.known is None:
            counted = Counter[Any]()
            for raw, count in self.raws.items():
                for word in self.words(raw) if count else ():
                    counted[word] += count
            self.known = MappingProxyType(counted)
        return self.known


def _folders(group: str) -> list[str]:
    """A group and everything that it lies in: each of them finds it."""
    found = [group[:place] for place, sign in enumerate(group) if sign == "/" and place]
    return [*found, group] if group.rstrip("/") else []


def _tags(row: Subject) -> tuple[tuple[str, str], ...]:
    record = row.change.record
    return tuple(record.tags.items()) if record else ()


def _size_words(raw: tuple[bool | None, frozenset[tuple[int, int]]]) -> list[str]:
    changed, found = raw
    words = [] if changed is None else ["changed" if changed else "same"]
    return words + [f"{width}x{height}" for width, height in found]


def _judged(row: Subject) -> tuple[Verdict | None, bool, bool]:
    change = row.change
    return row.decision.verdict, is_reviewable(change), change.is_subtle


def _judged_words(raw: tuple[Verdict | None, bool, bool]) -> list[str]:
    verdict, reviewable, subtle = raw
    words = ["subtle"] if subtle else []
    if verdict is not None:
        return [*words, verdict.value, "reviewed"]
    return [*words, "unreviewed"] if reviewable else words


def _owned(row: Subject) -> tuple[bool, bool, bool, bool]:
    change, record = row.change, row.change.record
    described, tagged = (bool(record.description), bool(record.tags)) if record else (False, False)
    return bool(row.decision.note), bool(change.error), described, tagged


def _owned_words(raw: tuple[bool, bool, bool, bool]) -> list[str]:
    names = ("note", "error", "description", "tag")
    return [name for name, owned in zip(names, raw, strict=True) if owned]


def _place(row: Subject) -> tuple[int, int] | None:
    """How many bounds lie below the measured difference, and how many not above it."""
    share = measured(row.change)
    return None if share is None else (bisect_left(_BOUNDS, share), bisect_right(_BOUNDS, share))


def _place_words(raw: tuple[int, int] | None) -> list[str]:
    if raw is None:
        return []
    below, not_above = raw
    more = [f">{bound:g}%" for bound in _BOUNDS[:below]]
    return more + [f"<{bound:g}%" for bound in _BOUNDS[not_above:]]


_KINDS: Mapping[str, tuple[Callable[[Subject], Hashable], Callable[[Any], Iterable[Any]]]] = (
    MappingProxyType(
        {
            "status": (lambda row: state_word(row.change), lambda word: (word,)),
            "group": (lambda row: row.change.group, _folders),
            "tag": (_tags, lambda tags: [name for name, _ in tags]),
            "tag=": (_tags, lambda tags: tags),
            "diff": (_place, _place_words),
            "size": (lambda row: (size_changed(row.change), sizes(row.change)), _size_words),
            "is": (_judged, _judged_words),
            "has": (_owned, _owned_words),
        }
    )
)
