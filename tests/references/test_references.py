"""The window as it is now against the pictures that are kept of it, by SnapReview's own engine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.change import Comparison, Status
from snapreview.model.options import DiffOptions
from snapreview.model.percent import percent
from snapreview.stores.folder import FolderStore
from snapreview.stores.userdirs import UserDirs

from . import keeping
from .draw import draw
from .surroundings import fonts_digest, lacking

ACCEPT = "python -m tests.references.draw --accept"


@pytest.fixture(scope="module")
def kept() -> Path:
    """The pictures of this version of Qt and of these fonts, where there are any."""
    if reason := lacking():
        pytest.skip(reason)
    made = keeping.made_with()
    if not made:
        pytest.skip(f"No pictures are kept in {keeping.kept()}. Make them: {ACCEPT}")
    if made["fonts"] != fonts_digest():
        pytest.skip(f"The pictures show another edition of the font Inter. Make others: {ACCEPT}")
    return keeping.kept()


def compare(base: Path, head: Path, work: Path) -> Comparison:
    """As the window would."""
    dirs = UserDirs(work / "cache", work / "data", work / "config")
    dirs.cache.mkdir(parents=True)
    with workbench(locate_engine(environ={}), dirs) as tools:
        setup = Setup((FolderStore(base), FolderStore(head)), tools)
        session = ReviewSession(lambda: setup, DiffOptions(), lambda _: None)
        try:
            return session.run()
        finally:
            session.close()


def unlike(comparison: Comparison) -> dict[str, str]:
    """Pictures that are not as they were kept, and in what."""
    return {
        change.name: change.error or f"{change.status.value}, {percent(change.ratio)}"
        for change in comparison.changes
        if change.status is not Status.UNCHANGED
    }


@pytest.mark.timeout(600)
def test_the_window_looks_as_it_was_kept(kept: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "drawn"
    draw(drawn)
    found = unlike(compare(kept, drawn, tmp_path))
    listed = "\n".join(f"  {name}: {how}" for name, how in found.items())
    assert not found, (
        f"{len(found)} pictures are unlike those that are kept:\n{listed}\n"
        f"Look at them: python -m snapreview {kept} {drawn}\n"
        f"Where they are right, keep them: {ACCEPT}"
    )


def test_a_block_of_a_few_pixels_is_found(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(kept / "dark-2x", copy)
    with Image.open(copy / "start.webp") as image:
        altered = image.convert("RGB")
    altered.paste("#5c7cfa", (1200, 900, 1204, 904))
    altered.save(copy / "start.webp", lossless=True)
    (copy / "about.webp").rename(copy / "other.webp")
    (copy / "forget.webp").unlink()
    assert unlike(compare(kept / "dark-2x", copy, tmp_path)) == {
        "start.webp": f"changed, {percent(16 / (2360 * 1520))}",
        "forget.webp": f"removed, {percent(0)}",
        "other.webp": f"renamed, {percent(0)}",
    }


def test_accepting_keeps_what_is_the_same(kept: Path, tmp_path: Path) -> None:
    """Byte by byte, so that a commit holds no picture that nobody altered."""
    drawn, target = tmp_path / "drawn", tmp_path / "kept"
    shutil.copytree(kept / "light-1x", target / "light-1x")
    shutil.copytree(kept / "light-1x", drawn / "light-1x")
    before = (target / "light-1x" / "start.webp").read_bytes()
    for path, colour in (("start.webp", None), ("about.webp", "#ff0000")):
        with Image.open(drawn / "light-1x" / path) as image:
            again = image.convert("RGB")
        if colour:
            again.putpixel((3, 3), (255, 0, 0))
        again.save(drawn / "light-1x" / path, lossless=True, method=0)
    (target / "light-1x" / "gone.webp").write_bytes(before)
    assert keeping.accept(drawn, target) == ["light-1x/about.webp"]
    assert (target / "light-1x" / "start.webp").read_bytes() == before
    assert not (target / "light-1x" / "gone.webp").exists()
    assert unlike(compare(target, drawn, tmp_path)) == {}
