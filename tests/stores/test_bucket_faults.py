"""Every way in which a bucket's host can fail, each on a real connection.

The fixture `site` checks after each test that whatever is in the cache is what its name says.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    Cancelled,
    FetchError,
    ImageError,
    IntegrityError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.stores.bucket import BucketStore
from tests.buckets import KEYS
from tests.servers import closed_port, redirect, reply, scripted_server, silent_port
from tests.stores.fault_proxy import FaultProxy
from tests.stores.site import Site
from tests.stores.web import PIXEL, PIXEL_HASH, manifest_json

WHERE = {"static": f"one/{PIXEL_HASH}", "bare": "bare/a.png"}
PREFIX = {"static": "one", "bare": "bare"}


@pytest.fixture(params=WHERE)
def kind(request: pytest.FixtureRequest, site: Site) -> str:
    """A snapshot with one image, of either kind."""
    site.put("one/manifest.json", manifest_json(image_url="{content_hash}"))
    for key in WHERE.values():
        site.put(key, PIXEL)
    return request.param


@pytest.fixture
def proxy(site: Site) -> Iterator[FaultProxy]:
    with site.proxied() as standing:
        yield standing


@pytest.fixture
def image(kind: str, site: Site) -> str:
    """The request for the image, as scripts have it."""
    return f"GET /{site.name}/{WHERE[kind]}"


def fetched(store: BucketStore) -> bytes:
    record = store.manifest(CancelToken()).images["a.png"]
    return store.fetch(record, CancelToken()).read_bytes()


def code(name: str) -> bytes:
    return f"<Error><Code>{name}</Code><Message>m</Message></Error>".encode()


PASSING: dict[str, Callable] = {
    "reset at once": lambda proxy: [proxy.cut(0, by_reset=True)],
    "busy in other words": lambda proxy: [reply(503, code("SlowDown")), reply(500), reply(502)],
}


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes(
    site: Site, proxy: FaultProxy, kind: str, image: str, fault: str
) -> None:
    proxy.on(image, *PASSING[fault](proxy), None)
    assert fetched(site.store(PREFIX[kind])) == PIXEL


LASTING: dict[str, tuple[Callable, type[ImageError], str, int]] = {
    "cut short": (lambda proxy: proxy.cut(10), FetchError, "the connection broke off", 4),
    "reset": (lambda proxy: proxy.cut(0, by_reset=True), FetchError, "broke off", 4),
    "busy": (lambda proxy: reply(503, code("SlowDown")), FetchError, r"503 \(SlowDown\)", 4),
    "too many requests": (lambda proxy: reply(429), FetchError, "429", 4),
    "not there": (lambda proxy: reply(404, code("NoSuchKey")), FetchError, "not there", 1),
    "not allowed": (lambda proxy: reply(403, code("AccessDenied")), FetchError, "AccessDenied", 1),
    "not a status": (lambda proxy: reply(418), FetchError, "418", 1),
    "expired": (lambda proxy: reply(400, code("ExpiredToken")), FetchError, "Sign in again", 1),
    "elsewhere": (lambda proxy: reply(301, code("PermanentRedirect")), FetchError, "AWS_REGION", 1),
}


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told(
    site: Site, proxy: FaultProxy, kind: str, image: str, fault: str
) -> None:
    made, error, said, tries = LASTING[fault]
    proxy.on(image, made(proxy))
    with pytest.raises(error, match=said):
        fetched(site.store(PREFIX[kind]))
    assert proxy.paths().count(image) == tries
    assert site.cached_files() == []


def test_wrong_bytes_that_last_are_told(
    site: Site, proxy: FaultProxy, kind: str, image: str
) -> None:
    """Without a manifest nobody knows what is right: then it is what the bucket has each time."""
    proxy.on(image, proxy.altered(lambda body: body[::-1]))
    if kind == "static":
        with pytest.raises(IntegrityError, match="not those that its manifest promises"):
            fetched(site.store(PREFIX[kind]))
    else:
        assert fetched(site.store(PREFIX[kind])) == PIXEL[::-1]
    assert proxy.paths().count(image) == 2


def test_other_wrong_bytes_each_time_are_told(site: Site, proxy: FaultProxy, kind: str, image: str):
    proxy.on(image, *[proxy.altered(lambda body, n=n: body + b"x" * n) for n in (1, 2)])
    with pytest.raises(ImageError, match=r"manifest promises|other bytes each time"):
        fetched(site.store(PREFIX[kind]))


@pytest.mark.parametrize("length", [5, 500])
def test_a_wrong_length_is_told(
    site: Site, proxy: FaultProxy, kind: str, image: str, length: int
) -> None:
    proxy.on(image, proxy.altered(lambda body: (body * 20)[:length]))
    with pytest.raises(ImageError, match=r"manifest promises|written to meanwhile"):
        fetched(site.store(PREFIX[kind]))


def test_a_body_that_is_too_large_is_cut_off(site: Site, kind: str) -> None:
    with pytest.raises(FetchError, match="larger than 5 bytes"):
        fetched(site.store(PREFIX[kind], max_image_bytes=5))
    assert site.cached_files() == []


@pytest.mark.parametrize("sent", [0, 5])
def test_a_host_that_stops_answering_is_told(
    site: Site, proxy: FaultProxy, kind: str, image: str, sent: int
) -> None:
    proxy.on(image, proxy.stalled(sent))
    with pytest.raises(FetchError, match="stopped answering"):
        fetched(site.store(PREFIX[kind], read_seconds=0.2))
    assert proxy.paths().count(image) == 2
    assert site.cached_files() == []


def test_cancel_ends_a_wait(site: Site, proxy: FaultProxy, kind: str, image: str) -> None:
    arrived, token = Event(), CancelToken()
    proxy.on(image, proxy.stalled(5, arrived.set))
    store = site.store(PREFIX[kind], read_seconds=60.0)
    record = store.manifest(CancelToken()).images["a.png"]
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(store.fetch, record, token)
        assert arrived.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            waiting.result(10)
    proxy.released.set()
    assert proxy.paths().count(image) == 1
    assert site.cached_files() == []


def test_cancel_ends_a_listing(site: Site, proxy: FaultProxy) -> None:
    arrived, token = Event(), CancelToken()
    proxy.on(f"GET /{site.name}", proxy.stalled(0, arrived.set))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(site.store("x", read_seconds=60.0).manifest, token)
        assert arrived.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            waiting.result(10)
    proxy.released.set()


def test_another_host_that_is_sent_to_gets_no_signature(
    site: Site, proxy: FaultProxy, kind: str, image: str
) -> None:
    with scripted_server() as other:
        proxy.on(image, redirect(other.on("/x", reply(404))))
        with pytest.raises(FetchError):
            fetched(site.store(PREFIX[kind]))
        sent = "\n".join(str(seen.headers) for seen in other.requests)
    assert "user-agent" in sent
    assert "uthorization" not in sent
    assert KEYS["AWS_ACCESS_KEY_ID"] not in sent


@pytest.mark.xfail(reason="obstore follows by itself, and strips the signature only")
def test_another_host_that_is_sent_to_gets_no_session_token(
    site: Site, proxy: FaultProxy, kind: str, image: str
) -> None:
    """Alone it is of no use: it holds together with the secret key, which is never sent."""
    site.patch.setenv("AWS_SESSION_TOKEN", "planted-t0ken")
    with scripted_server() as other:
        proxy.on(image, redirect(other.on("/x", reply(404))))
        with pytest.raises(FetchError):
            fetched(site.store(PREFIX[kind]))
        assert other.requests
        assert "planted-t0ken" not in "\n".join(str(seen.headers) for seen in other.requests)


def told(site: Site, **settings: float) -> str:
    with pytest.raises(SourceError) as caught:
        site.store("x", **settings).manifest(CancelToken())
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in str(caught.value)
    assert KEYS["AWS_ACCESS_KEY_ID"] not in str(caught.value)
    return f"{type(caught.value).__name__}: {caught.value}"


@pytest.mark.parametrize(
    ("status", "error", "kind", "said"),
    [
        (403, "AccessDenied", SourceUnauthorised, "403 (AccessDenied)"),
        (403, "InvalidAccessKeyId", SourceUnauthorised, "does not know the access key"),
        (403, "SignatureDoesNotMatch", SourceUnauthorised, "secret key does not fit"),
        (400, "ExpiredToken", SourceUnauthorised, "credentials have expired"),
        (403, "RequestTimeTooSkewed", SourceError, "the clock of this computer is wrong"),
        (400, "AuthorizationHeaderMalformed", SourceError, "Set AWS_REGION"),
        (301, "PermanentRedirect", SourceError, "Set AWS_REGION"),
        (404, "NoSuchBucket", SourceNotFound, "no such bucket"),
        (503, "SlowDown", SourceUnreachable, "503 (SlowDown)"),
        (400, "Strange", SourceError, "400 (Strange)"),
    ],
)
def test_what_a_host_says_of_a_bucket_is_explained(
    site: Site, proxy: FaultProxy, status: int, error: str, kind: type[SourceError], said: str
) -> None:
    for path in (f"GET /{site.name}", f"GET /{site.name}/x/manifest.json"):
        proxy.on(path, reply(status, code(error)))
    explained = told(site)
    assert explained.startswith(f"{kind.__name__}: ")
    assert said in explained
    assert site.address("x") in explained


def test_the_region_that_a_host_names_is_passed_on(site: Site, proxy: FaultProxy) -> None:
    body = code("AuthorizationHeaderMalformed").replace(b"<M", b"<Region>eu-west-1</Region><M")
    proxy.on(f"GET /{site.name}/x/manifest.json", reply(400, body))
    assert "which is eu-west-1." in told(site)


def test_a_page_that_is_no_listing_is_told(site: Site, proxy: FaultProxy) -> None:
    proxy.on(f"GET /{site.name}", reply(body=b"<html><br>Sign in</html>"))
    assert "gives no list" in told(site)


def test_a_listing_that_breaks_off_is_begun_anew(site: Site, proxy: FaultProxy) -> None:
    site.put("x/a.png", PIXEL)
    proxy.on(f"GET /{site.name}", proxy.cut(100), reply(503), None)
    assert list(site.store("x").manifest(CancelToken()).images) == ["a.png"]


def test_a_closed_port_is_tried_again_and_told(site: Site) -> None:
    site.patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed_port()}")
    assert "refuses the connection" in told(site)
    assert len(site.waits) == 3


def test_a_host_where_connecting_hangs_is_told(site: Site) -> None:
    with silent_port() as port:
        site.patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        assert "does not answer" in told(site, connect_seconds=0.1, unreachable_seconds=0.2)


def test_a_name_that_does_not_exist_is_told(site: Site) -> None:
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    site.patch.setattr(socket, "getaddrinfo", unknown)
    site.patch.setenv("AWS_ENDPOINT_URL", "http://bucket.invalid")
    assert "bucket.invalid: its name cannot be found" in told(site)


def test_by_default_an_unreachable_host_is_told_within_15_seconds(site: Site) -> None:
    """On a clock of the test's own: each try takes as long as it may, each pause as long."""
    import time

    from snapreview.stores.settings import TransportSettings

    clock, usual = [0.0], TransportSettings()

    def connect(*args, **kwargs):
        clock[0] += usual.unreachable_seconds
        raise TimeoutError

    def pause(token: CancelToken, seconds: float) -> None:
        clock[0] += seconds

    site.patch.setattr(time, "monotonic", lambda: clock[0])
    site.patch.setattr(socket, "create_connection", connect)
    assert "does not answer" in told(site, backoff=usual.backoff, wait=pause)
    assert 0 < clock[0] < 15


def test_a_certificate_that_nobody_vouches_for_is_told(site: Site) -> None:
    from pathlib import Path

    with scripted_server(Path(__file__).parent / "tls") as other:
        site.patch.setenv("AWS_ENDPOINT_URL", other.url)
        explained = told(site)
    assert "cannot be trusted" in explained
    assert "AWS_CA_BUNDLE" in explained


def test_certificates_that_cannot_be_read_are_told(site: Site) -> None:
    site.patch.setenv("AWS_ENDPOINT_URL", site.s3.url.replace("http:", "https:"))
    site.patch.setenv("AWS_CA_BUNDLE", "/nowhere/ca.pem")
    assert "/nowhere/ca.pem cannot be read" in told(site)
