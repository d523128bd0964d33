"""What the window does when something happens, without a window."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from snapreview.engine.events import Failed, Finished, Opened, RowsChanged, Stopped
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, Side, Status
from snapreview.model.errors import FetchError, SourceNotFound
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.ui.presenter import Presenter
from snapreview.ui.roles import OpenRequest

REQUEST = OpenRequest("base", "head")
BASE, HEAD = Manifest("base", {}), Manifest("head", {})


class FakeSession:
    """Notes what it is told."""

    def __init__(self, request: OpenRequest, generation: int) -> None:
        self.request = request
        self.generation = generation
        self.told: list[object] = []
        self.closed = Event()
        self.may_close = Event()
        self.may_close.set()

    def start(self) -> None:
        self.told.append("start")

    def cancel(self) -> None:
        self.told.append("cancel")

    def retry(self, names=None) -> None:
        self.told.append(("retry", names))

    def pair(self, old, new) -> None:
        self.told.append(("pair", old, new))

    def split(self, name) -> None:
        self.told.append(("split", name))

    def prefer(self, names) -> None:
        self.told.append(("prefer", names))

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        return Path(side.value, record.name)

    def forget(self) -> None:
        self.told.append("forget")

    def close(self) -> None:
        self.may_close.wait(20)
        self.closed.set()


class MockView:
    """Notes what it is to show."""

    def __init__(self) -> None:
        self.shown: list[tuple] = []

    def __getattr__(self, name: str):
        if not name.startswith(("show_", "update_")):
            raise AttributeError(name)
        return lambda *arguments: self.shown.append((name, *arguments))

    def names(self) -> list[str]:
        return [name for name, *_ in self.shown]


class Stage:
    """A presenter between a mock view and fake sessions."""

    def __init__(self) -> None:
        self.view = MockView()
        self.sessions: list[FakeSession] = []
        self.presenter = Presenter(self.view, self._start)

    def _start(self, request: OpenRequest, generation: int) -> FakeSession:
        self.sessions.append(FakeSession(request, generation))
        return self.sessions[-1]

    @property
    def session(self) -> FakeSession:
        return self.sessions[-1]

    def open(self, *statuses: Status) -> list[Change]:
        """Open, as far as the manifests; rows are called 0, 1, …"""
        self.presenter.open(REQUEST)
        rows = [row(str(n), status) for n, status in enumerate(statuses)]
        self.tell(Opened(self.session.generation, BASE, HEAD, tuple(rows)))
        return rows

    def tell(self, *events: object) -> None:
        self.presenter.handle(events)

    def end(self, *rows: Change, kind: type = Finished) -> Comparison:
        comparison = Comparison(BASE, HEAD, DiffOptions(), rows)
        self.tell(kind(self.session.generation, comparison))
        return comparison


def row(name: str, status: Status = Status.CHANGED, **more) -> Change:
    return Change(name, status, ImageRecord(name), ImageRecord(name), **more)


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    yield made
    made.presenter.close()


def test_opening_shows_the_request_then_starts(stage: Stage) -> None:
    stage.presenter.open(REQUEST)
    assert stage.view.shown == [("show_opening", REQUEST)]
    assert stage.session.told == ["start"]
    assert stage.presenter.busy


def test_one_batch_is_one_update(stage: Stage) -> None:
    stage.open(Status.PENDING, Status.PENDING, Status.PENDING)
    g = stage.session.generation
    stage.view.shown.clear()
    first, second, third = row("0"), row("1"), row("0", Status.UNCHANGED)
    stage.tell(RowsChanged(g, (first,)), RowsChanged(g, (second,)), RowsChanged(g, (third,)))
    assert stage.view.shown == [("update_rows", (third, second), ())]


def test_rows_come_before_the_end_that_follows_them(stage: Stage) -> None:
    stage.open(Status.PENDING)
    g = stage.session.generation
    stage.view.shown.clear()
    comparison = Comparison(BASE, HEAD, DiffOptions(), (row("0"),))
    stage.tell(RowsChanged(g, (row("0"),)), Finished(g, comparison))
    assert stage.view.names() == ["update_rows", "show_finished"]
    assert stage.presenter.comparison is comparison
    assert not stage.presenter.busy


def test_a_row_that_is_dropped_after_its_change_stays_away(stage: Stage) -> None:
    stage.open(Status.ADDED, Status.REMOVED)
    g = stage.session.generation
    stage.view.shown.clear()
    merged = row("0", Status.RENAMED, previous_name="1")
    stage.tell(
        RowsChanged(g, (row("1", Status.REMOVED),)), RowsChanged(g, (merged,), dropped=("1",))
    )
    assert stage.view.shown == [("update_rows", (merged,), ("1",))]


def test_what_an_earlier_session_still_tells_is_dropped(stage: Stage) -> None:
    stage.open(Status.PENDING)
    old = stage.session.generation
    stage.presenter.open(REQUEST)
    stage.view.shown.clear()
    stage.tell(
        Opened(old, BASE, HEAD, (row("0"),)),
        RowsChanged(old, (row("0"),)),
        Finished(old, Comparison(BASE, HEAD, DiffOptions(), ())),
        Failed(old, SourceNotFound("gone")),
    )
    assert stage.view.shown == []
    assert stage.presenter.busy
    assert stage.presenter.comparison is None


def test_opening_another_closes_the_first_without_waiting(stage: Stage) -> None:
    stage.presenter.open(REQUEST)
    first = stage.session
    first.may_close.clear()
    stage.presenter.open(OpenRequest("other", "head"))
    assert not first.closed.is_set()
    assert stage.session.told == ["start"]
    first.may_close.set()
    stage.presenter.close()
    assert first.closed.is_set()


def test_reload_and_swap_open_anew(stage: Stage) -> None:
    stage.open(Status.PENDING)
    stage.presenter.reload()
    assert stage.presenter.request == REQUEST
    stage.presenter.swap()
    assert stage.presenter.request == OpenRequest("head", "base")
    assert [session.generation for session in stage.sessions] == [1, 2, 3]


def test_one_set_cannot_be_swapped(stage: Stage) -> None:
    stage.presenter.open(OpenRequest("", "head"))
    stage.presenter.swap()
    assert stage.presenter.request == OpenRequest("", "head")
    assert len(stage.sessions) == 1


def test_nothing_happens_before_something_is_open(stage: Stage) -> None:
    for action in ("reload", "swap", "cancel", "retry"):
        getattr(stage.presenter, action)()
    assert stage.sessions == []
    assert stage.view.shown == []


def test_cancelling_is_told_to_the_session_and_ends_with_its_answer(stage: Stage) -> None:
    rows = stage.open(Status.PENDING)
    stage.presenter.cancel()
    assert stage.session.told[-1] == "cancel"
    assert stage.presenter.busy
    comparison = stage.end(*rows, kind=Stopped)
    assert stage.view.shown[-1] == ("show_stopped", comparison)
    assert stage.presenter.comparison is comparison


def test_retry_goes_on_in_the_same_session(stage: Stage) -> None:
    rows = stage.open(Status.PENDING)
    stage.end(*rows, kind=Stopped)
    stage.presenter.retry()
    assert stage.session.told[-1] == ("retry", None)
    assert stage.view.names()[-1] == "show_retrying"
    assert len(stage.sessions) == 1
    assert stage.presenter.comparison is None
    stage.end(*rows)
    assert stage.presenter.comparison is not None


def test_retry_of_single_rows_while_it_runs(stage: Stage) -> None:
    stage.open(Status.ERRORED, Status.PENDING)
    stage.presenter.retry(["0"])
    assert stage.session.told[-1] == ("retry", ["0"])
    assert "show_retrying" not in stage.view.names()


@pytest.mark.parametrize("kind", ["failed", "stopped"])
def test_retry_opens_again_what_could_not_be_opened(stage: Stage, kind: str) -> None:
    stage.presenter.open(REQUEST)
    if kind == "failed":
        error = SourceNotFound("There is no folder “base”. Check the path.")
        stage.tell(Failed(1, error))
        assert stage.view.shown[-1] == ("show_failure", error)
        assert not stage.presenter.busy
    else:
        stage.end(kind=Stopped)
        assert stage.presenter.comparison is None
    stage.presenter.retry()
    assert len(stage.sessions) == 2
    assert stage.session.request == REQUEST


def test_a_session_that_broke_is_opened_again(stage: Stage) -> None:
    stage.open(Status.PENDING)
    stage.tell(Failed(1, SourceNotFound("SnapReview itself failed.")))
    stage.presenter.retry()
    assert len(stage.sessions) == 2


def test_rows_in_sight_are_asked_for_only_while_it_runs(stage: Stage) -> None:
    rows = stage.open(Status.PENDING)
    stage.presenter.prefer(["0"])
    assert stage.session.told[-1] == ("prefer", ["0"])
    stage.end(*rows)
    stage.session.told.clear()
    stage.presenter.prefer(["0"])
    assert stage.session.told == []


def test_images_come_from_the_session_from_any_thread(stage: Stage) -> None:
    stage.presenter.open(REQUEST)
    found: list[Path] = []
    record = ImageRecord("a.png")
    thread = Thread(
        target=lambda: found.append(stage.presenter.fetch(record, Side.HEAD, CancelToken()))
    )
    thread.start()
    thread.join()
    assert found == [Path("head/a.png")]


def test_after_closing_there_are_no_images(stage: Stage) -> None:
    stage.presenter.open(REQUEST)
    stage.presenter.close()
    assert stage.session.closed.is_set()
    with pytest.raises(FetchError, match="closed"):
        stage.presenter.fetch(ImageRecord("a.png"), Side.BASE, CancelToken())


def test_passwords_are_used_and_not_shown(stage: Stage) -> None:
    given = OpenRequest("http://user:secret@host/a?signature=secret", "http://user:secret@host/b")
    stage.presenter.open(given)
    assert stage.session.request == given
    assert "secret" not in repr(stage.view.shown)
    shown = stage.view.shown[0][1]
    stage.presenter.open_shown(shown.base, shown.head)
    assert stage.session.request == given
    stage.presenter.open_shown(shown.base, "elsewhere")
    assert stage.session.request == OpenRequest(given.base, "elsewhere")


# Pairs made by hand, and options that hold from the next time on.


def test_pairing_goes_to_the_session_and_is_work_again() -> None:
    stage = Stage()
    stage.presenter.open(REQUEST)
    stage.presenter.handle(
        [Opened(1, BASE, HEAD, ()), Finished(1, Comparison(BASE, HEAD, DiffOptions(), ()))]
    )
    assert not stage.presenter.busy
    stage.presenter.pair("old.png", "new.png")
    assert stage.presenter.busy
    assert stage.presenter.comparison is None
    assert stage.sessions[-1].told[-1] == ("pair", "old.png", "new.png")
    stage.presenter.split("new.png")
    assert stage.sessions[-1].told[-1] == ("split", "new.png")
    assert stage.view.names().count("show_retrying") == 1, "once for both: it was busy already"


def test_nothing_is_paired_before_something_is_open() -> None:
    stage = Stage()
    stage.presenter.pair("old.png", "new.png")
    stage.presenter.open(REQUEST)
    stage.presenter.split("new.png")
    assert stage.sessions[-1].told == ["start"]


def test_other_options_hold_from_the_next_comparison_on() -> None:
    stage = Stage()
    stage.presenter.open_shown("base", "head")
    strict = DiffOptions(threshold=0.0)
    stage.presenter.options = strict
    assert stage.sessions[-1].request.options == DiffOptions()
    stage.presenter.reload()
    assert stage.sessions[-1].request == OpenRequest("base", "head", strict)
    stage.presenter.open_shown("base", "head")
    assert stage.sessions[-1].request.options == strict
