"""Sessions when something goes wrong, and how they end."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from snapreview.engine.events import Failed, Finished, RowsChanged
from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.errors import (
    EngineUnavailable,
    FetchError,
    SourceEmpty,
    SourceError,
    SourceUnreachable,
    UnreadableImage,
)
from snapreview.model.options import DiffOptions
from snapreview.stores.folder import FolderStore
from snapreview.stores.userdirs import UserDirs, user_dirs
from tests.fakes import PATIENCE, Bench, all_changed, followed, image, images, numbered, statuses

from . import images as drawn
from .odiffs import gone, linux


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


def new_threads(before: set[threading.Thread]) -> set[threading.Thread]:
    return set(threading.enumerate()) - before


# One image fails.


@pytest.mark.parametrize("side", ["base", "head"])
def test_an_image_that_does_not_come_costs_its_row(bench: Bench, side: str) -> None:
    stores = {
        "base": bench.store("base", numbered(20)),
        "head": bench.store("head", numbered(20, first=100)),
    }
    stores[side].failing = {"007.png"}
    comparison = bench.compare(*stores.values())
    first, *rest = sorted(comparison.changes, key=lambda row: row.status is Status.CHANGED)
    assert (first.name, first.status) == ("007.png", Status.ERRORED)
    assert first.error == "007.png did not come. Try again."
    assert first.diff is None
    assert {row.status for row in rest} == {Status.CHANGED}
    assert len(rest) == 19
    assert comparison.complete


@pytest.mark.parametrize("status", ["added", "removed"])
def test_an_image_that_is_alone_and_none_is_errored(bench: Bench, status: str) -> None:
    full, empty = bench.store("full", images(a=1) | {"b.png": b"text"}), bench.store("empty", {})
    stores = (empty, full) if status == "added" else (full, empty)
    rows = {row.name: row for row in bench.compare(*stores).changes}
    assert rows["a.png"].status.value == status
    assert rows["b.png"].status is Status.ERRORED
    assert rows["b.png"].error is not None
    assert rows["b.png"].error.endswith(".")


def test_what_a_differ_cannot_read_costs_its_row_and_is_not_remembered(bench: Bench) -> None:
    def stores():
        return bench.store("base", images(a=1, b=2)), bench.store("head", images(a=3, b=4))

    bench.differs.failing = {image(3): UnreadableImage("It is damaged. Export it again.")}
    rows = {row.name: row for row in bench.compare(*stores()).changes}
    assert (rows["a.png"].status, rows["b.png"].status) == (Status.ERRORED, Status.CHANGED)
    assert rows["a.png"].error == "It is damaged. Export it again."
    bench.differs.asked.clear()
    bench.differs.failing = {}
    assert statuses(bench.compare(*stores()).changes) == {"a.png": "changed", "b.png": "changed"}
    assert bench.differs.asked == [(image(1), image(3))]


@pytest.mark.parametrize("where", ["differ", "store"])
def test_a_fault_of_ours_costs_one_row_and_is_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    base = bench.store("base", images(a=1, b=2))
    head = bench.store("head", images(a=3, b=4))
    if where == "differ":
        bench.differs.failing = {image(3): ZeroDivisionError("never thought of")}
    else:
        head.unexpected = {"a.png"}
    with caplog.at_level(logging.ERROR):
        rows = {row.name: row for row in bench.compare(base, head).changes}
    assert rows["b.png"].status is Status.CHANGED
    kind = "ZeroDivisionError" if where == "differ" else "RuntimeError"
    assert rows["a.png"].error is not None
    assert rows["a.png"].error.startswith(f"SnapReview itself failed on this image ({kind}: ")
    assert rows["a.png"].error.endswith("The log has the details.")
    assert kind in caplog.text
    assert "Traceback" in caplog.text


def test_a_differ_that_cannot_be_made_is_told_in_every_row(bench: Bench) -> None:
    def fail() -> None:
        raise EngineUnavailable("odiff is gone. Install it again.")

    bench.differs.make = fail
    comparison = bench.compare(
        bench.store("base", images(a=1, b=2)), bench.store("head", images(a=3, b=2))
    )
    assert statuses(comparison.changes) == {"a.png": "errored", "b.png": "unchanged"}
    assert comparison.changes[0].error == "odiff is gone. Install it again."


# Trying again.


def test_failed_rows_can_be_tried_again(bench: Bench) -> None:
    base = bench.store("base", images(a=1, b=2, gone=9))
    head = bench.store("head", images(a=3, b=4, new=8))
    head.failing, base.failing = {"a.png", "new.png"}, {"gone.png"}
    session = bench.session(base, head)
    expected = {"a.png": "errored", "b.png": "changed", "gone.png": "errored", "new.png": "errored"}
    assert statuses(session.run().changes) == expected
    head.failing, base.failing = set(), set()
    bench.differs.asked.clear()
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    assert statuses(followed(bench.events).values()) == {
        "a.png": "changed",
        "b.png": "changed",
        "gone.png": "removed",
        "new.png": "added",
    }
    assert bench.differs.asked == [(image(1), image(3))]
    assert all(row.error is None for row in bench.events[-1].comparison.changes)


def test_one_failed_row_can_be_tried_again_alone(bench: Bench) -> None:
    base, head = bench.store("base", numbered(3)), bench.store("head", numbered(3, first=100))
    head.failing = {"000.png", "001.png"}
    session = bench.session(base, head)
    session.run()
    head.failing = set()
    session.retry(["001.png", "unknown.png"])
    assert session.wait_until_idle(PATIENCE)
    expected = {"000.png": "errored", "001.png": "changed", "002.png": "changed"}
    assert statuses(bench.events[-1].comparison.changes) == expected


def test_what_fails_again_says_so_again(bench: Bench) -> None:
    base, head = bench.store("base", images(a=1)), bench.store("head", images(a=2))
    head.failing = {"a.png"}
    session = bench.session(base, head)
    before = session.run()
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    assert bench.events[-1].comparison.changes == before.changes
    assert len(head.fetched) == 2


def test_a_failed_row_can_be_tried_again_while_others_are_under_way(bench: Bench) -> None:
    bench.workers = bench.fetchers = 1
    base = bench.store("base", numbered(9))
    head = bench.store("head", numbered(9, first=100))
    head.failing = {"000.png"}
    failed = Event()

    def post(event: object) -> None:
        bench.events.append(event)
        if followed(bench.events)["000.png"].status is Status.ERRORED:
            failed.set()

    bench.differs.gate.shut()
    session = bench.session(base, head, post=post)
    session.start()
    assert failed.wait(PATIENCE)
    bench.differs.gate.wait_until_somebody_came()
    head.failing = set()
    session.retry(["000.png"])
    bench.differs.gate.open()
    assert session.wait_until_idle(PATIENCE)
    assert {row.status for row in followed(bench.events).values()} == {Status.CHANGED}
    assert [type(event) for event in bench.events].count(Finished) == 1


def test_a_rename_is_found_when_its_image_comes_at_last(bench: Bench) -> None:
    base, head = bench.store("base", images(old=1)), bench.store("head", images(new=1))
    head.failing = {"new.png"}
    session = bench.session(base, head)
    assert statuses(session.run().changes) == {"new.png": "errored", "old.png": "removed"}
    head.failing = set()
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    assert statuses(followed(bench.events).values()) == {"new.png": "renamed"}


# A whole source fails.


@pytest.mark.parametrize("side", ["base", "head"])
def test_a_manifest_that_cannot_be_had_ends_it(bench: Bench, side: str) -> None:
    stores = {name: bench.store(name, images(a=1)) for name in ("base", "head")}
    stores[side].fault = fault = SourceUnreachable("example.com does not answer. Try later.")
    session = bench.session(*stores.values())
    with pytest.raises(SourceUnreachable) as caught:
        session.run()
    assert caught.value is fault
    assert bench.events == [Failed(0, fault)]


def test_one_fault_is_told_though_the_other_source_never_answers(bench: Bench) -> None:
    base, head = bench.store("base", {}, polite=False), bench.store("head", {})
    base.manifest_gate.shut()
    head.fault = SourceEmpty("There is nothing.")
    with pytest.raises(SourceError, match=r"There is nothing\."):
        bench.session(base, head).run()
    base.manifest_gate.open()


def test_a_fault_of_ours_in_a_manifest_is_told_in_a_sentence(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    base, head = bench.store("base", {}), bench.store("head", {})
    head.fault = ZeroDivisionError("never thought of")
    session = bench.session(base, head)
    session.start()
    assert session.wait_until_idle(PATIENCE)
    (event,) = bench.events
    assert isinstance(event, Failed)
    assert "SnapReview itself failed (ZeroDivisionError: never thought of)." in str(event.error)
    assert "Traceback" in caplog.text


def test_a_failure_in_setting_up_is_told(bench: Bench) -> None:
    def set_up() -> Setup:
        raise EngineUnavailable("There is no odiff. Install SnapReview again.")

    session = ReviewSession(set_up, DiffOptions(), bench.events.append)
    session.start()
    assert session.wait_until_idle(PATIENCE)
    (event,) = bench.events
    assert isinstance(event, Failed)
    assert isinstance(event.error, EngineUnavailable)
    session.retry()
    session.close()


# Closing.


def test_closing_ends_every_thread_and_what_it_owns(bench: Bench) -> None:
    before = set(threading.enumerate())
    base, head = bench.store("base", numbered(9)), bench.store("head", numbered(9, first=100))
    session = bench.session(base, head)
    session.run()
    assert len(new_threads(before)) > 2
    session.close()
    session.close()
    assert not new_threads(before)
    assert bench.differs.ended == bench.differs.made > 0
    assert (base.closed, head.closed) == (2, 2)


@pytest.mark.parametrize("where", ["manifest", "fetch", "differ"])
def test_closing_while_work_is_under_way_ends_it(bench: Bench, where: str) -> None:
    before = set(threading.enumerate())
    base, head = bench.store("base", numbered(9)), bench.store("head", numbered(9, first=100))
    gates = {"manifest": head.manifest_gate, "fetch": head.gate, "differ": bench.differs.gate}
    gates[where].shut()
    session = bench.session(base, head)
    session.start()
    gates[where].wait_until_somebody_came()
    session.close()
    assert session.wait_until_idle(0)
    assert not new_threads(before)
    assert base.closed == head.closed == 1


@pytest.mark.parametrize("where", ["manifest", "fetch"])
def test_who_cannot_be_cancelled_is_left_behind_and_ends_by_itself(
    bench: Bench, where: str
) -> None:
    before = set(threading.enumerate())
    base = bench.store("base", numbered(9), polite=False)
    head = bench.store("head", numbered(9, first=100))
    gate = base.manifest_gate if where == "manifest" else base.gate
    gate.shut()
    session = bench.session(base, head)
    session.start()
    gate.wait_until_somebody_came()
    session.close()
    left = new_threads(before)
    assert {thread.name.partition("-")[0] for thread in left} == {"fetch"}
    assert all(thread.daemon for thread in left)
    assert base.closed == head.closed == 1
    gate.open()
    for thread in left:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_an_answer_that_comes_too_late_is_dropped(bench: Bench) -> None:
    """It was given up; when its row is tried again, only the second answer counts."""
    bench.workers = bench.fetchers = 1
    bench.differs.polite = False
    asked: list[bytes] = []

    def outcome(_base: bytes, head: bytes) -> ImageDiff:
        asked.append(head)
        if len(asked) == 1:
            raise UnreadableImage("Too late.")
        return all_changed(_base, head)

    bench.differs.outcome = outcome
    base, head = bench.store("base", numbered(3)), bench.store("head", numbered(3, first=100))
    bench.differs.gate.shut()
    session = bench.session(base, head)
    session.start()
    bench.differs.gate.wait_until_somebody_came()
    session.cancel()
    assert session.wait_until_idle(PATIENCE)
    bench.differs.gate.open()
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    assert {row.status for row in followed(bench.events).values()} == {Status.CHANGED}
    told = [row for e in bench.events if isinstance(e, RowsChanged) for row in e.changes]
    assert Status.ERRORED not in {row.status for row in told}
    assert asked[0] == asked[1]


def test_closing_while_it_is_still_being_set_up_leaves_nothing(bench: Bench) -> None:
    before = set(threading.enumerate())
    base, head = bench.store("base", images(a=1)), bench.store("head", images(a=2))
    entered, release = Event(), Event()

    def set_up() -> Setup:
        entered.set()
        assert release.wait(PATIENCE)
        return Setup((base, head), bench.tools())

    session = ReviewSession(set_up, DiffOptions(), bench.events.append)
    session.start()
    assert entered.wait(PATIENCE)
    session.close()
    release.set()
    assert session.wait_until_idle(PATIENCE)
    assert [type(event).__name__ for event in bench.events] == ["Stopped"]
    assert not new_threads(before)
    assert base.closed == head.closed == 1
    assert base.manifest_gate.came == 0


def test_closing_what_never_began_is_allowed(bench: Bench) -> None:
    bench.session(bench.store("base", {}), bench.store("head", {})).close()


# The real odiff.


@pytest.fixture
def dirs(tmp_path: Path) -> UserDirs:
    names = ("CACHE", "DATA", "CONFIG")
    return user_dirs({f"SNAPREVIEW_{name}_DIR": str(tmp_path / name) for name in names})


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Twelve pairs that take odiff a moment, one of different sizes, one equal, one no image."""
    for side, shift in (("old", 0), ("new", 1)):
        folder = tmp_path / side
        folder.mkdir()
        for number in range(12):
            picture = drawn.noise((500, 400 + number))
            if shift:
                picture.paste((0, 0, 0), (10, 10, 60 + number, 60))
            picture.save(folder / f"{number:02}.png", compress_level=0)
        drawn.noise((300, 200 + shift)).save(folder / "size.png")
        drawn.noise((30, 20)).save(folder / "equal.png")
        (folder / "text.png").write_text(f"text {shift}")
    return tmp_path / "old", tmp_path / "new"


