"""The cache stays below its limit, and keeps what is in use."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.errors import OptionsError
from snapreview.stores.cache import ContentCache
from snapreview.stores.eviction import DEFAULT_BYTES, cache_limit, clear, kept_files
from snapreview.stores.leases import FRESH_SECONDS, Lease, alone

DAY = 86_400
SIZE = 100


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content(number: int) -> bytes:
    return f"{number:0{SIZE}}".encode()


class Kept:
    """A cache of numbered contents; the number is the age in days."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.images = root / "images"
        self.cache = ContentCache(self.images)

    def add(self, *days: int) -> None:
        for number in days:
            path = self.cache.add(sha256(content(number)), [content(number)])
            moment = time.time() - number * DAY
            os.utime(path, (moment, moment))

    def get(self, number: int) -> Path | None:
        return self.cache.get(sha256(content(number)))

    def left(self) -> set[int]:
        return {int(file.path.read_text()) for file in kept_files((self.images,))}

    def clear(self, limit: int) -> int:
        return clear(self.root, (self.images,), limit).files


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_what_was_unused_longest_goes_first(kept: Kept) -> None:
    kept.add(1, 5, 2, 9, 4)
    assert kept.clear(4 * SIZE) == 2, "ten percent of room are made"
    assert kept.left() == {1, 2, 4}


def test_below_the_limit_nothing_goes(kept: Kept) -> None:
    kept.add(1, 400)
    assert kept.clear(2 * SIZE) == 0
    assert kept.left() == {1, 400}


def test_using_makes_young(kept: Kept) -> None:
    kept.add(1, 5, 9)
    assert kept.get(9)
    kept.clear(2 * SIZE)
    assert kept.left() == {9}


def test_what_an_open_comparison_uses_stays(kept: Kept) -> None:
    kept.add(3, 5, 9)
    with Lease(kept.root):
        assert kept.get(9)
        assert kept.clear(0) == 2
        assert kept.left() == {9}
    assert kept.clear(0) == 1


def test_what_comes_in_meanwhile_stays_too(kept: Kept) -> None:
    with Lease(kept.root):
        kept.add(0)
        assert kept.clear(0) == 0


@pytest.fixture
def other(kept: Kept) -> Iterator[subprocess.Popen[str]]:
    """Another process that has a comparison open."""
    program = (
        "import sys, pathlib; from snapreview.stores.leases import Lease;"
        "lease = Lease(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(kept.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def test_another_process_s_use_counts_until_it_is_killed(
    kept: Kept, other: subprocess.Popen[str]
) -> None:
    kept.add(5)
    assert kept.get(5), "which it might as well have done itself"
    assert kept.clear(0) == 0
    other.kill()
    other.wait()
    assert kept.clear(0) == 1
    assert not list((kept.root / "leases").iterdir()), "what the dead left is gone"


def test_one_that_is_used_while_it_is_cleared_stays(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at its age and its removal."""
    kept.add(3, 9)
    replace = Path.replace

    def used_meanwhile(path: Path, target: Path) -> Path:
        if path.name == sha256(content(9)):
            os.utime(path)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", used_meanwhile)
    with Lease(kept.root):
        assert kept.clear(0) == 1
    assert kept.left() == {9}


def test_two_at_once_do_not_disturb_each_other(kept: Kept) -> None:
    kept.add(5)
    with alone(kept.root / "clearing.lock") as mine:
        assert mine
        assert clear(kept.root, (kept.images,), 0).skipped
    assert kept.left() == {5}


def test_other_files_are_left_alone(kept: Kept) -> None:
    kept.add(5)
    note = kept.images / "ab" / "note.txt"
    note.parent.mkdir()
    note.write_text("mine")
    kept.clear(0)
    assert note.exists()


def test_each_use_is_not_a_write(kept: Kept) -> None:
    kept.add(0)
    path = kept.get(0)
    moment = time.time() - FRESH_SECONDS / 2
    os.utime(path, (moment, moment))
    kept.get(0)
    assert path.stat().st_mtime == pytest.approx(moment, abs=1)


@given(
    ages=st.lists(st.integers(1, 300), unique=True, max_size=12),
    limit=st.integers(0, 1500),
)
def test_rules(tmp_path_factory: pytest.TempPathFactory, ages: list[int], limit: int) -> None:
    kept = Kept(tmp_path_factory.mktemp("cache"))
    kept.add(*ages)
    kept.clear(limit)
    left = kept.left()
    assert len(left) * SIZE <= limit
    assert all(age > max(left, default=0) for age in set(ages) - left)
    if len(ages) * SIZE <= limit:
        assert left == set(ages)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("", DEFAULT_BYTES),
        ("800 MB", 800_000_000),
        ("2gb", 2_000_000_000),
        ("1.5k", 1500),
        ("0", 0),
    ],
)
def test_the_limit_can_be_set(text: str, limit: int) -> None:
    assert cache_limit({"SNAPREVIEW_CACHE_SIZE": text}) == limit


@pytest.mark.parametrize("text", ["much", "-1", "5 PB", "1e9"])
def test_what_is_no_size_is_told(text: str) -> None:
    with pytest.raises(OptionsError, match="SNAPREVIEW_CACHE_SIZE"):
        cache_limit({"SNAPREVIEW_CACHE_SIZE": text})
