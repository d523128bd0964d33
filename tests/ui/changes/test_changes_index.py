import random

import pytest
from changes_samples import IN_ORDER, change, mixed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from naive_list import Mirror, NaiveList

from snapreview.model.change import Status
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.model.order import Sort, in_order
from snapreview.ui.changes import listing, roster
from snapreview.ui.changes.category import Category, press
from snapreview.ui.changes.groups import GroupKey
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
    assert [index.entry(place) for place in range(len(index))] == IN_ORDER
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


def test_what_comes_first_is_put_in_order():
    index = ChangeIndex()
    index.update([change("b", P), change("c", Status.CHANGED, 5), change("a", P)])
    assert names(index) == ["c", "a", "b"]
    assert index.new_rows == (1, 0)


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


def decided(verdict, note=""):
    return Decision(verdict, note, "2025-01-02T03:04:05Z")


YES, NO = decided(Verdict.APPROVED), decided(Verdict.REJECTED)


def test_many_rows_that_leave_at_once_are_one_reset():
    index, mirror = mirrored([change(f"{n:05}", Status.CHANGED, 5) for n in range(5_000)])
    index.set_filter("-is:approved")
    mirror.steps.clear()
    index.set_decisions({f"{n:05}": YES for n in range(0, 5_000, 2)}, keep="00100")
    assert mirror.steps == ["reset", "touch"]
    assert len(index) == 2_501
    assert index.shown == 2_501
    assert index.place("00100") == 50


def test_decisions_alter_what_matches_but_not_the_row_somebody_looks_at():
    index = filled([change(name, Status.CHANGED, 5) for name in "abc"])
    index.set_filter("is:unreviewed")
    index.update_decisions({"a": YES, "b": NO}, keep="b")
    assert names(index) == ["b", "c"]
    assert index.counts == {Category.CHANGED: 1}
    index.update_decisions({"a": UNDECIDED}, keep="b")
    assert names(index) == ["b", "c", "a"]
    assert index.new_rows == (2, 1)
    index.reorder()
    assert names(index) == ["a", "c"]


def test_all_decisions_replace_those_before():
    index = filled([change(name, Status.CHANGED, 5) for name in "abc"])
    index.set_decisions({"a": YES, "b": decided(None, "Why?")})
    index.set_decisions({"b": NO, "gone": YES})
    assert [index.row(place).decision for place in range(3)] == [UNDECIDED, NO, UNDECIDED]
    index.update([change("gone", Status.ADDED)])
    assert index.find_row("gone").decision == YES


def test_a_decision_stays_with_its_row_through_updates():
    index = filled([change("a", Status.CHANGED, 5)])
    index.update_decisions({"a": YES})
    index.update([change("a", Status.CHANGED, 6)])
    assert index.row(0).decision == YES


GROUPED = [
    change("cart/a.png", Status.CHANGED, 10),
    change("cart/b.png", Status.ADDED),
    change("home/a.png", Status.CHANGED, 900),
    change("home/b.png", Status.CHANGED, 1),
    change("top.png", Status.CHANGED, 500),
    change("also-top.png", Status.CHANGED, 400),
    change("rest/only.png", Status.CHANGED, 300),
    change("home/later.png", P),
]
HOME, CART = GroupKey("home"), GroupKey("cart")


def grouped():
    index = filled(GROUPED)
    index.set_grouped(True)
    return index


def entries(index):
    return index.entries(0, len(index) - 1)


def test_groups_stand_where_their_most_important_member_would_and_single_rows_are_plain():
    assert entries(grouped()) == [
        *(HOME, "home/a.png", "home/b.png"),
        *("top.png", "also-top.png", "rest/only.png"),
        *(CART, "cart/a.png", "cart/b.png"),
        "home/later.png",
    ]


def test_a_header_has_the_words_of_its_first_member_and_images_are_counted_without_it():
    index = grouped()
    assert index.row(0).name == "home/a.png"
    assert index.group(0).members == ["home/a.png", "home/b.png"]
    assert index.group(1) is None
    assert (len(index), index.shown, index.total) == (10, 8, 8)


