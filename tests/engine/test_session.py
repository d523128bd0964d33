"""Sessions with fakes: what is told, in which order, and what is never done."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Lock
from typing import Any, ClassVar

import pytest

from snapreview.engine import session as session_module
from snapreview.engine.events import Finished, Opened, RowsChanged, Stopped
from snapreview.engine.flow import Pool
from snapreview.engine.session import ReviewSession
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, ImageDiff, Side, Status
from snapreview.model.errors import Cancelled, FetchError
from snapreview.model.manifest import Hint, ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.model.order import in_order
from tests.fakes import (
    PATIENCE,
    SIZE,
    Bench,
    FakeStore,
    followed,
    image,
    images,
    numbered,
    statuses,
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


@pytest.fixture(autouse=True)
def no_thread_is_left(bench: Bench) -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    bench.close()
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
        assert not thread.is_alive(), thread.name


def usual(bench: Bench, *, hashed: bool = False) -> tuple[FakeStore, FakeStore]:
    """One image of each kind."""
    base = images(changed=1, equal=2, removed=3, old=4)
    head = images(changed=5, equal=2, added=6, new=4)
    return bench.store("base", base, hashed=hashed), bench.store("head", head, hashed=hashed)


USUAL = {
    "changed.png": "changed",
    "removed.png": "removed",
    "added.png": "added",
    "new.png": "renamed",
    "equal.png": "unchanged",
}


def told(bench: Bench) -> list[str]:
    return [type(event).__name__ for event in bench.events]


def same_result(one: Comparison, other: Comparison) -> bool:
    return (one.base, one.head, one.changes) == (other.base, other.head, other.changes)


# What is told.


@pytest.mark.parametrize("hashed", [True, False])
def test_all_kinds_of_rows_come_out(bench: Bench, hashed: bool) -> None:
    comparison = bench.compare(*usual(bench, hashed=hashed))
    assert statuses(comparison.changes) == USUAL
    assert comparison.changes == in_order(comparison.changes)
    assert comparison.complete
    assert comparison.engine == "odiff 4.5.0"
    (renamed,) = (c for c in comparison.changes if c.status is Status.RENAMED)
    assert renamed.previous_name == "old.png"


def test_events_come_in_order(bench: Bench) -> None:
    comparison = bench.compare(*usual(bench))
    first, *between, last = bench.events
    assert isinstance(first, Opened)
    assert {c.name for c in first.changes} == {*USUAL, "old.png"}
    assert between
    assert all(isinstance(event, RowsChanged) for event in between)
    assert last == Finished(0, comparison)


def test_who_only_hears_of_events_has_the_same_rows(bench: Bench) -> None:
    comparison = bench.compare(*usual(bench))
    assert in_order(followed(bench.events).values()) == comparison.changes


def test_late_renames_merge_two_rows(bench: Bench) -> None:
    bench.compare(*usual(bench))
    dropped = [event for event in bench.events if isinstance(event, RowsChanged) and event.dropped]
    (merge,) = dropped
    assert merge.dropped == ("old.png",)
    assert [c.name for c in merge.changes if c.status is Status.RENAMED] == ["new.png"]


def test_no_event_has_a_row_twice(bench: Bench) -> None:
    bench.compare(*usual(bench))
    for event in bench.events:
        if isinstance(event, Opened | RowsChanged):
            names = [change.name for change in event.changes]
            assert len(names) == len(set(names))


@pytest.mark.parametrize("count", [0, 1, 300])
def test_every_row_comes_out_exactly_once(bench: Bench, count: int) -> None:
    base = numbered(count) | images(gone=70_000)
    head = numbered(count, first=1000) | images(new=80_000)
    comparison = bench.compare(bench.store("base", base), bench.store("head", head))
    expected = {f"{number:03}.png": "changed" for number in range(count)}
    assert statuses(comparison.changes) == expected | {"gone.png": "removed", "new.png": "added"}
    assert len(comparison.changes) == count + 2
    settled = Counter(
        change.name
        for event in bench.events
        if isinstance(event, RowsChanged)
        for change in event.changes
        if change.status is Status.CHANGED
    )
    assert settled == Counter(expected.keys())


def test_every_event_carries_the_generation(bench: Bench) -> None:
    session = bench.session(*usual(bench), generation=7)
    session.run()
    assert {event.generation for event in bench.events} == {7}


def test_nothing_to_compare_is_finished_at_once(bench: Bench) -> None:
    same = images(a=1, b=2)
    comparison = bench.compare(
        bench.store("base", same, hashed=True), bench.store("head", same, hashed=True)
    )
    assert statuses(comparison.changes) == {"a.png": "unchanged", "b.png": "unchanged"}
    assert told(bench) == ["Opened", "Finished"]


def test_two_empty_sides_make_an_empty_comparison(bench: Bench) -> None:
    comparison = bench.compare(bench.store("base", {}), bench.store("head", {}))
    assert comparison.changes == ()
    assert comparison.complete


# What is not done.


def test_equal_content_never_reaches_a_differ(bench: Bench) -> None:
    bench.compare(*usual(bench))
    assert bench.differs.asked == [(image(1), image(5))]


def test_no_differ_is_made_where_nothing_is_compared(bench: Bench) -> None:
    same = images(a=1)
    bench.compare(bench.store("base", same), bench.store("head", same))
    assert bench.differs.made == 0


def test_what_a_manifest_tells_is_not_fetched(bench: Bench) -> None:
    base, head = usual(bench, hashed=True)
    bench.compare(base, head)
    assert (base.fetched, head.fetched) == (["changed.png"], ["changed.png"])


class Hinted(FakeStore):
    """A store that knows no hashes, but git's blob ids."""

    def _record(self, name: str) -> ImageRecord:
        return ImageRecord(name, hint=Hint("git", str(hash(self.contents[name]))))


