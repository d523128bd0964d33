"""Rows to filter."""

from __future__ import annotations

from dataclasses import dataclass

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.model.manifest import ImageRecord
from snapreview.model.query import haystack, parse_query


@dataclass(frozen=True)
class Asked:
    """A row with nothing but what a filter asks for."""

    change: Change
    haystack: str
    decision: Decision = UNDECIDED


def asked(change: Change, decision: Decision = UNDECIDED) -> Asked:
    return Asked(change, haystack(change), decision)


def row(name: str, status: Status = Status.CHANGED, share: float | None = None, **more) -> Asked:
    """A row; `share` is the changed percentage. Also: before, after (sizes), subtle, error, old,
    verdict, note, and what a record takes."""
    verdict, note = more.pop("verdict", None), more.pop("note", "")
    before, after = more.pop("before", (100, 100)), more.pop("after", (100, 100))
    subtle, error, old = more.pop("subtle", 0), more.pop("error", None), more.pop("old", None)
    one = ImageRecord(old or name, width=before[0], height=before[1], **more)
    two = ImageRecord(name, width=after[0], height=after[1], **more)
    diff = None
    if share is not None or subtle:
        pixels = round((share or 0) * 100)
        diff = ImageDiff((100, 100), pixels, subtle, size_changed=before != after)
    base = None if status is Status.ADDED else one
    head = None if status is Status.REMOVED else two
    change = Change(name, status, base, head, diff, error, old)
    return asked(change, Decision(verdict, note))


ROWS = [
    row("pages/checkout dark.png", share=12.5, group="Checkout", tags={"locale": "de"}),
    row("pages/checkout.png", share=0.4, group="Checkout/Payment", tags={"locale": "en"}),
    row("home/Hero.png", share=7, verdict=Verdict.APPROVED, tags={"Locale": "de", "os": "iOS 17"}),
    row("home/little.png", share=0.5, verdict=Verdict.REJECTED, note="Too close to the edge"),
    row("home/taller.png", share=1, after=(100, 120), note="Is this meant?"),
    row("home/same.png", Status.UNCHANGED),
    row("home/soft.png", Status.UNCHANGED, subtle=112),
    row("new/fresh.png", Status.ADDED, description="The last step, Straße", after=(390, 844)),
    row("old/gone.png", Status.REMOVED, before=(390, 700)),
    row("new/moved.png", Status.RENAMED, old="shop/cart.png", display_name="Kasse"),
    row("bad/broken.png", Status.ERRORED, error="It is cut off.", after=(50, 50)),
    row("rest/left-out.png", Status.SKIPPED, group="My Account"),
    row("top.png", Status.PENDING),
]


def found(query: str, rows: list[Asked] = ROWS) -> list[str]:
    """The file names that a filter lets through, without their endings."""
    matches = parse_query(query).matches
    names = [one.change.name for one in rows if matches(one)]
    return [name.rpartition("/")[2].removesuffix(".png") for name in names]
