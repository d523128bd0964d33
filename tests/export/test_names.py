from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.export.names import MAX_PART_BYTES, EntryNames, safe_name

AWKWARD = st.sampled_from(
    [
        *("..", ".", "", " ", "." * 9, "trailing.", "C:", "\\", "\x00", "\ud800", "a?.png"),
        *("con", "NUL.png", "COM1.tar.gz", "aux .png", "~", "-"),
        *("a.png", "A.PNG", "a (2).png", "b", "ä", "a\u0308", "ß", "ss", "İ"),
        *("x" * 300, "é" * 200 + ".jpeg"),
    ]
)
NAMES = st.lists(AWKWARD | st.text(max_size=12), max_size=4).map("/".join)
DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
DEVICES |= {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}


def key(name: str) -> str:
    return normalize("NFC", normalize("NFD", name).casefold())


def assert_safe(name: str) -> None:
    parts = name.split("/")
    assert all(parts)
    assert not {".", ".."} & set(parts)
    for part in parts:
        assert not re.search(r'[<>:"|?*\\\x00-\x1f\x7f]', part)
        assert part == part.rstrip(". ")
        assert part.split(".")[0].rstrip(" ").upper() not in DEVICES
        assert len(part.encode("utf-8")) <= MAX_PART_BYTES


@given(NAMES)
def test_any_name_becomes_safe_and_a_safe_one_stays(name: str) -> None:
    safe = safe_name(name)
    assert_safe(safe)
    assert safe_name(safe) == safe
    assert EntryNames().assign(safe) == safe


@given(st.lists(NAMES, max_size=12))
def test_all_names_can_be_unpacked_together(wanted: list[str]) -> None:
    names = EntryNames()
    given_names = [names.assign(name) for name in wanted]
    for name in given_names:
        assert_safe(name)
    keys = [key(name) for name in given_names]
    assert len(set(keys)) == len(keys)
    folders = {k[:i] for k in keys for i, c in enumerate(k) if c == "/"}
    assert not folders & set(keys)


@given(st.lists(NAMES, max_size=8))
def test_the_same_names_get_the_same_answers(wanted: list[str]) -> None:
    first, second = EntryNames(), EntryNames()
    assert [first.assign(n) for n in wanted] == [second.assign(n) for n in wanted]


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("Screens/Home.png", "Screens/Home.png"),
        ("/etc/passwd", "etc/passwd"),
        ("../../x.png", "_/_/x.png"),
        ("C:\\x.png", "C__x.png"),
        ("nul.png", "_nul.png"),
        ("Aux/lpt1 .tar.gz", "_Aux/_lpt1 .tar.gz"),
        ("console.png", "console.png"),
        ("dots... ", "dots"),
        ("a<b>c|d?.png", "a_b_c_d_.png"),
        ("", "_"),
    ],
)
def test_what_becomes_of_a_name(wanted: str, safe: str) -> None:
    assert safe_name(wanted) == safe


def test_a_long_name_keeps_its_extension() -> None:
    assert safe_name("ü" * 300 + ".jpeg") == "ü" * 117 + ".jpeg"


def test_names_that_one_disk_takes_for_one_both_survive() -> None:
    names = EntryNames()
    answers = [
        names.assign(n) for n in ("a/Home.png", "A/home.PNG", "a/home.png", "a/home (2).png")
    ]
    assert answers == ["a/Home.png", "A/home (2).PNG", "a/home (3).png", "a/home (2) (2).png"]
    accents = EntryNames()
    assert accents.assign("\xe9.png") == "\xe9.png"
    assert accents.assign("e\u0301.png") == "e\u0301 (2).png"
    assert accents.assign("\u1fb4.png") == "\u1fb4.png"
    assert accents.assign("\u1fb3\u0301.png") == "\u1fb3\u0301 (2).png"  # told apart unless NFD


def test_a_folder_gives_way_to_a_file_and_stays_one_folder() -> None:
    names = EntryNames()
    wanted = ("a.png", "A.png/1.png", "a.png/2.png", "b/c", "B")
    assert [names.assign(n) for n in wanted] == [
        "a.png",
        "A (2).png/1.png",
        "a (2).png/2.png",
        "b/c",
        "B (2)",
    ]


def test_a_numbered_name_still_fits() -> None:
    names = EntryNames()
    first, second = names.assign("x" * 300 + ".png"), names.assign("X" * 300 + ".png")
    assert second.endswith(" (2).png")
    assert len(first) == len(second) == MAX_PART_BYTES


def test_many_names_of_one_kind_take_no_time_to_speak_of() -> None:
    names = EntryNames()
    answers = {names.assign("same.png") for _ in range(20_000)}  # quadratic work would time out
    assert len(answers) == 20_000