def test_equal_hints_spare_fetching(bench: Bench, tmp_path: Path) -> None:
    base = Hinted(tmp_path / "base", images(a=1, b=2))
    head = Hinted(tmp_path / "head", images(a=1, b=3))
    comparison = bench.compare(base, head)
    assert statuses(comparison.changes) == {"b.png": "changed", "a.png": "unchanged"}
    assert {*base.fetched, *head.fetched} == {"b.png"}


def test_what_is_known_is_neither_compared_nor_fetched_again(bench: Bench) -> None:
    first = bench.compare(*usual(bench, hashed=True))
    bench.differs.asked.clear()
    base, head = usual(bench, hashed=True)
    second = bench.compare(base, head)
    assert same_result(first, second)
    assert (bench.differs.asked, base.fetched, head.fetched) == ([], [], [])


def test_other_options_or_another_engine_compare_anew(bench: Bench) -> None:
    bench.compare(*usual(bench))
    bench.compare(*usual(bench), DiffOptions(threshold=0.2))
    bench.compare(*usual(bench), DiffOptions(antialiasing=False))
    assert len(bench.differs.asked) == 3
    bench.compare(*usual(bench), DiffOptions(diff_threshold=0.5))
    assert len(bench.differs.asked) == 3, "it judges a known result"
    bench.engine = "4.6.0"
    bench.compare(*usual(bench))
    assert len(bench.differs.asked) == 4


def test_rows_of_equal_contents_share_a_result(bench: Bench) -> None:
    """Only those that are under way side by side cannot know of each other."""
    bench.workers = 1
    names = [f"{letter}.png" for letter in "abcdefgh"]
    comparison = bench.compare(
        bench.store("base", dict.fromkeys(names, image(1))),
        bench.store("head", dict.fromkeys(names, image(2))),
    )
    assert statuses(comparison.changes) == dict.fromkeys(names, "changed")
    assert len(bench.differs.asked) <= 2


