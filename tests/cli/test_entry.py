"""How the program is entered and left: names, help, streams, the log, and faults of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from snapreview.__main__ import run
from snapreview.cli import main as commands
from snapreview.cli.main import build
from snapreview.cli.window import WindowRequest
from tests.cli.conftest import Cli
from tests.cli.program import (
    MARKED,
    PLAIN,
    SECONDS,
    Targets,
    finish,
    image_set,
    scripted_odiff,
    side_by_side,
    start,
)
from tests.engine.odiffs import posix


@pytest.fixture
def opened() -> tuple[list[WindowRequest], Callable[..., int]]:
    """What a window was asked for, and the command line with a window that is always possible."""
    requests: list[WindowRequest] = []

    def window(request: WindowRequest) -> int:
        requests.append(request)
        return 0

    group = build(window, lambda unseen: None)

    def call(*arguments: str) -> int:
        return group.main(arguments, prog_name="snapreview", standalone_mode=False) or 0

    return requests, call


Opened = tuple[list[WindowRequest], Callable[..., int]]


@pytest.mark.parametrize(
    "sources",
    [
        (),
        ("a",),
        ("a", "b"),
        ("./demo",),
        ("./compare", "publish"),
        ("open",),
        ("a b", "https://x"),
    ],
)
def test_anything_but_a_command_is_a_source(opened: Opened, sources: tuple[str, ...]):
    requests, call = opened
    assert call(*sources) == 0
    assert requests == [WindowRequest(sources)]


def test_a_window_has_options(opened: Opened, tmp_path: Path):
    requests, call = opened
    picture = tmp_path / "window.png"
    origins = ("--allow-origin", "https://a.example", "--allow-origin", "b.example")
    call("--screenshot", str(picture), "a", "b", "--theme", "dark", *origins)
    allowed = frozenset({"https://a.example", "b.example"})
    assert requests == [WindowRequest(("a", "b"), picture, "dark", allowed)]


def test_names_of_commands_win(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    image_set(tmp_path / "demo", {"a.png": PLAIN})
    requests, call = opened
    call("demo", "--theme", "light")
    (request,) = requests
    assert [source.rpartition("/")[2] for source in request.sources] == ["base", "head"]
    assert request.theme == "light"


def test_a_window_shows_two_sources_at_most(cli: Cli):
    done = cli("a", "b", "c")
    assert (done.code, done.out) == (2, "")
    assert "Usage: snapreview [OPTIONS] [SOURCE [SOURCE]]" in done.err
    assert "At most two sources" in done.err


def test_a_picture_needs_a_place(cli: Cli, tmp_path: Path):
    done = cli("a", "b", "--screenshot", tmp_path / "missing" / "window.png")
    assert done.code == 2
    assert "does not exist" in done.err


def test_help_lists_the_commands(cli: Cli):
    done = cli("--help")
    assert (done.code, done.err) == (0, "")
    for word in ("[SOURCE [SOURCE]]", "compare", "export", "publish", "demo", "--version"):
        assert word in done.out
    assert "open-window" not in done.out


@pytest.mark.parametrize("command", ["compare", "export", "publish", "demo", "a"])
def test_every_command_explains_itself(cli: Cli, command: str):
    done = cli(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: snapreview")


def test_version_shows_the_engine_too(cli: Cli, monkeypatch: pytest.MonkeyPatch):
    done = cli("--version")
    assert (done.code, done.err) == (0, "")
    ours, engine = done.out.splitlines()
    assert ours.startswith("snapreview ")
    assert engine.startswith("odiff 4.")
    monkeypatch.setenv("SNAPREVIEW_ODIFF", "missing")
    done = cli("--version")
    assert done.code == 0
    assert "no engine: " in done.out


def test_a_run_without_a_window_loads_no_qt(tmp_path: Path, targets: Targets):
    base = image_set(tmp_path / "base", {"a.png": PLAIN})
    head = image_set(tmp_path / "head", {"a.png": MARKED})
    root = str(tmp_path / "root")
    runs = (
        (["compare", base, head, *targets.options], 1),
        (["export", head, "--zip", str(tmp_path / "all.zip")], 0),
        (["publish", head, root, "--id", "one"], 0),
        ([base, head], 2),  # there is no display
        (["--version"], 0),
    )
    program = (
        "import sys\n"
        "from snapreview.__main__ import run\n"
        f"for arguments, code in {runs!r}:\n"
        "    assert run(arguments) == code, arguments\n"
        "loaded = [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=SECONDS)


def test_a_fault_of_its_own_is_2_with_a_sentence_and_a_traceback_in_the_log(
    cli: Cli, log: Callable[[], str], monkeypatch: pytest.MonkeyPatch
):
    def broken() -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(commands, "locate_engine", broken)
    done = cli("--version")
    assert (done.code, done.out) == (2, "")
    assert "ZeroDivisionError: by nought" in done.err
    assert "snapreview.log" in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in log()


def test_folders_that_cannot_be_made_are_2_with_a_sentence(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    image_set(tmp_path, {"file": b"no folder"})
    monkeypatch.setenv("SNAPREVIEW_DATA_DIR", str(tmp_path / "file" / "data"))
    done = cli("--version")
    assert (done.code, done.out) == (2, "")
    assert "SNAPREVIEW_DATA_DIR" in done.sentence()


def test_without_a_log_the_work_goes_on(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
):
    (home / "data" / "snapreview.log").mkdir(parents=True)
    folder = image_set(tmp_path / "set", {"a.png": PLAIN})
    done = cli("compare", folder, folder)
    assert done.code == 0
    assert "no log" in done.sentence()
    done = cli("compare", folder, tmp_path / "nowhere")
    assert done.code == 2
    assert [line[-1] for line in done.err.splitlines()] == [".", "."]


def test_runs_do_not_write_into_each_others_logs(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("one", "two"):
        monkeypatch.setenv("SNAPREVIEW_DATA_DIR", str(tmp_path / name))
        assert cli("compare", tmp_path / f"missing-{name}", tmp_path).code == 2
    logs = {
        name: (tmp_path / name / "snapreview.log").read_text("utf-8") for name in ("one", "two")
    }
    assert "missing-one" in logs["one"]
    assert "missing-two" not in logs["one"]


@pytest.fixture
def odd(tmp_path: Path) -> tuple[str, str]:
    base = image_set(tmp_path / "base", {"Übersicht 概要.png": PLAIN})
    return base, image_set(tmp_path / "head", {"Übersicht 概要.png": MARKED})


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_output_that_cannot_show_a_name_still_ends_as_it_should(
    odd: tuple[str, str], encoding: str
):
    done = finish(
        start("compare", *odd, encoding=encoding, environment={"PYTHONIOENCODING": encoding})
    )
    assert (done.code, done.err) == (1, "")
    assert r"\u6982\u8981.png" in done.out


@posix
def test_a_reader_that_leaves_does_not_change_the_exit_code(odd: tuple[str, str]):
    reader, writer = os.pipe()
    os.close(reader)
    both = {
        "same": start("compare", odd[0], odd[0], stdout=writer),
        "different": start("compare", *odd, stdout=writer),
    }
    os.close(writer)
    ends = {name: (done.code, done.err) for name, done in side_by_side(both).items()}
    assert ends == {"same": (0, ""), "different": (1, "")}


@posix
def test_an_engine_that_breaks_errs_the_rows_and_is_logged(
    cli: Cli,
    odd: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    log: Callable[[], str],
):
    odiff = scripted_odiff(tmp_path, ["echo 'out of ideas' >&2; exit 3"])
    monkeypatch.setenv("SNAPREVIEW_ODIFF", str(odiff))
    done = cli("compare", *odd)
    assert done.code == 1
    assert "errored" in done.out
    assert "out of ideas" in log()


def test_the_entry_point_returns_the_code(capfd: pytest.CaptureFixture[str]):
    assert run(["compare", "only one"]) == 2
    assert "HEAD" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt draws on the screen")
def test_a_picture_of_a_comparison_without_a_display(odd: tuple[str, str], tmp_path: Path):
    """Whether somebody chose Qt's platform or not."""
    chosen = {"light": {}, "dark": {"QT_QPA_PLATFORM": "offscreen"}}
    pictures = {theme: tmp_path / f"{theme}.png" for theme in chosen}
    running = {
        theme: start(
            *odd, "--screenshot", pictures[theme], "--theme", theme, environment=environment
        )
        for theme, environment in chosen.items()
    }
    for outcome in side_by_side(running).values():
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    light, dark = (np.asarray(Image.open(path).convert("L")) for path in pictures.values())
    assert light.shape == dark.shape
    assert np.median(dark) < 128 < np.median(light)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt draws on the screen")
def test_a_picture_of_what_cannot_be_opened_is_2(tmp_path: Path, targets: Targets):
    picture = targets.folder / "window.png"
    done = finish(start(tmp_path / "nowhere", tmp_path / "nobody", "--screenshot", picture))
    assert (done.code, done.out) == (2, "")
    assert done.sentence()
