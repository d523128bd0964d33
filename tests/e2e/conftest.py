from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.display import missing_libraries

from .pairs import Pairs, make_pairs
from .program import Program


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of a display that nobody sees; skips where there is no Xvfb."""
    program = shutil.which("Xvfb")
    if program is None or sys.platform != "linux":
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    screen = [program, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten"]
    server = subprocess.Popen(
        [*screen, "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()  # written once it takes connections
    try:
        if not number:
            pytest.fail(f"Xvfb ended with {server.wait()} before it had a display")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def program(platform: str, tmp_path: Path, request: pytest.FixtureRequest) -> Program:
    """The application on `platform`: no display but the test's, and folders of its own."""
    unset = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SNAPREVIEW_ODIFF")
    environ = {name: value for name, value in os.environ.items() if name not in unset}
    environ |= {f"SNAPREVIEW_{kind}_DIR": str(tmp_path / kind) for kind in ("CACHE", "DATA")}
    environ |= {"SNAPREVIEW_CONFIG_DIR": str(tmp_path / "CONFIG"), "QT_QPA_PLATFORM": platform}
    if platform == "xcb":
        environ["DISPLAY"] = request.getfixturevalue("display")
        if missing := missing_libraries("xcb"):
            pytest.skip(f"Qt lacks {', '.join(missing)}")
        if shutil.which("xdotool") is None:
            pytest.skip("xdotool is not installed")
    return Program(platform, tmp_path, environ)


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    """Two sets of 44 images that nobody changes."""
    return make_pairs(tmp_path_factory.mktemp("pairs"))
