"""Every way in which a host can fail, each on a real connection.

The fixture `web` checks after each test that whatever is in the cache is what its name says.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Barrier, Event

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    Cancelled,
    FetchError,
    IntegrityError,
    SourceUnreachable,
)
from snapreview.stores.cache import ContentCache
from snapreview.stores.http import HttpStore
from snapreview.stores.settings import TransportSettings
from snapreview.stores.transport import CHUNK_BYTES
from tests.servers import (
    Scripted,
    closed_port,
    dribbled,
    endless,
    redirect,
    reply,
    reset,
    scripted_server,
    silent_port,
    stalled,
    truncated,
)
from tests.stores.web import (
    IMAGE_PATH,
    MANIFEST_PATH,
    PIXEL,
    PIXEL_HASH,
    Web,
    manifest_json,
    record,
)


@pytest.fixture
def store(server: Scripted, web: Web) -> HttpStore:
    """A store that is open; what happens to its one image is up to the test."""
    server.on(MANIFEST_PATH, reply(body=manifest_json()))
    opened = web.store(server.url + MANIFEST_PATH)
    opened.manifest(CancelToken())
    server.requests.clear()
    return opened


def fetched(store: HttpStore) -> bytes:
    return store.fetch(record(), CancelToken()).read_bytes()


PASSING_FAULTS = {
    "broken inside": reply(500),
    "no bytes": reply(body=b""),
    "bad compression": reply(body=PIXEL, content_encoding="gzip"),
}


@pytest.mark.parametrize("fault", PASSING_FAULTS.values(), ids=PASSING_FAULTS.keys())
def test_a_fault_that_passes_is_not_noticed(store: HttpStore, server: Scripted, fault) -> None:
    server.on(IMAGE_PATH, fault, reply(body=PIXEL))
    assert fetched(store) == PIXEL
    assert server.paths() == [IMAGE_PATH] * 2


LASTING_FAULTS = {
    "busy": (reply(503), FetchError, "503", 4),
    "asked too often": (reply(429), FetchError, "429", 4),
    "body ends early": (truncated(PIXEL, 5), FetchError, "broke off", 4),
    "connection reset in the body": (reset(PIXEL, 5), FetchError, "broke off", 4),
    "wrong bytes": (reply(body=b"something else"), IntegrityError, "a.png", 2),
    "not there": (reply(404), FetchError, "404", 1),
    "not allowed": (reply(403), FetchError, "SNAPREVIEW_TOKEN_127_0_0_1", 1),
    "not known": (reply(401), FetchError, "401", 1),
    "no content": (reply(204), FetchError, "204", 1),
}


@pytest.mark.parametrize(
    ("fault", "error", "said", "tries"), LASTING_FAULTS.values(), ids=LASTING_FAULTS.keys()
)
def test_a_fault_that_lasts_is_told(
    store: HttpStore, server: Scripted, web: Web, fault, error, said: str, tries: int
) -> None:
    server.on(IMAGE_PATH, fault)
    with pytest.raises(error, match=said):
        fetched(store)
    assert len(server.requests) == tries
    assert web.cached_files() == []


def test_wrong_bytes_are_counted_apart_from_other_faults(
    store: HttpStore, server: Scripted
) -> None:
    server.on(IMAGE_PATH, reply(503), reply(body=b"wrong"), reply(503), reply(body=PIXEL))
    assert fetched(store) == PIXEL


def test_an_endless_body_is_cut_off(server: Scripted, web: Web) -> None:
    server.on(IMAGE_PATH, endless(b"x" * 50_000))
    store = web.store(server.url + MANIFEST_PATH, max_image_bytes=200_000)
    with pytest.raises(FetchError, match="larger than 200,000 bytes"):
        fetched(store)
    assert web.cached_files() == []


@pytest.mark.parametrize("body", [None, PIXEL], ids=["no answer", "half an answer"])
def test_a_host_that_stops_answering_is_told(server: Scripted, web: Web, body) -> None:
    server.on(IMAGE_PATH, stalled(body, 5))
    store = web.store(server.url + MANIFEST_PATH, read_seconds=0.1)
    with pytest.raises(FetchError, match="stopped answering"):
        fetched(store)
    assert len(server.requests) == 2
    assert web.cached_files() == []


def test_cancel_ends_a_wait_for_an_answer(server: Scripted, web: Web) -> None:
    arrived, token = Event(), CancelToken()
    server.on(IMAGE_PATH, stalled(arrived=arrived))
    store = web.store(server.url + MANIFEST_PATH, read_seconds=60.0)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(store.fetch, record(), token)
        assert arrived.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            waiting.result(10)
        server.released.set()
    assert len(server.requests) == 1


class Watched(ContentCache):
    """Says when the first part of a body has come."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.started = Event()

    def add(self, sha256: str, chunks: Iterable[bytes]) -> Path:
        def watched() -> Iterator[bytes]:
            for chunk in chunks:
                self.started.set()
                yield chunk

        return super().add(sha256, watched())


