"""Edits, steps, keys and counts: the rules without files and threads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.change import Change, ImageDiff, Side, Status
from snapreview.model.decision import UNDECIDED, Decision, Verdict, decision_key
from snapreview.model.errors import ReviewError
from snapreview.model.manifest import Hint, ImageRecord
from snapreview.review.edits import Edit, Unkeyed, edited, judged, noted
from snapreview.review.history import MOST_STEPS, History, Step
from snapreview.review.keys import could_be, found_key, is_continued
from snapreview.review.progress import ReviewCounts, ReviewProgress
from snapreview.review.texts import refused_sentence, verdict_text

from .makers import A, Images, R, approved, digest, key, row

VERDICTS = st.sampled_from([None, *Verdict])
DECISIONS = st.builds(Decision, VERDICTS, st.sampled_from(["", "x", "y"]), st.just("1")).map(
    lambda decision: UNDECIDED if decision.is_empty else decision
)
EDITS = st.builds(Edit, DECISIONS, DECISIONS)


@given(EDITS)
def test_an_edit_of_what_it_was_made_for_gives_what_it_says(edit: Edit) -> None:
    assert edited(edit.before, edit, strict=True) == edit.after
    assert edited(edit.after, edit.reversed, strict=True) == edit.before


@given(DECISIONS, VERDICTS)
def test_a_verdict_leaves_any_note_alone(there: Decision, verdict: Verdict | None) -> None:
    after = edited(there, judged(UNDECIDED, verdict, "2"))
    assert after is not None
    assert after.note == there.note
    assert after.verdict is (verdict or there.verdict)


@given(DECISIONS, st.sampled_from(["", "x", "z"]))
def test_a_note_leaves_any_verdict_alone(there: Decision, note: str) -> None:
    after = edited(there, noted(UNDECIDED, note, "2"))
    assert after is not None
    assert after.verdict is there.verdict
    assert after.note == (note or there.note)


@given(DECISIONS, EDITS)
def test_a_strict_edit_is_refused_exactly_where_its_part_is_another(
    there: Decision, edit: Edit
) -> None:
    verdict = edit.before.verdict in {edit.after.verdict, there.verdict}
    note = edit.before.note in {edit.after.note, there.note}
    assert (edited(there, edit, strict=True) is None) is not (verdict and note)


@given(DECISIONS, EDITS)
def test_whatever_says_something_tells_when(there: Decision, edit: Edit) -> None:
    for strict in (True, False):
        after = edited(there, edit, strict=strict)
        assert after is None or after.is_empty is (after.decided == "")


def test_undoing_gives_the_time_back_unless_more_was_said() -> None:
    first, second = Decision(A, "", "1"), Decision(R, "", "2")
    back = Edit(second, first)
    assert edited(second, back, strict=True) == first
    assert edited(replace(second, note="More", decided="3"), back, strict=True) == Decision(
        A, "More", "3"
    )


@pytest.mark.parametrize("blank", ["", " ", "\n\t "])
def test_a_note_without_a_word_is_none(blank: str) -> None:
    assert noted(approved("x"), blank, "2").after == approved("", "2")
    assert noted(Decision(None, "x", "1"), blank, "2").after == UNDECIDED


def test_a_note_that_no_file_can_hold_is_mended() -> None:
    assert noted(UNDECIDED, "a\ud83db", "1").after.note == "a?b"
    assert noted(UNDECIDED, "a😀b", "1").after.note == "a😀b"


def step(name: str = "a", *, note: str | None = None, serial: int = 0) -> Step:
    if note is not None:
        return Step({key(name): noted(UNDECIDED, note, "1")}, is_note=True, serial=serial)
    return Step({key(name): Edit(UNDECIDED, approved())}, A, serial=serial)


def test_a_new_step_ends_what_could_be_done_again() -> None:
    history = History().recorded(step("a")).recorded(step("b")).undo()
    assert history == History((step("a"),), (step("b"),))
    assert history.redo() == History((step("a"), step("b")))
    assert history.recorded(step("c")) == History((step("a"), step("c")))


def test_typing_one_note_is_one_step() -> None:
    history = History()
    for before, after in (("", "H"), ("H", "Hi"), ("Hi", "Hi!")):
        edit = noted(Decision(None, before, "1") if before else UNDECIDED, after, "2")
        history = history.recorded(Step({key(): edit}, is_note=True))
    assert [s.edits[key()].after.note for s in history.done] == ["Hi!"]
    assert history.done[0].edits[key()].before == UNDECIDED


@pytest.mark.parametrize("between", [step("a"), step("b", note="Other")])
def test_another_step_ends_a_note(between: Step) -> None:
    history = History().recorded(step(note="H")).recorded(between).recorded(step(note="Hi"))
    assert len(history.done) == 3


def test_undoing_ends_a_note() -> None:
    history = History().recorded(step("b", note="x")).recorded(step("a", note="H"))
    assert len(history.undo().recorded(step("b", note="xy")).done) == 2


def test_a_note_that_was_typed_and_removed_is_no_step() -> None:
    typed = History().recorded(step("b")).recorded(step(note="H"))
    removed = Step({key("a"): noted(Decision(None, "H", "1"), "", "2")}, is_note=True)
    assert typed.recorded(removed).done == (step("b"),)


def test_only_so_many_steps_are_remembered() -> None:
    history = History()
    for number in range(MOST_STEPS + 5):
        history = history.recorded(step(str(number)))
    assert (len(history.done), history.done[0]) == (MOST_STEPS, step("5"))


def test_steps_without_rows_vanish() -> None:
    both = Step({**step("a").edits, **step("b").edits}, A)
    history = History((step("a"), both), (step("a"),)).without([key("a")])
    assert history == History((step("b"),))


def test_a_stand_in_gets_its_key_in_every_step() -> None:
    standing = Unkeyed("a", 1)
    edit = Edit(UNDECIDED, approved())
    history = History((Step({standing: edit}, A), step("b")), (Step({standing: edit}, A),))
    assert history.renamed({standing: key("a")}) == History((step("a"), step("b")), (step("a"),))


def test_a_step_learns_what_was_there_before_it() -> None:
    found = Decision(R, "Theirs", "0")
    history = History((step("a", serial=7), step("a", serial=8))).amended(7, {key("a"): found})
    assert history.done[0].edits[key("a")] == Edit(found, approved("Theirs"))
    assert history.done[1] == step("a", serial=8)


def test_the_names_of_steps() -> None:
    texts = [verdict_text(v, n) for v in (A, R, None) for n in (1, 5000)]
    assert texts == [
        "Approve 1 image",
        "Approve 5,000 images",
        "Reject 1 image",
        "Reject 5,000 images",
        "Clear 1 decision",
        "Clear 5,000 decisions",
    ]
    assert step(note="x").text == "Edit note"
    sentence = "3 of 5 undone; 2 were decided otherwise in another window."
    assert refused_sentence("undone", 5, 2) == sentence
    assert refused_sentence("undone", 1, 1).startswith("0 of 1 undone; 1 was decided")


def hinted(base: str, head: str) -> Change:
    return row(base=base, head=head, hashed=False)


@pytest.mark.parametrize(
    ("base", "head", "read"),
    [
        ("old", "new", [Side.HEAD, Side.BASE]),
        ("same", "same", [Side.HEAD]),
        ("", "new", [Side.HEAD]),
        ("old", "", [Side.BASE]),
    ],
)
def test_only_what_is_needed_is_read_for_a_key(base: str, head: str, read: list[Side]) -> None:
    images = Images()
    assert found_key(hinted(base, head), images.hash_of) == key(base=base, head=head)
    assert [side for side, _ in images.asked] == read
    known = row(base=base, head=head)
    assert found_key(known, images.hash_of) == decision_key(known) == key(base=base, head=head)
    assert len(images.asked) == len(read)


def test_one_known_hash_of_an_equal_pair_is_enough() -> None:
    base, head = hinted("same", "same").base, hinted("same", "same").head
    assert base is not None
    known = Change("a.png", Status.UNCHANGED, replace(base, sha256=digest("same")), head)
    assert decision_key(known) == key(base="same", head="same")


def test_a_row_without_images_has_no_key() -> None:
    with pytest.raises(ReviewError, match="no image"):
        found_key(Change("a.png", Status.ERRORED), Images().hash_of)


@pytest.mark.parametrize(
    ("change", "possible"),
    [
        (hinted("old", "new"), {("old", "new"), ("same", "same")}),
        (hinted("same", "same"), {("same", "same")}),
        (hinted("", "new"), {("", "new")}),
        (hinted("old", ""), {("old", "")}),
        (replace(hinted("old", "new"), base=row(base="old").base), {("old", "new")}),
    ],
)
def test_which_keys_a_row_may_have(change: Change, possible: set[tuple[str, str]]) -> None:
    pairs = [("old", "new"), ("same", "same"), ("", "new"), ("old", "")]
    assert {pair for pair in pairs if could_be(change, key("a.png", *pair))} == possible


def test_a_row_goes_on_while_its_images_are_the_same() -> None:
    change = hinted("old", "new")
    head = change.head
    assert head is not None
    hashed = replace(change, head=replace(head, sha256=digest("new"), width=5))
    assert is_continued(change, hashed)
    assert not is_continued(hashed, change)
    assert not is_continued(hashed, replace(change, head=replace(head, sha256=digest("other"))))
    assert not is_continued(change, replace(change, head=replace(head, hint=Hint("etag", "x"))))
    assert not is_continued(change, replace(change, base=ImageRecord("b.png", hint=head.hint)))
    assert not is_continued(change, hinted("", "new"))


SUBTLE = replace(row("subtle", status=Status.UNCHANGED), diff=ImageDiff((4, 3), 0, subtle_pixels=2))
ROWS = st.builds(
    lambda name, status: row(name, status=status),
    st.sampled_from("abcd"),
    st.sampled_from(list(Status)),
) | st.just(SUBTLE)


@given(st.lists(ROWS | st.sampled_from("abcd") | st.tuples(st.sampled_from("abcd"), DECISIONS)))
def test_counts_are_those_of_the_rows(
    actions: list[Change | str | tuple[str, Decision]],
) -> None:
    progress = ReviewProgress()
    rows: dict[str, Change] = {}
    said: dict[str, Decision] = {}
    for action in actions:
        if isinstance(action, Change):
            rows[action.name] = action
            progress.put(action, said.get(action.name, UNDECIDED))
        elif isinstance(action, str):
            rows.pop(action, None)
            progress.drop(action)
        else:
            said[action[0]] = action[1]
            progress.decide(*action)
    waiting = [
        said.get(name, UNDECIDED).verdict
        for name, change in rows.items()
        if change.status not in {Status.UNCHANGED, Status.SKIPPED, Status.PENDING}
        or change is SUBTLE
    ]
    expected = ReviewCounts(len(waiting), waiting.count(A), waiting.count(R))
    assert progress.counts == expected
    assert expected.left == waiting.count(None)
