"""The benchmark of the window runs, and reports a line for each target."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--rows", "300", "--results", "300", "--pairs", "20", "--steps", "3", "--rounds", "1")
TITLES = ("keystroke", "pill", "sort", "pan at", "zoom step", "longest gap", "images shown")


@pytest.mark.slow
def test_every_target_has_its_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window", *SMALL, "--scale", "0.1", "--cache", tmp_path],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in done.stdout.splitlines() if "≤" in line or "≥" in line]
    assert len(lines) == len(TITLES)
    assert all(line.startswith(title) for line, title in zip(lines, TITLES, strict=True))
    assert all("reached" in line or "missed" in line for line in lines)
