"""A review as a page for a browser: one file that needs nothing but the images beside it.

resources/report/ holds the page. The template escapes whatever is filled in, addresses are
percent-encoded here, and a policy in the page lets the browser load nothing but images from beside
it and run nothing but its own script, which it knows by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from datetime import UTC, datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from snapreview import __version__
from snapreview.export.cards import card_of, columns_of, status_of
from snapreview.export.decisions import UNREVIEWED, said, tally
from snapreview.export.entries import Part
from snapreview.export.pipeline import Written
from snapreview.export.placed import placed
from snapreview.export.report import NO_DECISIONS
from snapreview.model.change import STATUSES, Comparison, Status
from snapreview.model.decision import UNDECIDED, Decision, is_reviewable
from snapreview.stores.resources import resource

_PIECES = 500
"""Pieces of the template that are put together before they are written."""

_SUBTLE = "subtle"
_SHOWN_STATUSES = (
    *(status.value for status in STATUSES[: STATUSES.index(Status.UNCHANGED)]),
    _SUBTLE,
    *(status.value for status in (Status.UNCHANGED, Status.SKIPPED, Status.PENDING)),
)
_ICONS = {
    **{name: name for name in _SHOWN_STATUSES},
    "approved": "approved",
    "rejected": "rejected",
    UNREVIEWED: "pending",
    "close": "close",
    "search": "search",
}
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def page(
    chosen: Comparison,
    written: Written,
    parts: Set[Part],
    decisions: Mapping[str, Decision] = NO_DECISIONS,
    made: datetime | None = None,
) -> Iterator[bytes]:
    """The page of `chosen`, which is in the order of the list, in pieces.

    `written` has the names of its images, relative to the page; of `parts` it shows base, head
    and overlay, or the mask in the overlay's place. `made` is now unless told.
    """
    columns = columns_of(parts)
    rows = placed(chosen.changes, written)
    cards = (card_of(row, columns, said(decisions, row.change)) for row in rows)
    stream = _template().stream(
        **_look(),
        **_summary(chosen, decisions),
        columns=max(len(columns), 1),
        cards=cards,
        made=_made(chosen, made or datetime.now(UTC)),
    )
    stream.enable_buffering(_PIECES)
    return (piece.encode("utf-8", "replace") for piece in stream)


def _template() -> Template:
    loader = FileSystemLoader(resource("report"))
    library = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return library.get_template("page.html")


def _look() -> dict[str, Any]:
    """Style, script and icons, which are ours, and the policy that lets in no others."""
    style = resource("report", "report.css").read_text("utf-8")
    script = resource("report", "report.js").read_text("utf-8")
    return {
        "style": style,
        "script": script,
        "policy": _policy(style, script),
        "icons": {name: _drawing(file) for name, file in _ICONS.items()},
    }


def _policy(style: str, script: str) -> str:
    """https://www.w3.org/TR/CSP3; a page from the disk has no origin that `self` could mean."""
    return "; ".join(
        (
            "default-src 'none'",
            "img-src 'self' file:",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _drawing(name: str) -> str:
    """What is within an icon's <svg>."""
    text = resource("icons", f"{name}.svg").read_text("utf-8")
    found = _DRAWING.search(text)
    if found is None:
        raise ValueError(f"The icon {name} is not what all icons are.")
    return found[1].strip()


def _summary(chosen: Comparison, decisions: Mapping[str, Decision]) -> dict[str, Any]:
    counts = Counter(status_of(change) for change in chosen.changes)
    total = len(chosen.changes)
    images = "image" if total == 1 else "images"
    return {
        "title": f"Visual review of {total:,} {images}",
        "base": chosen.base.source,
        "head": chosen.head.source,
        "total": total,
        "unfinished": not chosen.complete,
        "statuses": [
            (name, name.capitalize(), counts[name]) for name in _SHOWN_STATUSES if counts[name]
        ],
        "verdicts": _verdicts(chosen, decisions),
    }


def _verdicts(chosen: Comparison, decisions: Mapping[str, Decision]) -> list[tuple[str, str, int]]:
    """Nothing where nobody has decided anything: then there is nothing to tell apart."""
    if all(said(decisions, change) == UNDECIDED for change in chosen.changes):
        return []
    rows = [c for c in chosen.changes if is_reviewable(c) or said(decisions, c).verdict]
    counts = tally(rows, decisions)
    return [(name, name.capitalize(), count) for name, count in counts.items()]


def _made(chosen: Comparison, when: datetime) -> str:
    engine = f" with {chosen.engine}" if chosen.engine else ""
    return f"Made by SnapReview {__version__}{engine}, {when.day} {when:%B %Y, %H:%M} UTC."
