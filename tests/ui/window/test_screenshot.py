"""`--screenshot`: a picture of the whole window, of which every part is drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from snapreview.stores.userdirs import UserDirs
from snapreview.ui.theme_tokens import theme_named

from .sets import SIZE, TILES, Sets

LIST = (20, 150, 330, 400)
VIEWER = (400, 150, 1400, 800)
"""x, y, x, y of a part of the list, and of the viewer."""

FIRST_SHADE = (206, 206, 206)
"""Of `home/most.png`, the row that comes first."""


def photograph(target: Path, *arguments: str) -> Image.Image:
    """What the command line writes; offscreen, for it must work where there is no display."""
    command = [sys.executable, "-m", "snapreview", *arguments, "--screenshot", str(target)]
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    with Image.open(target) as picture:
        assert picture.format == "PNG"
        return picture.convert("RGB")


def colours(picture: Image.Image, area: tuple[int, int, int, int]) -> int:
    return len(picture.crop(area).getcolors(1 << 24))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_comparison(dirs: UserDirs, sets: Sets, tmp_path: Path, theme: str) -> None:
    picture = photograph(tmp_path / "out.png", *sets.sources, "--theme", theme)
    assert picture.size == (1440, 900)
    assert colours(picture, LIST) > 20
    shades = {colour: count for count, colour in picture.crop(VIEWER).getcolors(1 << 24)}
    assert shades[FIRST_SHADE] > 2 * (SIZE[0] * SIZE[1] - TILES[0]) * 0.9
    window = theme_named(theme).window
    assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((1430, 4))) == window


def test_the_start_page(dirs: UserDirs, tmp_path: Path) -> None:
    picture = photograph(tmp_path / "out.png", "--theme", "light")
    assert picture.size == (1440, 900)
    assert colours(picture, (320, 60, 1120, 320)) > 20
