"""Filter text to a test over the rows.

Words are matched against a row's `haystack`, which is prepared once per row and not per
keystroke.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from snapreview.model.change import Change

_TERMS = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


def haystack(change: Change) -> str:
    """What plain words are looked for in: name, display name, group and description."""
    record = change.record
    parts = [change.name, change.previous_name, change.group]
    if record is not None:
        parts += [record.display_name, record.description]
    return "\n".join(part for part in parts if part).casefold()


def parse_query(text: str) -> Callable[[str], bool]:
    """A test over haystacks: all words must be in it, in any case and order.

    Quotes keep spaces, a leading `-` turns a word into one that must be absent.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _TERMS.findall(text.casefold()):
        term = phrase or word
        if term and term != "-":
            (unwanted if minus else wanted).append(term)
    if not wanted and not unwanted:
        return lambda _: True
    if len(wanted) == 1 and not unwanted:  # what is typed most, and asked of every row
        only = wanted[0]
        return lambda hay: only in hay
    return lambda hay: all(w in hay for w in wanted) and not any(u in hay for u in unwanted)
