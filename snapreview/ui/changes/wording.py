"""The words of the rows that are looked at, made once for each. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from re import compile as pattern

from snapreview.model.change import Change
from snapreview.model.decision import Decision
from snapreview.ui.changes.group_texts import GroupText, common_tags, group_text, variant_text
from snapreview.ui.changes.groups import Group
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.shown import ShownRows
from snapreview.ui.changes.texts import NOT_COMPARED, WAITING, RowText, browsed_text, row_text

_TextOf = Callable[[Change, Decision], RowText]
_Made = tuple[Change, Decision, Group | None, RowText]
_MARKUP = pattern("[<&]")


class Wording:
    """Texts of rows and headers, found again as long as what they tell of is the same."""

    def __init__(self, rows: ShownRows) -> None:
        self._shown = rows
        self._browsing = self._stopped = False
        self._put_into_words: _TextOf = row_text
        self._texts: dict[str, _Made] = {}
        self._headers: dict[str, tuple[Group, int, bool, GroupText]] = {}
        self._common: dict[str, tuple[Group, frozenset[tuple[str, str]]]] = {}

    @property
    def longest_badge(self) -> str:
        """The widest text that may stand at the right of a row."""
        if self._browsing:
            return "00000 × 00000"
        return NOT_COMPARED if self._stopped else "unchanged"

    def forget(self) -> None:
        """Other rows are coming."""
        self._texts.clear()
        self._headers.clear()
        self._common.clear()

    def set_state(self, *, browsing: bool, stopped: bool) -> None:
        """Whether one set is looked at, and whether pending rows wait for nothing any more."""
        self._browsing, self._stopped = browsing, stopped
        pending = NOT_COMPARED if stopped else WAITING
        self._put_into_words = browsed_text if browsing else partial(row_text, pending=pending)
        self.forget()

    def row(self, place: int) -> RowText:
        """The words of the row at this place; of a group those of its first member."""
        row = self._shown.row(place)
        group = self._shown.group_of(row.name)
        made = self._texts.get(row.name)
        if (
            made is not None
            and made[0] is row.change
            and made[1] is row.decision
            and made[2] is group
        ):
            return made[3]
        text = self._put_into_words(row.change, row.decision)
        if group is not None:
            text = variant_text(text, row.change, group.name, self._common_tags(group))
        self._texts[row.name] = row.change, row.decision, group, text
        return text

    def header(self, place: int) -> GroupText | None:
        """The words of the header at this place, or None when a row stands there."""
        group = self._shown.group(place)
        if group is None:
            return None
        made = self._headers.get(group.name)
        if made is None or made[:3] != (group, group.revision, group.folded):
            text = group_text(group.name, self._members(group), folded=group.folded)
            made = self._headers[group.name] = group, group.revision, group.folded, text
        return made[3]

    def _common_tags(self, group: Group) -> frozenset[tuple[str, str]]:
        known = self._common.get(group.name)
        if known is None or known[0] is not group:
            known = self._common[group.name] = group, common_tags(self._members(group))
        return known[1]

    def _members(self, group: Group) -> list[Row]:
        return self._shown.members(group)


def as_tooltip(text: str) -> str:
    """Plain text as Qt's tooltips show it, which would take a name with a tag in it for markup."""
    return f'<p style="white-space:pre">{escape(text)}</p>' if _MARKUP.search(text) else text
