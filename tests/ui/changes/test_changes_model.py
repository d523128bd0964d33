import random

import pytest
from changes_samples import IN_ORDER, change, mixed
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QAbstractItemModelTester

from snapreview.model.change import Status
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.model.order import Sort
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.model import ChangesModel, Column, Role

YES, NO = Decision(Verdict.APPROVED), Decision(Verdict.REJECTED)


@pytest.fixture
def model(qapp):
    found = ChangesModel()
    found.replace(mixed())
    return found


def cell(model, row, column=Column.NAME, role=Qt.ItemDataRole.DisplayRole):
    return model.index(row, column).data(role)


def signals_of(model):
    """Names of Qt's signals as they come, with their ranges."""
    heard = []
    model.dataChanged.connect(lambda a, b: heard.append(("data", a.row(), b.row())))
    model.rowsInserted.connect(lambda _, a, b: heard.append(("in", a, b)))
    model.rowsRemoved.connect(lambda _, a, b: heard.append(("out", a, b)))
    model.layoutChanged.connect(lambda: heard.append(("layout",)))
    model.modelReset.connect(lambda: heard.append(("reset",)))
    return heard


def test_tells_rows_in_qts_roles_and_in_its_own(model):
    assert [cell(model, row, role=Role.CHANGE).name for row in range(9)] == IN_ORDER
    assert cell(model, 0) == "most.png"
    assert cell(model, 0, Column.CHANGE) == "90.0\u00a0%"
    assert cell(model, 6, role=Role.CATEGORY) is Category.SUBTLE
    assert cell(model, 2, role=Role.TEXT).detail.startswith("The file is cut off")
    assert cell(model, 0, role=Qt.ItemDataRole.AccessibleTextRole).startswith("most.png, changed")
    assert cell(model, 0, role=Qt.ItemDataRole.ToolTipRole).startswith("home/most.png")
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Image"


def test_has_no_rows_below_rows_and_no_data_outside(model):
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_words_are_made_once_for_each_change(model):
    first = cell(model, 0, role=Role.TEXT)
    assert cell(model, 0, role=Role.TEXT) is first
    model.update_rows([change("home/most.png", Status.CHANGED, 100)])
    assert cell(model, 0, role=Role.TEXT).badge == "1.0\u00a0%"


def test_a_batch_of_settling_rows_is_one_layout_and_one_range(qapp):
    model = ChangesModel()
    model.replace([change(f"{n:05}", Status.PENDING) for n in range(50_000)])
    heard = signals_of(model)
    model.update_rows([change(f"{n:05}", Status.CHANGED, 5) for n in range(0, 49_600, 775)])
    assert heard == [("layout",), ("data", 0, 63)]


def test_rows_changed_in_place_are_one_range(model):
    heard = signals_of(model)
    model.update_rows(
        [change("home/most.png", Status.CHANGED, 8), change("cart/gone.png", Status.REMOVED)]
    )
    assert heard == [("data", 0, 3)]


def test_rows_that_become_visible_are_inserted_together(model):
    model.set_pressed(frozenset({Category.CHANGED}))
    heard = signals_of(model)
    model.update_rows([change("z1", Status.CHANGED, 1), change("z2", Status.CHANGED, 2)])
    assert heard == [("in", 2, 3)]


def test_filters_reset_once_and_not_at_all_when_nothing_is_different(model):
    heard = signals_of(model)
    model.set_filter("cart")
    model.set_filter("cart")
    model.set_pressed(frozenset())
    assert heard == [("reset",)]


def test_persistent_indexes_follow_their_rows_when_rows_settle(qapp):
    model = ChangesModel()
    model.replace([change(name, Status.PENDING) for name in "abcd"])
    kept = {n: QPersistentModelIndex(model.index(row, 0)) for row, n in enumerate("abcd")}
    model.update_rows([change("c", Status.CHANGED, 5), change("b", Status.CHANGED, 5)])
    assert {name: cell(model, index.row()) for name, index in kept.items()} == {
        name: name for name in "abcd"
    }


def grouped(qapp):
    model = ChangesModel()
    model.replace(
        [
            change("cart/a.png", Status.CHANGED, 90, tags={"theme": "dark", "os": "mac"}),
            change("cart/b.png", Status.ADDED, tags={"theme": "light", "os": "mac"}),
            change("home.png", Status.CHANGED, 10),
        ]
    )
    model.set_grouped(True)
    return model


def test_a_header_is_a_row_of_its_own_kind(qapp):
    model = grouped(qapp)
    header = cell(model, 0, role=Role.GROUP)
    assert (header.title, header.count, header.folded) == ("cart", "2 images", False)
    assert header.statuses == ((Category.CHANGED, 1), (Category.ADDED, 1))
    assert cell(model, 0) == "cart"
    assert cell(model, 0, Column.CHANGE) == "2 images"
    assert cell(model, 0, role=Qt.ItemDataRole.AccessibleTextRole) == (
        "cart, group of 2 images, 1 changed, 1 added, unfolded"
    )
    assert cell(model, 0, role=Role.CHANGE).name == "cart/a.png"
    assert [cell(model, row, role=Role.GROUP) for row in (1, 2, 3)] == [None] * 3


