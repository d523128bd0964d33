from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, IntegrityError
from snapreview.stores.atomic import write_whole
from snapreview.stores.cache import EMPTY_SHA256, ContentCache
from snapreview.stores.claims import Claims

DAY = 24 * 3600


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=50), max_size=5))
def test_gives_back_what_was_added(tmp_path_factory, chunks: list[bytes]) -> None:
    root = tmp_path_factory.mktemp("cache")
    data = b"".join(chunks)
    digest = sha256(data)
    assert ContentCache(root).get(digest) is None
    path = ContentCache(root).add(digest, chunks)
    assert path == ContentCache(root).get(digest) == root / digest[:2] / digest
    assert path.read_bytes() == data
    assert files(root) == [path]


def test_keeps_nothing_under_a_wrong_hash(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path)
    with pytest.raises(IntegrityError):
        cache.add(sha256(b"right"), [b"wrong"])
    assert cache.get(sha256(b"right")) is None
    assert files(tmp_path) == []


def test_keeps_nothing_of_a_body_that_breaks_off(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"ri"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        ContentCache(tmp_path).add(sha256(b"right"), broken())
    assert files(tmp_path) == []


def test_nobody_sees_a_file_before_it_is_whole(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path)

    def watched() -> Iterator[bytes]:
        yield b"ri"
        assert cache.get(sha256(b"right")) is None
        yield b"ght"

    cache.add(sha256(b"right"), watched())
    assert cache.get(sha256(b"right"))


def test_a_file_that_lost_its_bytes_is_not_served(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path)
    cache.add(sha256(b"data"), [b"data"]).write_bytes(b"")
    assert cache.get(sha256(b"data")) is None
    assert cache.add(sha256(b"data"), [b"data"]).read_bytes() == b"data"


def test_no_bytes_are_a_content_too(tmp_path: Path) -> None:
    cache = ContentCache(tmp_path)
    assert cache.add(EMPTY_SHA256, []) == cache.get(EMPTY_SHA256)


@pytest.mark.parametrize("name", ["", "../x", "A" * 64, "0" * 63, "0" * 64 + "\n", "/" * 64])
def test_refuses_what_is_no_hash(tmp_path: Path, name: str) -> None:
    cache = ContentCache(tmp_path)
    with pytest.raises(ValueError, match="SHA-256"):
        cache.get(name)
    with pytest.raises(ValueError, match="SHA-256"):
        cache.add(name, [])


def test_removes_what_a_killed_process_left_a_day_ago(tmp_path: Path) -> None:
    ContentCache(tmp_path)
    left = [tmp_path / "incoming" / name for name in (".old.part", ".new.part")]
    for path, age in zip(left, (DAY + 60, DAY - 3600), strict=True):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    ContentCache(tmp_path)
    assert files(tmp_path) == [left[1]]


def test_many_writers_of_the_same_contents(tmp_path: Path) -> None:
    """Each with a cache of its own, as processes have."""
    contents = [bytes([n]) * 1000 for n in range(8)]

    def add(n: int) -> bytes:
        data = contents[n % len(contents)]
        return ContentCache(tmp_path).add(sha256(data), [data[:500], data[500:]]).read_bytes()

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(add, range(160)))
    assert results == contents * 20
    assert sorted(p.name for p in files(tmp_path)) == sorted(map(sha256, contents))


def test_a_claim_is_held_by_one_at_a_time() -> None:
    claims, inside, most = Claims(), [], []

    def work(n: int) -> None:
        with claims.claim("key", CancelToken()):
            inside.append(n)
            most.append(len(inside))
            inside.remove(n)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(400)))
    assert most == [1] * 400


def test_claims_of_different_keys_do_not_wait_for_each_other() -> None:
    claims = Claims()
    with claims.claim("a", CancelToken()), claims.claim("b", CancelToken()):
        pass


def test_waiting_for_a_claim_ends_with_cancel() -> None:
    claims, token, waiting = Claims(), CancelToken(), Event()

    def wait() -> None:
        waiting.set()
        with claims.claim("key", token):
            raise AssertionError("claimed twice")

    with ThreadPoolExecutor(1) as pool, claims.claim("key", CancelToken()):
        second = pool.submit(wait)
        assert waiting.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            second.result()
    with claims.claim("key", CancelToken()):
        pass


@pytest.mark.skipif(os.name != "posix", reason="permissions are others there")
def test_new_files_have_the_users_own_permissions(tmp_path: Path) -> None:
    """Not the private ones of temporary files: a web server may have to read them."""
    (tmp_path / "plain").write_bytes(b"")
    write_whole(tmp_path / "whole", b"data")
    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "plain").stat().st_mode
