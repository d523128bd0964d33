"""What the list says about a group, and about an image below its header. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from snapreview.model.change import Change, Status
from snapreview.model.decision import Verdict
from snapreview.model.names import folder_of
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.texts import RowText

_CATEGORY = attrgetter("category")
_VERDICT = attrgetter("decision.verdict")
_OF_ITS_OWN = frozenset({Status.ERRORED, Status.RENAMED})
"""Rows whose second line has something to say that no other place says."""


@dataclass(frozen=True, slots=True)
class GroupText:
    """The texts of a header. `statuses` are numbers of members in the order of the list;
    `verdict` is what was said of every member alike.
    """

    title: str
    count: str
    statuses: tuple[tuple[Category, int], ...]
    folded: bool
    tooltip: str
    spoken: str
    verdict: Verdict | None = None


def group_text(name: str, members: Sequence[Row], *, folded: bool) -> GroupText:
    """Put a group into words. `members` are not none."""
    found = Counter(map(_CATEGORY, members))
    statuses = tuple((c, found[c]) for c in Category if found[c])
    count = f"{len(members):,} image" if len(members) == 1 else f"{len(members):,} images"
    said = [f"{number:,} {category.value}" for category, number in statuses]
    verdicts = set(map(_VERDICT, members))
    verdict = verdicts.pop() if len(verdicts) == 1 else None
    words = [f"{name}, group of {count}", *said, "folded" if folded else "unfolded"]
    return GroupText(
        title=name,
        count=count,
        statuses=statuses,
        folded=folded,
        tooltip=f"{name}\n{count}: {', '.join(said)}",
        spoken=", ".join([*words, f"all {verdict.value}"] if verdict else words),
        verdict=verdict,
    )


def common_tags(members: Iterable[Row]) -> frozenset[tuple[str, str]]:
    """The tags that all members have alike, which therefore tell none from another."""
    common: set[tuple[str, str]] | None = None
    for row in members:
        tags = _tags(row.change).items()
        common = set(tags) if common is None else common.intersection(tags)
        if not common:
            break
    return frozenset(common or ())


def variant_text(
    text: RowText, change: Change, group: str, common: frozenset[tuple[str, str]]
) -> RowText:
    """The words of a row below the header of its group: not the group again, but what tells the
    row from its neighbours.
    """
    if change.status in _OF_ITS_OWN:
        return replace(text, indented=True)
    tags = [value for key, value in _tags(change).items() if (key, value) not in common]
    detail = " · ".join(tags) or _rest_of_name(change, text.title, group)
    return replace(text, detail=detail, indented=True)


def _rest_of_name(change: Change, title: str, group: str) -> str:
    """The part of the name that neither title nor header tells."""
    folder = folder_of(change.name)
    if title == change.name.rpartition("/")[2]:
        return "" if folder == group else folder
    return change.name.removeprefix(f"{group}/")


def _tags(change: Change) -> Mapping[str, str]:
    return change.record.tags if change.record is not None else {}
