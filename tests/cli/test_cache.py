"""snapreview cache: what there is, and clearing it."""

from __future__ import annotations

import os
from pathlib import Path

from snapreview.stores.userdirs import user_dirs
from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, image_set


def kept() -> list[Path]:
    dirs = user_dirs()
    return list(dirs.masks.rglob("*.png"))


def compared(cli: Cli, tmp_path: Path) -> None:
    pictures = {"base": PLAIN, "head": MARKED}
    sets = [image_set(tmp_path / side, {"a.png": image}) for side, image in pictures.items()]
    assert cli("compare", *sets).code == 1


def test_what_there_is_and_that_it_goes(cli: Cli, tmp_path: Path) -> None:
    compared(cli, tmp_path)
    assert len(kept()) == 1
    told = cli("cache", "info")
    assert (told.code, "masks          1 files" in told.out) == (0, True)
    assert str(user_dirs().images) in told.out
    cleared = cli("cache", "clear")
    assert cleared.out.startswith("Removed 1 files,")
    assert kept() == []
    compared(cli, tmp_path)
    assert len(kept()) == 1, "what is gone is made again"


def test_after_comparing_the_limit_holds(cli: Cli, tmp_path: Path, monkeypatch) -> None:
    compared(cli, tmp_path)
    os.utime(kept()[0], (0, 0))
    monkeypatch.setenv("SNAPREVIEW_CACHE_SIZE", "ten")
    assert "SNAPREVIEW_CACHE_SIZE" in cli("compare", tmp_path / "base", tmp_path / "head").err
    monkeypatch.setenv("SNAPREVIEW_CACHE_SIZE", "10 B")
    assert cli("compare", tmp_path / "base", tmp_path / "base").code == 0
    assert kept() == []
