"""The day after a review with keys: what was said is there, and outlives even a kill."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from snapreview.stores.userdirs import user_dirs

from .keyboard_review import APPROVED, NOTE, NOTED, REJECTED
from .keyboard_steps import shows, to_row
from .pairs import ADDED, LISTED, REVIEWABLE
from .user import User

DECIDED = len(APPROVED) + len(REJECTED)
LAST = ADDED[1]
"""What is rejected just before the kill."""

KEPT = "ok: the last decision to be on disk"


def coming_back(user: User) -> None:
    """The pair is chosen again, one more image rejected, and then somebody pulls the plug."""
    open_recent(user)
    user.wait_for_text("headerReview", f"{DECIDED} of {REVIEWABLE}")
    filtered(user, "is:rejected ", len(REJECTED))
    filtered(user, "is:approved ", len(APPROVED))
    to_row(user, LISTED.index(NOTED))
    user.wait_for_text("note", NOTE)
    user.wait("its verdict", lambda: user.eyes.checked("verdictReject"))
    to_row(user, LISTED.index(LAST))
    user.press("R")
    user.wait_for_text("headerReview", f"{DECIDED + 1} of {REVIEWABLE}")
    decisions = user_dirs().decisions
    user.wait(KEPT.removeprefix("ok: "), lambda: verdict(decisions, LAST) == "rejected")
    user.wait("the kill", lambda: False)


def after_the_kill(user: User) -> None:
    """All of it is there again."""
    open_recent(user)
    user.wait_for_text("headerReview", f"{DECIDED + 1} of {REVIEWABLE}")
    filtered(user, "is:rejected ", len(REJECTED) + 1)
    to_row(user, LISTED.index(LAST))
    user.wait("its verdict", lambda: user.eyes.checked("verdictReject"))
    user.press("Ctrl+Q")


def open_recent(user: User) -> None:
    user.wait_for("recentPairs")
    user.tab_to("recentPairs")
    user.press("Return")
    user.wait_for_text("statusText", "differ")
    user.has_focus("changesTable")
    user.press("Home")
    shows(user, LISTED[0])


def filtered(user: User, text: str, count: int) -> None:
    user.press("/")
    user.has_focus("filterField")
    user.write(text)
    user.wait(f"{count} rows", lambda: user.eyes.rows() == count)
    user.press("Esc")
    user.wait("all rows", lambda: user.eyes.rows() == len(LISTED))
    user.press("Esc")
    user.has_focus("changesTable")


def verdict(decisions: Path, name: str) -> str | None:
    """What the file says of an image, read as another program would."""
    with closing(sqlite3.connect(f"file:{decisions}?mode=ro", uri=True)) as database:
        found = database.execute("SELECT verdict FROM decisions WHERE name = ?", [name]).fetchone()
    return found[0] if found else None
