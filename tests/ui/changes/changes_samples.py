"""Rows to test the list with."""

from __future__ import annotations

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord

CANVAS = (100, 100)


def change(name: str, status: Status = Status.CHANGED, pixels: int | None = None, **more) -> Change:
    """A row; `pixels` of 10,000 changed. Also: title, group, tags, subtle, size, alpha, boxes."""
    record = ImageRecord(
        name,
        display_name=more.pop("title", None),
        group=more.pop("group", None),
        tags=more.pop("tags", {}),
    )
    subtle, size = more.pop("subtle", 0), more.pop("size", False)
    alpha, boxes = more.pop("alpha", False), tuple(more.pop("boxes", ()))
    diff = None
    if pixels is not None or subtle:
        diff = ImageDiff(
            CANVAS,
            pixels or 0,
            subtle_pixels=subtle,
            size_changed=size,
            alpha_changed=alpha,
            regions=boxes,
        )
    base = None if status is Status.ADDED else record
    head = None if status is Status.REMOVED else record
    return Change(name, status, base=base, head=head, diff=diff, **more)


def mixed() -> list[Change]:
    """One row or more of every category, not in order."""
    return [
        change("home/same.png", Status.UNCHANGED),
        change("home/little.png", Status.CHANGED, 42),
        change("home/most.png", Status.CHANGED, 9000),
        change("cart/broken.png", Status.ERRORED, error="The file is cut off. Export it again."),
        change("cart/gone.png", Status.REMOVED),
        change("cart/fresh.png", Status.ADDED),
        change("cart/moved.png", Status.RENAMED, previous_name="shop/moved.png"),
        change("home/soft.png", Status.UNCHANGED, subtle=112),
        change("rest/left-out.png", Status.SKIPPED),
        change("rest/slow.png", Status.PENDING),
    ]


IN_ORDER = [
    "home/most.png",
    "home/little.png",
    "cart/broken.png",
    "cart/gone.png",
    "cart/fresh.png",
    "cart/moved.png",
    "home/soft.png",
    "rest/left-out.png",
    "rest/slow.png",
]
"""What of `mixed` is listed by default."""
