"""Filter text to terms: where each begins and ends, and what its quotes keep together."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Inside quotes a doubled one stands for itself; one that is still open ends with the text.
_QUOTED = r'"(?:[^"]|"")*"?'
_TERM = re.compile(
    rf'(?P<minus>-?)(?:(?P<key>[^\W\d_]+):(?P<value>(?:[^\s"]|{_QUOTED})*)'
    rf"|(?P<phrase>{_QUOTED})|(?P<word>\S+))"
)
_PIECE = re.compile(rf'{_QUOTED}|[,=]|[^",=]+')
_NEEDS_QUOTES = re.compile(r'[\s",=]')


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a filter text: the characters from `start` to before `end`.

    `key` stands before the colon, as typed, and is empty for a plain word. `value` is what is
    behind it, as typed, and begins at `value_start`. `phrase` tells of plain text in quotes.
    """

    start: int
    end: int
    negated: bool
    key: str
    value: str
    value_start: int
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a value: the characters from `start` to before `end`, and what they mean.

    `text` is without its quotes. `given` tells an empty text in quotes from nothing at all.
    """

    start: int
    end: int
    text: str
    given: bool


def lex(text: str) -> list[Term]:
    """The terms of any text, in their order."""
    return [_term(match) for match in _TERM.finditer(text)]


def _term(match: re.Match[str]) -> Term:
    kind = next(name for name in ("value", "phrase", "word") if match[name] is not None)
    start = match.start(kind)
    return Term(
        *match.span(),
        bool(match["minus"]),
        match["key"] or "",
        match[kind],
        start,
        kind == "phrase",
    )


def split_value(value: str, offset: int, at: str, most: int = -1) -> list[Part]:
    """Cut a value at the character `at` where that is not in quotes, at most `most` times.

    `offset` is where the value begins in the text, so that the parts' places are the text's.
    """
    found: list[Part] = []
    begin, texts, given = 0, list[str](), False
    for match in _PIECE.finditer(value):
        piece = match[0]
        if piece == at and len(found) != most:
            found.append(Part(offset + begin, offset + match.start(), "".join(texts), given))
            begin, texts, given = match.end(), [], False
        else:
            texts.append(unquoted(piece))
            given = True
    found.append(Part(offset + begin, offset + len(value), "".join(texts), given))
    return found


def unquoted(piece: str) -> str:
    """A quoted piece without its quotes; any other as it is."""
    if not piece.startswith('"'):
        return piece
    closed = piece.count('"') % 2 == 0
    return piece[1 : -1 if closed else None].replace('""', '"')


def as_phrase(text: str) -> str:
    """`text` in quotes: the term that finds exactly this."""
    return '"{}"'.format(text.replace('"', '""'))


def as_value(text: str) -> str:
    """`text` as a value, in quotes where it needs them."""
    return as_phrase(text) if not text or _NEEDS_QUOTES.search(text) else text
