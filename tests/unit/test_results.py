"""Results that are remembered, and masks beside them."""

from __future__ import annotations

import logging
import multiprocessing
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.engine import results
from snapreview.engine.results import Measured, ResultKey, ResultStore
from snapreview.model.change import ImageDiff
from snapreview.model.errors import SnapReviewError
from snapreview.model.options import DiffOptions

KEY = ResultKey.of("a" * 64, "b" * 64, DiffOptions(), "4.5.0")
MEASURED = Measured(ImageDiff((7, 9), subtle_pixels=3, notes=("Animated.",)), (7, 9), (7, 9))
PIXELS = st.integers(0, 10**9)
SIZES = st.tuples(st.integers(1, 10**6), st.integers(1, 10**6))
RESULTS = st.builds(
    Measured,
    st.builds(
        ImageDiff,
        canvas=SIZES,
        changed_pixels=PIXELS,
        subtle_pixels=PIXELS,
        size_changed=st.booleans(),
        alpha_changed=st.booleans(),
        regions=st.lists(st.tuples(PIXELS, PIXELS, PIXELS, PIXELS), max_size=3).map(tuple),
        notes=st.lists(st.text(), max_size=2).map(tuple),
    ),
    SIZES,
    SIZES,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ResultStore]:
    store = ResultStore(tmp_path)
    yield store
    store.close()


def key(number: int) -> ResultKey:
    return replace(KEY, base=f"{number:064}")


@given(RESULTS)
def test_every_part_of_a_result_survives(
    tmp_path_factory: pytest.TempPathFactory, result: Measured
) -> None:
    folder = tmp_path_factory.mktemp("results")
    first = ResultStore(folder)
    first.put(KEY, result)
    assert first.get(KEY) == result
    first.close()
    second = ResultStore(folder)
    assert second.get(KEY) == result
    second.close()


@pytest.mark.parametrize("part", ["base", "head", "options", "engine"])
def test_a_result_is_known_by_every_part_of_its_key(store: ResultStore, part: str) -> None:
    store.put(KEY, MEASURED)
    other = replace(KEY, **{part: getattr(KEY, part) + "x"})
    assert store.get(other) is None
    assert store.mask_path(other) != store.mask_path(KEY)
    assert store.get(KEY) == MEASURED


def test_base_and_head_are_not_the_same(store: ResultStore) -> None:
    store.put(KEY, MEASURED)
    assert store.get(replace(KEY, base=KEY.head, head=KEY.base)) is None


def test_what_judges_a_result_is_no_part_of_its_key() -> None:
    options = DiffOptions(diff_threshold=0.5, max_pixels=5)
    assert ResultKey.of("a" * 64, "b" * 64, options, "4.5.0") == KEY
    assert ResultKey.of("a" * 64, "b" * 64, DiffOptions(0.02), "4.5.0") != KEY
    assert ResultKey.of("a" * 64, "b" * 64, DiffOptions(antialiasing=False), "4.5.0") != KEY


def test_a_later_result_replaces_an_earlier_one(store: ResultStore) -> None:
    store.put(KEY, MEASURED)
    store.put(KEY, replace(MEASURED, head_size=(1, 1)))
    assert store.get(KEY) == replace(MEASURED, head_size=(1, 1))


def test_a_result_whose_mask_has_gone_is_not_known(store: ResultStore) -> None:
    mask = store.mask_path(KEY)
    mask.write_bytes(b"mask")
    marked = replace(MEASURED, diff=replace(MEASURED.diff, changed_pixels=5, mask=mask))
    store.put(KEY, marked)
    assert store.get(KEY) == marked
    mask.unlink()
    assert store.get(KEY) is None


def test_the_folder_of_a_mask_exists(store: ResultStore) -> None:
    assert store.mask_path(KEY).parent.is_dir()
    assert store.mask_path(KEY).suffix == ".png"


def test_the_cache_may_be_moved(tmp_path: Path) -> None:
    store = ResultStore(tmp_path / "one")
    mask = store.mask_path(KEY)
    mask.write_bytes(b"mask")
    store.put(KEY, replace(MEASURED, diff=replace(MEASURED.diff, mask=mask)))
    store.close()
    (tmp_path / "one").rename(tmp_path / "two")
    moved = ResultStore(tmp_path / "two")
    found = moved.get(KEY)
    moved.close()
    assert found is not None
    assert found.diff.mask is not None
    assert found.diff.mask.read_bytes() == b"mask"


