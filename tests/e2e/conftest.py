from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest


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
