"""Manifests as JSON: three generations, their limits, and every way to get one wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model import manifest_json
from snapreview.model.errors import ManifestError
from snapreview.model.manifest import ImageRecord, Manifest, VcsInfo
from snapreview.model.manifest_json import described_record, dump_manifest, parse_manifest
from snapreview.model.names import name_fault

SOURCE = "https://example.com/snapshots/1"
A, B, C = "a" * 64, "b" * 64, "c" * 64


def entry(**fields: Any) -> dict[str, Any]:
    return {"content_hash": A, "width": 3, "height": 4} | fields


def parsed(document: object) -> Manifest:
    return parse_manifest(json.dumps(document).encode(), SOURCE)


def one(name: str = "a.png", /, **fields: Any) -> ImageRecord:
    """The only record of a manifest whose only entry has these fields."""
    (record,) = parsed({"images": {name: entry(**fields)}}).images.values()
    return record


def fault(document: object) -> str:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(ManifestError) as caught:
        parse_manifest(data, SOURCE)
    said = str(caught.value)
    assert SOURCE in said
    assert said.endswith(".")
    return said


# Generations.


def test_the_newest_generation_has_names_for_keys() -> None:
    record = one("dir/a.png", display_name="A", group="g", description="d", diff_threshold=0.25)
    assert record == ImageRecord(
        "dir/a.png",
        sha256=A,
        width=3,
        height=4,
        display_name="A",
        group="g",
        description="d",
        diff_threshold=0.25,
        tags={},
        extra={},
    )


def test_the_generations_before_have_hashes_for_keys() -> None:
    images = {
        A: {"image_file_name": "b.png", "width": 1, "height": 1},
        B: {"file_name": "a.png", "display_name": "A", "width": 1, "height": 1},
        C: {"file_name": None, "display_name": "c.png", "width": 1, "height": 1},
        "new.png": entry(),
    }
    found = parsed({"images": images}).images
    assert {name: record.sha256 for name, record in found.items()} == {
        "a.png": B,
        "b.png": A,
        "c.png": C,
        "new.png": A,
    }
    assert list(found) == sorted(found)


def test_a_hash_inside_makes_it_the_newest_generation_whatever_else_is_there() -> None:
    record = one("a.png", image_file_name="other.png", file_name="another.png")
    assert (record.name, record.sha256) == ("a.png", A)


def test_a_hash_may_be_in_upper_case() -> None:
    assert one(content_hash=A.upper()).sha256 == A
    images = {B.upper(): {"image_file_name": "b.png", "width": 1, "height": 1}}
    assert parsed({"images": images}).images["b.png"].sha256 == B


@pytest.mark.parametrize("digest", ["", "a" * 63, "a" * 65, "g" * 64, "../" + "a" * 61, A + "\n"])
def test_a_hash_that_is_none_is_refused_with_its_image(digest: str) -> None:
    said = fault({"images": {"dir/a.png": entry(content_hash=digest)}})
    assert "“dir/a.png”" in said
    assert "64 hexadecimal digits" in said


@pytest.mark.parametrize("fields", [{}, {"display_name": "A"}, {"file_name": "a.png"}])
def test_no_hash_at_all_is_refused(fields: dict[str, str]) -> None:
    assert "64 hex" in fault({"images": {"a.png": {"width": 1, "height": 1} | fields}})


def test_an_older_name_must_be_one_too() -> None:
    images = {A: {"image_file_name": "../b.png", "width": 1, "height": 1}}
    assert "“../b.png”" in fault({"images": images})
    images = {A: {"image_file_name": "", "width": 1, "height": 1}}
    assert "is empty" in fault({"images": images})


def test_two_entries_of_one_name_are_refused() -> None:
    images = {A: {"image_file_name": "x.png", "width": 1, "height": 1}, "x.png": entry()}
    assert "“x.png” twice" in fault({"images": images})


# Fields.


def test_the_top_level_is_read() -> None:
    manifest = parsed(
        {
            "images": {},
            "snapshot_id": "s",
            "created": "2026-01-01",
            "app_id": "app",
            "diff_threshold": 0,
            "image_url": "x/{content_hash}",
            "head_sha": "1" * 40,
            "base_sha": "",
            "head_ref": "main",
            "pr_number": 7,
            "unknown": {"is": "ignored"},
        }
    )
    assert manifest == Manifest(
        SOURCE,
        {},
        snapshot_id="s",
        created="2026-01-01",
        app_id="app",
        vcs=VcsInfo(head_sha="1" * 40, head_ref="main", pr_number=7),
        diff_threshold=0.0,
        image_url="x/{content_hash}",
    )


def test_a_snapshot_that_does_not_name_itself_is_named_by_its_place() -> None:
    assert parse_manifest(b'{"images": {}}', SOURCE, "7").snapshot_id == "7"
    named = b'{"images": {}, "snapshot_id": "own"}'
    assert parse_manifest(named, SOURCE, "7").snapshot_id == "own"


def test_declared_names_make_it_selective() -> None:
    plain = parsed({"images": {}})
    assert (plain.selective, plain.all_image_file_names) == (False, None)
    declared = parsed({"images": {}, "all_image_file_names": ["a.png", "b.png"]})
    assert (declared.selective, declared.all_image_file_names) == (True, {"a.png", "b.png"})
    assert parsed({"images": {}, "selective": True}).selective


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["dark", "de"], {"dark": "dark", "de": "de"}),
        ({"theme": "dark"}, {"theme": "dark"}),
        ({"number": 1, "list": ["a"]}, {"number": "1", "list": '["a"]'}),
        ([], {}),
        (None, {}),
        ("dark", {}),
        (5, {}),
    ],
)
def test_tags(tags: object, expected: dict[str, str]) -> None:
    assert one(tags=tags).tags == expected


@pytest.mark.parametrize(
    ("theme", "expected"),
    [("light", "light"), ("dark", "dark"), ("Dark", None), ("sepia", None), (5, None), ([], None)],
)
def test_an_odd_canvas_theme_is_none(theme: object, expected: str | None) -> None:
    assert one(canvas_theme=theme).canvas_theme == expected


def test_unknown_fields_of_an_image_are_kept() -> None:
    extra = {"test_id": 5, "deep": {"list": [1, None, "ü"]}}
    assert one(**extra).extra == extra


def test_a_size_of_nothing_is_unknown() -> None:
    assert one(width=0, height=0).size is None
    assert one(width=5, height=0).size is None
    assert one(width=5, height=6).size == (5, 6)


# What is refused, and in which words.


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"width": "3"}, "images → a.png → width"),
        ({"width": 3.5}, "images → a.png → width"),
        ({"width": True}, "images → a.png → width"),
        ({"width": -1}, "images → a.png → width"),
        ({"width": 2**31}, "images → a.png → width"),
        ({"height": None}, "images → a.png → height"),
        ({"content_hash": 5}, "images → a.png → content_hash"),
        ({"display_name": 5}, "images → a.png → display_name"),
        ({"diff_threshold": 1}, "images → a.png → diff_threshold"),
        ({"diff_threshold": -0.1}, "images → a.png → diff_threshold"),
        ({"diff_threshold": "0.1"}, "images → a.png → diff_threshold"),
    ],
)
def test_a_wrong_field_of_an_image_is_named(fields: dict[str, Any], place: str) -> None:
    assert f"“{place}”" in fault({"images": {"a.png": entry(**fields)}})


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], "top level"),
        (None, "top level"),
        ("text", "top level"),
        ({}, "images"),
        ({"images": []}, "images"),
        ({"images": {"a.png": []}}, "images → a.png"),
        ({"images": {"a.png": {"content_hash": A, "height": 1}}}, "images → a.png → width"),
        ({"images": {}, "selective": "yes"}, "selective"),
        ({"images": {}, "selective": 1}, "selective"),
        ({"images": {}, "diff_threshold": 1.0}, "diff_threshold"),
        ({"images": {}, "all_image_file_names": "a.png"}, "all_image_file_names"),
        ({"images": {}, "all_image_file_names": [5]}, "all_image_file_names → 0"),
        ({"images": {}, "pr_number": 0}, "pr_number"),
        ({"images": {}, "app_id": "x" * 256}, "app_id"),
        ({"images": {}, "image_url": 5}, "image_url"),
    ],
)
def test_a_wrong_place_is_named(document: object, place: str) -> None:
    assert f"“{place}”" in fault(document)


def test_further_faults_are_counted() -> None:
    images = {name: entry(width="x") for name in ("a.png", "b.png", "c.png")}
    assert "(2 more like it)" in fault({"images": images})


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b'{"images":', b"\xff\xfe", b"\x89PNG\r\n", b'{"images": {}} x', b"[" * 10**6],
)
def test_what_is_not_json_says_so(data: bytes) -> None:
    assert "not valid JSON" in fault(data)


def test_a_number_of_ten_thousand_digits_is_refused() -> None:
    assert "not valid JSON" in fault(b'{"images": {}, "pr_number": ' + b"9" * 10_000 + b"}")


def test_a_key_that_comes_twice_is_refused() -> None:
    text = json.dumps(entry())
    said = fault(f'{{"images": {{"a.png": {text}, "a.png": {text}}}}}'.encode())
    assert "“a.png” comes twice" in said


@pytest.mark.parametrize(
    "name", ["../a.png", "a/../../b.png", "/etc/a.png", "C:\\a.png", "", "a\u0000.png", "a//b.png"]
)
def test_a_hostile_name_is_refused_wherever_it_stands(name: str) -> None:
    assert "Nothing of it was used." in fault({"images": {"ok.png": entry(), name: entry()}})
    assert "Nothing of it was used." in fault({"images": {}, "all_image_file_names": [name]})


def test_the_reserved_name_is_refused() -> None:
    assert "is reserved" in fault({"images": {"manifest.json": entry()}})
    assert parsed({"images": {"dir/manifest.json": entry()}}).images


@pytest.mark.parametrize("place", ["images", "names"])
def test_half_a_surrogate_pair_in_a_name_is_refused(place: str) -> None:
    name = "a\ud800.png"
    images = {name: entry()} if place == "images" else {}
    fault({"images": images, "all_image_file_names": [name]})


def test_fifty_thousand_images_and_not_one_more() -> None:
    text = json.dumps({"content_hash": A, "width": 1, "height": 1})
    entries = [f'"{number}.png":{text}' for number in range(50_001)]
    most = f'{{"images":{{{",".join(entries[:-1])}}}}}'.encode()
    assert len(parse_manifest(most, SOURCE).images) == 50_000
    said = fault(f'{{"images":{{{",".join(entries)}}}}}'.encode())
    assert "50000" in said
    assert "“images”" in said


def test_fifty_thousand_declared_names_and_not_one_more() -> None:
    names = [f"{number}.png" for number in range(50_001)]
    assert "“all_image_file_names”" in fault({"images": {}, "all_image_file_names": names})
    declared = parsed({"images": {}, "all_image_file_names": names[1:]}).all_image_file_names
    assert declared is not None
    assert len(declared) == 50_000


def test_a_manifest_that_is_too_large_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert manifest_json.MAX_MANIFEST_BYTES == 256 * 1024**2
    data = b'{"images": {}}'
    monkeypatch.setattr(manifest_json, "MAX_MANIFEST_BYTES", len(data))
    assert parse_manifest(data, SOURCE).images == {}
    assert "larger than 256 MiB" in fault(data + b" ")
    assert "larger than 256 MiB" in fault(b"<" * 100)


# Sidecars.


def test_a_sidecar_describes_but_does_not_identify() -> None:
    fields = {"display_name": "A", "content_hash": A, "width": 9, "height": "?", "x": 1}
    record = described_record("a.png", fields)
    assert record == ImageRecord("a.png", display_name="A", tags={}, extra={"x": 1})
    with pytest.raises(ValueError, match="“diff_threshold”"):
        described_record("a.png", {"diff_threshold": 5})


# There and back.

TEXTS = st.text(max_size=8)
SHORT = st.none() | st.text(max_size=255)
KNOWN = set(manifest_json._Entry.model_fields)
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
EXTRA = st.dictionaries(
    TEXTS.filter(lambda key: key not in KNOWN), JSON_VALUES.filter(lambda v: v is not None)
)
SHARES = st.none() | st.floats(0, 1, exclude_max=True)
NAMES = st.text(min_size=1).filter(lambda n: name_fault(n) is None and n != "manifest.json")
RECORDS = st.builds(
    ImageRecord,
    name=NAMES,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    width=st.none() | st.integers(1, 2**31 - 1),
    height=st.none() | st.integers(1, 2**31 - 1),
    display_name=st.none() | TEXTS,
    group=st.none() | TEXTS,
    description=st.none() | TEXTS,
    tags=st.dictionaries(TEXTS, TEXTS, max_size=3),
    diff_threshold=SHARES,
    canvas_theme=st.sampled_from([None, "light", "dark"]),
    extra=EXTRA,
)
VCS = st.builds(
    VcsInfo,
    **dict.fromkeys(
        ["head_sha", "base_sha", "provider", "head_repo_name", "head_ref", "base_ref"],
        st.none() | st.text(min_size=1, max_size=255),
    ),
    pr_number=st.none() | st.integers(1),
)


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    records = sorted(
        draw(st.lists(RECORDS, max_size=4, unique_by=lambda r: r.name)), key=lambda r: r.name
    )
    declared = draw(st.none() | st.frozensets(NAMES))
    return Manifest(
        SOURCE,
        {record.name: record for record in records},
        snapshot_id=draw(st.none() | st.text(min_size=1, max_size=255)),
        created=draw(SHORT),
        app_id=draw(SHORT),
        vcs=draw(VCS),
        diff_threshold=draw(SHARES),
        selective=declared is not None or draw(st.booleans()),
        all_image_file_names=declared,
        image_url=draw(SHORT),
    )


@given(manifests())
def test_what_is_written_is_read_again(manifest: Manifest) -> None:
    data = dump_manifest(manifest)
    assert parse_manifest(data, SOURCE) == manifest
    assert dump_manifest(parse_manifest(data, SOURCE)) == data


def test_what_is_not_set_is_not_written() -> None:
    assert json.loads(dump_manifest(Manifest(SOURCE, {"a.png": ImageRecord("a.png", A)}))) == {
        "images": {"a.png": {"content_hash": A, "width": 0, "height": 0}}
    }


def test_half_a_surrogate_pair_in_an_unknown_field_comes_back() -> None:
    record = one(odd="\ud800")
    again = parse_manifest(dump_manifest(Manifest(SOURCE, {"a.png": record})), SOURCE)
    assert again.images["a.png"].extra == {"odd": "\ud800"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_refused(number: str) -> None:
    data = b'{"images": {}, "mood": ' + number.encode() + b"}"
    with pytest.raises(ManifestError, match="not valid JSON"):
        parse_manifest(data, "there")
