"""Which snapshot is the base of another one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.base_choice import base_for, choose_base, why_none
from snapreview.model.listing import Entry


def entry(name: str, day: int, **fields: object) -> Entry:
    return Entry(name, f"2026-03-{day:02}T00:00:00Z", **fields)


MAIN = [entry(f"main-{day}", day, sha=f"sha{day}", branch="main") for day in (1, 2, 3)]
HEAD = entry("pr", 9, sha="new", branch="feature", base_sha="sha2", base_branch="main")


def chosen(head: Entry, *others: Entry) -> str | None:
    base = base_for(head, [head, *others])
    return base and base.id


def test_the_commit_that_it_names() -> None:
    assert chosen(HEAD, *MAIN) == "main-2"
    choice = choose_base(HEAD, MAIN)
    assert choice is not None
    assert choice.why == "it is of commit sha2, which pr names as its base"


def test_of_one_commit_the_newest() -> None:
    assert chosen(HEAD, *MAIN, entry("again", 5, sha="sha2")) == "again"


def test_else_the_newest_of_its_base_branch() -> None:
    others = [*MAIN, entry("later", 7, sha="x", branch="other")]
    head = entry("pr", 9, branch="feature", base_sha="gone", base_branch="main")
    assert chosen(head, *others) == "main-3"
    choice = choose_base(head, others)
    assert choice is not None
    assert choice.why == "it is the newest of “main”; of commit gone, its base, there is none"


def test_of_a_branch_what_has_no_base_itself_comes_first() -> None:
    merged = entry("into-main", 8, branch="main", base_sha="sha1")
    head = entry("pr", 9, branch="feature", base_branch="main")
    assert chosen(head, *MAIN, merged) == "main-3"
    assert chosen(head, merged) == "into-main"


def test_without_a_base_branch_the_newest_that_is_a_base() -> None:
    head = entry("pr", 2, branch="feature", base_sha="gone")
    sibling = entry("other-pr", 8, branch="other", base_sha="sha1")
    mine = entry("mine", 8, branch="feature")
    assert chosen(head, *MAIN, sibling, mine) == "main-3"


def test_on_a_branch_of_its_own_the_one_before() -> None:
    assert chosen(MAIN[1], *MAIN) == "main-1"
    assert chosen(MAIN[2], *MAIN) == "main-2"
    assert chosen(MAIN[0], *MAIN) is None
    assert chosen(entry("x", 3, branch="x"), *MAIN[:2]) == "main-2"
    assert chosen(entry("plain", 5), entry("older", 4), entry("newer", 6)) == "older"


def test_of_another_app_or_selective_is_none() -> None:
    other = entry("app", 1, sha="sha2", app_id="other")
    some = entry("some", 1, sha="sha2", selective=True)
    assert chosen(HEAD, other, some) is None
    assert chosen(entry("pr", 9, base_sha="sha2", app_id="other"), other, some) == "app"


def test_why_there_is_none_names_what_was_looked_for() -> None:
    assert "of commit sha2, which" in why_none(HEAD)
    assert "of “main”, which" in why_none(entry("pr", 1, base_branch="main"))
    assert "before it" in why_none(entry("pr", 1))


FEW = st.none() | st.sampled_from(["a", "b"])
ENTRIES = st.lists(
    st.builds(
        Entry,
        id=st.sampled_from([f"s{n}" for n in range(8)]),
        date=st.integers(1, 9).map(lambda day: f"2026-03-0{day}"),
        sha=FEW,
        branch=FEW,
        base_sha=FEW,
        base_branch=FEW,
        app_id=FEW,
        selective=st.booleans(),
    ),
    min_size=1,
    unique_by=lambda found: found.id,
)


@given(ENTRIES, st.randoms())
def test_whatever_there_is(found: list[Entry], random) -> None:
    head = found[0]
    base = base_for(head, found)
    able = [e for e in found if e.id != head.id and e.app_id == head.app_id and not e.selective]
    shuffled = list(found)
    random.shuffle(shuffled)
    assert base_for(head, shuffled) == base
    assert base_for(head, found[1:]) == base, "whether the list has the head is all the same"
    assert base is None or base in able
    named = [e for e in able if head.base_sha and e.sha == head.base_sha]
    if named:
        assert base in named
        assert base.moment == max(e.moment for e in named)
    if base is None and (head.base_sha or head.base_branch):
        assert not any(e.branch == head.base_branch for e in able if head.base_branch)
        assert not any(not e.base_sha and e.branch != head.branch for e in able)