def real(folders: tuple[Path, Path], dirs: UserDirs, disturb: bool = False) -> tuple[Change, ...]:
    """The rows; with `disturb`, every odiff is killed in mid-run, once.

    Twice could hit one pair twice, and that is its own fault then.
    """
    killed: list[int] = []

    def post(event: object) -> None:
        if disturb and not killed:
            for pid in children():
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    with workbench(locate_engine(), dirs, workers=2) as tools:
        setup = Setup((FolderStore(folders[0]), FolderStore(folders[1])), tools)
        session = ReviewSession(lambda: setup, DiffOptions(), post)
        try:
            rows = session.run().changes
        finally:
            session.close()
        if disturb:
            assert killed
        assert all(gone(pid) for pid in killed)
    assert not list(dirs.work.iterdir())
    return rows


def children() -> list[int]:
    """The odiff processes that this one has started and that are alive (Linux)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            start, _, rest = (process / "stat").read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and state != "Z" and start.endswith("(odiff"):
            found.append(int(process.name))
    return found


def comparable(row: Change) -> tuple[object, ...]:
    diff = row.diff
    mask = diff and diff.mask and frozenset(drawn.marked(diff.mask))
    parts = diff and (diff.changed_pixels, diff.subtle_pixels, diff.regions, diff.canvas)
    return row.name, row.status, row.error, row.base, row.head, parts, mask


@linux
def test_killing_odiff_in_mid_run_loses_nothing(
    folders: tuple[Path, Path], dirs: UserDirs, tmp_path: Path
) -> None:
    undisturbed = real(folders, dirs)
    names = ("CACHE", "DATA", "CONFIG")
    other = user_dirs({f"SNAPREVIEW_{name}_DIR": str(tmp_path / "2" / name) for name in names})
    disturbed = real(folders, other, disturb=True)
    assert [comparable(row) for row in disturbed] == [comparable(row) for row in undisturbed]
    counts = Counter(row.status for row in disturbed)
    assert counts == {Status.CHANGED: 13, Status.ERRORED: 1, Status.UNCHANGED: 1}


def test_a_second_run_needs_no_odiff_and_says_the_same(
    folders: tuple[Path, Path], dirs: UserDirs
) -> None:
    first = real(folders, dirs)
    with workbench(locate_engine(), dirs, workers=1) as tools:
        setup = Setup((FolderStore(folders[0]), FolderStore(folders[1])), tools)
        session = ReviewSession(lambda: setup, DiffOptions(), lambda _: None)
        second = session.run().changes
        session.close()
    assert second == first


def test_a_turned_picture_says_the_same_twice(tmp_path: Path, dirs: UserDirs) -> None:
    """The sizes of the row are those of the pictures upright, in the first run and after."""
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = drawn.noise((30, 20))
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
    picture.save(tmp_path / "old" / "a.png")
    picture.rotate(90, expand=True).save(tmp_path / "new" / "a.png", exif=exif)
    folders = tmp_path / "old", tmp_path / "new"
    first, second = real(folders, dirs), real(folders, dirs)
    assert first == second
    assert first[0].head is not None
    assert first[0].head.size == (30, 20)
    assert first[0].status is Status.UNCHANGED


def test_an_image_that_vanishes_is_errored(tmp_path: Path, dirs: UserDirs) -> None:
    for side, grey in (("old", 1), ("new", 2)):
        (tmp_path / side).mkdir()
        drawn.flat(colour=grey).save(tmp_path / side / "a.png")
        drawn.flat(colour=grey).save(tmp_path / side / "b.png")
    stores = FolderStore(tmp_path / "old"), FolderStore(tmp_path / "new")
    manifest = stores[1].manifest(CancelToken())
    (tmp_path / "new" / "a.png").unlink()
    with pytest.raises(FetchError):
        stores[1].fetch(manifest.images["a.png"], CancelToken())

    class Stale(FolderStore):
        def manifest(self, token: CancelToken):
            (tmp_path / "new" / "a.png").touch()
            found = super().manifest(token)
            (tmp_path / "new" / "a.png").unlink()
            return found

    with workbench(locate_engine(), dirs, workers=1) as tools:
        setup = Setup((stores[0], Stale(tmp_path / "new")), tools)
        session = ReviewSession(lambda: setup, DiffOptions(), lambda _: None)
        rows = {row.name: row for row in session.run().changes}
        session.close()
    assert rows["a.png"].status is Status.ERRORED
    assert rows["b.png"].status is not Status.ERRORED
