"""Rows of a large comparison, drawn from a seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord

_AREAS = ("Checkout", "Profile", "Search", "Settings", "Onboarding", "Library", "Admin", "Charts")
_PARTS = ("Button", "Dialog", "Table", "Card", "Menu", "Form", "Banner", "Tooltip", "Tabs", "List")
_STATES = ("default", "hover", "disabled", "error", "loading", "empty", "focused", "long text")
_SHARES = (
    (Status.CHANGED, 20),
    (Status.ERRORED, 1),
    (Status.REMOVED, 4),
    (Status.ADDED, 5),
    (Status.RENAMED, 2),
    (Status.UNCHANGED, 66),
    (Status.SKIPPED, 2),
)
_CANVAS = 1440, 900


def rows(count: int, seed: int = 1) -> list[Change]:
    """`count` settled rows with names, groups and results as a component library has them."""
    return list(_rows(count, Random(seed)))


def pending(changes: list[Change]) -> list[Change]:
    """The same rows before anything is known of them."""
    return [replace(change, status=Status.PENDING, diff=None, error=None) for change in changes]


def _rows(count: int, random: Random) -> Iterator[Change]:
    statuses, weights = zip(*_SHARES, strict=True)
    for number, status in enumerate(random.choices(statuses, weights, k=count)):
        area, part = random.choice(_AREAS), random.choice(_PARTS)
        name = f"{area}/{part}/{random.choice(_STATES)} {number:05}.png"
        yield _row(name, status, f"{area} / {part}", random)


def _row(name: str, status: Status, group: str, random: Random) -> Change:
    base, head = (
        ImageRecord(
            name,
            sha256=hashlib.sha256(f"{name} {side}".encode()).hexdigest(),
            width=_CANVAS[0],
            height=_CANVAS[1],
            group=group,
            tags={"theme": random.choice(("light", "dark")), "locale": "en"},
        )
        for side in ("base", "head")
    )
    changed = random.randrange(1, 200_000)
    return Change(
        name,
        status,
        base=None if status is Status.ADDED else base,
        head=None if status is Status.REMOVED else head,
        diff=_diff(changed, random) if status is Status.CHANGED else None,
        error="Its file is damaged." if status is Status.ERRORED else None,
        previous_name=f"old {name}" if status is Status.RENAMED else None,
    )


def _diff(changed: int, random: Random) -> ImageDiff:
    box = random.randrange(1000), random.randrange(600), random.randrange(9, 400), 120
    return ImageDiff(_CANVAS, changed, regions=(box,))
