"""Tokens go to their own origin only, and appear nowhere."""

from __future__ import annotations

import json
import logging
import traceback
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    FetchError,
    ManifestError,
    SnapReviewError,
    SourceError,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.stores.credentials import Credentials
from tests.keychains import MemoryKeyring, keychain_of
from tests.leaks import (
    BASIC,
    BEARER,
    assert_clean,
    assert_error_is_clean,
    assert_no_file_has_it,
    debug_everything,
    logged_by_us,
    with_userinfo,
)
from tests.leaks import TOKEN as TOKEN_WITH_SIGNS
from tests.servers import Scripted, closed_port, redirect, reply, reset, scripted_server
from tests.stores.web import IMAGE_PATH, MANIFEST_PATH, PIXEL, Web, manifest_json, record

SECRET = "s3cr3t-t0k3n"
TOKEN = {"SNAPREVIEW_TOKEN": SECRET}
TLS = Path(__file__).parent / "tls"


def headers(server: Scripted) -> list[str | None]:
    return [seen.authorisation for seen in server.requests]


@pytest.mark.parametrize("variable", ["SNAPREVIEW_TOKEN", "SNAPREVIEW_TOKEN_127_0_0_1"])
def test_the_token_goes_along_with_every_request(server: Scripted, web: Web, variable: str) -> None:
    server.on(MANIFEST_PATH, reply(body=manifest_json()))
    server.on(IMAGE_PATH, reply(body=PIXEL))
    store = web.store(server.url + MANIFEST_PATH, environ={variable: SECRET})
    store.manifest(CancelToken())
    store.fetch(record(), CancelToken())
    assert headers(server) == [f"Bearer {SECRET}"] * 2


def test_a_redirect_within_the_origin_carries_the_token(server: Scripted, web: Web) -> None:
    server.on("/old.json", redirect(MANIFEST_PATH))
    server.on(MANIFEST_PATH, reply(body=manifest_json()))
    web.store(f"{server.url}/old.json", environ=TOKEN).manifest(CancelToken())
    assert headers(server) == [f"Bearer {SECRET}"] * 2


@pytest.mark.parametrize("variable", ["SNAPREVIEW_TOKEN", "SNAPREVIEW_TOKEN_127_0_0_1"])
def test_a_redirect_to_another_port_does_not_carry_the_token_and_the_way_back_does(
    server: Scripted, web: Web, variable: str
) -> None:
    with scripted_server() as other:
        url = server.on("/old.json", redirect(f"{other.url}/there"))
        other.on("/there", redirect(f"{server.url}{MANIFEST_PATH}"))
        server.on(MANIFEST_PATH, reply(body=manifest_json()))
        web.store(url, environ={variable: SECRET}).manifest(CancelToken())
        assert headers(other) == [None]
        assert headers(server) == [f"Bearer {SECRET}"] * 2


def test_images_of_another_origin_are_fetched_without_the_token(server: Scripted, web: Web) -> None:
    with scripted_server() as images:
        template = f"{images.url}/images/{{content_hash}}"
        url = server.on(MANIFEST_PATH, reply(body=manifest_json(image_url=template)))
        images.on(IMAGE_PATH, reply(body=PIXEL))
        store = web.store(url, environ=TOKEN, allow=[images.url])
        store.manifest(CancelToken())
        store.fetch(record(), CancelToken())
        assert headers(images) == [None]


def test_a_refused_host_gets_the_keychains_token_and_keeps_it(server: Scripted, web: Web) -> None:
    backend = MemoryKeyring({server.url: SECRET})

    def guarded(handler) -> None:
        known = handler.headers.get("Authorization") == f"Bearer {SECRET}"
        (reply(body=manifest_json()) if known else reply(401))(handler)

    tokens = Credentials({}, keychain=keychain_of(backend))
    store = web.store(server.on(MANIFEST_PATH, guarded), credentials=tokens)
    assert store.manifest(CancelToken()).images
    assert store.manifest(CancelToken()).images
    assert headers(server) == [None, f"Bearer {SECRET}", f"Bearer {SECRET}"]
    assert backend.asked == [("snapreview", server.url)]


def test_a_public_host_never_opens_the_keychain(server: Scripted, web: Web) -> None:
    backend = MemoryKeyring({server.url: SECRET})
    url = server.on(MANIFEST_PATH, reply(body=manifest_json()))
    tokens = Credentials({}, keychain=keychain_of(backend))
    web.store(url, credentials=tokens).manifest(CancelToken())
    assert backend.asked == []


