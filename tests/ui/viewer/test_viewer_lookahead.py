"""What is loaded before it is asked for."""

from __future__ import annotations

from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from viewer_samples import noise, rows_in, save, save_mask

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.errors import Cancelled, FetchError
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.lookahead import Lookahead, affordable, likely_bytes, steps_ahead
from snapreview.ui.viewer.source import Failure, ImageRequest, MaskRequest, Side


def test_who_walks_one_way_finds_more_there():
    assert steps_ahead(1) == (1, 2, -1, 3, 4, 5, 6)
    assert steps_ahead(-1) == (-1, -2, 1, -3, -4, -5, -6)
    assert steps_ahead() == (1, -1, 2, -2, 3)


def sized(name: str, width: int, height: int) -> Change:
    record = ImageRecord(name, sha256=name * 64, width=width, height=height)
    return Change(name, Status.ADDED, head=record)


@given(st.lists(st.integers(1, 4000), max_size=8), st.integers(1, 4000), st.integers(0, 10**9))
def test_what_is_loaded_ahead_fits_beside_what_is_on_screen(sides, current, room):
    rows = [sized(str(number), side, side) for number, side in enumerate(sides)]
    here = sized("x", current, current)
    chosen = affordable(here, rows, room)
    taken = sum(likely_bytes(row) for row in chosen)
    assert not chosen or taken + likely_bytes(here) <= 0.75 * room
    assert [row for row in rows if row in chosen] == list(chosen)


def test_a_page_too_large_for_the_room_does_not_keep_others_out():
    rows = [sized("a", 500, 500), sized("b", 9000, 9000), sized("c", 500, 500)]
    assert affordable(None, rows, 100_000_000) == (rows[0], rows[2])
    assert affordable(sized("d", 9000, 9000), rows, 100_000_000) == ()


def test_the_mask_is_asked_for_when_its_images_are_there(tmp_path):
    row = compared(tmp_path, "page.png")
    ahead = Lookahead(None, [row], 10**9)
    there: dict = {}
    images = ahead.requests(lambda request: there.get(request.key))
    assert [request.side for request in images] == [Side.BASE, Side.HEAD]
    there = {request.key: Failure("Not now.") for request in images}
    (mask,) = ahead.requests(lambda request: there.get(request.key))
    assert mask == MaskRequest(row.diff.mask)


def compared(tmp_path, name: str, seed: int = 1) -> Change:
    for side in ("base", "head"):
        save(tmp_path / side / name, noise(80, 60, seed))
    mask = save_mask(tmp_path / "mask" / name, noise(80, 60, seed)[..., 0] > 128)
    records = (ImageRecord(name, sha256=f"{side}{name}") for side in ("base", "head"))
    return Change(name, Status.CHANGED, *records, ImageDiff((80, 60), 9, mask=mask))


def test_a_neighbour_is_there_at_once_with_its_mask(open_viewer, settle, tmp_path, qtbot):
    go_on = Event()

    def fetch(record, side, token):
        assert record.name == "0.png" or go_on.wait(10)
        return tmp_path / side.value / record.name

    rows = [compared(tmp_path, f"{number}.png", number) for number in range(3)]
    viewer = open_viewer(fetch=fetch)
    settle(viewer, rows[0], neighbours=rows[1:])
    go_on.set()
    masks = [MaskRequest(row.diff.mask) for row in rows]
    qtbot.waitUntil(lambda: all(viewer.supply.loader.peek(mask) is not None for mask in masks))
    viewer.show_change(rows[1], [rows[2], rows[0]])
    assert len(viewer.canvas.panes()[0].planes) == 2  # the image and its overlay, without waiting
    assert viewer.canvas.accessibleDescription() == "Base: 80 × 60; Head: 80 × 60"


def test_a_neighbour_that_fails_is_not_asked_for_over_and_over(
    open_viewer, settle, tmp_path, qtbot
):
    asked = []

    def fetch(record, side, token):
        asked.append(record.name)
        if record.name == "gone.png":
            raise FetchError("The server does not have it.")
        return tmp_path / side.value / record.name

    gone = Change("gone.png", Status.ADDED, head=ImageRecord("gone.png", sha256="0" * 64))
    rows = [compared(tmp_path, "a.png"), gone, compared(tmp_path, "b.png", 2)]
    viewer = open_viewer(fetch=fetch)
    settle(viewer, rows[0], neighbours=rows[1:])
    mask = MaskRequest(rows[2].diff.mask)
    qtbot.waitUntil(lambda: viewer.supply.loader.peek(mask) is not None)
    assert asked.count("gone.png") == 1


