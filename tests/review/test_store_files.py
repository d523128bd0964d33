"""Files that are damaged, newer, moved, locked or full: nothing in them is ever lost."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.model.decision import UNDECIDED, DecisionKey
from snapreview.model.errors import ReviewError
from snapreview.review.edits import Edit, Write
from snapreview.review.pairs import Pair
from snapreview.review.store import DecisionStore

from .makers import approved, at_once, everything, key

PAIR = Pair("a", "1", "b", "2")


def put(store: DecisionStore, *keys: DecisionKey) -> None:
    store.apply([Write(1, {key: Edit(UNDECIDED, approved()) for key in keys})])


def filled(path: Path, count: int = 1) -> None:
    store = DecisionStore(path)
    put(store, *(key(f"{number:05}") for number in range(count)))
    store.put_pair(PAIR)
    store.close()


@pytest.fixture
def other(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the same file."""
    connection = at_once(path)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "data", [b"no database " * 100, b"SQLite format 3\0" + b"\xff" * 5000, b"SQLite format 3\0"]
)
def test_a_file_that_is_none_is_put_aside(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    store = DecisionStore(path)
    assert "damaged: none could be read" in store.take_notice()
    assert store.take_notice() == ""
    put(store, key())
    store.close()
    assert path.with_name("decisions.broken-1").read_bytes() == data
    assert set(everything(path)) == {key()}


def test_a_second_damaged_file_does_not_replace_the_first(path: Path) -> None:
    for number in (1, 2):
        path.write_bytes(b"damaged %d" % number * 100)
        DecisionStore(path).close()
        assert (
            path.with_name(f"decisions.broken-{number}").read_bytes()[:9] == b"damaged %d" % number
        )


def test_what_can_be_read_of_a_damaged_file_is_kept(path: Path) -> None:
    filled(path, 2000)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\xff" * (len(data) - len(data) // 2))
    store = DecisionStore(path)
    notice = store.take_notice()
    store.close()
    kept = everything(path)
    assert 10 < len(kept) < 2000
    assert f"{len(kept):,} could be read from it and are kept" in notice
    assert set(kept.values()) == {approved()}


def test_a_damaged_index_costs_nothing(path: Path) -> None:
    filled(path, 50)
    database = sqlite3.connect(path)
    database.execute("PRAGMA writable_schema = ON")
    database.execute(
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
        " WHERE name = 'sqlite_autoindex_pairs_1') WHERE name = 'sqlite_autoindex_decisions_1'"
    )
    database.commit()
    database.close()
    store = DecisionStore(path)
    assert "50 could be read" in store.take_notice()
    assert store.pairs() == (PAIR,)
    store.close()
    assert len(everything(path)) == 50


def test_a_file_damaged_while_it_is_open_is_put_aside(
    path: Path, other: sqlite3.Connection
) -> None:
    filled(path, 2000)
    store = DecisionStore(path)
    other.execute("DELETE FROM pairs")  # SQLite reads again what somebody else may have written
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)
    put(store, key("later"))
    assert "damaged" in store.take_notice()
    assert key("later") in store.load(["later"])
    store.close()
    assert path.with_name("decisions.broken-1").exists()


def test_a_damaged_file_is_put_aside_with_what_was_not_merged_into_it_yet(
    path: Path, tmp_path: Path
) -> None:
    """A killed process leaves the latest decisions in a file of their own."""
    filled(path, 2000)
    store = DecisionStore(path)
    put(store, key("latest"))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    crashed.joinpath(path.name).write_bytes(b"damaged" * 1000)
    log = path.with_name(f"{path.name}-wal").read_bytes()
    crashed.joinpath(f"{path.name}-wal").write_bytes(log)
    store.close()
    again = DecisionStore(crashed / path.name)
    assert again.load(["latest"]) == {}
    again.close()
    assert log
    assert crashed.joinpath("decisions.broken-1-wal").read_bytes() == log


