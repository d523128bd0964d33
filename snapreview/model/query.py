"""Filter text to a test over the rows.

    checkout dark        all words, in name, display name, group or description, in any case
    "my account"         quotes keep spaces; "" inside them is a quote
    -dark                a minus negates whatever follows it
    status:changed       a key, a colon, a value; all terms must hold
    status:added,removed a comma parts alternatives
    name:*dark*          `*` stands for any text

Words are matched against a row's `haystack`, which is prepared once per row and not per
keystroke. What can't be read is left out of the test and told as a fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from snapreview.model.query_lex import Term, as_phrase, lex, unquoted
from snapreview.model.query_pattern import has_star
from snapreview.model.query_read import QueryFault, read_term
from snapreview.model.query_subject import Subject, Test, haystack
from snapreview.model.query_tests import all_of, has_pattern, has_words, opposite

__all__ = ["Query", "QueryFault", "Subject", "Term", "as_phrase", "haystack", "parse_query"]

_COST = ("is", "has", "status", "diff", "size", "group", "name", "tag")
"""Keys by what asking them of a row costs; the words are cheaper than all of them."""


@dataclass(frozen=True, slots=True)
class Query:
    """A filter text that was read.

    `matches` is the test. `faults` are the terms that are left out of it, in the order of the
    text; `terms` are all of them. `needs_decisions`: its answer depends on what was decided.
    """

    matches: Test
    faults: tuple[QueryFault, ...] = ()
    terms: tuple[Term, ...] = ()
    needs_decisions: bool = False


def parse_query(text: str) -> Query:
    """Read a filter text. Any text is one."""
    terms = tuple(lex(text))
    keyed = sorted((term for term in terms if term.key), key=_cost)
    tests, faults = _read(keyed)
    patterns, words = _plain(term for term in terms if not term.key)
    return Query(
        matches=all_of([*words, *patterns, *tests]),
        faults=tuple(sorted(faults, key=lambda fault: fault.start)),
        terms=terms,
        needs_decisions=any(term.key.casefold() in ("is", "has") for term in keyed),
    )


def _cost(term: Term) -> int:
    key = term.key.casefold()
    return _COST.index(key) if key in _COST else len(_COST)


def _read(terms: Iterable[Term]) -> tuple[list[Test], list[QueryFault]]:
    tests, faults = list[Test](), list[QueryFault]()
    for term in terms:
        found = read_term(term)
        if isinstance(found, QueryFault):
            faults.append(found)
        else:
            tests.append(opposite(found) if term.negated else found)
    return tests, faults


def _plain(terms: Iterable[Term]) -> tuple[list[Test], list[Test]]:
    """Tests of words with a `*` in them, and one of all others."""
    patterns = list[Test]()
    words: dict[bool, dict[str, None]] = {False: {}, True: {}}
    for term in terms:
        text = (unquoted(term.value) if term.phrase else term.value).casefold()
        if _says_nothing(text, phrase=term.phrase):
            continue
        if has_star(text) and not term.phrase:
            test = has_pattern(text)
            patterns.append(opposite(test) if term.negated else test)
        else:
            words[term.negated][text] = None
    wanted, unwanted = tuple(words[False]), tuple(words[True])
    return patterns, [has_words(wanted, unwanted)] if wanted or unwanted else []


def _says_nothing(text: str, *, phrase: bool) -> bool:
    return not text or (not phrase and (text == "-" or not text.strip("*")))
