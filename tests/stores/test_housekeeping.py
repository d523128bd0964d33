"""Removing snapshots from a store: what goes, what stays, and what faults leave."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, PublishError, SourceError, SourceNotFound
from snapreview.model.index_json import parse_index
from snapreview.model.layout import INDEX_KEY, image_key, manifest_key
from snapreview.model.listing import Entry
from snapreview.stores import folder_root
from snapreview.stores.folder_root import FolderRoot
from snapreview.stores.housekeeping import Keeping, Tidied, delete_snapshots, expired, prune
from snapreview.stores.index import rebuild_index
from snapreview.stores.publish import PublishRequest, publish
from tests.stores.shelves import (
    DAY,
    Killed,
    MemoryRoot,
    assert_whole,
    images_in,
    manifest,
    memory,
    on_disk,
    sha256,
    snapshots_in,
)

TOKEN = CancelToken()


def key_of(content: str) -> str:
    return image_key(sha256(content.encode()))


def listed(root: MemoryRoot) -> set[str]:
    return {entry.id for entry in parse_index(root.keys_by_name[INDEX_KEY][0], "")}


def test_of_two_snapshots_that_share_an_image_it_stays() -> None:
    root = memory({"one": ["both", "only one"], "two": ["both", "only two"]})
    tidied = delete_snapshots(root, ["one"], TOKEN)
    assert tidied == Tidied(("one",), images=1, size=len("only one"))
    assert images_in(root) == {"both", "only two"}
    assert snapshots_in(root) == listed(root) == {"two"}


def test_in_a_folder(tmp_path: Path) -> None:
    folder = on_disk(memory({"one": ["both", "only one"], "two": ["both"]}, "orphan"), tmp_path)
    root = FolderRoot(folder)
    rebuild_index(root, TOKEN)
    assert delete_snapshots(root, ["one"], TOKEN).images == 1
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    expected = {key_of("both"), key_of("orphan"), manifest_key("two"), INDEX_KEY}
    assert left == expected | {"snapshots/.index.json.lock"}
    assert not (folder / "snapshots" / "one").exists()


def test_one_that_is_not_there_and_nothing_goes() -> None:
    root = memory({"one": ["a"], "two": ["b"]})
    before = dict(root.keys_by_name)
    with pytest.raises(SourceNotFound, match="no snapshot “none” in memory"):
        delete_snapshots(root, ["one", "none"], TOKEN)
    assert root.keys_by_name == before


def test_all_of_them_each_once() -> None:
    root = memory({"one": ["a"], "two": ["a", "b"]})
    assert delete_snapshots(root, ["two", "one", "two"], TOKEN).snapshots == ("two", "one")
    assert images_in(root) == snapshots_in(root) == listed(root) == set()


def test_images_younger_than_a_day_stay() -> None:
    for age, left in ((DAY - 60, {"a"}), (DAY + 60, set())):
        root = memory({"one": ["a"]}, age=age)
        tidied = delete_snapshots(root, ["one"], TOKEN)
        assert images_in(root) == left
        assert (tidied.images, tidied.young) == (1 - len(left), len(left))


@pytest.mark.parametrize("damage", [b"{", b"", manifest(["a"]).replace(b"content_hash", b"hash")])
def test_while_a_manifest_cannot_be_read_all_images_stay(damage: bytes) -> None:
    root = memory({"one": ["a"], "two": ["b"]}, "orphan")
    root.keys_by_name[manifest_key("bad")] = damage, time.time() - 9 * DAY
    tidied = delete_snapshots(root, ["one"], TOKEN)
    assert (tidied.snapshots, tidied.images) == (("one",), 0)
    assert list(tidied.damaged) == [manifest_key("bad")]
    assert prune(root, Keeping(days=0), TOKEN).images == 0
    assert images_in(root) == {"a", "b", "orphan"}
    assert snapshots_in(root) == {"bad"}


def test_a_damaged_snapshot_can_be_removed_and_its_images_are_pruned() -> None:
    root = memory({"one": ["a"], "bad": ["b"]})
    root.keys_by_name[manifest_key("bad")] = b"{", time.time()
    assert delete_snapshots(root, ["bad"], TOKEN) == Tidied(("bad",))
    assert prune(root, Keeping(last=9), TOKEN).images == 1
    assert (images_in(root), snapshots_in(root)) == ({"a"}, {"one"})


def test_what_cannot_be_deleted_is_told_and_the_rest_goes() -> None:
    root = memory({"one": ["a", "b", "c"], "two": ["d"], "three": ["e"]})
    root.stuck = {key_of("b"), manifest_key("two")}
    tidied = delete_snapshots(root, ["one", "two"], TOKEN)
    assert set(tidied.failed) == root.stuck
    assert "is stuck" in tidied.failed[key_of("b")]
    assert (tidied.snapshots, tidied.images) == (("one",), 2)
    assert images_in(root) == {"b", "d", "e"}, "what stays needs its images"
    assert listed(root) == snapshots_in(root) == {"two", "three"}


def test_a_dry_run_tells_the_same_and_removes_nothing() -> None:
    root = memory({"one": ["a", "both"], "two": ["both"], "three": ["c"]}, "orphan")
    root.keys_by_name[key_of("new")] = b"new", time.time()
    before = dict(root.keys_by_name)
    for work in (
        lambda dry: delete_snapshots(root, ["one"], TOKEN, dry_run=dry),
        lambda dry: prune(root, Keeping(last=1), TOKEN, dry_run=dry),
    ):
        told = work(True)
        assert root.keys_by_name == before
        assert work(False) == told
        assert told.images > 0
        root.keys_by_name = dict(before)


def test_pruning_removes_what_nothing_refers_to() -> None:
    root = memory({"one": ["a"]}, "orphan")
    root.keys_by_name["images/notes.txt"] = b"mine", 0.0
    root.keys_by_name["other/" + "0" * 64] = b"mine", 0.0
    assert prune(root, Keeping(days=30), TOKEN) == Tidied(images=1, size=6)
    assert images_in(root) == {"a", "mine"}
    assert "other/" + "0" * 64 in root.keys_by_name


def test_where_nothing_was_published_nothing_is_pruned() -> None:
    root = memory({}, "of something else")
    with pytest.raises(SourceNotFound, match="is no store"):
        prune(root, Keeping(last=0), TOKEN)
    assert images_in(root) == {"of something else"}
    with pytest.raises(SourceNotFound, match="is no store"):
        rebuild_index(root, TOKEN)
    assert INDEX_KEY not in root.keys_by_name


DATED = [Entry(f"s{day}", f"2026-03-{day:02}") for day in range(1, 11)]
NOW = Entry("now", "2026-03-11").moment


@pytest.mark.parametrize(
    ("keeping", "left"),
    [
        (Keeping(last=3), ["s8", "s9", "s10"]),
        (Keeping(last=0), []),
        (Keeping(last=99), [entry.id for entry in DATED]),
        (Keeping(days=2.5), ["s9", "s10"]),
        (Keeping(days=2.5, last=4), ["s7", "s8", "s9", "s10"]),
        (Keeping(days=5, last=1), ["s6", "s7", "s8", "s9", "s10"]),
    ],
)
def test_what_is_kept(keeping: Keeping, left: list[str]) -> None:
    gone = {entry.id for entry in expired(DATED, keeping, NOW)}
    assert [entry.id for entry in DATED if entry.id not in gone] == left


def test_a_folder_that_cannot_be_read_stops_it_all(tmp_path: Path) -> None:
    folder = on_disk(memory({"one": ["a"]}), tmp_path)
    (folder / "snapshots" / "two").symlink_to("two")
    with pytest.raises(SourceError, match="two” cannot be read"):
        delete_snapshots(FolderRoot(folder), ["one"], TOKEN)
    assert (folder / key_of("a")).exists()
    assert (folder / manifest_key("one")).exists()


def test_a_snapshot_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    folder = on_disk(memory({"one": ["a"]}), tmp_path / "root")
    (folder / "snapshots" / "latest").symlink_to("one")
    tidied = delete_snapshots(FolderRoot(folder), ["latest"], TOKEN)
    assert "is a link to another place" in tidied.failed[manifest_key("latest")]
    assert (folder / manifest_key("one")).is_file()
    assert (folder / key_of("a")).is_file()


def test_cancelled_on_the_way_all_is_whole() -> None:
    root = memory({f"s{n}": [f"{n}", f"{n + 1}"] for n in range(30)})
    token = CancelToken()
    real = root.delete

    def delete(name: str, _: CancelToken, before: float | None = None) -> bool:
        if name.startswith("images/"):
            token.cancel()
        return real(name, _, before)

    root.delete = delete
    with pytest.raises(Cancelled):
        delete_snapshots(root, [f"s{n}" for n in range(29)], token)
    assert_whole(root)
    assert snapshots_in(root) == listed(root) == {"s29"}


CONTENTS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4, unique=True)
STORES = st.dictionaries(st.sampled_from([f"s{n}" for n in range(6)]), CONTENTS, min_size=1)


@st.composite
def doings(draw: st.DrawFn) -> Callable[[MemoryRoot], object]:
    if draw(st.booleans()):
        keeping = Keeping(draw(st.none() | st.floats(0, 9)), draw(st.integers(0, 4)))
        return lambda root: prune(root, keeping, TOKEN)
    number = draw(st.integers(1, 6))
    return lambda root: delete_snapshots(root, sorted(snapshots_in(root))[:number], TOKEN)


@settings(max_examples=100, deadline=None)
@given(STORES, doings(), st.none() | st.integers(0, 14), st.sets(st.sampled_from("abcd")))
def test_no_image_that_a_manifest_refers_to_is_ever_deleted(
    shots: dict[str, list[str]],
    doing: Callable[[MemoryRoot], object],
    killed_after: int | None,
    stuck: set[str],
) -> None:
    root = memory(shots, "orphan")
    rebuild_index(root, TOKEN)
    before = snapshots_in(root)
    root.stuck = {key_of(content) for content in stuck}
    root.left = killed_after
    try:
        doing(root)
    except Killed:
        pass
    else:
        assert listed(root) == snapshots_in(root)
    root.left = None
    assert_whole(root)
    assert listed(root) <= snapshots_in(root) <= before, "what is listed is there"
    root.stuck.clear()
    prune(root, Keeping(last=99), TOKEN)
    needed = {content for name in snapshots_in(root) for content in shots[name]}
    assert images_in(root) == needed, "the next run clears what the killed one left"
    assert listed(root) == snapshots_in(root)


def test_a_publish_that_relies_on_an_old_image_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs while housekeeping has chosen the image already: whoever comes first, it is there."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.png").write_bytes(b"a")
    folder = on_disk(memory({"old": ["a"]}), tmp_path / "root")
    real = folder_root._removed_if_old
    published = []

    def beside(path: Path, before: float) -> bool:
        if not published:
            published.append(publish(files, folder, PublishRequest("new"), CancelToken()))
        return real(path, before)

    monkeypatch.setattr(folder_root, "_removed_if_old", beside)
    tidied = delete_snapshots(FolderRoot(folder), ["old"], TOKEN)
    assert (tidied.images, tidied.young) == (0, 1)
    assert (folder / key_of("a")).read_bytes() == b"a"


def test_made_young_in_the_very_moment_it_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = tmp_path / "images" / ("0" * 64)
    image.parent.mkdir()
    image.write_bytes(b"x")
    os.utime(image, (0, 0))
    real = Path.replace

    def touched_first(self: Path, target: Path) -> Path:
        if self == image:
            assert folder_root.young_again(image)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", touched_first)
    assert not FolderRoot(tmp_path).delete(f"images/{'0' * 64}", TOKEN, time.time() - DAY)
    assert image.read_bytes() == b"x"


def test_what_is_gone_already_is_as_good_as_removed(tmp_path: Path) -> None:
    root = FolderRoot(tmp_path)
    assert root.delete("images/none", TOKEN)
    assert root.delete("images/none", TOKEN, time.time())


def test_a_file_that_cannot_be_removed_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "images" / "folder").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"cannot be removed .*\. Check"):
        FolderRoot(tmp_path).delete("images/folder", TOKEN)
