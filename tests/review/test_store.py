"""The file of decisions: what is kept, and what other processes see of it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, Verdict
from snapreview.model.errors import ReviewError
from snapreview.review.edits import Applied, Edit, Write, utc
from snapreview.review.pairs import Pair
from snapreview.review.store import MOST_NEWS, DecisionStore

from .makers import WHEN, A, R, approved, digest, key, row

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
DECISIONS = st.builds(
    Decision, st.sampled_from([None, *Verdict]), TEXT, st.just("2025-01-01T00:00:00+00:00")
).filter(lambda decision: not decision.is_empty)
KEYS = st.builds(DecisionKey, TEXT, TEXT, TEXT)


def put(store: DecisionStore, decisions: dict[DecisionKey, Decision]) -> Applied:
    edits = {key: Edit(UNDECIDED, decision) for key, decision in decisions.items()}
    return store.apply([Write(1, edits)])[0]


def change(store: DecisionStore, before: Decision, after: Decision, *, strict: bool) -> Applied:
    return store.apply([Write(1, {key(): Edit(before, after)}, strict)])[0]


def stored(store: DecisionStore, name: str = "a.png") -> dict[DecisionKey, Decision]:
    return {k: d for k, d in store.load([name]).items() if not d.is_empty}


@given(st.dictionaries(KEYS, DECISIONS, max_size=4))
def test_every_decision_survives(
    tmp_path_factory: pytest.TempPathFactory, decisions: dict[DecisionKey, Decision]
) -> None:
    path = tmp_path_factory.mktemp("review") / "decisions.sqlite"
    first = DecisionStore(path)
    assert put(first, decisions) == Applied()
    first.close()
    second = DecisionStore(path)
    assert second.load(key.name for key in decisions) == decisions
    second.close()


@pytest.mark.parametrize("other", [key("b.png"), key(base="x"), key(head="x"), key(base="")])
def test_a_decision_belongs_to_name_base_and_head(store: DecisionStore, other: DecisionKey) -> None:
    put(store, {key(): approved()})
    assert other not in store.load(["a.png", "b.png"])
    put(store, {other: Decision(R, "", WHEN)})
    found = store.load(["a.png", "b.png"])
    assert found == {key(): approved(), other: Decision(R, "", WHEN)}


def test_names_are_asked_for_each_by_itself(store: DecisionStore) -> None:
    put(store, {key(name): approved() for name in ("a", "b", "c")})
    assert set(store.load(["a", "c", "c", "z"])) == {key("a"), key("c")}
    assert set(store.load(["b"])) == {key("b")}
    assert store.load([]) == {}


def test_a_verdict_and_a_note_of_two_windows_are_both_kept(store: DecisionStore) -> None:
    put(store, {key(): Decision(A, "", "1")})
    applied = put(store, {key(): Decision(None, "Too dark", "2")})
    both = Decision(A, "Too dark", "2")
    assert applied == Applied({key(): Decision(A, "", "1")}, {key(): both})
    assert stored(store) == {key(): both}


def test_the_later_verdict_counts(store: DecisionStore) -> None:
    put(store, {key(): approved()})
    applied = put(store, {key(): Decision(R, "", WHEN)})
    assert applied.found == {key(): approved()}
    assert stored(store) == {key(): Decision(R, "", WHEN)}


def test_a_strict_write_leaves_alone_what_was_decided_since(store: DecisionStore) -> None:
    put(store, {key(): Decision(R, "", WHEN)})
    applied = change(store, approved(), UNDECIDED, strict=True)
    assert applied.refused == {key()}
    assert applied.now == {key(): Decision(R, "", WHEN)}
    assert stored(store) == {key(): Decision(R, "", WHEN)}


def test_a_strict_write_about_the_verdict_does_not_mind_a_note(store: DecisionStore) -> None:
    put(store, {key(): approved("Seen", "2")})
    applied = change(store, approved(decided="1"), UNDECIDED, strict=True)
    assert not applied.refused
    assert stored(store) == {key(): Decision(None, "Seen", "2")}


def test_what_is_cleared_is_gone(store: DecisionStore) -> None:
    put(store, {key(): approved()})
    assert change(store, approved(), UNDECIDED, strict=False) == Applied()
    assert stored(store) == {}


def test_writes_are_kept_together_or_not_at_all(store: DecisionStore) -> None:
    broken = Write(2, {key("b"): Edit(UNDECIDED, Decision(A, None, WHEN))})  # type: ignore[arg-type]  # the fault
    with pytest.raises(ReviewError, match="cannot be kept"):
        store.apply([Write(1, {key("a"): Edit(UNDECIDED, approved())}), broken])
    assert store.load("ab") == {}
    put(store, {key("a"): approved()})
    assert set(store.load("ab")) == {key("a")}


def test_forgetting_clears_just_these(store: DecisionStore) -> None:
    put(store, {key("a"): approved("Note"), key("b"): approved()})
    store.forget([key("a"), key("never there")])
    found = store.load(["a", "b", "never there"])
    assert {k for k, d in found.items() if not d.is_empty} == {key("b")}


def test_news_are_what_others_did_since_the_file_was_opened(path: Path) -> None:
    first = DecisionStore(path)
    put(first, {key("before"): approved()})
    second = DecisionStore(path)
    assert second.news() == ({}, False)
    put(first, {key("a"): approved(), key("b"): approved()})
    assert second.news() == ({key("a"): approved(), key("b"): approved()}, False)
    assert second.news() == ({}, False)
    first.forget([key("a")])
    assert second.news() == ({key("a"): UNDECIDED}, False)
    put(second, {key("c"): approved()})
    assert first.news()[0][key("c")] == approved()  # own ones may be among them
    first.close()
    second.close()


def test_much_news_comes_in_parts(path: Path) -> None:
    first, second = DecisionStore(path), DecisionStore(path)
    many = {key(f"{number}"): approved() for number in range(MOST_NEWS + 5)}
    put(first, many)
    part, more = second.news()
    rest, still = second.news()
    assert (len(part), more, len(rest), still) == (MOST_NEWS, True, 5, False)
    assert part | rest == many
    first.close()
    second.close()


def raw(path: Path, statement: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(path)
    with database:
        rows = database.execute(statement).fetchall()
    database.close()
    return rows


def test_what_was_cleared_long_ago_is_swept_up(path: Path) -> None:
    old = utc(datetime.now(UTC) - timedelta(days=40))
    first = DecisionStore(path)
    put(first, {key(name): approved(decided=old) for name in ("cleared", "kept", "lately")})
    first.forget([key("cleared"), key("lately")])
    first.close()
    raw(path, f"UPDATE decisions SET decided = '{old}' WHERE name = 'cleared'")
    DecisionStore(path).close()
    assert raw(path, "SELECT name FROM decisions ORDER BY name") == [("kept",), ("lately",)]


PAIR = Pair("old.png", digest("1"), "new.png", digest("2"))
OTHER = Pair("old.png", digest("1"), "other.png", digest("3"))


def test_pairs_come_back_the_newest_first(path: Path) -> None:
    first = DecisionStore(path)
    for pair in (PAIR, OTHER, PAIR):
        first.put_pair(pair)
    first.close()
    second = DecisionStore(path)
    assert second.pairs() == (PAIR, OTHER)
    second.remove_pair(PAIR)
    assert second.pairs() == (OTHER,)
    second.close()


def test_a_pair_is_of_two_known_images() -> None:
    removed, added = row("old.png", "1", ""), row("new.png", "", "2")
    assert Pair.of(removed, added) == PAIR
    assert Pair.of(added, removed) is None
    assert Pair.of(removed, row("new.png", "", "2", hashed=False)) is None


def test_closing_twice_is_allowed_and_asking_afterwards_is_refused(store: DecisionStore) -> None:
    store.close()
    store.close()
    with pytest.raises(ReviewError, match="closed"):
        store.load(["a"])