def test_the_sizes_of_the_files_count_and_are_remembered(bench: Bench) -> None:
    class Lying(FakeStore):
        def _record(self, name: str) -> ImageRecord:
            return ImageRecord(name, sha256=self.contents[name].hex()[-64:], width=999, height=1)

    for run in ("first", "second"):
        base = Lying(bench.folder / f"{run} base", images(a=1))
        comparison = bench.compare(base, Lying(bench.folder / f"{run} head", images(a=3000)))
        (row,) = comparison.changes
        assert row.base is not None
        assert row.head is not None
        assert (row.base.size, row.head.size) == (SIZE, SIZE)
    assert len(bench.differs.asked) == 1


# How a result is judged.


@pytest.mark.parametrize(
    ("user", "manifest", "expected"),
    [
        (None, None, "changed"),
        (None, 0.25, "unchanged"),
        (None, 0.24, "changed"),
        (0.0, 0.5, "changed"),
        (0.25, 0.0, "unchanged"),
    ],
)
def test_the_threshold_that_counts(
    bench: Bench, user: float | None, manifest: float | None, expected: str
) -> None:
    bench.differs.outcome = lambda *_: ImageDiff(SIZE, 3)
    base = bench.store("base", images(a=1), diff_threshold=0.9)
    head = bench.store("head", images(a=2), diff_threshold=manifest)
    comparison = bench.compare(base, head, DiffOptions(diff_threshold=user))
    assert statuses(comparison.changes) == {"a.png": expected}
    assert comparison.subtle == (expected == "unchanged")


def test_a_selective_head_removes_nothing(bench: Bench) -> None:
    base, head = usual(bench)
    head.fields["selective"] = True
    expected = USUAL | {"removed.png": "skipped"}
    assert statuses(bench.compare(base, head).changes) == expected


def test_a_skipped_image_that_cannot_be_had_stays_skipped(bench: Bench) -> None:
    base = bench.store("base", images(a=1, b=2) | {"text.png": b"text"}, selective=True)
    head = bench.store("head", images(new=3), selective=True)
    base.failing = {"a.png"}
    comparison = bench.compare(base, head)
    expected = {"a.png": "skipped", "b.png": "skipped", "text.png": "skipped", "new.png": "added"}
    assert statuses(comparison.changes) == expected
    assert {row.error for row in comparison.changes} == {None}


# Who is next, and how many at once.


def test_rows_that_are_looked_at_come_next(bench: Bench) -> None:
    """Two are under way in each stage by then; the third is the one that was asked for."""
    bench.workers = bench.fetchers = 1
    base = bench.store("base", numbered(20))
    head = bench.store("head", numbered(20, first=100))
    base.gate.shut()
    session = bench.session(base, head)
    session.start()
    base.gate.wait_until_somebody_came()
    session.prefer(["015.png", "011.png"])
    base.gate.open()
    assert session.wait_until_idle(PATIENCE)
    fetched = list(dict.fromkeys(head.fetched))
    assert fetched[:5] == ["000.png", "001.png", "015.png", "011.png", "002.png"]
    assert len(fetched) == 20


