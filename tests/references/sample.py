"""What the pictures show: the demo with a few images more, really compared, and told at will."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw

from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, Side, Status
from snapreview.model.manifest import ImageRecord
from snapreview.model.options import DiffOptions
from snapreview.model.order import in_order
from snapreview.stores.folder import FolderStore
from snapreview.stores.resources import resource
from snapreview.stores.userdirs import UserDirs

BASE, HEAD = Path("base"), Path("head")
"""Below the working folder, so that no picture shows where that is."""

BROKEN = "checkout/receipt-phone-light.png"
LONG = "brand/campaign-autumn-header-with-a-name-as-long-as-exports-of-design-tools-are.png"
SKIPPED = "watch/complication-round-small.png"
_SECONDS = 2.4


@dataclass(frozen=True)
class Sample:
    """A comparison that has been made, and where its images are."""

    comparison: Comparison
    _stores: tuple[FolderStore, FolderStore]

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        """An image's file."""
        return self._stores[0 if side is Side.BASE else 1].fetch(record, token)

    def change(self, name: str) -> Change:
        """The row of this name."""
        return next(change for change in self.comparison.changes if change.name == name)

    def part(self, wanted: Callable[[Change], bool]) -> Comparison:
        """The comparison with only the rows for which `wanted` is true."""
        return self.of(tuple(change for change in self.comparison.changes if wanted(change)))

    def of(self, changes: tuple[Change, ...]) -> Comparison:
        """The comparison with these rows instead."""
        return replace(self.comparison, changes=in_order(changes))


def make_sample(dirs: UserDirs) -> Sample:
    """Copy and draw both sets into the working folder, and compare them."""
    for side in (BASE, HEAD):
        shutil.copytree(resource("demo", side.name), side, copy_function=shutil.copyfile)
    _add_own()
    stores = FolderStore(BASE), FolderStore(HEAD)
    with workbench(locate_engine(environ={}), dirs, workers=2) as tools:
        session = ReviewSession(lambda: Setup(stores, tools), DiffOptions(), lambda _: None)
        found = session.run()
        session.close()
    skipped = Change(SKIPPED, Status.SKIPPED, base=ImageRecord(SKIPPED))
    changes = in_order((*found.changes, skipped))
    made = replace(found, changes=changes, elapsed_seconds=_SECONDS, engine="odiff")
    return Sample(made, stores)


def _add_own() -> None:
    """An image that cannot be decoded, and one with a long name, too wide for any window."""
    for side in (BASE, HEAD):
        _draw_receipt(side / BROKEN)
        _draw_banner(side / LONG, "#3b5bdb" if side is BASE else "#0b7285")
    broken = HEAD / BROKEN
    broken.write_bytes(broken.read_bytes()[:300])


def _draw_receipt(path: Path) -> None:
    """Lines of a bill on paper."""
    image = Image.new("RGB", (390, 520), "#f1f3f5")
    pen = ImageDraw.Draw(image)
    pen.rectangle((32, 32, 357, 487), fill="#ffffff", outline="#dee2e6")
    for line in range(9):
        top = 72 + 40 * line
        pen.rectangle((56, top, 200 - 12 * (line % 3), top + 10), fill="#adb5bd")
        pen.rectangle((280 + 14 * (line % 2), top, 333, top + 10), fill="#495057")
    image.save(path)


def _draw_banner(path: Path, colour: str) -> None:
    """A few flat shapes, six times as wide as high."""
    image = Image.new("RGB", (1800, 300), "#fff4e6")
    pen = ImageDraw.Draw(image)
    for number in range(6):
        pen.ellipse((60 + 300 * number, 60, 240 + 300 * number, 240), fill="#ffc078")
    pen.rectangle((660, 90, 1140, 210), fill=colour)
    image.save(path)