def test_many_threads_use_one_store(store: ResultStore) -> None:
    def work(number: int) -> bool:
        result = replace(MEASURED, head_size=(number + 1, 1))
        store.put(key(number), result)
        return store.get(key(number)) == result

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))
    assert all(store.get(key(number)) for number in range(200))


def put_many(folder: Path, start: int, together: Barrier) -> None:
    together.wait(60)
    store = ResultStore(folder)
    for number in range(start, start + 50):
        store.put(key(number), MEASURED)
    store.close()


def test_many_processes_use_one_folder(tmp_path: Path) -> None:
    """They open it at the same time, too, when nothing is there yet."""
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(4)
    processes = [
        context.Process(target=put_many, args=(tmp_path, start, together))
        for start in (0, 50, 100, 150)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    store = ResultStore(tmp_path)
    assert all(store.get(key(number)) == MEASURED for number in range(200))
    store.close()
    assert not list(tmp_path.glob("*.broken"))


@pytest.mark.parametrize("data", [b"no database " * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_database_is_put_aside(
    tmp_path: Path, data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "results.sqlite").write_bytes(data)
    with caplog.at_level(logging.WARNING):
        store = ResultStore(tmp_path)
    store.put(KEY, MEASURED)
    assert store.get(KEY) == MEASURED
    store.close()
    assert (tmp_path / "results.broken").read_bytes() == data
    assert "cannot be used" in caplog.text


def test_an_empty_database_file_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").touch()
    store = ResultStore(tmp_path)
    store.put(KEY, MEASURED)
    store.close()
    assert not (tmp_path / "results.broken").exists()


def test_a_sound_database_that_cannot_be_opened_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").mkdir()
    with pytest.raises(SnapReviewError, match=r"cannot be opened.*SNAPREVIEW_CACHE_DIR"):
        ResultStore(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "masks"] == ["results.sqlite"]


def test_a_database_that_cannot_be_made_faster_now_is_used_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes that open a new one at once get in each other's way over its mode."""
    reader = sqlite3.connect(tmp_path / "results.sqlite", isolation_level=None)
    reader.execute("CREATE TABLE results (key TEXT PRIMARY KEY, payload TEXT NOT NULL)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM results").fetchall()
    monkeypatch.setattr(results, "_BUSY_SECONDS", 0)
    store = ResultStore(tmp_path)
    assert store.get(KEY) is None
    reader.close()
    store.put(KEY, MEASURED)
    assert store.get(KEY) == MEASURED
    store.close()


def alter(folder: Path, statement: str) -> None:
    database = sqlite3.connect(folder / "results.sqlite")
    with database:
        database.execute(statement)
    database.close()


@pytest.mark.parametrize(
    "payload", ["", "{}", "[]", "5", "{", '{"has_mask": false, "canvas": 1}', "null"]
)
def test_a_result_of_another_shape_is_not_known(
    tmp_path: Path, store: ResultStore, payload: str
) -> None:
    store.put(KEY, MEASURED)
    alter(tmp_path, f"UPDATE results SET payload = '{payload}'")
    assert store.get(KEY) is None
    store.put(KEY, MEASURED)
    assert store.get(KEY) == MEASURED


def test_a_database_that_fails_later_costs_nothing_but_memory(
    tmp_path: Path, store: ResultStore, caplog: pytest.LogCaptureFixture
) -> None:
    alter(tmp_path, "DROP TABLE results")
    with caplog.at_level(logging.WARNING):
        store.put(KEY, MEASURED)
        assert store.get(KEY) is None
    assert "cannot be remembered" in caplog.text
    assert "made again" in caplog.text


def test_closing_twice_is_allowed_and_asking_afterwards_is_answered(tmp_path: Path) -> None:
    store = ResultStore(tmp_path)
    store.put(KEY, MEASURED)
    store.close()
    store.close()
    assert store.get(KEY) is None
    store.put(KEY, MEASURED)