def test_folding_hides_members_that_are_still_shown_images():
    index = grouped()
    index.fold("home", True)
    assert entries(index)[:3] == [HOME, "top.png", "also-top.png"]
    assert (len(index), index.shown) == (8, 8)
    assert names(index)[:2] == ["home/a.png", "home/b.png"]
    assert index.place("home/b.png") is None
    assert index.nearest("home/b.png") == 0
    assert list(index.images([HOME, "top.png"])) == ["home/a.png", "home/b.png", "top.png"]


def test_what_is_folded_stays_so_through_filters_and_reordering():
    index = grouped()
    index.fold("home", True)
    index.set_filter("cart")
    assert entries(index) == [CART, "cart/a.png", "cart/b.png"]
    index.set_filter("")
    assert entries(index)[:2] == [HOME, "top.png"]


def test_folding_moves_nothing_else_even_while_results_stream_in():
    index = grouped()
    index.update([change("home/later.png", Status.CHANGED, 9999)])
    index.fold_all(True)
    order = ["top.png", "also-top.png", "rest/only.png", CART, "home/later.png"]
    assert entries(index) == [HOME, *order]
    assert index.new_rows == (5, 1)
    index.fold("home", False)
    assert entries(index) == [HOME, "home/a.png", "home/b.png", *order]
    assert index.new_rows == (7, 1)


def test_a_header_goes_with_its_last_member():
    index, mirror = mirrored(GROUPED)
    index.set_grouped(True)
    index.fold("cart", True)
    index.update([], ["cart/a.png"])
    assert index.group(index.place(CART)).members == ["cart/b.png"]
    index.update([change("cart/b.png", Status.UNCHANGED)])
    assert index.place(CART) is None
    assert mirror.names == entries(index)
    assert index.shown == 6


def test_selected_images_are_told_once_though_header_and_member_are_selected():
    index = grouped()
    found = list(index.images([HOME, "home/a.png", "top.png"]))
    assert found == ["home/a.png", "home/b.png", "top.png"]


@pytest.mark.parametrize(
    ("start", "wanted", "expected"),
    [
        (0, {"home/b.png", "top.png"}, "home/b.png"),
        (3, {"home/b.png", "top.png"}, "top.png"),
        (4, {"home/b.png"}, "home/b.png"),
        (8, {"cart/b.png"}, "cart/b.png"),
        (3, {"nowhere"}, None),
    ],
)
def test_searching_goes_down_and_round_and_into_folded_groups(start, wanted, expected):
    index = grouped()
    index.fold("cart", True)
    assert index.search(lambda row: row.name in wanted, start) == expected


def test_a_filter_that_grows_by_letters_finds_what_it_would_find_at_once():
    rows = [change(f"{n % 7}/Ab{n}.png", Status.CHANGED, n % 50) for n in range(500)]
    index, fresh = filled(rows), filled(rows)
    for text in ("a", "ab", "ab1", "ab12", "AB123", "ab1", "ab1 2", "ab1x", ""):
        index.set_filter(text)
        fresh.set_filter("zebra")
        fresh.set_filter(text)
        assert names(index) == names(fresh), text
        assert index.counts == fresh.counts


def test_a_filter_sees_decisions_that_were_made_since_it_was_typed():
    index = filled([change(name, Status.CHANGED, 5) for name in "abc"])
    index.set_filter("is:approved")
    index.update_decisions({"b": YES})
    index.set_pressed(frozenset({Category.CHANGED}))
    assert names(index) == ["b"]


@pytest.mark.parametrize("sort", Sort)
def test_sorts_as_the_report_would(sort):
    chance = random.Random(3)
    rows = [
        change(
            f"{chance.choice('aBc')}/Item {chance.randrange(30)}-{n}.png",
            chance.choice(list(Status)),
            chance.randrange(5),
            boxes=[(0, 0, chance.randrange(1, 4), 2)],
            group=chance.choice([None, "Group 2", "group 10"]),
            title=chance.choice([None, "Same", "item 3"]),
        )
        for n in range(200)
    ]
    index = filled(rows)
    index.set_pressed(frozenset(Category))
    index.set_sort(sort)
    assert names(index) == [row.name for row in in_order(rows, sort)]


