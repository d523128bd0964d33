"""The whole way, from the start page to a zip on disk, in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from .program import Program

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


@pytest.mark.parametrize("platform", ["xcb", "offscreen"])
def test_from_the_start_page_to_a_zip(
    folders: tuple[Path, Path], program: Program, tmp_path: Path
) -> None:
    target = tmp_path / "out.zip"
    said = program.run("first_steps", *folders, target)
    assert "status: 5 of 5 images differ" in said
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
    settings = json.loads(program.settings.read_text())
    assert settings["recent"] == [{"base": str(folders[0]), "head": str(folders[1])}]
