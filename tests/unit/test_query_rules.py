"""What holds for every filter text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from query_samples import ROWS, asked, found, row

from snapreview.model.change import Change, Status
from snapreview.model.query import as_phrase, parse_query
from snapreview.model.query_keys import KEYS
from snapreview.model.query_lex import as_value

VALUES = (
    *(
        "changed",
        "unchanged",
        "subtle",
        "approved",
        "note",
        "Checkout",
        "locale=de",
        "home",
        "same",
    ),
    *(">0.5%", "<10%", "0.4..7", "390x844", "*dark*", "*", "chnged", '"my account"', "a,b", ""),
)
WORDS = ("dark", "home", '"checkout dark"', "-new", "Button:hover", "-", '"', "*", "ch*k")

keyed = st.builds(
    lambda minus, key, value: f"{minus}{key}:{value}",
    st.sampled_from(["", "-"]),
    st.sampled_from([*KEYS, "Status", "foo"]),
    st.sampled_from(VALUES) | st.text('ab,="*%.<>1x ', max_size=8),
)
terms = keyed | st.sampled_from(WORDS)
queries = st.lists(terms, max_size=4).map(" ".join) | st.text()
closed = queries.filter(lambda text: text.count('"') % 2 == 0)


@given(queries)
@example('"')
@example('status:"')
@example('-""-"" "')
@example("(a+)+$ [^ \\ {1} ?")
@example("\ud800 status:\ud800 diff:٣ ſtatus:changed size:²x³")
@example("diff:" + "9" * 5_000 + " size:" + "9" * 5_000 + "x1")
def test_any_text_is_a_query_and_faults_lie_inside_it(text: str) -> None:
    query = parse_query(text)
    assert all(query.matches(one) in {True, False} for one in ROWS)
    assert all(0 <= fault.start < fault.end <= len(text) for fault in query.faults)
    assert all(fault.message for fault in query.faults)
    assert all(before.end <= after.start for before, after in pairwise(query.terms))


@given(queries)
def test_what_has_a_fault_leaves_more_and_not_less(text: str) -> None:
    terms, faults = parse_query(text).terms, parse_query(text).faults
    sound = [t for t in terms if not any(t.start <= f.start < t.end for f in faults)]
    assert found(text) == found(" ".join(text[t.start : t.end] for t in sound))


@given(keyed.filter(lambda term: not term.startswith("-") and term.count('"') % 2 == 0))
def test_a_minus_finds_just_the_others(term: str) -> None:
    only = parse_query(term).terms
    if parse_query(term).faults or len(only) != 1:
        return
    assert sorted(found(term) + found(f"-{term}")) == sorted(found(""))
    assert set(found(term)).isdisjoint(found(f"-{term}"))


@given(closed, closed)
def test_two_filters_together_find_what_both_find(one: str, other: str) -> None:
    both = set(found(one)) & set(found(other))
    assert set(found(f"{one} {other}")) == both
    assert set(found(f"{other} {one}")) == both


@given(st.lists(st.sampled_from(["added", "removed", "changed", "subtle"]), min_size=1))
def test_commas_find_what_one_of_them_finds(words: list[str]) -> None:
    each = [name for word in words for name in found(f"status:{word}")]
    assert set(found(f"status:{','.join(words)}")) == set(each)


names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)


@given(names)
@example('5" screen')
@example("Button:hover")
@example('""')
@example("-dark, *light*=1")
def test_a_name_in_quotes_finds_its_image(name: str) -> None:
    one = asked(Change(name, Status.ADDED))
    for text in (as_phrase(name), f"name:{as_phrase(name)}", f"name:{as_value(name)}"):
        assert parse_query(text).matches(one), text
        assert parse_query(text).faults == ()
        assert not parse_query(f"-{text}").matches(one)


@given(names, names)
def test_a_group_and_a_tag_are_found_by_what_they_are_called(one: str, other: str) -> None:
    tagged = row("a.png", group=f"{one}/{other}", tags={one: other})
    for term in (f"group:{as_value(f'{one}/{other}')}", f"tag:{as_value(one)}={as_value(other)}"):
        assert parse_query(term).faults == ()
        assert parse_query(term).matches(tagged), term


@given(st.text("ab*", max_size=8), st.text("ab", min_size=1, max_size=8))
@example("ab*ba", "aba")
def test_a_star_is_any_text(pattern: str, name: str) -> None:
    """Held against the textbook's way, which tries everything."""

    def fits(pattern: str, text: str) -> bool:
        if not pattern:
            return not text
        if pattern[0] == "*":
            return any(fits(pattern[1:], text[at:]) for at in range(len(text) + 1))
        return bool(text) and text[0] == pattern[0] and fits(pattern[1:], text[1:])

    expected = fits(pattern if "*" in pattern else f"*{pattern}*", name)
    one = asked(Change(name, Status.ADDED))
    assert parse_query(f"name:{as_value(pattern)}").matches(one) == expected


def test_long_and_hostile_texts_are_read_and_asked() -> None:
    one = row("a" * 5_000 + ".png", description="a" * 50_000)
    for text in (
        "a*" * 5_000 + "b",
        "name:" + "a*" * 5_000 + "b",
        "group:" + "*a" * 5_000,
        "status:" + "a," * 5_000,
        "(a+)+" * 2_000,
        '"' * 9_999,
        "x:" * 5_000,
        "x:y " * 2_500,
        "is:subtle " * 1_000,
        "tag:" + "=" * 9_000,
        "diff:" + "." * 9_000,
        "-" * 10_000,
        "名" * 10_000,
    ):
        query = parse_query(text)
        assert not query.matches(one) or query.faults or "-" in text
