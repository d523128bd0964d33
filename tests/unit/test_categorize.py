"""Which images of two snapshots belong together: Sentry's rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.categorize import categorize, merge_renames
from snapreview.model.change import Change, Status
from snapreview.model.manifest import Hint, ImageRecord, Manifest

NAMES = st.sampled_from([f"{folder}{base}.png" for folder in ("", "x/", "y/") for base in "abcd"])
CONTENTS = st.sampled_from([None, "1", "2", "3"])


def manifest(images: dict[str, str | None], **fields: object) -> Manifest:
    return Manifest("", {n: ImageRecord(n, content) for n, content in images.items()}, **fields)


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    images = draw(st.dictionaries(NAMES, CONTENTS, max_size=10))
    declared = draw(st.none() | st.frozensets(NAMES))
    selective = declared is not None or draw(st.booleans())
    return manifest(images, selective=selective, all_image_file_names=declared)


def statuses(base: Manifest, head: Manifest) -> dict[str, str]:
    return {row.name: row.status.value for row in categorize(base, head)}


def test_names_match_and_equal_content_is_unchanged() -> None:
    base = manifest({"equal": "1", "other": "2", "unknown": None, "gone": "5"})
    head = manifest({"equal": "1", "other": "3", "unknown": None, "new": "6"})
    assert statuses(base, head) == {
        "equal": "unchanged",
        "other": "pending",
        "unknown": "pending",
        "gone": "removed",
        "new": "added",
    }


def test_equal_hints_prove_and_others_do_not() -> None:
    record = ImageRecord("a", hint=Hint("git", "1"))
    base = Manifest("", {"a": record})
    for hint, status in [
        (Hint("git", "1"), "unchanged"),
        (Hint("git", "2"), "pending"),
        (Hint("etag", "1"), "pending"),
        (None, "pending"),
    ]:
        assert statuses(base, Manifest("", {"a": replace(record, hint=hint)})) == {"a": status}


def test_hashes_count_more_than_hints() -> None:
    base = Manifest("", {"a": ImageRecord("a", "1", Hint("git", "x"))})
    head = Manifest("", {"a": ImageRecord("a", "2", Hint("git", "x"))})
    assert statuses(base, head) == {"a": "pending"}


def test_a_selective_head_removes_nothing() -> None:
    base = manifest({"a": "1", "b": "2"})
    assert statuses(base, manifest({"a": "1"}, selective=True)) == {
        "a": "unchanged",
        "b": "skipped",
    }


def test_what_a_head_declares_is_skipped_and_the_rest_is_removed() -> None:
    base = manifest({"a": "1", "b": "2", "c": "3"})
    declared = frozenset({"a", "b", "elsewhere"})
    head = manifest({"a": "1"}, selective=True, all_image_file_names=declared)
    assert statuses(base, head) == {"a": "unchanged", "b": "skipped", "c": "removed"}


def test_only_the_flags_of_the_head_matter() -> None:
    base = manifest({"a": "1"}, selective=True, all_image_file_names=frozenset({"a"}))
    assert statuses(base, manifest({"b": "2"})) == {"a": "removed", "b": "added"}


def test_a_rename_is_one_row_with_both_images() -> None:
    (row,) = categorize(manifest({"old": "1"}), manifest({"new": "1"}))
    assert row == Change(
        "new", Status.RENAMED, ImageRecord("old", "1"), ImageRecord("new", "1"), previous_name="old"
    )


def test_a_removed_name_is_tried_before_a_skipped_one() -> None:
    """Though the skipped one is more similar."""
    base = manifest({"zzz": "1", "new1": "1"})
    head = manifest({"new": "1"}, selective=True, all_image_file_names=frozenset({"new", "new1"}))
    rows = {row.name: row for row in categorize(base, head)}
    assert rows["new"].previous_name == "zzz"
    assert rows["new1"].status is Status.SKIPPED


def test_a_skipped_name_may_be_renamed() -> None:
    base = manifest({"old": "1", "other": "2"})
    (renamed, skipped) = categorize(base, manifest({"new": "1"}, selective=True))
    assert (renamed.status, renamed.previous_name) == (Status.RENAMED, "old")
    assert (skipped.name, skipped.status) == ("other", Status.SKIPPED)


def test_hashes_may_come_late() -> None:
    rows = categorize(manifest({"old": None}), manifest({"new": "1"}))
    assert [row.status for row in rows] == [Status.ADDED, Status.REMOVED]
    assert merge_renames(rows) == rows
    late = [replace(row, base=replace(row.base, sha256="1")) if row.base else row for row in rows]
    (row,) = merge_renames(late)
    assert (row.name, row.status, row.previous_name) == ("new", Status.RENAMED, "old")


@given(manifests(), manifests())
def test_every_name_occurs_once_and_pairs_have_equal_content(
    base: Manifest, head: Manifest
) -> None:
    rows = categorize(base, head)
    assert Counter(r.head.name for r in rows if r.head) == Counter(list(head.images))
    assert Counter(r.base.name for r in rows if r.base) == Counter(list(base.images))
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        if row.status in {Status.RENAMED, Status.UNCHANGED}:
            assert row.base is not None
            assert row.head is not None
            assert row.base.same_content(row.head)
        if row.status is Status.RENAMED:
            assert (row.name, row.previous_name) == (row.head.name, row.base.name)


@given(manifests(), manifests())
def test_a_selective_head_never_removes_beyond_its_declaration(
    base: Manifest, head: Manifest
) -> None:
    removed = {row.name for row in categorize(base, head) if row.status is Status.REMOVED}
    if head.all_image_file_names is not None:
        assert not removed & head.all_image_file_names
    elif head.selective:
        assert not removed


@given(manifests(), manifests(), st.randoms())
def test_the_order_of_the_images_does_not_matter(base: Manifest, head: Manifest, random) -> None:
    def shuffled(one: Manifest) -> Manifest:
        return replace(one, images=dict(random.sample(list(one.images.items()), len(one.images))))

    def by_name(rows: list[Change]) -> list[Change]:
        return sorted(rows, key=lambda row: row.name)

    assert by_name(categorize(base, head)) == by_name(categorize(shuffled(base), shuffled(head)))
