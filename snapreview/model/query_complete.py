"""What could be typed next in a filter: keys, and the values that this comparison has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from snapreview.model.query_keys import KEYS, closest
from snapreview.model.query_lex import Part, Term, as_phrase, as_value, lex, split_value
from snapreview.model.query_pattern import has_star
from snapreview.model.query_read import QueryFault, read_term
from snapreview.model.query_tests import WORDS
from snapreview.model.query_vocabulary import Vocabulary

_MOST = 50
_WORD_FROM = 3
"""Letters from which on a plain word may stand for a value, as `appr` for is:approved."""

_SPACE_OR_END = re.compile(r"\s|$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to put in. `text` goes into the field, `label` is shown.

    `hint` explains it; `count` is how many rows it finds, where that is known. `closes` tells
    that the term is complete with it.
    """

    text: str
    label: str
    hint: str = ""
    count: int | None = None
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Completion:
    """What may replace the characters from `start` to before `end`, the likeliest first.

    `in_term`: somebody is writing a term there; otherwise whole terms are offered.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...] = ()
    in_term: bool = True

    def insertion(self, text: str, candidate: Candidate) -> str:
        """What to put between `start` and `end` of `text`: a space behind what is complete."""
        more = candidate.closes and self.end == len(text)
        return f"{candidate.text} " if more else candidate.text


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> Completion:
    """What could stand where the cursor is, counted in characters from the start of the text."""
    term = next((term for term in lex(text) if term.start < cursor <= term.end), None)
    if term is None:
        free = not text[cursor : cursor + 1].strip()
        return Completion(cursor, cursor, _keys("", vocabulary) if free else (), in_term=False)
    if term.phrase or cursor < term.value_start:
        return Completion(cursor, cursor)
    if term.key:
        return _value(text, cursor, term, vocabulary)
    if term.value == "-":
        return Completion(cursor, cursor, _keys("", vocabulary), in_term=False)
    return _word(text[term.value_start : cursor].casefold(), term, vocabulary)


def _word(prefix: str, term: Term, vocabulary: Vocabulary) -> Completion:
    """Keys that begin like a plain word, and words that are values of one."""
    values = _well_known(prefix, vocabulary) if len(prefix) >= _WORD_FROM else ()
    return Completion(term.value_start, term.end, (*_keys(prefix, vocabulary), *values))


def _keys(prefix: str, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(f"{key}:", f"{key}:", KEYS[key].hint, closes=False)
        for key in KEYS
        if key.startswith(prefix) and (key != "tag" or vocabulary.counts("tag"))
    )


def _well_known(prefix: str, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for key in ("status", "is", "has"):
        if any(word.startswith(prefix) for word in WORDS[key]):
            for word, count in vocabulary.counts(key).items():
                text = f"{key}:{word}"
                if word.startswith(prefix):
                    found.setdefault(word, Candidate(text, text, count=count))
    return tuple(sorted(found.values(), key=lambda candidate: -(candidate.count or 0)))


def _value(text: str, cursor: int, term: Term, vocabulary: Vocabulary) -> Completion:
    key = term.key.casefold()
    if key not in KEYS:
        return _for_unknown(term)
    separator = "" if key == "diff" else ","
    parts = split_value(term.value, term.value_start, separator)
    part = next(part for part in parts if part.start <= cursor <= part.end)
    if key == "tag":
        return _tag(text, cursor, parts[: parts.index(part) + 1], vocabulary)
    prefix, end = _before(text, part, cursor), _end(text, part, cursor)
    found = _ranked(vocabulary.counts(key), prefix)
    if not found and prefix.casefold() not in WORDS.get(key, (prefix.casefold(),)):
        near = closest(prefix.casefold(), WORDS[key])
        found = [Candidate(near, near, "did you mean this?")] if near else []
    return Completion(part.start, end, tuple(found))


def _tag(text: str, cursor: int, parts: list[Part], vocabulary: Vocabulary) -> Completion:
    """Names of tags, or values of the tag whose name is already there."""
    name = ""
    for part in parts:
        sides = split_value(text[part.start : part.end], part.start, "=", most=1)
        name = sides[0].text if len(sides) == 2 else name
    side = sides[0] if cursor <= sides[0].end else sides[1]
    prefix, end = _before(text, side, cursor), _end(text, side, cursor)
    if name and side is sides[-1]:
        return Completion(side.start, end, tuple(_ranked(vocabulary.tag_values(name), prefix)))
    sign = "=" if len(sides) == 1 else ""
    found = _ranked(vocabulary.counts("tag"), prefix, sign)
    return Completion(side.start, end, tuple(found))


def _for_unknown(term: Term) -> Completion:
    """A key that is none: the one that was meant, or the text itself."""
    typed = f"{term.key}:{term.value}"
    found = [Candidate(as_phrase(typed), as_phrase(typed), "this text itself")]
    near = closest(term.key.casefold(), KEYS)
    text = f"{near}:{term.value}"
    if near and _is_sound(text):
        found.insert(0, Candidate(text, text, "did you mean this?", closes=bool(term.value)))
    start = term.value_start - len(term.key) - 1
    return Completion(start, term.end, tuple(found))


def _is_sound(text: str) -> bool:
    found = read_term(lex(text)[0])
    return not isinstance(found, QueryFault) or found.unfinished


def _before(text: str, part: Part, cursor: int) -> str:
    """What is typed of a part up to the cursor, without quotes."""
    return split_value(text[part.start : cursor], 0, "")[0].text


def _end(text: str, part: Part, cursor: int) -> int:
    """Where a part ends; with an open quote at the next space, or it would take all the rest."""
    if text.count('"', part.start, part.end) % 2 == 0:
        return part.end
    space = _SPACE_OR_END.search(text, cursor)
    return space.start() if space else part.end


def _ranked(counts: Mapping[str, int], prefix: str, sign: str = "") -> list[Candidate]:
    """Values that begin like this, then those with such a word inside; the most frequent first.

    Once a value is there as a whole, only longer ones are left to be offered. `sign` follows a
    value that is not complete with it.
    """
    if has_star(prefix):
        return []
    folded = {word: word.casefold() for word in counts}
    wanted = prefix.casefold()
    begins = [word for word, fold in folded.items() if fold.startswith(wanted)]
    whole = wanted in folded.values()
    if begins and whole and len(begins) == 1 and not sign:
        return []
    inside = [word for word, fold in folded.items() if _begins_a_word(wanted, fold)]
    words = [*_frequent(begins, counts), *([] if whole else _frequent(inside, counts))]
    return [
        Candidate(f"{as_value(word)}{sign}", word, count=counts[word], closes=not sign)
        for word in words[:_MOST]
    ]


def _begins_a_word(wanted: str, text: str) -> bool:
    """Whether a word in the text, but not the text itself, begins like this."""
    if text.startswith(wanted):
        return False
    at = text.find(wanted, 1)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(wanted, at + 1)
    return at > 0


def _frequent(words: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    return sorted(words, key=lambda word: (-counts[word], word.casefold(), word))
