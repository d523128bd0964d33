"""The rows of a running session, and who is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from snapreview.engine.rows import Rows, Waiting, reopened
from snapreview.model.change import Change, Status
from snapreview.model.manifest import ImageRecord


def image(name: str, sha256: str | None = None, size: int | None = None) -> ImageRecord:
    return ImageRecord(name, sha256, width=size, height=size)


PENDING = Change("pending", Status.PENDING, image("pending"), image("pending"))
ADDED = Change("added", Status.ADDED, head=image("added"))
REMOVED = Change("removed", Status.REMOVED, base=image("removed"))
SKIPPED = Change("skipped", Status.SKIPPED, base=image("skipped"))
EQUAL = Change("equal", Status.UNCHANGED, image("equal", "1"), image("equal", "1"))


def test_what_is_not_known_is_looked_up_matched_rows_first() -> None:
    rows = Rows([SKIPPED, ADDED, EQUAL, REMOVED, PENDING])
    assert rows.unidentified() == ["pending", "added", "removed", "skipped"]


def test_what_is_known_is_not_looked_up() -> None:
    known = replace(ADDED, head=image("added", "1", 5))
    assert Rows([known, EQUAL]).unidentified() == []
    assert Rows([replace(ADDED, head=image("added", "1"))]).unidentified() == ["added"]


def test_a_skipped_row_is_only_of_interest_where_something_was_added() -> None:
    assert Rows([SKIPPED, PENDING]).unidentified() == ["pending"]
    hashed = replace(SKIPPED, base=image("skipped", "1"))
    assert Rows([hashed, ADDED]).unidentified() == ["added"]


def test_unfinished_are_failures_and_what_was_not_reached() -> None:
    failed = replace(EQUAL, status=Status.ERRORED, error="Why.")
    assert Rows([PENDING, failed, ADDED]).unfinished() == ["equal", "pending", "added"]
    assert Rows([EQUAL]).unfinished() == []


def test_rows_are_replaced_by_name() -> None:
    rows = Rows([PENDING, ADDED])
    done = replace(PENDING, status=Status.CHANGED)
    rows.put([done])
    assert rows["pending"] is done
    assert rows.values() == (done, ADDED)


def test_settling_merges_renames_and_tells_who_is_gone() -> None:
    rows = Rows([ADDED, REMOVED, PENDING])
    assert rows.settle() == ((), ())
    rows.put(
        [
            replace(ADDED, head=image("added", "1")),
            replace(REMOVED, base=image("removed", "1")),
        ]
    )
    (renamed,), dropped = rows.settle()
    assert (renamed.name, renamed.status, dropped) == ("added", Status.RENAMED, ("removed",))
    assert [row.name for row in rows.values()] == ["added", "pending"]
    assert rows.settle() == ((), ())


def test_what_is_alone_and_no_image_is_errored_unless_it_was_renamed() -> None:
    added = replace(ADDED, head=image("added", "1"), error="No image.")
    rows = Rows([added])
    (errored,), _ = rows.settle()
    assert (errored.status, errored.error) == (Status.ERRORED, "No image.")
    rows = Rows([added, replace(REMOVED, base=image("removed", "1"), error="No image.")])
    (renamed,), _ = rows.settle()
    assert (renamed.status, renamed.error) == (Status.RENAMED, None)


def test_a_failed_row_is_reopened_as_what_it_was() -> None:
    for row in (PENDING, ADDED, REMOVED):
        assert reopened(replace(row, status=Status.ERRORED, error="Why.")) == row
    for row in (EQUAL, SKIPPED, ADDED):
        assert reopened(row) is row


def test_first_come_first_served_unless_somebody_asks() -> None:
    waiting = Waiting("abcde")
    waiting.prefer(["d", "b", "x"])
    waiting.add("fa")
    assert [waiting.take() for _ in range(len(waiting))] == ["d", "b", "a", "c", "e", "f"]
    assert not waiting


@given(st.lists(st.text("abc", min_size=1)), st.lists(st.text("abc", min_size=1)))
def test_asking_neither_loses_nor_adds_anybody(names: Sequence[str], asked: Sequence[str]) -> None:
    waiting = Waiting(names)
    waiting.prefer(asked)
    taken = [waiting.take() for _ in range(len(waiting))]
    assert sorted(taken) == sorted(set(names))
    preferred = [name for name in dict.fromkeys(asked) if name in names]
    assert taken[: len(preferred)] == preferred