NAMES = st.sampled_from([f"{group}/{n}" for group in "ab" for n in range(6)] + ["top", "tip"])
ROWS = st.builds(
    change,
    NAMES,
    st.sampled_from(Status),
    st.sampled_from([None, 0, 3, 700]),
    subtle=st.sampled_from([0, 0, 9]),
    group=st.sampled_from([None, None, "a", "Eleven"]),
)
BATCH = st.tuples(
    st.just("update"),
    st.lists(ROWS, max_size=8),
    st.sets(NAMES, max_size=2),
    st.none() | NAMES,
)
DECISIONS = st.dictionaries(NAMES, st.sampled_from([YES, NO, UNDECIDED]), max_size=5)
STEPS = st.one_of(
    BATCH,
    BATCH,
    st.tuples(st.just("filter"), st.sampled_from(["", "a", "a/", "is:approved", "-is:rejected"])),
    st.tuples(st.just("press"), st.frozensets(st.sampled_from(Category), max_size=2)),
    st.tuples(st.just("sort"), st.sampled_from(Sort)),
    st.tuples(st.just("group"), st.booleans()),
    st.tuples(st.just("fold"), st.sampled_from(["a", "b", "Eleven"]), st.booleans()),
    st.tuples(st.just("fold all"), st.booleans()),
    st.tuples(st.just("decide"), DECISIONS, st.none() | NAMES),
    st.tuples(st.just("decide all"), DECISIONS, st.none() | NAMES),
    st.tuples(st.just("reorder")),
)


def do(step, index, naive):
    """Take one step on both; most of them make the order anew."""
    kind, *values = step
    if kind == "update":
        index.update(*values)
        naive.update(*values)
    elif kind == "fold":
        index.fold(*values)
        (naive.folded.add if values[1] else naive.folded.discard)(values[0])
    elif kind == "fold all":
        index.fold_all(*values)
        there = {block.header.name for block in naive.blocks if block.header}
        naive.folded = naive.folded | there if values[0] else naive.folded - there
    elif kind == "decide":
        index.update_decisions(*values)
        naive.decide(*values)
    elif kind == "decide all":
        index.set_decisions(*values)
        said = dict.fromkeys(naive.decisions, UNDECIDED) | values[0]
        naive.decide(dict(sorted(said.items())), values[1])
    else:
        attribute, method = ANEW[kind]
        getattr(index, method)(*values)
        if attribute:
            setattr(naive, attribute, values[0])
        naive.rebuild()


ANEW = {
    "filter": ("text", "set_filter"),
    "press": ("pressed", "set_pressed"),
    "sort": ("sort", "set_sort"),
    "group": ("grouped", "set_grouped"),
    "reorder": ("", "reorder"),
}


@pytest.fixture(params=[64, 0], ids=["piecemeal", "at once"])
def few(request, monkeypatch):
    """How many ranges are taken out one by one: none of them makes the other way usual."""
    monkeypatch.setattr(listing, "_PIECEMEAL", request.param)
    monkeypatch.setattr(roster, "_PIECEMEAL", request.param)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(ROWS, unique_by=lambda row: row.name),
    in_groups=st.booleans(),
    steps=st.lists(STEPS, max_size=14),
)
def test_equals_a_plain_recomputation_after_any_steps(few, rows, in_groups, steps):
    index, mirror = mirrored(rows)
    naive = NaiveList()
    naive.rows = {row.name: row for row in rows}
    for step in [("group", in_groups), *steps]:
        do(step, index, naive)
        assert entries(index) == naive.entries == mirror.names
        assert names(index) == naive.images
        assert [index.place(entry) for entry in naive.entries] == list(range(len(index)))
        assert +index.counts == naive.counts()
        assert index.shown == len(naive.images)
        first, count = index.new_rows
        assert set(index.entries(first, first + count - 1)) == naive.new
        for place, entry in enumerate(naive.entries):
            group = index.group(place)
            row = index.row(place)
            assert row.change is naive.rows[group.members[0] if group else entry]
            assert row.decision == naive.decisions.get(row.name, UNDECIDED)
        assert {g.key: g.members for g in map(index.group, range(len(index))) if g} == {
            block.header: block.names for block in naive.blocks if block.header
        }
