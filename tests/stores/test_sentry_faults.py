"""What Sentry refuses, in sentences; and what must not be believed of what it answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    FetchError,
    IntegrityError,
    ManifestError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from tests.servers import Reply, reply
from tests.stores.sentry_double import (
    CI_TOKEN,
    SentryDouble,
    Shot,
    answered,
    png,
    said,
    sentry_double,
    sha,
)
from tests.stores.sentry_visitor import Visitor

ONE, TWO = png(1), png(2)


@pytest.fixture
def double() -> Iterator[SentryDouble]:
    with sentry_double() as made:
        made.upload(Shot("1", {"a.png": ONE}, vcs={"head_ref": "main"}))
        made.upload(Shot("2", {"a.png": TWO, "b.png": ONE}, "1"))
        yield made


@pytest.fixture
def visitor(double: SentryDouble, tmp_path: Path) -> Iterator[Visitor]:
    made = Visitor(double, tmp_path)
    yield made
    made.close()


def fetched(visitor: Visitor, *replies: Reply, **options: Any) -> Path:
    """The image a.png of snapshot 2, asked for when the next answers are `replies`."""
    store = visitor.store(visitor.double.page("2"), **options)
    record = store.manifest(CancelToken()).images["a.png"]
    visitor.double.then(*replies)
    return store.fetch(record, CancelToken())


def test_evicted_and_never_there_are_told_apart(double: SentryDouble, visitor: Visitor) -> None:
    double.evicted = {"2"}
    with pytest.raises(SourceNotFound, match=r"no longer at .* for 30 days\. Upload it again"):
        visitor.read(double.page("2"))
    with pytest.raises(SourceNotFound, match="has no snapshot 9 of acme, or your token may not"):
        visitor.read(double.page("9"))
    with pytest.raises(SourceNotFound, match="has no snapshot 2 of other, or your token may not"):
        visitor.read(double.page("2").replace("acme", "other"))


def test_without_a_token_or_with_a_wrong_one(double: SentryDouble, visitor: Visitor) -> None:
    for token in ("", "wrong"):
        with pytest.raises(SourceUnauthorised, match="SENTRY_AUTH_TOKEN") as error:
            visitor.read(double.page("2"), token=token)
        assert error.value.origin == double.url
        assert f"snapreview login {double.url}" in str(error.value)


def test_an_unfinished_upload(double: SentryDouble, visitor: Visitor) -> None:
    double.then(said(404, "Snapshot metrics not found"))
    with pytest.raises(SourceNotFound, match="not uploaded to its end"):
        visitor.read(double.page("2"))


def test_a_server_that_does_not_offer_it(double: SentryDouble, visitor: Visitor) -> None:
    double.then(said(403, "Feature not enabled"))
    with pytest.raises(SourceError, match="does not offer snapshots") as error:
        visitor.read(double.page("2"))
    assert not isinstance(error.value, SourceUnauthorised)


def test_a_token_of_ci_that_may_not_read_images(double: SentryDouble, visitor: Visitor) -> None:
    assert fetched(visitor, token=CI_TOKEN).read_bytes() == TWO
    double.ci_reads_images = False
    store = visitor.store(double.page("2"), token=CI_TOKEN)
    record = store.manifest(CancelToken()).images["b.png"]
    with pytest.raises(FetchError, match="tokens made for CI"):
        store.fetch(record, CancelToken())


def test_an_evicted_image_is_that_images_fault(double: SentryDouble, visitor: Visitor) -> None:
    del double.contents[sha(TWO)]
    with pytest.raises(FetchError, match=r"a\.png.*404.*30 days. Upload it again"):
        fetched(visitor)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (409, "not ready with snapshot 2 of acme yet"),
        (429, "asked too often now"),
        (500, "fails at snapshot 2 .* removed after 30 days"),
        (503, "out of order"),
    ],
)
def test_what_does_not_pass_is_told(
    double: SentryDouble, visitor: Visitor, status: int, sentence: str
) -> None:
    double.then(*[said(status, "whatever")] * 10)
    with pytest.raises(SourceUnreachable, match=sentence):
        visitor.read(double.page("2"))
    assert len(double.requests) == (1 if status == 409 else 4)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "login"),
        (409, "not ready yet"),
        (429, "asked too often now"),
        (503, "Try again"),
    ],
)
def test_of_an_image_too(
    double: SentryDouble, visitor: Visitor, status: int, sentence: str
) -> None:
    with pytest.raises(FetchError, match=sentence) as error:
        fetched(visitor, *[said(status, "whatever")] * 10)
    assert "a.png" in str(error.value)
    assert "whatever" not in str(error.value)


def test_what_passes_is_waited_for(visitor: Visitor) -> None:
    passing = said(503, "down"), said(500, "Internal server error")
    assert fetched(visitor, *passing).read_bytes() == TWO


def test_retry_after_is_honoured(double: SentryDouble, visitor: Visitor) -> None:
    fetched(visitor, said(429, "too fast", wait="7"))
    assert visitor.waits == [7.0]


def test_sentrys_own_word_for_it_too(double: SentryDouble, visitor: Visitor) -> None:
    """In seconds since 1970; what is past is over, and what is nonsense is not believed."""
    for moment in ("4102444800", "1", "soon", "nan"):
        double.then(reply(429, b"", x_sentry_rate_limit_reset=moment))
        visitor.read(double.page("2"))
    assert visitor.waits == [60.0, 0.0, 0.0, 0.0]


def test_the_limits_are_kept_by_waiting(double: SentryDouble, visitor: Visitor) -> None:
    double.per_second = {"details": 1, "images": 2}
    images = {f"{shade}.png": png(shade) for shade in range(10)}
    store = visitor.store(double.upload(Shot("3", images)))
    for name, record in store.manifest(CancelToken()).images.items():
        assert store.fetch(record, CancelToken()).read_bytes() == images[name]
    assert visitor.waits == [1.0] * 4


def test_wrong_bytes_for_good_are_never_kept(visitor: Visitor) -> None:
    with pytest.raises(IntegrityError, match="their hash differs"):
        fetched(visitor, *[reply(body=b"other bytes")] * 2)
    cached = [path for path in visitor.files() if len(path.name) == 64]
    assert [path.name for path in cached if path.parent.name != "manifests"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Sign in</html>",
        b"[]",
        b"",
        b"[" * 100_000,
        b'{"head_artifact_id": "2", "project_id": "42", "diff_threshold": NaN}',
    ],
    ids=["page", "list", "empty", "deep", "nan"],
)
def test_what_is_no_snapshot(double: SentryDouble, visitor: Visitor, body: bytes) -> None:
    double.then(reply(body=body, content_type="application/json"))
    with pytest.raises(ManifestError) as error:
        visitor.read(double.page("2"))
    assert "Sign in" not in str(error.value)
    assert visitor.read(double.page("2")).images, "nothing of it is kept"


def image(**fields: Any) -> dict[str, Any]:
    known = {"key": sha(ONE), "image_file_name": "a.png", "width": 1, "height": 1}
    return {**known, **fields}


@pytest.mark.parametrize(
    "changes",
    [
        {"project_id": "../../../evil"},
        {"project_id": "42/files"},
        {"project_id": None},
        {"head_artifact_id": "../1"},
        {"head_artifact_id": "3"},
        {"base_artifact_id": "1/../../x"},
        {"diff_threshold": 1.0},
        {"diff_threshold": -0.1},
        {"image_count": -1},
        {"image_count": 3},
        {"app_id": "x" * 256},
        {"vcs_info": {"head_sha": "x" * 256}},
        {"vcs_info": []},
        {"added": {}},
        {"unchanged": [image(image_file_name=f"{n}.png") for n in range(50_001)]},
        {"added": [image(image_file_name="../evil.png")]},
        {"added": [image(image_file_name="/etc/passwd")]},
        {"added": [image(image_file_name="C:\\x.png")]},
        {"added": [image(image_file_name="a\0.png")]},
        {"added": [image(image_file_name="manifest.json")]},
        {"added": [image(image_file_name="")]},
        {"added": [image(image_file_name="\ud800.png")]},
        {"added": [image(image_file_name="a.png", key=sha(ONE))]},
        {"added": [image(image_file_name="c.png", width=-1)]},
        {"added": [image(image_file_name="c.png", height=2**31)]},
        {"added": [image(image_file_name="c.png", width="wide")]},
        {"added": [image(image_file_name="c.png", diff_threshold=1.0)]},
        {"added": [image(image_file_name="c.png", group=["x"])]},
        {"changed": [{"head_image": image(), "base_image": image(), "diff": 1.5}]},
        {"changed": [{"base_image": image()}]},
    ],
    ids=lambda changes: json.dumps(changes)[:60],
)
def test_hostile_answers_are_refused(
    double: SentryDouble, visitor: Visitor, changes: dict[str, Any]
) -> None:
    assert len(visitor.read(double.page("2")).images) == 2
    double.changes = changes
    with pytest.raises(ManifestError) as error:
        visitor.read(double.page("2"))
    assert str(error.value).isprintable()
    assert len(double.requests) == 2, "and nobody was asked for more"


def test_the_bases_names_are_checked_too(double: SentryDouble, visitor: Visitor) -> None:
    removed = {**image(), "image_file_name": "../evil.png"}
    details = double.details(double.shots["2"])
    double.then(answered({**details, "removed": [removed]}))
    with pytest.raises(ManifestError, match="evil"):
        visitor.read(double.short("2:base"))


def test_addresses_in_answers_are_not_asked(double: SentryDouble, visitor: Visitor) -> None:
    double.changes = {"image_url": "https://evil.invalid/", "images": [image(image_url="/evil")]}
    store = visitor.store(double.page("1"))
    record = store.manifest(CancelToken()).images["a.png"]
    assert store.fetch(record, CancelToken()).read_bytes() == ONE
    assert "evil" not in "".join(double.paths())
    assert "image_url" not in record.extra


def test_a_list_that_never_ends_is_left(double: SentryDouble, visitor: Visitor) -> None:
    builds = json.loads(body_of(double))
    pages = [
        answered(builds, link=f'<x>; rel="next"; results="true"; cursor="0:{page}:0"')
        for page in range(1, 50)
    ]
    double.then(*pages)
    assert {entry.id for entry in visitor.store(double.page("2")).recent(CancelToken())} == {
        "1",
        "2",
    }
    assert len(double.requests) == 20


@pytest.mark.parametrize("cursor", ["a b", "../x", "&project=1", "", "x" * 201])
def test_a_cursor_that_is_none_ends_the_list(
    double: SentryDouble, visitor: Visitor, cursor: str
) -> None:
    link = f'<x>; rel="next"; results="true"; cursor="{cursor}"'
    double.then(answered(json.loads(body_of(double)), link=link))
    visitor.store(double.page("2")).recent(CancelToken())
    assert len(double.requests) == 1


def test_a_server_without_a_list(double: SentryDouble, visitor: Visitor) -> None:
    double.then(said(404, "Not found"))
    with pytest.raises(SourceError, match="does not list"):
        visitor.store(double.page("2")).recent(CancelToken())


def body_of(double: SentryDouble) -> str:
    info = {"app_id": "x", "date_added": None}
    counted = {"image_count": 1}
    return json.dumps(
        [
            {"id": shot, "app_info": info, "snapshot_comparison_info": counted}
            for shot in double.shots
        ]
    )


def test_what_is_cached_is_what_was_uploaded(double: SentryDouble, visitor: Visitor) -> None:
    path = fetched(visitor)
    assert path.name == hashlib.sha256(path.read_bytes()).hexdigest() == sha(TWO)