class Heard(list[str]):
    """Names to prefer; `event` tells that the session has taken notice of them."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.event = Event()

    def __reversed__(self) -> Iterator[str]:
        self.event.set()
        return super().__reversed__()


class PromptPool(Pool):
    """Fetches in the thread that asks for it, so that nobody has to be waited for."""

    def submit(self, job: Callable) -> None:
        if self._name == "fetch" and threading.current_thread().name == "session":
            job(lambda: None)
        else:
            super().submit(job)


def stalled(bench: Bench, monkeypatch: pytest.MonkeyPatch, count: int) -> tuple[Any, FakeStore]:
    """A session that does nothing more before somebody opens the gate of the differs.

    Each time it takes notice of a wish, it has submitted all that it wants to.
    """
    monkeypatch.setattr(session_module, "Pool", PromptPool)
    bench.workers = bench.fetchers = 1
    base = bench.store("base", numbered(count))
    head = bench.store("head", numbered(count, first=100))
    bench.differs.gate.shut()
    session = bench.session(base, head)
    session.start()
    bench.differs.gate.wait_until_somebody_came()
    for _ in range(2 * count):
        wish = Heard([])
        session.prefer(wish)
        assert wish.event.wait(PATIENCE)
    return session, head


def test_nothing_more_is_fetched_while_enough_waits_to_be_compared(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, head = stalled(bench, monkeypatch, 60)
    # Two are compared, two wait, and two may have been on their way when the second came to wait.
    assert 4 <= len(set(head.fetched)) <= 6
    bench.differs.gate.open()
    assert session.wait_until_idle(PATIENCE)
    assert len(set(head.fetched)) == 60


def test_rows_that_wait_to_be_compared_are_preferred_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, head = stalled(bench, monkeypatch, 30)
    last = max(head.fetched)
    assert last >= "003.png"
    wish = Heard([last])
    session.prefer(wish)
    assert wish.event.wait(PATIENCE)
    bench.differs.gate.open()
    assert session.wait_until_idle(PATIENCE)
    asked = [pair[1] for pair in bench.differs.asked]
    assert asked[:3] == [head.contents[name] for name in ("000.png", "001.png", last)]


def test_what_is_asked_the_moment_the_rows_are_known_is_done(bench: Bench) -> None:
    bench.workers = bench.fetchers = 1
    base = bench.store("base", numbered(9))
    head = bench.store("head", numbered(9, first=100))

    def post(event: object) -> None:
        if isinstance(event, Opened):
            session.prefer(["008.png"])

    session = bench.session(base, head, post=post)
    session.run()
    assert head.fetched[0] == "008.png"


class CountingPool(Pool):
    """Notes how many jobs were ever under way at once, waiting ones included."""

    most: ClassVar[Counter[str]] = Counter()

    def submit(self, job: Callable) -> None:
        if not hasattr(self, "count"):
            self.count, self.lock = 0, Lock()
        with self.lock:
            self.count += 1
            self.most[self._name] = max(self.most[self._name], self.count)

        def counted(own: Callable) -> None:
            try:
                job(own)
            finally:
                with self.lock:
                    self.count -= 1

        super().submit(counted)


def test_at_most_twice_as_many_are_under_way_as_there_are_workers(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "Pool", CountingPool)
    monkeypatch.setattr(CountingPool, "most", Counter())
    bench.workers, bench.fetchers = 2, 3
    base = bench.store("base", numbered(100))
    head = bench.store("head", numbered(100, first=200))
    bench.differs.gate.shut()
    session = bench.session(base, head)
    session.start()
    bench.differs.gate.wait_until_somebody_came()
    bench.differs.gate.open()
    assert session.wait_until_idle(PATIENCE)
    # One more than counted as under way: an answer is left before its job has quite ended.
    assert CountingPool.most["fetch"] <= 2 * 3 + 3
    assert CountingPool.most["diff"] <= 2 * 2 + 2
    assert len(bench.differs.asked) == 100


# Cancelling and going on.


def test_cancelling_stops_and_leaves_the_rest_pending(bench: Bench) -> None:
    base = bench.store("base", numbered(50))
    head = bench.store("head", numbered(50, first=100))
    seen = 0

    def post(event: object) -> None:
        nonlocal seen
        bench.events.append(event)
        if isinstance(event, RowsChanged):
            seen += len(event.changes)
            if seen >= 5:
                session.cancel()

    session = bench.session(base, head, post=post)
    with pytest.raises(Cancelled):
        session.run()
    last = bench.events[-1]
    assert isinstance(last, Stopped)
    assert told(bench).count("Stopped") == 1
    counts = last.comparison.counts()
    assert set(counts) == {Status.CHANGED, Status.PENDING}
    assert counts.total() == 50
    assert not last.comparison.complete
    assert statuses(followed(bench.events).values()) == statuses(last.comparison.changes)


@pytest.mark.parametrize("where", ["fetch", "differ"])
def test_cancelling_reaches_who_waits(bench: Bench, where: str) -> None:
    base, head = usual(bench)
    gate = head.gate if where == "fetch" else bench.differs.gate
    gate.shut()
    session = bench.session(base, head)
    session.start()
    gate.wait_until_somebody_came()
    session.cancel()
    assert session.wait_until_idle(PATIENCE)
    assert told(bench)[-1] == "Stopped"
    assert followed(bench.events)["changed.png"].status is Status.PENDING


class Cancelling(Heard):
    """Cancels in the session's own thread, and goes on when the work given up has come back."""

    def __init__(self, session: ReviewSession, came_back: Event) -> None:
        super().__init__([])
        self._session = session
        self._came_back = came_back

    def __reversed__(self) -> Iterator[str]:
        self._session.cancel()
        assert self._came_back.wait(PATIENCE)
        return super().__reversed__()


