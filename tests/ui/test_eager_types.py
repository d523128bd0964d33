"""Many threads that meet Qt's types for the first time at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from PySide6.QtGui import QGuiApplication
from snapreview.stores.resources import resource
from snapreview.ui.viewer.decode import decode_picture
app = QGuiApplication([])
sys.setswitchinterval(0.00001)
paths = sorted(resource("demo", "head").rglob("*.png"))
with ThreadPoolExecutor(6) as pool:
    print(len(list(pool.map(lambda path: decode_picture(path, lambda: None), paths))))
"""


@pytest.mark.parametrize("time", range(6))
def test_they_do_not_end_the_process(time: int) -> None:
    """Each time about half of the processes crash or hang where types are made when needed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, (time, done.stderr)
    assert int(done.stdout) > 30
