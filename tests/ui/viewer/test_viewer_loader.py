from __future__ import annotations

from threading import Event, get_ident

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from viewer_samples import noise, save, save_mask

from snapreview.model.errors import FetchError
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.cache import PictureCache
from snapreview.ui.viewer.pyramid import Pyramid
from snapreview.ui.viewer.source import Failure, ImageRequest, MaskRequest, Picture, Side


def of_size(nbytes: int) -> Pyramid:
    return Pyramid((np.zeros((1, nbytes), np.uint8),))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 60)), max_size=40))
def test_the_cache_never_holds_more_than_it_may(puts):
    cache = PictureCache(100)
    latest: dict[int, int] = {}  # in the order of use
    for key, nbytes in puts:
        cache.put(key, of_size(nbytes))
        latest.pop(key, None)
        latest[key] = nbytes
        assert cache.nbytes <= 100
        while sum(latest.values()) > 100:
            del latest[next(iter(latest))]
        assert cache.nbytes == sum(latest.values())
    assert {key for key in range(10) if cache.get(key) is not None} == set(latest)


def test_what_was_used_last_is_kept_longest():
    cache = PictureCache(3)
    for key in "abc":
        cache.put(key, of_size(1))
    cache.get("a")
    cache.put("d", of_size(1))
    assert [cache.get(key) is not None for key in "abcd"] == [True, False, True, True]


def test_what_is_larger_than_all_room_is_not_kept():
    cache = PictureCache(10)
    cache.put("large", of_size(11))
    assert cache.get("large") is None
    assert cache.nbytes == 0


@pytest.fixture
def request_for(tmp_path):
    def make(name: str, sha256: str | None = None) -> ImageRequest:
        save(tmp_path / name, noise(30, 20, seed=len(name)))
        return ImageRequest(ImageRecord(name, sha256=sha256), Side.HEAD)

    return make


def test_it_fetches_and_decodes_off_the_ui_thread(qtbot, make_loader, request_for, tmp_path):
    threads = []

    def fetch(record, side, token):
        threads.append((get_ident(), side))
        return tmp_path / record.name

    loader = make_loader(fetch)
    request = request_for("a.png")
    with qtbot.waitSignal(loader.arrived) as arrived:
        loader.want([request])
    key, picture = arrived.args
    assert key == request.key
    assert isinstance(picture, Picture)
    assert picture.size == (30, 20)
    assert threads[0][0] != get_ident()
    assert threads[0][1] is Side.HEAD


def test_content_known_by_its_hash_is_there_at_once(qtbot, make_loader, request_for, tmp_path):
    fetched = []

    def fetch(record, side, token):
        fetched.append(record.name)
        return tmp_path / record.name

    loader = make_loader(fetch)
    request = request_for("a.png", sha256="ab" * 32)
    assert loader.peek(request) is None
    with qtbot.waitSignal(loader.arrived) as arrived:
        loader.want([request])
    renamed = ImageRequest(ImageRecord("b.png", sha256="ab" * 32), Side.BASE)
    assert loader.peek(renamed) is arrived.args[1]
    loader.want([renamed])
    assert fetched == ["a.png"]


def test_a_file_that_was_replaced_is_read_again(qtbot, make_loader, request_for, tmp_path):
    loader = make_loader(lambda record, side, token: tmp_path / record.name)
    request = request_for("a.png")
    sizes = []
    for width in (30, 31):
        save(tmp_path / "a.png", noise(width, 20))
        with qtbot.waitSignal(loader.arrived) as arrived:
            loader.want([request])
        sizes.append(arrived.args[1].size)
    assert sizes == [(30, 20), (31, 20)]


def test_what_is_no_longer_wanted_does_not_arrive(qtbot, make_loader, request_for, tmp_path):
    entered, go_on = Event(), Event()

    def fetch(record, side, token):
        if record.name.startswith("slow"):
            entered.set()
            assert go_on.wait(10)
        return tmp_path / record.name

    loader = make_loader(fetch)
    arrivals = []
    loader.arrived.connect(lambda key, outcome: arrivals.append(key))
    slow, queued, next_one = (request_for(n) for n in ("slow.png", "queued.png", "next.png"))
    loader.want([slow, queued])
    assert entered.wait(10)
    loader.want([next_one])
    go_on.set()
    qtbot.waitUntil(lambda: next_one.key in arrivals)
    loader.close()
    assert slow.key not in arrivals


def test_what_is_wanted_again_does_arrive(qtbot, make_loader, request_for, tmp_path):
    entered, go_on = Event(), Event()

    def fetch(record, side, token):
        entered.set()
        assert go_on.wait(10)
        return tmp_path / record.name

    loader = make_loader(fetch)
    request = request_for("a.png")
    loader.want([request])
    assert entered.wait(10)
    loader.want([])
    with qtbot.waitSignal(loader.arrived) as arrived:
        loader.want([request])
        go_on.set()
    assert isinstance(arrived.args[1], Picture)


def test_the_first_wanted_are_loaded_first(qtbot, make_loader, request_for, tmp_path):
    order, entered, go_on = [], Event(), Event()

    def fetch(record, side, token):
        order.append(record.name)
        if len(order) >= 2:
            entered.set()
        assert go_on.wait(10)
        return tmp_path / record.name

    loader = make_loader(fetch)
    names = ["1.png", "22.png", "333.png", "4444.png", "55555.png"]
    requests = [request_for(name) for name in names]
    loader.want(requests)
    assert entered.wait(10)
    loader.want([*requests[:2], *reversed(requests[2:])])
    arrivals = []
    loader.arrived.connect(lambda key, outcome: arrivals.append(key))
    go_on.set()
    qtbot.waitUntil(lambda: len(arrivals) == 5)
    assert set(order[:2]) == set(names[:2])
    assert order[2] == "55555.png"
    assert sorted(order) == sorted(names)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (FetchError("The server does not have a.png."), "The server does not have a.png."),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (MemoryError(), "not enough memory"),
    ],
)
def test_failures_arrive_in_words(qtbot, make_loader, request_for, fault, words):
    def fetch(record, side, token):
        raise fault

    loader = make_loader(fetch)
    with qtbot.waitSignal(loader.arrived) as arrived:
        loader.want([request_for("a.png")])
    assert isinstance(arrived.args[1], Failure)
    assert words in arrived.args[1].reason


def test_a_failure_can_be_tried_again(qtbot, make_loader, request_for, tmp_path):
    tries = []

    def fetch(record, side, token):
        tries.append(record)
        if len(tries) == 1:
            raise FetchError("Not now.")
        return tmp_path / record.name

    loader = make_loader(fetch)
    request = request_for("a.png")
    for expected in (Failure, Picture):
        with qtbot.waitSignal(loader.arrived) as arrived:
            loader.want([request])
        assert isinstance(arrived.args[1], expected)


def test_masks_are_loaded_like_images(qtbot, make_loader, tmp_path):
    marked = noise(40, 30)[..., 0] > 99
    loader = make_loader(lambda record, side, token: tmp_path)
    request = MaskRequest(save_mask(tmp_path / "m.png", marked))
    with qtbot.waitSignal(loader.arrived) as arrived:
        loader.want([request])
    assert np.array_equal(arrived.args[1].levels[0], marked)
    assert loader.peek(request) is arrived.args[1]