def test_netrc_and_cookies_are_not_used(
    server: Scripted, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server.on(MANIFEST_PATH, reply(body=manifest_json(), set_cookie="id=1; Path=/"))
    server.on(IMAGE_PATH, reply(body=PIXEL))
    store = web.store(server.url + MANIFEST_PATH)
    store.manifest(CancelToken())
    store.fetch(record(), CancelToken())
    assert headers(server) == [None, None]
    assert "Cookie" not in server.requests[-1].headers


def test_user_name_and_password_in_the_address_go_to_its_origin_and_are_not_shown(
    server: Scripted, web: Web
) -> None:
    server.on(MANIFEST_PATH, reply(body=manifest_json()))
    place = server.url.removeprefix("http://")
    store = web.store(f"http://me%40home:{SECRET}@{place}{MANIFEST_PATH}")
    manifest = store.manifest(CancelToken())
    expected = b64encode(f"me@home:{SECRET}".encode()).decode()
    assert headers(server) == [f"Basic {expected}"]
    assert store.source == manifest.source == server.url + MANIFEST_PATH


def test_a_password_in_the_address_does_not_cross_a_redirect(server: Scripted, web: Web) -> None:
    with scripted_server() as other:
        server.on("/a.json", redirect(f"{other.url}/b.json"))
        other.on("/b.json", reply(body=manifest_json()))
        place = server.url.removeprefix("http://")
        web.store(f"http://me:{SECRET}@{place}/a.json").manifest(CancelToken())
        assert len(headers(server)) == 1
        assert headers(other) == [None]


def test_a_password_in_a_redirect_or_an_image_url_is_not_used(server: Scripted, web: Web) -> None:
    place = f"http://me:{SECRET}@{server.url.removeprefix('http://')}"
    url = server.on("/a.json", redirect(f"{place}/b.json"))
    server.on("/b.json", reply(body=manifest_json(image_url=f"{place}/{{content_hash}}")))
    with pytest.raises(ManifestError, match="user name or password") as error:
        web.store(url).manifest(CancelToken())
    assert headers(server) == [None, None]
    assert SECRET not in str(error.value)


def test_a_name_and_a_password_in_the_keychain_are_sent_as_such(server: Scripted, web: Web) -> None:
    backend = MemoryKeyring({server.url: f"me:{SECRET}"})
    server.on(MANIFEST_PATH, reply(401), reply(body=manifest_json()))
    tokens = Credentials({}, keychain=keychain_of(backend))
    store = web.store(server.url + MANIFEST_PATH, credentials=tokens)
    assert store.manifest(CancelToken()).images
    expected = b64encode(f"me:{SECRET}".encode()).decode()
    assert headers(server) == [None, f"Basic {expected}"]


def test_a_token_that_was_given_is_used_at_once(server: Scripted, web: Web) -> None:
    """Also where another one was refused before."""
    keychain = keychain_of(MemoryKeyring({server.url: "old"}))
    server.on(MANIFEST_PATH, reply(body=manifest_json()))
    server.on(IMAGE_PATH, reply(403), reply(403), reply(403), reply(body=PIXEL))
    tokens = Credentials(TOKEN, [server.url], keychain=keychain)
    store = web.store(server.url + MANIFEST_PATH, credentials=tokens)
    store.manifest(CancelToken())
    with pytest.raises(FetchError, match=f"snapreview login {server.url}"):
        store.fetch(record(), CancelToken())
    assert keychain.refused == (server.url,)
    keychain.give(server.url, "new")
    assert keychain.refused == ()
    assert store.fetch(record(), CancelToken()).read_bytes() == PIXEL
    sent = [SECRET, SECRET, "old", "old", "new"]
    assert headers(server) == [f"Bearer {token}" for token in sent]


@pytest.mark.parametrize("header", ["etag", "last_modified"])
@pytest.mark.parametrize("spell", [str, quote], ids=["plain", "quoted"])
def test_a_manifest_whose_host_repeats_the_token_is_not_kept(
    server: Scripted, web: Web, header: str, spell
) -> None:
    secret = f"{SECRET}/+"
    said = {header: f'"{spell(secret)}"'}
    url = server.on(MANIFEST_PATH, reply(body=manifest_json(), **said))
    assert web.store(url, environ={"SNAPREVIEW_TOKEN": secret}).manifest(CancelToken()).images
    assert not web.manifests_dir.exists()
    server.on(MANIFEST_PATH, reply(body=manifest_json(), **{header: '"harmless"'}))
    assert web.store(url, environ=TOKEN).manifest(CancelToken()).images
    assert web.manifests_dir.exists()


ECHOES = {
    "plain": SECRET,
    "header": f"Bearer%20{SECRET}",
    "encoded": quote(f"{SECRET}/=+", safe=""),
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES.keys())
def test_what_a_host_repeats_of_the_token_is_not_told(
    server: Scripted, web: Web, echo: str
) -> None:
    token = f"{SECRET}/=+" if "%2F" in echo else SECRET
    with scripted_server() as other:
        path = f"/to/{echo}"
        url = server.on(MANIFEST_PATH, redirect(other.url + path))
        other.on(path, reply(403))
        with pytest.raises(SourceUnauthorised) as error:
            web.store(url, environ={"SNAPREVIEW_TOKEN": token}).manifest(CancelToken())
        assert headers(other) == [None]
        assert error.value.origin == other.url
    shown = "".join(traceback.format_exception(error.value))
    assert SECRET not in shown
    assert f"{other.url}/to/" in shown


FAULTS = {
    "refused": [reply(401)],
    "busy": [reply(503)],
    "no JSON": [reply(body=b"<html>")],
    "not there": [reply(404)],
    "broken": [reset(b"x" * 100, 5)],
    "bad redirect": [redirect("ftp://elsewhere")],
}


@pytest.mark.parametrize("replies", FAULTS.values(), ids=FAULTS.keys())
def test_no_error_and_no_log_shows_a_secret(
    server: Scripted, web: Web, caplog: pytest.LogCaptureFixture, replies
) -> None:
    caplog.set_level(logging.INFO)
    place = server.url.removeprefix("http://")
    path = f"/a.json?X-Amz-Signature={SECRET}&version=3"
    server.on(path, *replies)
    for url, environ in (
        (f"http://me:{SECRET}@{place}{path}", {}),
        (f"http://{place}{path}", TOKEN),
        (f"http://127.0.0.1:{closed_port()}{path}", TOKEN),
    ):
        store = web.store(url, environ=environ)
        with pytest.raises(SnapReviewError) as error:
            store.manifest(CancelToken())
        shown = "".join(traceback.format_exception(error.value)) + caplog.text + store.source
        assert SECRET not in shown
        assert "version=3" in store.source


@pytest.mark.parametrize(
    "replies",
    [
        *FAULTS.values(),
        [redirect(f"/to/{quote(TOKEN_WITH_SIGNS, safe='')}"), reply(403)],
        [redirect(f"http://127.0.0.1:1/{TOKEN_WITH_SIGNS}?next={TOKEN_WITH_SIGNS}")],
        [reply(body=json.dumps({"images": {TOKEN_WITH_SIGNS: TOKEN_WITH_SIGNS}}).encode())],
        [reply(body=json.dumps({"images": TOKEN_WITH_SIGNS}).encode())],
        [reply(body=TOKEN_WITH_SIGNS.encode())],
    ],
)
@pytest.mark.parametrize("way", ["variable", "address"])
def test_no_part_of_any_error_shows_a_secret(
    server: Scripted, web: Web, caplog: pytest.LogCaptureFixture, replies, way: str
) -> None:
    """Also where the host repeats it."""
    debug_everything(caplog)
    url = server.on("/a.json", *replies)
    server.on(f"/to/{quote(TOKEN_WITH_SIGNS, safe='')}", reply(403))
    given = with_userinfo(url) if way == "address" else url
    store = web.store(given, environ={"SNAPREVIEW_TOKEN": TOKEN_WITH_SIGNS}, attempts=1)
    with pytest.raises(SnapReviewError) as error:
        store.manifest(CancelToken())
    assert server.requests[0].authorisation in (BASIC, BEARER)
    assert_error_is_clean(error.value)
    assert_clean("a log", logged_by_us(caplog))
    assert_clean("a store", store.source, repr(store), repr(vars(store)))
    assert_no_file_has_it(web.cache_dir.parent)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_from_https_to_http_is_refused(
    web: Web, monkeypatch: pytest.MonkeyPatch, server: Scripted, status: int
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(TLS / "certificate.pem"))
    with scripted_server(TLS) as secure:
        secure.on("/a.json", redirect(f"{server.url}/b.json", status))
        with pytest.raises(SourceError, match="not encrypted"):
            web.store(f"{secure.url}/a.json").manifest(CancelToken())
    assert server.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(web: Web) -> None:
    with scripted_server(TLS) as secure:
        secure.on("/a.json", reply(body=manifest_json()))
        with pytest.raises(SourceUnreachable, match="REQUESTS_CA_BUNDLE"):
            web.store(f"{secure.url}/a.json", environ=TOKEN).manifest(CancelToken())
        assert secure.requests == []
    assert web.waits == []


def test_a_certificate_that_the_user_vouches_for_is_taken(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(TLS / "certificate.pem"))
    with scripted_server(TLS) as secure:
        secure.on("/a.json", reply(body=manifest_json()))
        assert web.store(f"{secure.url}/a.json").manifest(CancelToken()).images


def test_a_missing_file_of_certificates_is_told(
    web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with scripted_server(TLS) as secure, pytest.raises(SourceError, match="REQUESTS_CA_BUNDLE"):
        web.store(f"{secure.url}/a.json").manifest(CancelToken())


def test_this_computer_is_asked_without_a_proxy(
    server: Scripted, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    url = server.on(MANIFEST_PATH, reply(body=manifest_json()))
    assert web.store(url).manifest(CancelToken()).images


def test_other_hosts_are_asked_through_the_proxy(
    server: Scripted, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is the proxy's business: it is not even looked up here."""
    monkeypatch.setenv("http_proxy", server.url)
    url = "http://snapshots.invalid/one/manifest.json"
    server.on(url, reply(body=manifest_json()))
    assert web.store(url, environ=TOKEN).manifest(CancelToken()).source == url
    assert headers(server) == [f"Bearer {SECRET}"]


def test_a_proxy_that_is_down_is_told(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries' own text for this has the whole address in it."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    store = web.store(f"http://snapshots.invalid/one/manifest.json?sig={SECRET}")
    with pytest.raises(SourceUnreachable, match="proxy") as error:
        store.manifest(CancelToken())
    assert SECRET not in "".join(traceback.format_exception(error.value))
