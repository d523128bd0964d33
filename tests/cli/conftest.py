from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snapreview.__main__ import run
from tests.cli.program import Outcome, Targets
from tests.servers import Scripted, scripted_server

Cli = Callable[..., Outcome]


def own_environment(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Folders of its own, no display, and nothing of whoever runs the tests."""
    for name in ("CACHE", "DATA", "CONFIG"):
        patch.setenv(f"SNAPREVIEW_{name}_DIR", str(folder / name.lower()))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        patch.delenv(name, raising=False)
        patch.delenv(name.upper(), raising=False)
    for name in ("SNAPREVIEW_TOKEN", "SNAPREVIEW_ODIFF", "DISPLAY", "WAYLAND_DISPLAY"):
        patch.delenv(name, raising=False)
    for name in ("QT_QPA_PLATFORM", "COLUMNS", "PYTHONIOENCODING"):
        patch.delenv(name, raising=False)
    patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder that has the program's folders for cache, data and configuration."""
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_environment(monkeypatch, home)


@pytest.fixture(scope="module")
def module_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """As `environment`, for what is done once for a module; gives the folder."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        own_environment(patch, home)
        yield home


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Cli:
    """Run the program in this process."""

    def call(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        written = capfd.readouterr()
        return Outcome(code, written.out, written.err)

    return call


@pytest.fixture
def targets(tmp_path: Path) -> Targets:
    folder = tmp_path / "targets"
    folder.mkdir()
    return Targets(folder)


@pytest.fixture
def log(home: Path) -> Callable[[], str]:
    """What the log file says."""
    return lambda: (home / "data" / "snapreview.log").read_text("utf-8")


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted_server() as script:
        yield script


@pytest.fixture
def x_server() -> Iterator[str]:
    """The name of a display that answers."""
    if not shutil.which("Xvfb"):
        pytest.skip("needs Xvfb")
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "800x600x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL) as process:
        os.close(theirs)
        with os.fdopen(ours) as told:
            yield f":{told.readline().strip()}"
        process.terminate()
