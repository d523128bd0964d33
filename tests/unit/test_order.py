"""The order of the list, as ux.md has it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.change import STATUSES, Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.model.order import Sort, in_order, natural_key

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


def names(*rows: Change, sort: Sort = Sort.DIFFERENCE) -> list[str]:
    return [change.name for change in in_order(rows, sort)]


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


def test_names_are_sorted_as_people_count() -> None:
    rows = [row(name, Status.CHANGED) for name in ("b 10", "B 2", "a 3x", "b 02", "b")]
    assert names(*rows, sort=Sort.NAME) == ["a 3x", "b", "B 2", "b 02", "b 10"]


def test_what_is_shown_of_a_name_is_what_is_sorted_by() -> None:
    first = Change("z.png", Status.ADDED, head=ImageRecord("z.png", display_name="About"))
    rows = [Change("m.png", Status.ADDED, head=ImageRecord("m.png")), first]
    assert names(*rows, sort=Sort.NAME) == ["z.png", "m.png"]


def test_groups_are_sorted_by_name_and_their_rows_below_them() -> None:
    rows = [row(name, Status.CHANGED) for name in ("g 10/a", "g 2/b", "g 2/a", "c/z")]
    assert names(*rows, sort=Sort.GROUP) == ["c/z", "g 2/a", "g 2/b", "g 10/a"]


def test_the_largest_region_comes_first_however_little_of_the_image_it_is() -> None:
    small = Change("a", Status.CHANGED, diff=ImageDiff((9, 9), 80, regions=((0, 0, 9, 9),)))
    large = Change("b", Status.CHANGED, diff=ImageDiff((900, 900), 99, regions=((0, 0, 10, 10),)))
    assert names(small, large, sort=Sort.REGION) == ["b", "a"]
    assert names(small, large) == ["a", "b"]


def test_sections_come_before_any_sort() -> None:
    rows = [Change("a", Status.ADDED), Change("b", Status.CHANGED)]
    for sort in Sort:
        assert names(*rows, sort=sort) == ["b", "a"]


@given(st.integers(0, 10**30), st.integers(0, 10**30), st.sampled_from(["", "0", "00"]))
def test_numbers_are_compared_as_numbers(one, other, zeros) -> None:
    keys = natural_key(f"Button {zeros}{one}.png"), natural_key(f"button {other}.png")
    assert (keys[0] < keys[1]) == (one < other)
    assert (keys[0] == keys[1]) == (one == other)


@given(
    st.lists(CHANGES, unique_by=lambda change: change.name),
    st.randoms(),
    st.sampled_from(Sort),
)
def test_the_order_does_not_depend_on_the_order_given(rows, random, sort) -> None:
    ordered = in_order(rows, sort)
    random.shuffle(rows)
    assert in_order(rows, sort) == ordered
    assert sorted(map(id, rows)) == sorted(map(id, ordered))
