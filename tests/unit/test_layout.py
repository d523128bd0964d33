"""Where things lie in a store, and the list of what it has."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.errors import ManifestError
from snapreview.model.index_json import dump_index, parse_index
from snapreview.model.layout import (
    LayoutPlace,
    image_key,
    image_of,
    is_snapshot_id,
    layout_place,
    manifest_key,
    snapshot_of,
)
from snapreview.model.listing import Entry, newest_first

IDS = st.from_regex(r"[A-Za-z0-9._-]{1,12}", fullmatch=True).filter(is_snapshot_id)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
DATES = st.datetimes(timezones=st.none() | st.timezones()).map(lambda moment: moment.isoformat())


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    some = st.none() | TEXTS
    return Entry(
        id=draw(IDS),
        date=draw(DATES | st.sampled_from(["", "yesterday"])),
        sha=draw(some),
        branch=draw(some),
        base_sha=draw(some),
        base_branch=draw(some),
        app_id=draw(some),
        selective=draw(st.booleans()),
        count=draw(st.integers(0, 50_000)),
    )


LISTS = st.lists(entries(), max_size=5, unique_by=lambda entry: entry.id)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/a/snapshots/pr-7", ("/a", "pr-7")),
        ("/a/snapshots/pr-7/", ("/a", "pr-7")),
        ("/a/snapshots/pr-7/manifest.json", ("/a", "pr-7")),
        ("/a/snapshots", ("/a", None)),
        ("/a/snapshots/", ("/a", None)),
        ("/a/snapshots/index.json", ("/a", None)),
        ("snapshots/x", ("", "x")),
        ("/snapshots/x", ("", "x")),
        ("/snapshots/snapshots", ("", "snapshots")),
        ("/a/snapshots/snapshots/x", ("/a/snapshots", "x")),
        ("/a/snapshots/manifest.json", None),
        ("/a/mysnapshots/x", None),
        ("/a/snapshots/x/y", None),
        ("/a/snapshots/a b", None),
        ("/a/snapshots/..", None),
        ("/a/manifest.json", None),
        ("/a", None),
        ("", None),
        ("manifest.json", None),
    ],
)
def test_what_a_path_means(path: str, place: tuple[str, str | None] | None) -> None:
    assert layout_place(path) == (None if place is None else LayoutPlace(*place))


@given(st.text("/ab", max_size=9), IDS)
def test_a_snapshots_path_leads_back_to_it(root: str, snapshot: str) -> None:
    root = root.rstrip("/")
    key = manifest_key(snapshot)
    assert layout_place(f"{root}/{key}") == LayoutPlace(root, snapshot)
    assert snapshot_of(key) == snapshot


def test_keys_of_images() -> None:
    assert image_of(image_key("0" * 64)) == "0" * 64
    for name in ("images/abc", "images/" + "0" * 65, "images/a/" + "0" * 64, "other/" + "0" * 64):
        assert image_of(name) is None


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "index.json", "INDEX.json", "x" * 129, "ü"])
def test_what_no_snapshot_may_be_called(name: str) -> None:
    assert not is_snapshot_id(name)
    assert snapshot_of(f"snapshots/{name}/manifest.json") is None


@given(LISTS)
def test_a_list_survives_being_written_and_read(found: list[Entry]) -> None:
    assert parse_index(dump_index(found), "there") == newest_first(found)


@given(LISTS, st.randoms())
def test_the_order_does_not_depend_on_the_order_before(found: list[Entry], random) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert newest_first(shuffled) == newest_first(found)
    moments = [entry.moment for entry in newest_first(found)]
    assert moments == sorted(moments, reverse=True)


def test_dates_count_across_time_zones_and_without_one() -> None:
    dates = ("2026-03-01T12:00:00+02:00", "2026-03-01T11:00:00Z", "2026-03-01T10:30:00", "", "no")
    order = [entry.date for entry in newest_first(Entry(str(i), d) for i, d in enumerate(dates))]
    assert order == [dates[1], dates[2], dates[0], "", "no"]


def index(*snapshots: object, **fields: object) -> bytes:
    return json.dumps({"snapshots": list(snapshots), **fields}).encode()


def test_what_is_not_known_is_ignored() -> None:
    data = index({"id": "a", "colour": "red"}, version=2)
    assert parse_index(data, "there") == (Entry("a"),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        index({}),
        index({"id": "../x"}),
        index({"id": "a", "count": -1}),
        index({"id": "a", "count": "7"}),
        index({"id": "a", "branch": "x" * 256}),
        index({"id": "a"}, {"id": "a"}),
        b'{"snapshots": [], "x": "' + b"x" * 64 * 1024 * 1024 + b'"}',
    ],
    ids=range(11),
)
def test_what_is_no_list_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(ManifestError, match=r"of snapshots at there is not usable .* rebuild it"):
        parse_index(data, "there")


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_anything_else_is_refused_too(data: bytes) -> None:
    with pytest.raises(ManifestError):
        parse_index(data, "there")
