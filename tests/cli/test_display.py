"""Whether a window can be opened, asked without loading Qt."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from snapreview.display import needs_offscreen, window_problem
from tests.cli.program import MARKED, PLAIN, finish, image_set, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has anything to ask")

NOBODY = ":9871"


@pytest.fixture
def complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that has all libraries."""
    fake_ldd(tmp_path / "bin", monkeypatch, "libc.so.6 => /lib/libc.so.6 (0x1)")


def fake_ldd(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """An ldd, first on PATH, that answers these lines whatever it is asked."""
    folder.mkdir()
    script = folder / "ldd"
    said = "\n".join(f"echo '\t{line}'" for line in lines)
    script.write_text(f"#!/bin/sh\n{said}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_without_a_display_nothing_can_be_seen(complete: None):
    for environ in ({}, {"DISPLAY": "", "WAYLAND_DISPLAY": ""}, {"QT_QPA_PLATFORM": "offscreen"}):
        said = window_problem(False, environ)
        assert said is not None
        assert "neither DISPLAY nor WAYLAND_DISPLAY" in said


@pytest.mark.parametrize("environ", [{}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_without_a_display_a_picture_can_be_drawn(complete: None, environ: dict[str, str]):
    assert window_problem(True, environ) is None


def test_only_without_a_choice_and_a_display_it_is_drawn_into_memory():
    assert needs_offscreen({})
    assert not needs_offscreen({"DISPLAY": NOBODY})
    assert not needs_offscreen({"QT_QPA_PLATFORM": "minimal"})


def test_missing_libraries_are_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fake_ldd(
        tmp_path / "bin",
        monkeypatch,
        "libEGL.so.1 => not found",
        "libc.so.6 => /lib/libc.so.6 (0x1)",
        "libxcb-cursor.so.0 => not found",
    )
    for unseen, environ in ((False, {"DISPLAY": NOBODY}), (True, {})):
        said = window_problem(unseen, environ)
        assert said is not None
        assert "libEGL.so.1, libxcb-cursor.so.0" in said
        assert "libc" not in said


def test_without_ldd_nothing_is_known_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert window_problem(True, {}) is None


def test_the_libraries_of_the_platform_in_use_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = tmp_path / "asked"
    fake_ldd(tmp_path / "bin", monkeypatch, "nothing")
    script = tmp_path / "bin" / "ldd"
    script.write_text(f'#!/bin/sh\necho "$1" >> {asked}\n')
    window_problem(True, {"QT_QPA_PLATFORM": "minimal:enable_fonts"})
    names = {Path(line).name for line in asked.read_text().splitlines()}
    assert "libqminimal.so" in names
    assert any(name.startswith("libQt6Gui") for name in names)
    assert not any("xcb" in name for name in names)


def test_a_display_that_does_not_answer_is_named(complete: None, tmp_path: Path):
    said = window_problem(False, {"DISPLAY": NOBODY})
    assert said == f"The display {NOBODY} does not answer."
    gone = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert window_problem(False, gone) == "The display wayland-9 does not answer."
    assert window_problem(False, gone | {"DISPLAY": NOBODY}) == said


def test_a_chosen_platform_needs_its_display(complete: None):
    said = window_problem(True, {"QT_QPA_PLATFORM": "xcb"})
    assert said == "There is no display: DISPLAY is not set."


def test_a_compositor_that_answers_is_a_display(complete: None, tmp_path: Path):
    folder = Path(os.path.relpath(tmp_path))  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(folder / "wayland-0"))
        compositor.listen()
        environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(folder)}
        assert window_problem(False, environ) is None
        assert window_problem(False, environ | {"DISPLAY": NOBODY}) is None


def test_an_x_server_that_answers_is_a_display(complete: None, x_server: str):
    assert window_problem(False, {"DISPLAY": x_server}) is None


def test_the_program_says_it_and_what_works_without(tmp_path: Path):
    base = image_set(tmp_path / "base", {"a.png": PLAIN})
    head = image_set(tmp_path / "head", {"a.png": MARKED})
    done = finish(start(base, head, environment={"DISPLAY": NOBODY}))
    assert (done.code, done.out) == (2, "")
    said = done.sentence()
    assert "snapreview compare" in said


def test_the_demo_does_without_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    fake_ldd(tmp_path / "bin", monkeypatch, "libEGL.so.1 => not found")
    (tmp_path / "places").mkdir()
    environment = {"DISPLAY": NOBODY, "TMPDIR": str(tmp_path / "places")}
    done = finish(start("demo", environment=environment))
    assert done.code == 0
    first, second = done.err.splitlines()
    assert "libEGL.so.1" in first
    assert second.startswith("No picture of the window: ")
    assert "libEGL.so.1" in second
    assert "zip: " in done.out
    assert "screenshot: " not in done.out