BIG = bytes(2 * CHUNK_BYTES)


@pytest.mark.parametrize("length", [True, False], ids=["known length", "unknown length"])
def test_cancel_ends_a_body_that_stalls(server: Scripted, web: Web, length: bool) -> None:
    """Cut short from our side, a body of unknown length looks complete, and must not be taken."""
    web.cache = cache = Watched(web.cache_dir)
    token, wanted = CancelToken(), record(BIG[:CHUNK_BYTES])
    server.on(f"/images/{wanted.sha256}", stalled(BIG, CHUNK_BYTES, length=length))
    store = web.store(server.url + MANIFEST_PATH, read_seconds=60.0)
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(store.fetch, wanted, token)
        assert cache.started.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            reading.result(10)
        server.released.set()
    assert len(server.requests) == 1
    assert web.cached_files() == []


def test_cancel_ends_the_pause_between_two_tries(server: Scripted, web: Web) -> None:
    token = CancelToken()
    server.on(MANIFEST_PATH, reply(503, retry_after="50"))
    pausing = Event()

    def pause(given: CancelToken, seconds: float) -> None:
        pausing.set()
        given.wait(seconds)

    store = web.store(server.url + MANIFEST_PATH, wait=pause)
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(store.manifest, token)
        assert pausing.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            opening.result()
    assert len(server.requests) == 1


def in_seconds(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("7", 7, 7),
        (in_seconds(3000), 60, 60),
        (in_seconds(-3000), 0, 0),
        ("100000", 60, 60),
        ("-1", 0, 0),
        ("soon", 0, 0),
    ],
)
def test_waits_as_long_as_the_host_asks(
    store: HttpStore, server: Scripted, web: Web, header: str, least: float, most: float
) -> None:
    server.on(IMAGE_PATH, reply(429, retry_after=header), reply(body=PIXEL))
    assert fetched(store) == PIXEL
    (waited,) = web.waits
    assert least <= waited <= most


def test_a_date_to_wait_for_is_understood(store: HttpStore, server: Scripted, web: Web) -> None:
    server.on(IMAGE_PATH, reply(503, retry_after=in_seconds(30)), reply(body=PIXEL))
    fetched(store)
    (waited,) = web.waits
    assert 0 < waited <= 30


def test_pauses_grow_and_are_not_all_alike(server: Scripted, web: Web) -> None:
    server.on(IMAGE_PATH, reply(503))
    store = web.store(server.url, backoff=0.5)
    for _ in range(3):
        with pytest.raises(FetchError):
            fetched(store)
    assert len(web.waits) == 9
    for start, factor in ((0, 1), (1, 2), (2, 4)):
        pauses = web.waits[start::3]
        assert all(0.5 * factor <= pause <= 0.5 * factor + 0.5 for pause in pauses)
        assert len(set(pauses)) == 3


def test_a_closed_port_is_tried_again_and_told(web: Web) -> None:
    store = web.store(f"http://127.0.0.1:{closed_port()}/snapshots/one")
    with pytest.raises(SourceUnreachable, match=r"127\.0\.0\.1 .* refuses the connection"):
        store.manifest(CancelToken())
    assert len(web.waits) == 3


def test_a_host_that_goes_away_between_manifest_and_image(web: Web) -> None:
    with scripted_server() as server:
        server.on(MANIFEST_PATH, reply(body=manifest_json(), connection="close"))
        store = web.store(server.url + MANIFEST_PATH)
        store.manifest(CancelToken())
    with pytest.raises(FetchError, match="could not be downloaded from 127"):
        fetched(store)


def test_a_host_where_connecting_hangs_is_told(web: Web) -> None:
    with silent_port() as port:
        store = web.store(
            f"http://127.0.0.1:{port}/a.json", connect_seconds=0.1, unreachable_seconds=0.2
        )
        with pytest.raises(SourceUnreachable, match="does not answer"):
            store.manifest(CancelToken())


@pytest.fixture
def hanging_lookup(monkeypatch: pytest.MonkeyPatch):
    """Names are looked up until the test is over. Gives the event of the first look-up."""
    asked, over = Event(), Event()

    def look_up(*args, **kwargs):
        asked.set()
        over.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "over")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield asked
    over.set()


