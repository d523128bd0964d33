from changes_samples import IN_ORDER, change, mixed
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_list import Mirror, NaiveList

from snapreview.model.change import Status
from snapreview.ui.changes.category import Category, press
from snapreview.ui.changes.index import ChangeIndex

P = Status.PENDING


def names(index):
    return [row.name for row in index]


def filled(rows, watcher=None):
    index = ChangeIndex(watcher)
    index.replace(rows)
    return index


def mirrored(rows):
    mirror = Mirror()
    index = ChangeIndex(mirror)
    mirror.index = index
    index.replace(rows)
    mirror.steps.clear()
    return index, mirror


def test_lists_all_but_unchanged_in_the_order_of_the_report():
    assert names(filled(mixed())) == IN_ORDER


def test_each_row_finds_its_place():
    index = filled(mixed())
    assert [index.place(name) for name in IN_ORDER] == list(range(len(IN_ORDER)))
    assert [index.name(place) for place in range(len(index))] == IN_ORDER
    assert index.place("home/same.png") is None
    assert index.find("home/same.png").status is Status.UNCHANGED


def test_counts_are_taken_after_the_text_and_before_the_pills():
    index = filled(mixed())
    index.set_filter("HOME")
    index.set_pressed(frozenset({Category.SUBTLE}))
    assert names(index) == ["home/soft.png"]
    assert index.counts == {Category.CHANGED: 2, Category.SUBTLE: 1, Category.UNCHANGED: 1}
    assert index.total == 10


def test_an_isolated_category_alone_is_listed():
    index = filled(mixed())
    index.set_pressed(frozenset({Category.UNCHANGED}))
    assert names(index) == ["home/same.png"]


def test_rows_that_settle_join_below_what_is_in_order():
    index = filled([change("a", Status.ADDED), change("w", P), change("x", P), change("y", P)])
    index.update([change("x", Status.CHANGED, 5)])
    index.update([change("w", Status.CHANGED, 9000)])
    assert names(index) == ["a", "x", "w", "y"]
    assert index.new_rows == (1, 2)
    index.reorder()
    assert names(index) == ["w", "x", "a", "y"]
    assert index.new_rows == (3, 0)


def test_the_row_somebody_looks_at_neither_moves_nor_leaves():
    index = filled([change("w", P), change("x", P), change("y", P)])
    index.update([change("x", Status.UNCHANGED), change("w", Status.UNCHANGED)], keep="x")
    assert names(index) == ["x", "y"]
    index.update([change("y", Status.CHANGED, 5)], keep="x")
    assert names(index) == ["y", "x"]
    index.set_filter("")
    assert names(index) == ["y"]


def test_a_row_that_is_tried_again_stays_where_it_is():
    index = filled(mixed())
    index.set_pressed(frozenset({Category.ERRORED}))
    index.update([change("cart/broken.png", P)])
    assert names(index) == ["cart/broken.png"]
    index.update([change("cart/broken.png", Status.ERRORED, error="Still.")])
    assert names(index) == ["cart/broken.png"]
    assert index.find("cart/broken.png").error == "Still."


def test_merged_rows_leave_with_their_count():
    index = filled([change("new", Status.ADDED), change("old", Status.REMOVED)])
    index.update([change("new", Status.RENAMED, previous_name="old")], ["old"])
    assert names(index) == ["new"]
    assert +index.counts == {Category.RENAMED: 1}
    assert index.total == 1


def test_a_name_that_comes_twice_in_a_batch_counts_once_with_its_last_news():
    index = filled([change("a", P)])
    index.update([change("a", Status.ERRORED, error="No."), change("a", Status.CHANGED, 5)])
    assert +index.counts == {Category.CHANGED: 1}
    assert names(index) == ["a"]


def test_a_batch_is_one_rearrangement_and_one_touched_range():
    index, mirror = mirrored([change(f"{n:05}", P) for n in range(50_000)])
    index.update([change(f"{n:05}", Status.CHANGED, n % 9) for n in range(0, 50_000, 800)])
    assert mirror.steps == ["rearrange", "touch"]


def test_neighbours_leave_together():
    index, mirror = mirrored([change(f"{n:02}", P) for n in range(50)])
    index.update([change(f"{n:02}", Status.UNCHANGED) for n in (*range(10, 20), 40)])
    assert mirror.steps == ["remove", "remove"]
    assert len(index) == 39


def test_the_first_click_isolates_further_ones_add_and_the_sole_one_clears():
    one = press(frozenset(), Category.CHANGED)
    two = press(one, Category.ADDED)
    assert one == {Category.CHANGED}
    assert two == {Category.CHANGED, Category.ADDED}
    assert press(two, Category.CHANGED) == {Category.ADDED}
    assert press(one, Category.CHANGED) == frozenset()


NAMES = st.sampled_from([f"{group}/{n}" for group in "ab" for n in range(6)])
ROWS = st.builds(
    change,
    NAMES,
    st.sampled_from(Status),
    st.sampled_from([None, 0, 3, 700]),
    subtle=st.sampled_from([0, 0, 9]),
)
BATCH = st.tuples(
    st.just("update"),
    st.lists(ROWS, max_size=8),
    st.sets(NAMES, max_size=2),
    st.none() | NAMES,
)
STEPS = st.one_of(
    BATCH,
    BATCH,
    st.tuples(st.just("filter"), st.sampled_from(["", "a", "b 3", "zzz"])),
    st.tuples(st.just("press"), st.frozensets(st.sampled_from(Category), max_size=2)),
    st.tuples(st.just("reorder")),
)


def do(step, index, naive):
    kind, *values = step
    if kind == "update":
        index.update(*values)
        naive.update(*values)
        return
    if kind == "filter":
        naive.text = values[0]
        index.set_filter(naive.text)
    elif kind == "press":
        naive.pressed = values[0]
        index.set_pressed(naive.pressed)
    else:
        index.reorder()
    naive.rebuild()


@settings(max_examples=300, deadline=None)
@given(st.lists(ROWS, unique_by=lambda row: row.name), st.lists(STEPS, max_size=12))
def test_equals_a_plain_recomputation_after_any_batches(rows, steps):
    index, mirror = mirrored(rows)
    naive = NaiveList()
    naive.rows = {row.name: row for row in rows}
    naive.rebuild()
    for step in steps:
        do(step, index, naive)
        assert names(index) == naive.names == mirror.names
        assert [index.place(name) for name in naive.names] == list(range(len(naive.names)))
        assert +index.counts == naive.counts()
        first, count = index.new_rows
        assert set(index.names(first, first + count - 1)) == naive.new
        assert [row.change for row in map(index.row, range(len(index)))] == [
            naive.rows[name] for name in naive.names
        ]