def test_a_damaged_file_that_another_process_has_just_put_aside_is_not_put_aside_again(
    path: Path,
) -> None:
    path.write_bytes(b"damaged" * 100)
    damaged = [False, True]

    class Damaged(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            path.rename(path.with_name("aside"))
            filled(path)
            raise sqlite3.DatabaseError("file is not a database")

    def connect(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(path, factory=Damaged) if damaged.pop() else at_once(path)

    store = DecisionStore(path, connect)
    assert store.take_notice() == ""
    assert set(store.load(["00000"])) == {key("00000")}
    store.close()
    assert not list(path.parent.glob("*.broken*"))


def test_a_file_that_is_gone_is_made_again(path: Path) -> None:
    """As when another window has put it aside: what goes into the old one nobody finds again."""
    filled(path)
    store = DecisionStore(path)
    path.rename(path.with_name("elsewhere"))
    put(store, key("later"))
    store.close()
    assert set(everything(path)) == {key("later")}


def test_a_file_that_another_process_began_anew_is_taken_over(path: Path) -> None:
    store = DecisionStore(path)
    for leftover in path.parent.glob("decisions.sqlite*"):
        leftover.rename(leftover.with_name(f"old-{leftover.name}"))
    filled(path)
    assert set(store.news()[0]) == {key("00000")}
    store.close()


def test_a_newer_file_is_refused_and_left_alone(path: Path) -> None:
    filled(path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 2")
    database.close()
    before = path.read_bytes()
    with pytest.raises(ReviewError, match=r"newer SnapReview.*Update SnapReview"):
        DecisionStore(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_database_of_somebody_else_is_refused_and_left_alone(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE recipes (name)")
    database.close()
    before = path.read_bytes()
    with pytest.raises(ReviewError, match="not one of SnapReview's"):
        DecisionStore(path)
    assert path.read_bytes() == before


def test_an_empty_file_is_as_good_as_none(path: Path) -> None:
    path.touch()
    store = DecisionStore(path)
    put(store, key())
    assert store.take_notice() == ""
    store.close()
    assert set(everything(path)) == {key()}


def test_two_who_make_the_file_at_once_both_use_it(path: Path) -> None:
    class Late(sqlite3.Connection):
        """Somebody else makes the tables while this one is about to."""

        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
            if statement.startswith("BEGIN") and not everything(path):
                filled(path)
            return super().execute(statement, *values)

    store = DecisionStore(path, lambda p: sqlite3.connect(p, isolation_level=None, factory=Late))
    put(store, key())
    store.close()
    assert set(everything(path)) == {key("00000"), key()}


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    filled(tmp_path / "a" / "b" / "decisions.sqlite")
    assert len(everything(tmp_path / "a" / "b" / "decisions.sqlite")) == 1


@pytest.mark.parametrize("obstacle", ["folder", "file"])
def test_a_place_that_cannot_be_used_is_explained(tmp_path: Path, obstacle: str) -> None:
    path = tmp_path / "place" / "decisions.sqlite"
    if obstacle == "folder":
        path.mkdir(parents=True)
    else:
        path.parent.touch()
    with pytest.raises(ReviewError, match=r"cannot be kept in .*SNAPREVIEW_DATA_DIR"):
        DecisionStore(path)


def read_only(path: Path) -> sqlite3.Connection:
    """What a folder in which nothing may be written makes of a connection."""
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)


def test_a_file_that_may_only_be_read_is_read_and_not_written(path: Path) -> None:
    filled(path)
    store = DecisionStore(path, read_only)
    assert store.load(["00000"]) == {key("00000"): approved()}
    with pytest.raises(ReviewError, match=r"readonly.*permissions"):
        put(store, key("more"))
    store.close()
    assert set(everything(path)) == {key("00000")}


def test_a_file_that_cannot_be_made_is_explained(path: Path) -> None:
    with pytest.raises(ReviewError, match="unable to open"):
        DecisionStore(path, read_only)
    assert not path.exists()


def test_a_full_disk_keeps_what_was_there(path: Path) -> None:
    filled(path)

    def small(path: Path) -> sqlite3.Connection:
        connection = at_once(path)
        connection.execute("PRAGMA max_page_count = 12")
        return connection

    store = DecisionStore(path, small)
    with pytest.raises(ReviewError, match=r"full.*Make room"):
        put(store, *(key(f"more {number}") for number in range(1000)))
    assert store.load(["00000"]) == {key("00000"): approved()}
    put(store, key("one more"))
    store.close()
    assert set(everything(path)) == {key("00000"), key("one more")}


def test_a_locked_file_is_explained_and_works_again(path: Path, other: sqlite3.Connection) -> None:
    filled(path)
    store = DecisionStore(path, at_once)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ReviewError, match="locked"):
        put(store, key("more"))
    assert store.load(["00000"])
    other.execute("ROLLBACK")
    put(store, key("more"))
    store.close()
    assert set(everything(path)) == {key("00000"), key("more")}


def test_faults_are_logged(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(b"damaged" * 100)
    with caplog.at_level(logging.WARNING):
        DecisionStore(path).close()
    assert "decisions.broken-1" in caplog.text
