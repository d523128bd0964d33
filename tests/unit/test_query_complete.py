"""Completion: what is offered where the cursor stands, and what becomes of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_samples import ROWS, Asked, found, row

from snapreview.model.change import Status
from snapreview.model.decision import Verdict
from snapreview.model.query import parse_query
from snapreview.model.query_complete import Completion, complete
from snapreview.model.query_keys import KEYS
from snapreview.model.query_vocabulary import Vocabulary

VOCABULARY = Vocabulary(lambda: ROWS)


def at(text: str, vocabulary: Vocabulary = VOCABULARY) -> tuple[str, Completion]:
    """What is offered where the `|` stands."""
    before, _, after = text.partition("|")
    return before + after, complete(before + after, len(before), vocabulary)


def offers(text: str) -> list[str]:
    return [candidate.label for candidate in at(text)[1].candidates]


def applied(marked: str, label: str) -> str:
    text, completion = at(marked)
    candidate = next(one for one in completion.candidates if one.label == label)
    return text[: completion.start] + completion.insertion(text, candidate) + text[completion.end :]


SINGLE = ["added", "errored", "pending", "removed", "renamed", "skipped", "subtle", "unchanged"]
"""Statuses of one row each."""

OFFERS = {
    "|": [f"{key}:" for key in KEYS],
    "dark |": [f"{key}:" for key in KEYS],
    "| dark": [f"{key}:" for key in KEYS],
    "-|": [f"{key}:" for key in KEYS],
    "s|": ["status:", "size:"],
    "dark -ST|": ["status:"],
    "x|": [],
    "|x": [],
    '"s|': [],
    "st|atus:changed": [],
    "appr|": ["is:approved"],
    "subt|": ["status:subtle"],
    "status:|": ["changed", *SINGLE],
    "status:ch|": ["changed"],
    "status:changed|": [],
    "status:added,re|": ["removed", "renamed"],
    "status:a|,removed": ["added"],
    "status:chnged|": ["changed"],
    "status:*|": [],
    "group:|": ["home", "Checkout", "new", "bad", "Checkout/Payment", "My Account", "old"],
    "group:check|": ["Checkout", "Checkout/Payment"],
    "group:checkout|": ["Checkout", "Checkout/Payment"],
    "group:pay|": ["Checkout/Payment"],
    'group:"my|': ["My Account"],
    "tag:|": ["locale", "Locale", "os"],
    "tag:o|": ["os"],
    "tag:locale=|": ["de", "en"],
    "tag:LOCALE=e|": ["en"],
    "tag:locale=de,|": ["de", "en"],
    "tag:lo|=de": ["locale", "Locale"],
    "diff:|": ["<10%", ">0.1%", "<1%", "<0.1%", ">1%", ">10%"],
    "diff:>|": [">0.1%", ">1%", ">10%"],
    "size:|": ["same", "changed", "390x700", "390x844", "50x50"],
    "is:|": ["unreviewed", "reviewed", "approved", "rejected", "subtle"],
    "has:|": ["tag", "note", "description", "error"],
    "name:|": [],
    "Button:hover|": ['"Button:hover"'],
    "stauts:added|": ["status:added", '"stauts:added"'],
}


@pytest.mark.parametrize("marked", OFFERS)
def test_this_is_offered(marked: str) -> None:
    offered = offers(marked)
    if marked == "size:|":
        offered = [size for size in offered if size not in {"100x100", "100x120"}]
    assert offered == OFFERS[marked]


@pytest.mark.parametrize(
    ("marked", "label", "text"),
    [
        ("|", "status:", "status:"),
        ("dark -st|", "status:", "dark -status:"),
        ("status:ch|", "changed", "status:changed "),
        ("status:ch| dark", "changed", "status:changed dark"),
        ("status:c|ged dark", "changed", "status:changed dark"),
        ("group:my|", "My Account", 'group:"My Account" '),
        ('group:"my a|', "My Account", 'group:"My Account" '),
        ('group:"my| status:changed', "My Account", 'group:"My Account" status:changed'),
        ('group:"m|y acc" dark', "My Account", 'group:"My Account" dark'),
        ("tag:o|", "os", "tag:os="),
        ("tag:os=|", "iOS 17", 'tag:os="iOS 17" '),
        ("tag:lo|=de", "locale", "tag:locale=de"),
        ("status:a|,removed", "added", "status:added,removed"),
        ("appr|", "is:approved", "is:approved "),
        ("Button:hover|", '"Button:hover"', '"Button:hover" '),
        ("-stauts:added|", "status:added", "-status:added "),
    ],
)
def test_taking_an_offer(marked: str, label: str, text: str) -> None:
    assert applied(marked, label) == text


def test_whole_terms_are_offered_without_being_asked_for_only_between_terms() -> None:
    assert not at("dark |")[1].in_term
    assert not at("-|")[1].in_term
    assert at("s|")[1].in_term
    assert at("status:|")[1].in_term


def test_without_tags_no_tag_is_offered() -> None:
    plain = Vocabulary(lambda: [row("a.png")])
    assert [c.label for c in at("t|", plain)[1].candidates] == []
    assert "tag:" not in [c.label for c in at("|", plain)[1].candidates]


pieces = st.sampled_from(
    (
        *("status:", "group:", "tag:", "tag:locale=", "diff:", "size:", "is:", "has:", "stauts:"),
        *("foo:", "-", '"', " ", ",", "=", "*"),
        *("ch", "my a", "lo", ">", "dark", "unreview", "s", "ta", "39"),
    )
)


@given(st.lists(pieces, max_size=5).map("".join), st.integers(0, 30), st.data())
def test_what_is_taken_has_no_fault(text: str, cursor: int, data: st.DataObject) -> None:
    cursor = min(cursor, len(text))
    completion = complete(text, cursor, VOCABULARY)
    assert 0 <= completion.start <= cursor <= completion.end <= len(text)
    if not completion.candidates:
        return
    candidate = data.draw(st.sampled_from(completion.candidates))
    put = completion.insertion(text, candidate)
    after = text[: completion.start] + put + text[completion.end :]
    begin, end = completion.start, completion.start + len(put.rstrip())
    faults = [f for f in parse_query(after).faults if f.start < end and f.end > begin]
    before = parse_query(text).faults
    old = [f for f in before if f.start < completion.start or f.end > completion.end]
    assert old or not [f for f in faults if candidate.closes or not f.unfinished]


@pytest.mark.parametrize("key", [key for key in KEYS if key != "name"])
def test_the_number_beside_a_value_is_what_it_finds(key: str) -> None:
    _, completion = at(f"{key}:|")
    assert completion.candidates
    for one in completion.candidates:
        if one.label != "Locale" and one.label != "locale":  # counted apart, found together
            assert (one.label, len(found(f"{key}:{one.text}"))) == (one.label, one.count)


def counts(vocabulary: Vocabulary) -> dict[str, dict[str, int]]:
    found = {key: dict(vocabulary.counts(key)) for key in KEYS}
    return found | {"locale": dict(vocabulary.tag_values("locale"))}


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, *ROWS]))), st.integers(0, 9))
def test_a_vocabulary_that_is_kept_is_the_one_made_anew(
    steps: list[tuple[int, Asked | None]], asked_after: int
) -> None:
    rows: dict[int, Asked] = {}
    kept = Vocabulary(rows.values)
    for number, (place, new) in enumerate(steps):
        if number == asked_after:
            counts(kept)
        kept.replace(rows.get(place), new)
        rows.pop(place, None)
        if new is not None:
            rows[place] = new
    assert counts(kept) == counts(Vocabulary(lambda: list(rows.values())))


def test_rows_are_walked_once_for_a_key_and_not_before() -> None:
    walks = []

    def rows() -> list[Asked]:
        walks.append(1)
        return ROWS

    vocabulary = Vocabulary(rows)
    assert walks == []
    for text in ("group:|", "group:c|", "group:ch|", 'group:"my|'):
        at(text, vocabulary)
    assert len(walks) == 1
    vocabulary.reset()
    at("group:|", vocabulary)
    assert len(walks) == 2


def test_a_decision_moves_the_numbers() -> None:
    rows = {"a": row("a.png")}
    vocabulary = Vocabulary(rows.values)
    assert vocabulary.counts("is") == {"unreviewed": 1}
    vocabulary.replace(rows["a"], row("a.png", Status.CHANGED, verdict=Verdict.APPROVED))
    assert vocabulary.counts("is") == {"approved": 1, "reviewed": 1}


def test_a_great_many_values_are_cut_off() -> None:
    many = Vocabulary(lambda: [row(f"{n}/a.png") for n in range(300)])
    assert len(at("group:|", many)[1].candidates) == 50
    assert [c.label for c in at("group:299|", many)[1].candidates] == []
    assert [c.label for c in at("group:29|", many)[1].candidates][:2] == ["29", "290"]
