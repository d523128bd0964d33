"""Many threads that decode their first image at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from snapreview.stores.resources import resource
from snapreview.ui.viewer.decode import decode_picture
sys.setswitchinterval(0.00001)
paths = sorted(resource("demo", "head").rglob("*.png"))
with ThreadPoolExecutor(6) as pool:
    print(len(list(pool.map(lambda path: decode_picture(path, lambda: None), paths))))
"""


def test_they_do_not_end_the_process() -> None:
    """PySide makes some of its types when they are first needed, and not safely so."""
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30
