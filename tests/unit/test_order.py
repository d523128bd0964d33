"""The order of the list, as ux.md has it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.change import STATUSES, Change, ImageDiff, Status
from snapreview.model.order import in_order

CHANGES = st.builds(
    Change,
    name=st.text(st.sampled_from("aAzZé_0\U0001f600"), min_size=1, max_size=3),
    status=st.sampled_from(Status),
    diff=st.none()
    | st.builds(
        ImageDiff,
        canvas=st.just((10, 10)),
        changed_pixels=st.integers(0, 3),
        subtle_pixels=st.integers(0, 2),
    ),
)


def row(name: str, status: Status, changed: int = 0, subtle: int = 0) -> Change:
    return Change(name, status, diff=ImageDiff((10, 10), changed, subtle))


def names(*rows: Change) -> list[str]:
    return [change.name for change in in_order(rows)]


def test_the_sections_come_in_the_order_of_the_document() -> None:
    expected = ["changed", "errored", "removed", "added", "renamed", "unchanged", "skipped"]
    assert [status.value for status in STATUSES] == expected
    assert names(*(Change(s, Status(s)) for s in reversed(expected))) == expected


def test_subtle_rows_stand_between_renamed_and_unchanged() -> None:
    rows = [
        row("equal", Status.UNCHANGED),
        row("under the threshold", Status.UNCHANGED, changed=2),
        row("subtle", Status.UNCHANGED, subtle=99),
        Change("renamed", Status.RENAMED),
        Change("skipped", Status.SKIPPED),
    ]
    assert names(*rows) == ["renamed", "under the threshold", "subtle", "equal", "skipped"]


def test_what_changed_most_comes_first() -> None:
    rows = [row("a", Status.CHANGED, 1), row("b", Status.CHANGED, 50), row("c", Status.CHANGED, 7)]
    assert names(*rows) == ["b", "c", "a"]


def test_ties_end_with_the_name_by_code_point() -> None:
    given_names = ["b", "a", "Z", "é", "_", "a/b", "a.b", "\U0001f600", "\uffff"]
    rows = [row(name, Status.CHANGED, 5) for name in given_names]
    assert names(*rows) == ["Z", "_", "a", "a.b", "a/b", "b", "é", "\uffff", "\U0001f600"]


@given(st.lists(CHANGES, unique_by=lambda change: change.name), st.randoms())
def test_the_order_does_not_depend_on_the_order_given(rows, random) -> None:
    ordered = in_order(rows)
    random.shuffle(rows)
    assert in_order(rows) == ordered
    assert sorted(map(id, rows)) == sorted(map(id, ordered))