@pytest.fixture
def image(tmp_path):
    def make(name: str) -> ImageRequest:
        save(tmp_path / name, noise(30, 20, len(name)))
        return ImageRequest(ImageRecord(name, sha256=name.ljust(64, "0")), Side.HEAD)

    return make


def test_slow_neighbours_do_not_keep_what_is_on_screen_waiting(qtbot, make_loader, image, tmp_path):
    go_on, arrived = Event(), []

    def fetch(record, side, token):
        if record.name.startswith("slow"):
            assert go_on.wait(10)
        return tmp_path / record.name

    loader = make_loader(fetch)
    loader.arrived.connect(lambda key, outcome: arrived.append(key))
    slow = [image(f"slow{number}.png") for number in range(4)]
    now = image("now.png")
    loader.want([], slow)
    loader.want([now], slow)
    qtbot.waitUntil(lambda: now.key in arrived, timeout=5000)
    go_on.set()
    qtbot.waitUntil(lambda: len(arrived) == 5)


def test_what_is_being_loaded_and_wanted_again_goes_on(qtbot, make_loader, image, tmp_path):
    asked, entered, go_on = [], Event(), Event()

    def fetch(record, side, token):
        asked.append(record.name)
        entered.set()
        assert go_on.wait(10)
        token.check()
        return tmp_path / record.name

    loader = make_loader(fetch)
    request, other = image("a.png"), image("other.png")
    loader.want([], [request])
    assert entered.wait(10)
    loader.want([request], [other])
    loader.want([other, request])
    arrived = []
    loader.arrived.connect(lambda key, outcome: arrived.append(outcome))
    go_on.set()
    qtbot.waitUntil(lambda: len(arrived) == 2)
    assert asked.count("a.png") == 1
    assert not any(isinstance(outcome, Failure) for outcome in arrived)


def test_what_is_given_up_ends_what_it_waits_for(qtbot, make_loader, image):
    entered, ended = Event(), Event()

    def fetch(record, side, token):
        entered.set()
        try:
            token.wait(30)
        except Cancelled:
            ended.set()
            raise
        raise FetchError("Nobody gave up.")

    loader = make_loader(fetch)
    loader.want([image("a.png")])
    assert entered.wait(10)
    loader.want([])
    assert ended.wait(10)


def test_after_stopping_nothing_is_begun(qtbot, make_loader, image, tmp_path):
    asked = []

    def fetch(record, side, token):
        asked.append(record.name)
        return tmp_path / record.name

    loader = make_loader(fetch)
    loader.stop()
    loader.want([image("a.png")])
    loader.close()
    assert asked == []


def test_equal_hints_are_one_image(qtbot, make_loader, tmp_path):
    from snapreview.model.manifest import Hint

    save(tmp_path / "a.png", noise(30, 20))
    loader = make_loader(lambda record, side, token: tmp_path / "a.png")
    hint = Hint("git", "12ab")
    with qtbot.waitSignal(loader.arrived) as arrived:
        loader.want([ImageRequest(ImageRecord("a.png", hint=hint), Side.BASE)])
    other = ImageRequest(ImageRecord("b.png", hint=hint), Side.HEAD)
    assert loader.peek(other) is arrived.args[1]


def test_rows_without_a_hash_are_loaded_too(open_viewer, settle, tmp_path, qtbot):
    for name in ("a.png", "b.png"):
        save(tmp_path / "head" / name, noise(80, 60))
    asked = []

    def fetch(record, side, token):
        asked.append(record.name)
        return tmp_path / side.value / record.name

    viewer = open_viewer(fetch=fetch)
    rows = [rows_in(tmp_path, name) for name in ("a.png", "b.png")]
    settle(viewer, rows[0], neighbours=rows[1:])
    qtbot.waitUntil(lambda: asked == ["a.png", "b.png"])
    settle(viewer, rows[1])
    assert viewer.canvas.accessibleDescription() == "Head: 80 × 60"
