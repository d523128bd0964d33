"""What the pictures show: some of the demo and a few drawn images, really compared."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

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

from .posters import Names, draw_posters

BASE, HEAD = Path("base"), Path("head")
"""Below the working folder, so that no picture shows where that is."""

BROKEN = "checkout/receipt-phone-light.png"
LONG = "brand/campaign-autumn-header-with-a-name-as-long-as-exports-of-design-tools-are.png"
SKIPPED = "watch/complication-round-small.png"
WIDE = "landing/hero-desktop-light.png"
TALLER = "landing/hero-phone-light.png"

_DEMO = (
    "account/notifications-phone-dark",
    "account/notifications-phone-light",
    "account/rail-pass-phone-light",
    "account/settings-phone-light",
    "brand/sticker",
    "brand/wordmark-on-dark",
    "checkout/cart-phone-dark",
    "checkout/cart-phone-light",
    "checkout/confirmed-phone-light",
    "checkout/payment-phone-light",
    "explore/stay-phone-light",
    "onboarding/sign-in-phone-light",
    "onboarding/welcome-phone-dark",
    "onboarding/welcome-phone-light",
    "trips/calendar-phone-dark",
    "trips/empty-phone-light",
    "trips/saved-empty-phone-light",
)
"""Every status, as few images as that takes: pictures of pictures are what needs room."""

_SECONDS = 2.4


@dataclass(frozen=True)
class Sample:
    """A comparison that has been made, and where its images are."""

    comparison: Comparison
    _stores: tuple[FolderStore, FolderStore]

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        """An image's file."""
        return self._stores[0 if side is Side.BASE else 1].fetch(record, token)

    def part(self, wanted: Callable[[Change], bool]) -> Comparison:
        """The comparison with only the rows for which `wanted` is true."""
        return self.of(tuple(change for change in self.comparison.changes if wanted(change)))

    def of(self, changes: tuple[Change, ...]) -> Comparison:
        """The comparison with these rows instead."""
        return replace(self.comparison, changes=in_order(changes))


def make_sample(dirs: UserDirs) -> Sample:
    """Copy and draw both sets into the working folder, and compare them."""
    for side in (BASE, HEAD):
        _copy(resource("demo", side.name), side)
    draw_posters(BASE, HEAD, Names(WIDE, TALLER, LONG, BROKEN, SKIPPED))
    stores = FolderStore(BASE), FolderStore(HEAD)
    with workbench(locate_engine(environ={}), dirs, workers=2) as tools:
        session = ReviewSession(lambda: Setup(stores, tools), DiffOptions(), lambda _: None)
        found = session.run()
        session.close()
    changes = in_order(map(_left_out, found.changes))
    return Sample(replace(found, changes=changes, elapsed_seconds=_SECONDS), stores)


def _copy(source: Path, target: Path) -> None:
    for name in _DEMO:
        for file in source.glob(f"{name}.*"):
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


def _left_out(change: Change) -> Change:
    """A head that is selective would have said so of this image; a folder cannot."""
    return replace(change, status=Status.SKIPPED) if change.name == SKIPPED else change
