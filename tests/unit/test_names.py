"""What counts as an image, and which names are refused."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.names import (
    IMAGE_EXTENSIONS,
    MAX_NAME_LENGTH,
    extension,
    folder_of,
    is_hidden_part,
    is_image_name,
    name_fault,
    quoted,
)

PARTS = st.sampled_from(
    ["a", "b.png", "..", ".", "", " ", "...", "C:", "~", "/", "\\", "\x00", "\n", "\x85", "\ud800"]
)
HOSTILE = st.one_of(
    st.text(st.characters(codec=None), max_size=30),
    st.builds(lambda parts, glue: glue.join(parts), st.lists(PARTS), st.sampled_from("/\\")),
)


def test_these_endings_are_images_in_any_case() -> None:
    expected = {"png", "apng", "jpg", "jpeg", "jpe", "webp", "gif", "bmp", "tif", "tiff", "avif"}
    assert {f".{ending}" for ending in expected} == IMAGE_EXTENSIONS
    for ending in expected:
        assert is_image_name(f"a/b.{ending}")
        assert is_image_name(f"b.{ending.upper()}")


@pytest.mark.parametrize(
    "name", ["a.svg", "a.png.txt", "png", ".png", "a/.png", "a.png/b", "a.", "", "a.pngx"]
)
def test_other_names_are_no_images(name: str) -> None:
    assert not is_image_name(name)


def test_the_extension_is_the_last_one() -> None:
    assert extension("x.tar/a.b.PNG") == ".png"
    assert extension("x.png/a") == ""


@pytest.mark.parametrize("part", [".git", ".DS_Store", "._a.png", "__MACOSX"])
def test_hidden_parts(part: str) -> None:
    assert is_hidden_part(part)


@pytest.mark.parametrize("part", ["a", "a.png", "__macosx", "a.b", "_x"])
def test_other_parts_are_seen(part: str) -> None:
    assert not is_hidden_part(part)


@pytest.mark.parametrize(
    "name", ["a.png", "a/b/c.png", "…/ü 1.png", "a..b.png", "..a/b...png", "日本.png"]
)
def test_harmless_names_pass(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "empty"),
        ("a" * (MAX_NAME_LENGTH + 1), "longer than 1024"),
        ("/etc/passwd.png", "absolute"),
        ("\\\\host\\share.png", "absolute"),
        ("C:\\a.png", "absolute"),
        ("c:a.png", "absolute"),
        ("../a.png", "'..'"),
        ("a/../b.png", "'..'"),
        ("a\\..\\b.png", "'..'"),
        ("a/..", "'..'"),
        ("./a.png", "'..'"),
        ("a//b.png", "'..'"),
        ("a/", "'..'"),
        ("a\x00.png", "control"),
        ("a\nb.png", "control"),
        ("a\x7f.png", "control"),
        ("a\x85.png", "control"),
        ("a\ud800.png", "Unicode"),
    ],
)
def test_hostile_names_are_refused_with_a_reason(name: str, fault: str) -> None:
    said = name_fault(name)
    assert said is not None
    assert fault in said


@given(HOSTILE)
def test_no_name_that_passes_can_leave_its_folder(name: str) -> None:
    if name_fault(name) is not None:
        return
    assert 0 < len(name) <= MAX_NAME_LENGTH
    assert not {"", ".", ".."} & set(re.split(r"[/\\]", name))
    assert not re.match(r"[A-Za-z]:", name)
    assert not [c for c in name if unicodedata.category(c) in {"Cc", "Cs"}]
    name.encode("utf-8")


def test_the_folder_of_a_name() -> None:
    assert folder_of("a/b/c.png") == "a/b"
    assert folder_of("c.png") == ""


@given(st.text(st.characters(codec=None)), st.integers(2, 200))
def test_a_quoted_name_can_be_shown_anywhere(name: str, limit: int) -> None:
    shown = quoted(name, limit)
    assert shown.isprintable()
    assert len(shown) <= limit + 3
