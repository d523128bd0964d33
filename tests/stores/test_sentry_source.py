"""How snapshots of Sentry are written, and what of it is which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.errors import SourceError
from snapreview.stores.sentry_source import (
    App,
    Role,
    SentryPlace,
    api_origin,
    implied_pair,
    is_sentry_source,
    latest_base,
    place_of,
)
from snapreview.stores.sentry_token import sentry_token_origins

OWN = "https://sentry.example.com"


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("https://acme.sentry.io/preprod/snapshots/12/", "sentry:acme/12"),
        ("https://acme.sentry.io/preprod/snapshots/12", "sentry:acme/12"),
        (
            "https://acme.sentry.io/preprod/snapshots/12/?selectedSnapshot=a%2Fb.png&view=list#top",
            "sentry:acme/12",
        ),
        ("  HTTPS://Acme.Sentry.IO/preprod/snapshots/12/ ", "sentry:acme/12"),
        ("https://sentry.io/organizations/acme/preprod/snapshots/12/", "sentry:acme/12"),
        ("https://acme.sentry.io/organizations/acme/preprod/snapshots/12/", "sentry:acme/12"),
        (
            "https://de.sentry.io/organizations/acme/preprod/snapshots/12/",
            "sentry:acme/12@de.sentry.io",
        ),
        ("http://acme.sentry.io/preprod/snapshots/12/", "sentry:acme/12"),
        (f"{OWN}/organizations/acme/preprod/snapshots/12/", "sentry:acme/12@sentry.example.com"),
        (
            "http://localhost:9000/organizations/acme/preprod/snapshots/12/?view=solo",
            "sentry:acme/12@http://localhost:9000",
        ),
        (
            "https://me:secret@sentry.example.com/organizations/acme/preprod/snapshots/12/",
            "sentry:acme/12@sentry.example.com",
        ),
        (
            "https://acme.sentry.io/preprod/snapshots/web/com.acme.app/",
            "sentry:acme/web/com.acme.app",
        ),
        (
            "https://acme.sentry.io/preprod/snapshots/latest-base/web/com.acme.app/?branch=a%40b",
            "sentry:acme/web/com.acme.app?branch=a%40b",
        ),
        ("sentry:acme/12", "sentry:acme/12"),
        ("SENTRY:acme/12", "sentry:acme/12"),
        ("sentry:acme/12@sentry.io", "sentry:acme/12"),
        ("sentry:acme/12@Sentry.Example.com:8443", "sentry:acme/12@sentry.example.com:8443"),
        ("sentry:acme/12:base@sentry.example.com", "sentry:acme/12:base@sentry.example.com"),
        ("sentry:acme/12:latest", "sentry:acme/12:latest"),
        (
            "sentry:acme/web/a%2Fb%40c@sentry.example.com",
            "sentry:acme/web/a%2Fb%40c@sentry.example.com",
        ),
    ],
)
def test_what_is_recognised(source: str, short: str) -> None:
    assert is_sentry_source(source)
    assert place_of(source).text == short
    assert place_of(short).text == short


@pytest.mark.parametrize(
    "source",
    [
        "https://cdn.example.com/preprod/snapshots/12",  # a static store's ROOT/snapshots/ID
        "https://cdn.example.com/preprod/snapshots/12/manifest.json",
        "https://acme.sentry.io/issues/12/",
        "https://acme.sentry.io.example.com/preprod/snapshots/12/",
        "https://a.b.sentry.io/preprod/snapshots/12/",
        "https://sentry.io/preprod/snapshots/12/",
        "ftp://acme.sentry.io/preprod/snapshots/12/",
        "/tmp/sentry/acme/12",
        "git:sentry@12",
        "",
    ],
)
def test_what_is_something_else(source: str) -> None:
    assert not is_sentry_source(source)
    assert implied_pair(source) is latest_base(source) is api_origin(source) is None
    with pytest.raises(SourceError):
        place_of(source)


@pytest.mark.parametrize(
    "source",
    [
        "sentry:",
        "sentry:acme",
        "sentry:acme/",
        "sentry:acme/x",
        "sentry:acme/12:old",
        "sentry:acme/-1",
        "sentry:acme/१२",
        "sentry:../12",
        "sentry:a%2Fb/12",
        "sentry:acme/web/app/more",
        "sentry:acme/web/",
        "sentry:acme/w%2Fb/app",
        f"sentry:acme/web/{'a' * 256}",
        "sentry:acme/web/a%0Ab",
        "sentry:acme/12@",
        "sentry:acme/12@host/path",
        "sentry:acme/12@host?query",
        "sentry:acme/12@ftp://host",
        "sentry:acme/12@me:s3cret@host",
        "sentry:acme/12@http://me:s3cret@host",
        "https://acme.sentry.io/preprod/snapshots/12/s3cret/x",
        "https://acme.sentry.io/organizations/a%20b/preprod/snapshots/12/",
    ],
)
def test_what_is_not_complete_is_told_without_quoting_it(source: str) -> None:
    assert is_sentry_source(source)
    with pytest.raises(SourceError, match="sentry:ORG/ID") as error:
        place_of(source)
    assert "s3cret" not in str(error.value)
    assert implied_pair(source) is None


def test_a_page_alone_is_a_comparison() -> None:
    page = "https://sentry.example.com/organizations/acme/preprod/snapshots/12/"
    head = "sentry:acme/12@sentry.example.com"
    assert implied_pair(page) == ("sentry:acme/12:base@sentry.example.com", head)
    assert implied_pair(head) == implied_pair(page)
    assert latest_base(page) == "sentry:acme/12:latest@sentry.example.com"
    assert latest_base("sentry:acme/12:base") == "sentry:acme/12:latest"


def test_what_is_a_base_already_has_none() -> None:
    assert implied_pair("sentry:acme/12:base") is None
    assert implied_pair("sentry:acme/web/com.acme.app") is None
    assert latest_base("sentry:acme/web/com.acme.app") is None


def test_whose_api_is_asked() -> None:
    assert api_origin("https://acme.sentry.io/preprod/snapshots/12/") == "https://sentry.io"
    assert api_origin("sentry:acme/12@http://localhost:9000") == "http://localhost:9000"


SLUGS = st.from_regex(r"[A-Za-z0-9_-]{1,20}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
HOSTS = st.sampled_from(["", "@sentry.example.com", "@http://localhost:9000", "@us.sentry.io"])


@given(SLUGS, st.integers(0, 10**20 - 1), st.sampled_from(Role), HOSTS)
def test_a_snapshot_is_written_as_it_is_read(org: str, number: int, role: Role, host: str) -> None:
    source = f"sentry:{org}/{number}{':' if role.value else ''}{role.value}{host}"
    assert place_of(source).text == source


@given(SLUGS, SLUGS, WORDS, st.just("") | WORDS, HOSTS)
def test_an_app_is_written_as_it_is_read(
    org: str, project: str, app_id: str, branch: str, host: str
) -> None:
    root = place_of(f"sentry:acme/1{host}").root
    place = SentryPlace(root, org, app=App(project, app_id, branch))
    assert place_of(place.text) == place


@given(st.text(max_size=60))
def test_whatever_follows_is_a_place_or_a_sentence(text: str) -> None:
    try:
        place = place_of(f"sentry:{text}")
    except SourceError:
        return
    assert place_of(place.text) == place


PAGES = [
    "https://acme.sentry.io/preprod/snapshots/12/",
    "sentry:acme/12@us.sentry.io",
    f"{OWN}/organizations/acme/preprod/snapshots/12/",
    "sentry:acme/12@http://sentry.io",
    "sentry:acme/12@evil-sentry.io",
    "https://snapshots.example.com/snapshots/1",
]


def test_the_token_of_other_tools_goes_to_sentry_io() -> None:
    origins = {"https://sentry.io", "https://us.sentry.io"}
    assert sentry_token_origins(PAGES, {}) == origins


@pytest.mark.parametrize("named", [OWN, "sentry.example.com", f"{OWN}/", f" {OWN}:443/ "])
def test_or_to_the_sentry_that_they_name(named: str) -> None:
    assert sentry_token_origins(PAGES, {"SENTRY_URL": named}) == {OWN}


def test_or_nowhere() -> None:
    assert sentry_token_origins(PAGES, {"SENTRY_URL": "https://else.example.com"}) == set()
    assert sentry_token_origins(PAGES, {"SENTRY_URL": "ftp://x"}) == set()