def test_members_are_told_apart_below_their_header(qapp):
    model = grouped(qapp)
    member, single = model.text(1), model.text(3)
    assert (member.title, member.detail, member.indented) == ("a.png", "dark", True)
    assert not single.indented


def test_a_header_follows_its_members(qapp):
    model = grouped(qapp)
    heard = signals_of(model)
    model.update_rows([change("cart/b.png", Status.CHANGED, 3)])
    assert heard == [("data", 0, 2)]
    assert model.group_text(0).statuses == ((Category.CHANGED, 2),)
    model.update_decisions(dict.fromkeys(("cart/a.png", "cart/b.png"), YES))
    assert model.group_text(0).verdict is Verdict.APPROVED


def test_folding_takes_rows_away_and_brings_them_back(qapp):
    model = grouped(qapp)
    heard = signals_of(model)
    model.fold("cart", True)
    assert heard == [("out", 1, 2), ("data", 0, 0)]
    assert model.group_text(0).spoken.endswith("folded")
    assert not model.group_text(0).spoken.endswith("unfolded")
    model.fold("cart", False)
    assert heard[2:] == [("in", 1, 2), ("data", 0, 0)]


def test_decisions_are_in_the_words_of_a_row(model):
    model.update_decisions({"home/most.png": Decision(Verdict.REJECTED, "Too <b>dark</b>")})
    text = model.text(0)
    assert (text.verdict, text.noted) == (Verdict.REJECTED, True)
    assert text.spoken.endswith("rejected, with a note")
    assert cell(model, 0, role=Role.DECISION).note == "Too <b>dark</b>"
    model.set_decisions({})
    assert not model.text(0).noted


def test_tooltips_show_what_looks_like_markup_as_it_is(model):
    model.update_decisions({"home/most.png": Decision(None, "Too <b>dark</b>")})
    shown = QTextDocument()
    shown.setHtml(cell(model, 0, role=Qt.ItemDataRole.ToolTipRole))
    assert "Note: Too <b>dark</b>" in shown.toPlainText()


def test_faults_of_the_filter_are_told(model):
    model.set_filter("diff:>lots cart")
    assert len(model.query_faults) == 1
    assert model.rowCount() == 4  # by the word alone


def test_what_was_not_reached_waits_for_nothing_once_it_was_stopped(model):
    heard = signals_of(model)
    assert model.text(8).badge == "waiting"
    model.set_stopped(True)
    assert heard == [("data", 0, 8)]
    assert model.text(8).badge == "not compared"
    assert "waiting" not in model.text(8).spoken
    assert "Not compared" in model.text(8).tooltip
    model.set_stopped(False)
    assert model.text(8).badge == "waiting"


@pytest.mark.parametrize("in_groups", [False, True], ids=["plain", "grouped"])
def test_keeps_qts_rules_during_any_batches_and_filters(qtmodeltester, qapp, in_groups):
    model = ChangesModel()
    model.replace(mixed())
    model.set_grouped(in_groups)
    qtmodeltester.check(model, force_py=True)
    chance = random.Random(7)
    statuses, verdicts = list(Status), [YES, NO, UNDECIDED]
    for _ in range(120):
        names = [f"{chance.choice('ab')}/{chance.randrange(40)}" for _ in range(9)]
        batch = [change(name, chance.choice(statuses), chance.randrange(99)) for name in names]
        model.update_rows(batch, {f"a/{chance.randrange(40)}"}, keep=chance.choice(names))
        model.update_decisions({name: chance.choice(verdicts) for name in names[:4]})
        if chance.random() < 0.2:
            model.set_filter(chance.choice(["", "a", "b 1", "-is:approved"]))
        if chance.random() < 0.2:
            model.set_pressed(frozenset(chance.sample(list(Category), chance.randrange(3))))
        if chance.random() < 0.3:
            model.fold(chance.choice("ab"), chance.random() < 0.5)
        if chance.random() < 0.1:
            model.set_sort(chance.choice(list(Sort)))
    assert model.changes.total > 40


def test_keeps_the_rules_of_qts_own_tester(qapp):
    model = ChangesModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.replace([change(name, Status.PENDING) for name in "abcdefgh"])
    model.update_rows([change(n, Status.CHANGED, 5) for n in "ceg"])
    model.update_rows([change("a", Status.UNCHANGED), change("z", Status.ADDED)], ["h"])
    model.set_grouped(True)
    model.update_rows([change(f"in/{n}", Status.ADDED) for n in range(4)])
    model.reorder()
    model.fold("in", True)
    model.fold_all(False)
    model.set_filter("z")
    assert model.rowCount() == 1
    assert tester.model() is model