def test_work_that_was_given_up_does_not_pass_for_done(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though all of it has come back by the time somebody looks."""
    came_back = Event()

    class NotingPool(Pool):
        def submit(self, job: Callable) -> None:
            def noted(own: Callable) -> None:
                job(own)
                if self._name == "diff":
                    came_back.set()

            super().submit(noted)

    monkeypatch.setattr(session_module, "Pool", NotingPool)
    bench.differs.gate.shut()
    session = bench.session(bench.store("base", images(a=1)), bench.store("head", images(a=2)))
    session.start()
    bench.differs.gate.wait_until_somebody_came()
    wish = Cancelling(session, came_back)
    session.prefer(wish)
    assert wish.event.wait(PATIENCE)
    assert session.wait_until_idle(PATIENCE)
    assert told(bench)[-1] == "Stopped"


def test_cancelling_before_it_begins(bench: Bench) -> None:
    token = CancelToken()
    token.cancel()
    session = bench.session(*usual(bench), token=token)
    with pytest.raises(Cancelled):
        session.run()
    assert told(bench) == ["Stopped"]


def test_cancelling_while_manifests_are_read(bench: Bench) -> None:
    base, head = usual(bench)
    base.manifest_gate.shut()
    session = bench.session(base, head)
    session.start()
    base.manifest_gate.wait_until_somebody_came()
    session.cancel()
    assert session.wait_until_idle(PATIENCE)
    assert told(bench) == ["Stopped"]


def cancelled_in_a_differ(bench: Bench, base: FakeStore, head: FakeStore):
    bench.differs.gate.shut()
    session = bench.session(base, head)
    session.start()
    bench.differs.gate.wait_until_somebody_came()
    session.cancel()
    return session


@pytest.mark.parametrize("when", ["after it has stopped", "at once"])
def test_after_cancelling_all_can_be_taken_up_again(bench: Bench, when: str) -> None:
    undisturbed = bench.compare(*usual(bench))
    bench.engine = "other, so that nothing is known"
    session = cancelled_in_a_differ(bench, *usual(bench))
    if when == "after it has stopped":
        assert session.wait_until_idle(PATIENCE)
    bench.differs.gate.open()
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    last = bench.events[-1]
    assert isinstance(last, Finished)
    assert same_result(last.comparison, undisturbed)
    assert in_order(followed(bench.events).values()) == undisturbed.changes


def test_renames_are_found_though_cancelled_before_they_were_looked_for(bench: Bench) -> None:
    bench.workers = bench.fetchers = 1
    base = bench.store("base", numbered(30) | images(old=500))
    head = bench.store("head", numbered(30, first=100) | images(renamed=500))
    session = cancelled_in_a_differ(bench, base, head)
    assert session.wait_until_idle(PATIENCE)
    assert followed(bench.events)["old.png"].status is Status.REMOVED
    bench.differs.gate.open()
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    rows = followed(bench.events)
    assert rows["renamed.png"].previous_name == "old.png"
    assert Counter(row.status for row in rows.values()) == {Status.CHANGED: 30, Status.RENAMED: 1}


def test_only_what_was_not_reached_is_done_again(bench: Bench) -> None:
    bench.workers = 1
    base = bench.store("base", numbered(30))
    head = bench.store("head", numbered(30, first=100))
    session = cancelled_in_a_differ(bench, base, head)
    assert session.wait_until_idle(PATIENCE)
    bench.differs.gate.open()
    bench.differs.asked.clear()
    session.retry(["003.png", "020.png"])
    assert session.wait_until_idle(PATIENCE)
    assert sorted(head for _, head in bench.differs.asked) == sorted([image(103), image(120)])
    counts = bench.events[-1].comparison.counts()
    assert counts == {Status.CHANGED: 2, Status.PENDING: 28}


def test_retrying_while_it_runs_does_nothing_twice(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, head = stalled(bench, monkeypatch, 12)
    session.retry()
    session.retry(["000.png"])
    bench.differs.gate.open()
    assert session.wait_until_idle(PATIENCE)
    told_rows = [e.changes for e in bench.events if isinstance(e, RowsChanged)]
    assert Counter(row.name for rows in told_rows for row in rows) == Counter(head.contents.keys())
    assert len(bench.differs.asked) == len(set(bench.differs.asked)) == 12
    assert set(Counter(head.fetched).values()) == {2}, "once for the hash, once to be compared"
    assert told(bench).count("Finished") == 1


def test_retrying_while_it_still_stops_waits_until_it_has(bench: Bench) -> None:
    bench.differs.polite = False
    session = cancelled_in_a_differ(bench, *usual(bench))
    session.retry()
    bench.differs.gate.open()
    assert session.wait_until_idle(PATIENCE)
    ends = [name for name in told(bench) if name in {"Stopped", "Finished"}]
    assert ends == ["Stopped", "Finished"]
    assert statuses(followed(bench.events).values()) == USUAL


def test_retrying_what_is_done_changes_nothing(bench: Bench) -> None:
    session = bench.session(*usual(bench))
    before = session.run()
    asked = len(bench.differs.asked)
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    assert same_result(bench.events[-1].comparison, before)
    assert len(bench.differs.asked) == asked


def test_asking_before_anything_is_there_does_nothing(bench: Bench) -> None:
    session = bench.session(*usual(bench))
    session.retry()
    session.prefer(["a.png"])
    assert session.wait_until_idle(0)
    assert bench.events == []
    with pytest.raises(FetchError, match="not been opened"):
        session.fetch(ImageRecord("changed.png"), Side.BASE, CancelToken())


def test_time_is_counted_over_all_runs(bench: Bench) -> None:
    session = bench.session(*usual(bench))
    first = session.run().elapsed_seconds
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    assert bench.events[-1].comparison.elapsed_seconds > first > 0


# In the background.


def test_it_runs_in_the_background(bench: Bench) -> None:
    posting: set[str] = set()
    base, head = usual(bench)
    bench.differs.gate.shut()
    session = bench.session(base, head, post=lambda _: posting.add(threading.current_thread().name))
    session.start()
    bench.differs.gate.wait_until_somebody_came()
    assert not session.wait_until_idle(0)
    bench.differs.gate.open()
    assert session.wait_until_idle()
    assert posting == {"session"}


def test_images_can_be_fetched_of_either_side(bench: Bench) -> None:
    session = bench.session(*usual(bench))
    session.run()
    record = ImageRecord("changed.png")
    for side, number in ((Side.BASE, 1), (Side.HEAD, 5)):
        assert session.fetch(record, side, CancelToken()).read_bytes() == image(number)


def test_a_receiver_that_takes_its_time_is_waited_for(bench: Bench) -> None:
    entered, release = Event(), Event()

    def post(event: object) -> None:
        bench.events.append(event)
        if isinstance(event, Opened):
            entered.set()
            assert release.wait(PATIENCE)

    session = bench.session(*usual(bench), post=post)
    session.start()
    assert entered.wait(PATIENCE)
    assert told(bench) == ["Opened"]
    release.set()
    assert session.wait_until_idle(PATIENCE)
    assert told(bench)[-1] == "Finished"


def test_rows_are_never_altered(bench: Bench) -> None:
    row = Change("a", Status.PENDING)
    with pytest.raises(AttributeError):
        row.status = Status.CHANGED  # type: ignore[misc]  # that is what is tried
    manifest = Manifest("", {})
    with pytest.raises(AttributeError):
        manifest.source = "x"  # type: ignore[misc]  # that is what is tried
