from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.stores.addresses import BadAddress, origin_of, parse_address, shown_source


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://Example.COM/x", "https://example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://example.com:443/", "http://example.com:443"),
        ("http://127.0.0.1:8000/a?b#c", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("https://user:pass@example.com/", "https://example.com"),
        ("https://good.example@evil.example/", "https://evil.example"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
        ("  https://example.com  ", "https://example.com"),
        ("cdn.example.com", "https://cdn.example.com"),
    ],
)
def test_the_origin_of_an_address(text: str, origin: str) -> None:
    assert origin_of(text) == origin


@pytest.mark.parametrize(
    "text",
    ["ftp://a/", "file:///a", "https://", "http:///a", "http://a\\@b/", "http://a\nb/", "http://["],
)
def test_what_is_no_web_address(text: str) -> None:
    with pytest.raises(BadAddress):
        parse_address(text)


def test_the_fragment_is_left_out() -> None:
    assert parse_address("https://a.example/x?y=1#z").url == "https://a.example/x?y=1"


SECRET_PARAMETERS = ["token", "X-Amz-Signature", "sig", "X-Goog-Credential", "api_key", "AUTH"]


@pytest.mark.parametrize("name", SECRET_PARAMETERS)
def test_what_looks_like_a_secret_is_not_shown(name: str) -> None:
    address = parse_address(f"https://me:hidden@a.example/m.json?version=2&{name}=hidden")
    assert address.shown == "https://a.example/m.json?version=2"
    assert "me:" not in repr(address)
    assert name in address.url


def test_an_address_without_secrets_is_shown_as_it_is() -> None:
    text = "https://a.example/a%20b/m.json?x=%2F&y"
    assert parse_address(text).shown == text


def test_a_reference_is_read_as_a_browser_does() -> None:
    here = parse_address("https://a.example/snapshots/one/manifest.json")
    assert here.join("../../images/x").url == "https://a.example/images/x"
    assert here.join("//b.example/x").origin == "https://b.example"


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse_address("https://" + text)
    except BadAddress:
        return
    assert parse_address(address.url) == address.__class__(
        address.url, address.origin, address.host, address.port
    )
    assert "@" not in address.url.split("/")[2]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("/srv/a@2x", "/srv/a@2x"),
        ("C:/a@2x", "C:/a@2x"),
        ("file:///a/b@2x.png", "file:///a/b@2x.png"),
        ("file://localhost/a/b@2x", "file://localhost/a/b@2x"),
        ("file://mia:secret@host/b@2x", "file://host/b@2x"),
        (" https://mia:secret@host/a@2x ", "https://host/a@2x"),
        ("https://host/a?sig=secret&page=1", "https://host/a?page=1"),
        ("https://mia:secret@", "https://"),
        ("https://mia:se/cret@host:x/b?token=secret", "https://host:x/b"),
        ("https:/mia:secret@host/b", "https:/host/b"),
        ("sftp://mia:secret@host/b", "sftp://host/b"),
        ("git:/home/mia/app@main", "git:/home/mia/app@main"),
        ("git:/srv/app@acme/ui@1.4.0:shots", "git:/srv/app@acme/ui@1.4.0:shots"),
        ("git:https://mia:secret@host/app@main", "git:https://host/app@main"),
    ],
)
def test_what_of_a_source_may_be_shown(given: str, shown: str) -> None:
    assert shown_source(given) == shown
