import logging
import threading
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from grid_samples import rows
from PIL import Image
from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QColor

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.errors import FetchError
from snapreview.model.manifest import ImageRecord
from snapreview.stores.pixels import mask_png
from snapreview.ui.changes.grid_view import ROOMS, GridView, ThumbSize
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.theme import LIGHT
from snapreview.ui.viewer.cache import PictureCache
from snapreview.ui.viewer.decode import decode_picture
from snapreview.ui.viewer.source import ImageRequest, Side

SIZE = QSize(80, 60)
EACH = 80 * 60 * 4


class Store:
    """Files of one colour each, and who asked for which."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.threads: set[str] = set()
        self.tokens = {}
        self.held: dict[str, Event] = {}
        self.reached: dict[str, Event] = {}

    def answer(self, *asked) -> Path:
        """Fetch, in whatever way a test has chosen."""
        return self.fetch(*asked)

    def hold(self, name: str) -> Event:
        """Keep whoever asks for this waiting until the event is set."""
        self.reached[name], self.held[name] = Event(), Event()
        return self.held[name]

    def fetch(self, record, side, token):
        self.asked.append(record.name)
        self.threads.add(threading.current_thread().name)
        self.tokens[record.name] = token
        if record.name in self.held:
            self.reached[record.name].set()
            assert self.held[record.name].wait(10)
        path = self.folder / record.name
        if not path.exists():
            raise FetchError(f"{record.name} is not there.")
        return path

    def added(self, name: str, shade: int = 100, sha256: str | None = None) -> Change:
        pixels = np.full((600, 800, 3), shade, np.uint8)
        Image.fromarray(pixels).save(self.folder / name)
        return Change(name, Status.ADDED, head=ImageRecord(name, sha256=sha256))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


@pytest.fixture
def make(qapp, store):
    made = []

    def thumbnails(**options) -> Thumbnails:
        made.append(Thumbnails(store.answer, **options))
        return made[-1]

    yield thumbnails
    for one in made:
        one.close()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("thumbnails")]


def wait_for(qtbot, thumbnails, changes):
    """Want these and wait for all of them."""
    names = {change.name for change in changes}

    def arrived():
        return all(
            thumbnails.pixmap(c, SIZE, 1.0) or thumbnails.has_none(c)
            for c in changes
            if c.name in names
        )

    thumbnails.want(changes, SIZE, 1.0)
    qtbot.waitUntil(arrived)


def shade_of(pixmap) -> int:
    return pixmap.toImage().pixelColor(20, 20).green()


def test_what_is_wanted_arrives_from_other_threads(qtbot, make, store):
    thumbnails, row = make(), store.added("a.png", 70)
    assert thumbnails.pixmap(row, SIZE, 1.0) is None
    assert not thumbnails.has_none(row)
    with qtbot.waitSignal(thumbnails.arrived) as told:
        thumbnails.want([row], SIZE, 1.0)
    assert told.args == [frozenset({"a.png"})]
    pixmap = thumbnails.pixmap(row, SIZE, 1.0)
    assert (pixmap.width(), pixmap.height()) == (80, 60)
    assert shade_of(pixmap) == 70
    assert threading.current_thread().name not in store.threads


def test_at_twice_the_density_it_has_four_times_the_pixels(qtbot, make, store):
    thumbnails, row = make(), store.added("a.png")
    with qtbot.waitSignal(thumbnails.arrived):
        thumbnails.want([row], SIZE, 2.0)
    assert thumbnails.pixmap(row, SIZE, 1.0) is None
    pixmap = thumbnails.pixmap(row, SIZE, 2.0)
    assert (pixmap.width(), pixmap.height()) == (160, 120)
    assert pixmap.devicePixelRatio() == 2.0


def test_first_come_first_made(qtbot, make, store):
    changes = [store.added(f"{n}.png") for n in range(9)]
    thumbnails = make()
    gate = store.hold("0.png")
    thumbnails.want(changes, SIZE, 1.0)
    qtbot.waitUntil(lambda: thumbnails.pixmap(changes[8], SIZE, 1.0) is not None)
    gate.set()
    qtbot.waitUntil(lambda: thumbnails.pixmap(changes[0], SIZE, 1.0) is not None)
    assert [name for name in store.asked if name != "0.png"] == [f"{n}.png" for n in range(1, 9)]


def test_what_is_not_wanted_any_more_is_given_up(qtbot, make, store):
    changes = [store.added(f"{n}.png") for n in range(30)]
    thumbnails, told = make(), []
    thumbnails.arrived.connect(told.extend)
    gates = [store.hold("0.png"), store.hold("1.png")]
    thumbnails.want(changes[:20], SIZE, 1.0)
    assert all(store.reached[name].wait(10) for name in ("0.png", "1.png"))
    thumbnails.want(changes[20:], SIZE, 1.0)
    assert store.tokens["0.png"].cancelled
    for gate in gates:
        gate.set()
    qtbot.waitUntil(lambda: len(told) == 10)
    assert sorted(told) == sorted(change.name for change in changes[20:])
    assert set(store.asked) <= {"0.png", "1.png", *told}
    assert thumbnails.pixmap(changes[0], SIZE, 1.0) is None


def test_what_is_being_made_and_still_wanted_is_made_once(qtbot, make, store):
    changes = [store.added(f"{n}.png") for n in range(3)]
    thumbnails, gate = make(), store.hold("1.png")
    thumbnails.want(changes, SIZE, 1.0)
    assert store.reached["1.png"].wait(10)
    thumbnails.want(changes[1:], SIZE, 1.0)
    gate.set()
    qtbot.waitUntil(lambda: thumbnails.pixmap(changes[1], SIZE, 1.0) is not None)
    assert store.asked.count("1.png") == 1


def test_equal_contents_are_made_once_and_told_of_all_rows(qtbot, make, store):
    one, other = store.added("a.png", sha256="ab" * 32), store.added("b.png", sha256="ab" * 32)
    thumbnails = make()
    with qtbot.waitSignal(thumbnails.arrived) as told:
        thumbnails.want([one, other], SIZE, 1.0)
    assert told.args == [frozenset({"a.png", "b.png"})]
    assert store.asked == ["a.png"]
    assert thumbnails.pixmap(other, SIZE, 1.0) is not None


def test_contents_that_are_not_known_are_not_taken_for_those_of_before(qtbot, make, store):
    thumbnails, before = make(), store.added("a.png", 50)
    wait_for(qtbot, thumbnails, [before])
    after = store.added("a.png", 150)
    assert thumbnails.pixmap(after, SIZE, 1.0) is None
    wait_for(qtbot, thumbnails, [after])
    assert shade_of(thumbnails.pixmap(after, SIZE, 1.0)) == 150


def test_many_that_are_finished_together_are_told_together(qtbot, make, store):
    changes = [store.added(f"{n}.png") for n in range(3)]
    thumbnails, told = make(), []
    thumbnails.arrived.connect(told.append)
    gates = [store.hold(change.name) for change in changes]
    thumbnails.want(changes, SIZE, 1.0)
    assert store.reached["0.png"].wait(10)
    for gate in gates:
        gate.set()
    for _ in range(2):  # two of three are finished when a worker is free for these
        thumbnails._pool.submit(int).result()
    qtbot.waitUntil(lambda: bool(told))
    assert len(told[0]) >= 2


def test_the_memory_is_bounded_and_keeps_what_was_used_last(qtbot, make, store):
    changes = [store.added(f"{n}.png") for n in range(7)]
    thumbnails = make(cache_bytes=3 * EACH)
    for change in changes[:3]:
        wait_for(qtbot, thumbnails, [change])
    assert thumbnails.nbytes == 3 * EACH
    assert thumbnails.pixmap(changes[0], SIZE, 1.0) is not None
    wait_for(qtbot, thumbnails, [changes[3]])
    there = [thumbnails.pixmap(change, SIZE, 1.0) is not None for change in changes]
    assert there == [True, False, True, True, False, False, False]
    assert thumbnails.nbytes <= 3 * EACH


def test_more_than_the_memory_holds_is_not_begun(qtbot, make, store):
    changes = [store.added(f"{n}.png") for n in range(7)]
    thumbnails = make(cache_bytes=3 * EACH)
    thumbnails.want(changes, SIZE, 1.0)
    qtbot.waitUntil(lambda: thumbnails.pixmap(changes[2], SIZE, 1.0) is not None)
    qtbot.waitUntil(lambda: thumbnails.nbytes == 3 * EACH)
    assert sorted(store.asked) == ["0.png", "1.png", "2.png"]
    assert all(thumbnails.pixmap(change, SIZE, 1.0) is not None for change in changes[:3])


def test_a_failure_is_told_logged_and_not_tried_again_until_the_row_is_another(
    qtbot, make, store, caplog
):
    thumbnails = make()
    row = Change("gone.png", Status.ADDED, head=ImageRecord("gone.png"))
    with caplog.at_level(logging.INFO), qtbot.waitSignal(thumbnails.arrived) as told:
        thumbnails.want([row], SIZE, 1.0)
    assert told.args == [frozenset({"gone.png"})]
    assert thumbnails.has_none(row)
    assert thumbnails.pixmap(row, SIZE, 1.0) is None
    assert "gone.png is not there" in caplog.text
    good = store.added("good.png")
    wait_for(qtbot, thumbnails, [row, good])
    assert store.asked == ["gone.png", "good.png"]
    again = store.added("gone.png")
    assert not thumbnails.has_none(again)
    wait_for(qtbot, thumbnails, [again])
    assert thumbnails.pixmap(again, SIZE, 1.0) is not None


def test_an_unforeseen_failure_is_logged_with_its_reason(qtbot, make, store, caplog):
    thumbnails, row = make(), store.added("a.png")
    store.fetch = lambda record, side, token: None
    with qtbot.waitSignal(thumbnails.arrived):
        thumbnails.want([row], SIZE, 1.0)
    assert thumbnails.has_none(row)
    assert "Traceback" in caplog.text


def test_rows_without_an_image_have_none(make):
    record = ImageRecord("a.png")
    thumbnails = make()
    assert thumbnails.has_none(Change("a.png", Status.PENDING, record, record))
    assert thumbnails.has_none(Change("a.png", Status.ERRORED))


def test_while_held_nothing_is_begun(qtbot, make, store):
    changes = [store.added(f"{n}.png") for n in range(6)]
    thumbnails = make()
    thumbnails.hold(True)
    thumbnails.want(changes, SIZE, 1.0)
    assert store.asked == []
    thumbnails.hold(False)
    qtbot.waitUntil(lambda: all(thumbnails.pixmap(c, SIZE, 1.0) for c in changes))


def test_what_the_viewer_has_decoded_is_not_fetched_again(qtbot, make, store):
    pictures, row = PictureCache(10**8), store.added("a.png", 90, sha256="cd" * 32)
    picture = decode_picture(store.folder / "a.png", lambda: None)
    pictures.put(ImageRequest(row.head, Side.HEAD).key, picture)
    thumbnails = make(pictures=pictures)
    wait_for(qtbot, thumbnails, [row])
    assert shade_of(thumbnails.pixmap(row, SIZE, 1.0)) == 90
    assert store.asked == []


def test_another_colour_of_changes_is_shown_from_then_on(qtbot, make, store):
    marked = np.zeros((600, 800), bool)
    marked[200:400, 300:500] = True
    mask = store.folder / "mask.png"
    mask.write_bytes(mask_png(marked))
    record = store.added("a.png").head
    diff = ImageDiff((800, 600), 40_000, mask=mask, regions=((300, 200, 200, 200),))
    row = Change("a.png", Status.CHANGED, record, record, diff)
    thumbnails = make()

    def middle():
        wait_for(qtbot, thumbnails, [row])
        return thumbnails.pixmap(row, SIZE, 1.0).toImage().pixelColor(40, 30)

    found = middle()
    assert found.red() > found.green() + 60
    thumbnails.set_tint(QColor("#00c853"))
    assert thumbnails.pixmap(row, SIZE, 1.0) is None
    found = middle()
    assert found.green() > found.red() + 60


def test_closing_ends_its_threads_and_drops_what_comes_late(qtbot, make, store):
    thumbnails, told = make(), []
    thumbnails.arrived.connect(told.append)
    gate = store.hold("0.png")
    thumbnails.want([store.added(f"{n}.png") for n in range(5)], SIZE, 1.0)
    assert store.reached["0.png"].wait(10)
    gate.set()
    thumbnails.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("thumbnails")]
    done = []
    QTimer.singleShot(0, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert told == []


@pytest.fixture
def thumbnails(make):
    return make()


@pytest.fixture
def grid(qtbot, thumbnails, store):
    model = ChangesModel()
    view = GridView(model, LIGHT, thumbnails)
    model.setParent(view)
    qtbot.addWidget(view)
    view.set_tile_size(ThumbSize.SMALL)
    view.resize(500, 400)
    model.replace(rows(200))
    store.added("00000.png")
    for number in range(1, 200):
        (store.folder / f"{number:05}.png").hardlink_to(store.folder / "00000.png")
    return view


@pytest.fixture
def shown(grid, thumbnails):
    """Whether all these rows have their thumbnail."""
    size = ROOMS[ThumbSize.SMALL]
    return lambda places: all(
        thumbnails.pixmap(grid.model().change(row), size, 1.0) for row in places
    )


def test_a_grid_shows_what_is_in_sight_and_readies_one_screen_more(qtbot, grid, store, shown):
    assert store.asked == []
    with qtbot.waitExposed(grid):
        grid.show()
    seen, ahead = grid.rows_in_sight(), grid.rows_in_sight(1.0)
    qtbot.waitUntil(lambda: shown(ahead))
    assert {int(name[:5]) for name in store.asked} == set(ahead)
    picture = grid.viewport().grab().toImage()
    places = [grid.row_rect(row).topLeft() + QPoint(60, 40) for row in seen]
    looked_at = [place for place in places if picture.rect().contains(place)]
    assert len(looked_at) >= 8
    assert {picture.pixelColor(place).getRgb() for place in looked_at} == {(100, 100, 100, 255)}


def test_a_grid_asks_only_for_where_a_scroll_comes_to_rest(qtbot, grid, store, shown):
    with qtbot.waitExposed(grid):
        grid.show()
    qtbot.waitUntil(lambda: shown(grid.rows_in_sight(1.0)))
    store.asked.clear()
    bar = grid.verticalScrollBar()
    for value in range(0, bar.maximum() // 2, 400):
        bar.setValue(value)
    qtbot.waitUntil(lambda: shown(grid.rows_in_sight()))
    near = grid.rows_in_sight(1.0)
    assert {int(name[:5]) for name in store.asked} <= set(near)


def test_upwards_it_readies_what_lies_above(qtbot, grid, store, shown):
    with qtbot.waitExposed(grid):
        grid.show()
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    bar.setValue(bar.maximum() // 2)
    above = grid.rows_in_sight(-1.0)
    qtbot.waitUntil(lambda: shown(above))


def test_a_hidden_grid_asks_for_nothing(qtbot, grid, store, shown):
    with qtbot.waitExposed(grid):
        grid.show()
    qtbot.waitUntil(lambda: shown(grid.rows_in_sight(1.0)))
    grid.hide()
    store.asked.clear()
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    grid.model().replace([store.added(f"new{number}.png") for number in range(9)])
    passed = []
    QTimer.singleShot(200, lambda: passed.append(True))
    qtbot.waitUntil(lambda: bool(passed))
    assert store.asked == []
