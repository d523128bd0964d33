"""A planted token goes to Sentry's own origin, and appears nowhere."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import IntegrityError, SnapReviewError
from snapreview.stores.credentials import SENTRY_VARIABLE, Credentials
from tests.keychains import MemoryKeyring, keychain_of, no_keychain
from tests.servers import Reply, redirect, reply, reset, scripted_server
from tests.stores.sentry_double import (
    TOKEN,
    SentryDouble,
    Shot,
    answered,
    png,
    said,
    sentry_double,
    sha,
)
from tests.stores.sentry_visitor import Visitor

ONE = png(1)


@pytest.fixture
def double() -> Iterator[SentryDouble]:
    with sentry_double() as made:
        made.upload(Shot("1", {"a.png": ONE}))
        yield made


@pytest.fixture
def visitor(double: SentryDouble, tmp_path: Path) -> Iterator[Visitor]:
    made = Visitor(double, tmp_path)
    yield made
    made.close()


def sent(double: SentryDouble) -> set[str | None]:
    return {seen.authorisation for seen in double.requests}


def test_every_request_bears_it(double: SentryDouble, visitor: Visitor) -> None:
    store = visitor.store(double.page("1"))
    store.fetch(store.manifest(CancelToken()).images["a.png"], CancelToken())
    store.recent(CancelToken())
    assert len(double.requests) == 3
    assert sent(double) == {f"Bearer {TOKEN}"}


def test_it_does_not_follow_to_a_storage_elsewhere(double: SentryDouble, visitor: Visitor) -> None:
    with scripted_server() as storage:
        storage.on(f"/{sha(ONE)}", reply(body=ONE))
        double.storage = storage.url
        store = visitor.store(double.page("1"))
        path = store.fetch(store.manifest(CancelToken()).images["a.png"], CancelToken())
        assert path.read_bytes() == ONE
        assert [seen.authorisation for seen in storage.requests] == [None]


def test_what_a_storage_elsewhere_gives_is_checked(double: SentryDouble, visitor: Visitor) -> None:
    with scripted_server() as storage:
        storage.on(f"/{sha(ONE)}", reply(body=b"other bytes"))
        double.storage = storage.url
        store = visitor.store(double.page("1"))
        record = store.manifest(CancelToken()).images["a.png"]
        with pytest.raises(IntegrityError):
            store.fetch(record, CancelToken())


def test_another_sentry_does_not_get_the_environments(
    double: SentryDouble, visitor: Visitor
) -> None:
    environ = {SENTRY_VARIABLE: TOKEN}
    origins = [double.url], (), no_keychain(), ["https://sentry.io"]
    with pytest.raises(SnapReviewError):
        visitor.read(double.page("1"), credentials=Credentials(environ, *origins))
    assert sent(double) == {None}


def test_the_keychain_is_asked_once_sentry_has_refused(
    double: SentryDouble, visitor: Visitor
) -> None:
    keychain = keychain_of(MemoryKeyring({double.url: TOKEN}))
    tokens = Credentials({}, [double.url], keychain=keychain)
    assert visitor.read(double.page("1"), credentials=tokens).images
    assert [seen.authorisation for seen in double.requests] == [None, f"Bearer {TOKEN}"]


FAULTS = {
    "refused": [said(401, TOKEN)],
    "forbidden": [said(403, f"not for {TOKEN}")],
    "gone": [said(404, f"Snapshot {TOKEN} not found")],
    "busy": [said(503, TOKEN)] * 4,
    "not ready": [said(409, TOKEN)],
    "broken": [reset(TOKEN.encode() * 10, 5)] * 4,
    "page": [reply(body=f"<html>{TOKEN}".encode())],
    "fields": [answered({"head_artifact_id": TOKEN, "project_id": TOKEN})],
    "names": [
        answered(
            {"head_artifact_id": 1, "project_id": 1, "images": [{"display_name": f"/{TOKEN}"}]}
        )
    ],
    "redirect": [redirect(f"ftp://{TOKEN}")],
}


@pytest.mark.parametrize("replies", FAULTS.values(), ids=FAULTS.keys())
def test_no_error_log_or_file_shows_it(
    double: SentryDouble, visitor: Visitor, caplog: pytest.LogCaptureFixture, replies: list[Reply]
) -> None:
    """Even where a host repeats it."""
    caplog.set_level(logging.DEBUG)
    double.then(*replies)
    store = visitor.store(double.page("1"))
    with pytest.raises(SnapReviewError) as error:
        store.manifest(CancelToken())
    shown = "".join(traceback.format_exception(error.value)) + repr(error.value) + caplog.text
    assert TOKEN not in shown
    assert TOKEN not in store.source
    store.fetch(store.manifest(CancelToken()).images["a.png"], CancelToken())
    files = visitor.files()
    assert files
    assert not [path for path in files if TOKEN.encode() in path.read_bytes() + bytes(path)]


def test_a_snapshot_that_repeats_it_is_not_kept(double: SentryDouble, visitor: Visitor) -> None:
    double.shots["1"].metadata = {"a.png": {"description": f"made with {TOKEN}"}}
    visitor.read(double.page("1"))
    assert not [path for path in visitor.files() if TOKEN.encode() in path.read_bytes()]
