from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = Path(__file__).with_name("hidpi_probe.py")


@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_one_image_pixel_is_one_device_pixel_on_any_screen(ratio):
    environment = os.environ | {"QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, PROBE, ratio],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