@pytest.mark.usefixtures("hanging_lookup")
def test_a_name_that_is_looked_up_for_ever_is_told(web: Web) -> None:
    store = web.store("http://snapshots.invalid/a.json", unreachable_seconds=0.1)
    with pytest.raises(SourceUnreachable, match=r"snapshots\.invalid .* does not answer"):
        store.manifest(CancelToken())


def test_cancel_ends_a_look_up_that_hangs(web: Web, hanging_lookup: Event) -> None:
    token = CancelToken()
    store = web.store("http://snapshots.invalid/a.json")
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(store.manifest, token)
        assert hanging_lookup.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            opening.result()


def test_a_name_that_does_not_exist_is_told(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SourceUnreachable, match=r"snapshots\.invalid .* name cannot be found"):
        web.store("http://snapshots.invalid/a.json").manifest(CancelToken())


@pytest.mark.parametrize("hangs", [True, False], ids=["connecting hangs", "port closed"])
def test_by_default_an_unreachable_host_is_told_within_15_seconds(
    web: Web, monkeypatch: pytest.MonkeyPatch, hangs: bool
) -> None:
    """On a clock of the test's own: each try takes as long as it may, each pause as long."""
    clock = [0.0]
    usual = TransportSettings()

    def connect(*args, **kwargs):
        clock[0] += usual.unreachable_seconds if hangs else 0.4
        raise TimeoutError if hangs else ConnectionRefusedError

    def pause(token: CancelToken, seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(socket, "create_connection", connect)
    store = web.store("http://snapshots.invalid/a.json", backoff=usual.backoff, wait=pause)
    with pytest.raises(SourceUnreachable):
        store.manifest(CancelToken())
    assert 0 < clock[0] < 15


def test_a_content_that_is_here_is_not_asked_for(store: HttpStore, server: Scripted) -> None:
    server.on(IMAGE_PATH, reply(body=PIXEL))
    assert fetched(store) == fetched(store) == PIXEL
    assert server.paths() == [IMAGE_PATH]


def test_many_threads_that_want_one_content_fetch_it_once(
    store: HttpStore, server: Scripted
) -> None:
    server.on(IMAGE_PATH, dribbled(PIXEL))
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda _: fetched(store), range(64)))
    assert results == [PIXEL] * 64
    assert server.paths() == [IMAGE_PATH]


def test_whoever_waits_for_a_content_takes_over_when_the_first_is_cancelled(
    store: HttpStore, server: Scripted
) -> None:
    arrived, token = Event(), CancelToken()
    server.on(IMAGE_PATH, stalled(arrived=arrived), reply(body=PIXEL))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.fetch, record(), token)
        assert arrived.wait(10)
        second = pool.submit(fetched, store)
        token.cancel()
        with pytest.raises(Cancelled):
            first.result()
        assert second.result() == PIXEL


def test_different_contents_are_fetched_side_by_side(server: Scripted, web: Web) -> None:
    """Sixteen requests are open at once, or none would ever be answered."""
    together = Barrier(16, timeout=10)
    contents = [f"content {n}".encode() for n in range(16)]
    records = [record(data, f"{n}.png") for n, data in enumerate(contents)]

    def answered_together(body: bytes):
        def answer(handler) -> None:
            together.wait()
            reply(body=body)(handler)

        return answer

    for data, image in zip(contents, records, strict=True):
        server.on(f"/images/{image.sha256}", answered_together(data))
    store = web.store(f"{server.url}/snapshots/one/manifest.json", read_seconds=20.0)
    with ThreadPoolExecutor(16) as pool:
        paths = pool.map(lambda image: store.fetch(image, CancelToken()), records)
        assert [path.read_bytes() for path in paths] == contents


def test_a_cache_that_cannot_be_written_is_told(
    store: HttpStore, server: Scripted, web: Web
) -> None:
    server.on(IMAGE_PATH, reply(body=PIXEL))
    (web.cache_dir / PIXEL_HASH[:2]).write_text("in the way")
    with pytest.raises(FetchError, match="SNAPREVIEW_CACHE_DIR"):
        fetched(store)
    (web.cache_dir / PIXEL_HASH[:2]).unlink()


def test_an_image_that_has_moved_is_followed(store: HttpStore, server: Scripted) -> None:
    server.on(IMAGE_PATH, redirect("/elsewhere"))
    server.on("/elsewhere", reply(body=PIXEL))
    assert fetched(store) == PIXEL


def test_says_who_asks(store: HttpStore, server: Scripted) -> None:
    server.on(IMAGE_PATH, reply(body=PIXEL))
    fetched(store)
    assert server.requests[0].headers["User-Agent"].startswith("SnapReview/")
