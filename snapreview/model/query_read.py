"""Structured terms to tests, or to a sentence about what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from snapreview.model.names import quoted
from snapreview.model.query_keys import KEYS, closest
from snapreview.model.query_lex import Part, Term, as_phrase, split_value
from snapreview.model.query_number import Bounds, read_bounds
from snapreview.model.query_pattern import fits, has_star
from snapreview.model.query_subject import Test
from snapreview.model.query_tests import (
    WORDS,
    any_of,
    differs_by,
    has_name,
    has_size,
    has_tag,
    in_group,
)


@dataclass(frozen=True, slots=True)
class QueryFault:
    """Why a term is left out: the characters from `start` to before `end`, and a sentence.

    `unfinished` ones may become right when more is typed there: no need to mark them at once.
    """

    start: int
    end: int
    message: str
    unfinished: bool = False


Read = Test | QueryFault

_SHOWN = 40
_DIMENSIONS = re.compile(r"([0-9]{1,9}|\*)[x×]([0-9]{1,9}|\*)")
_HALF_DIMENSIONS = re.compile(r"([0-9]{1,9}|\*)[x×]?")


def read_term(term: Term) -> Read:
    """The test that a term with a key stands for, before it is negated."""
    reader = _READERS.get(term.key.casefold())
    if reader is None:
        return _unknown_key(term)
    return reader(term) if term.value else _no_value(term)


def _no_value(term: Term) -> QueryFault:
    key = term.key.casefold()
    message = f"“{key}:” needs a value right behind it, as in {KEYS[key].example}."
    return QueryFault(term.start, term.end, message, unfinished=True)


def _unknown_key(term: Term) -> QueryFault:
    near = closest(term.key.casefold(), _READERS)
    meant = f"Did you mean “{near}:”? " if near else ""
    text = f"{term.key}:{term.value}"
    how = f": {as_phrase(text)}" if len(text) <= _SHOWN and '"' not in text else ""
    message = (
        f"There is no filter {quoted(f'{term.key}:', _SHOWN)}. {meant}"
        f"To look for the text itself, put it in quotes{how}"
    )
    return QueryFault(term.start, term.end, message if how else f"{message}.")


def _each(term: Term, read: Callable[[Part], Read]) -> Read:
    """The alternatives that commas part; empty ones are still to be typed."""
    parts = [part for part in split_value(term.value, term.value_start, ",") if part.given]
    tests = list[Test]()
    for part in parts:
        found = read(part)
        if isinstance(found, QueryFault):
            return found
        tests.append(found)
    return any_of(tests) if tests else _no_value(term)


def _words(term: Term) -> Read:
    key = term.key.casefold()
    return _each(term, lambda part: _word(key, part))


def _word(key: str, part: Part) -> Read:
    known, word = WORDS[key], part.text.casefold()
    if word in known:
        return known[word]
    if has_star(word):
        found = [test for name, test in known.items() if fits(word)(name)]
        if found:
            return any_of(found)
    near = closest(word, known)
    hint = f"Did you mean “{near}”?" if near else f"It can be {_listed(known)}."
    return QueryFault(
        part.start,
        part.end,
        f"{_NO_SUCH[key]} {quoted(part.text, _SHOWN)}. {hint}",
        unfinished=any(name.startswith(word) for name in known),
    )


def _size(term: Term) -> Read:
    return _each(term, _one_size)


def _one_size(part: Part) -> Read:
    text = part.text.casefold()
    match = _DIMENSIONS.fullmatch(text)
    if match:
        return has_size(*(None if side == "*" else int(side) for side in match.groups()))
    found = _word("size", part)
    if isinstance(found, QueryFault) and _HALF_DIMENSIONS.fullmatch(text):
        message = (
            f"A size has a width and a height, as in size:390x844 or size:{text.rstrip('x×')}x*."
        )
        return QueryFault(part.start, part.end, message, unfinished=True)
    return found


def _name(term: Term) -> Read:
    return _each(term, lambda part: has_name(part.text.casefold()))


def _group(term: Term) -> Read:
    return _each(term, lambda part: in_group(part.text.casefold()))


def _tag(term: Term) -> Read:
    """`name`, `name=value`, `name=value,value`: a value alone belongs to the name before it."""
    name = ""

    def read(part: Part) -> Read:
        nonlocal name
        value = term.value[part.start - term.value_start : part.end - term.value_start]
        sides = split_value(value, part.start, "=", most=1)
        if len(sides) == 1:
            text = sides[0].text.casefold()
            return has_tag(name, text) if name else has_tag(text, None)
        name = sides[0].text.casefold()
        if not name:
            message = "A tag's name stands before its value, as in tag:locale=de."
            return QueryFault(part.start, part.end, message)
        return has_tag(name, sides[1].text.casefold() if sides[1].given else None)

    return _each(term, read)


def _difference(term: Term) -> Read:
    """A comma is a decimal one here: bounds have no alternatives."""
    (part,) = split_value(term.value, term.value_start, "")
    found = read_bounds(part.text)
    if isinstance(found, Bounds):
        return differs_by(found.low, found.high, low_in=found.low_in, high_in=found.high_in)
    return QueryFault(part.start, part.end, found.message, found.unfinished)


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


_NO_SUCH = {
    "status": "There is no status",
    "is": "“is:” does not know",
    "has": "“has:” does not know",
    "size": "“size:” does not know",
}

_READERS: Mapping[str, Callable[[Term], Read]] = MappingProxyType(
    {
        "status": _words,
        "group": _group,
        "tag": _tag,
        "name": _name,
        "diff": _difference,
        "size": _size,
        "is": _words,
        "has": _words,
    }
)
