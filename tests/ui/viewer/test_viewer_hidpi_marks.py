"""The pixel inspector and boxes on screens with more pixels than logical ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("hidpi_marks.py")


@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_pixels_are_told_and_boxes_drawn_by_device_pixels(ratio):
    environment = os.environ | {"QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, SCRIPT, ratio],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
