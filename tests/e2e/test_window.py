"""The whole way, from the start page to a zip on disk, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from snapreview.display import missing_libraries

DRIVER = Path(__file__).with_name("driver.py")
CHANGED = {"home/a.png": 200, "home/b.png": 90, "home/c.png": 30, "cart/d.png": 10}
"""Black pixels in the head."""


def draw(path: Path, black: int) -> None:
    image = Image.new("RGB", (40, 30), (180, 190, 200))
    for place in range(black):
        image.putpixel((place % 40, place // 40), (0, 0, 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    base, head = tmp_path / "base", tmp_path / "head"
    for name, black in CHANGED.items():
        draw(base / name, 0)
        draw(head / name, black)
    draw(head / "cart/new.png", 500)
    return base, head


@pytest.fixture
def own_environment(tmp_path: Path) -> dict[str, str]:
    """No display but the test's, and folders of its own."""
    unset = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SNAPREVIEW_ODIFF")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    own = {f"SNAPREVIEW_{kind}_DIR": str(tmp_path / kind) for kind in ("CACHE", "DATA", "CONFIG")}
    return kept | own


def odiffs_of(folder: Path) -> list[str]:
    """Processes that were started with this cache (Linux only)."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            own = str(folder).encode() in environ.read_bytes()
            command = (environ.parent / "cmdline").read_bytes()
        except OSError:  # it has ended, or is not ours
            continue
        if own and b"odiff" in command:
            found.append(command.decode(errors="replace"))
    return found


@pytest.mark.parametrize("platform", ["xcb", "offscreen"])
def test_from_the_start_page_to_a_zip(
    platform: str,
    folders: tuple[Path, Path],
    own_environment: dict[str, str],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    environ = own_environment | {"QT_QPA_PLATFORM": platform}
    if platform == "xcb":
        environ["DISPLAY"] = request.getfixturevalue("display")
        if missing := missing_libraries("xcb"):
            pytest.skip(f"Qt lacks {', '.join(missing)}")
    target = tmp_path / "out.zip"
    done = subprocess.run(
        [sys.executable, str(DRIVER), *map(str, folders), str(target)],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"platform: {platform}" in done.stdout
    assert "status: 5 of 5 images differ" in done.stdout
    names = {f"{part}/home/{n}.png" for part in ("base", "head", "diff", "overlay") for n in "ab"}
    with ZipFile(target) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == names | {"manifest.json"}
        report = json.loads(archive.read("manifest.json"))
        assert archive.read("head/home/a.png") == (folders[1] / "home/a.png").read_bytes()
    assert [(i["name"], i["changed_pixels"]) for i in report["images"]] == [
        ("home/a.png", 200),
        ("home/b.png", 90),
    ]
    assert odiffs_of(tmp_path) == []
    settings = json.loads((tmp_path / "CONFIG" / "settings.json").read_text())
    assert settings["recent"] == [{"base": str(folders[0]), "head": str(folders[1])}]
