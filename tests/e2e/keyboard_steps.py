"""What keys lead to, step by step; for reviews with keys."""

from __future__ import annotations

from .pairs import LISTED
from .user import User


def shows(user: User, name: str) -> None:
    """The list and the viewer are at this image."""
    user.wait(
        f"{name} to be shown",
        lambda: (
            user.eyes.text("viewerTitle") == name and user.eyes.current_row() == LISTED.index(name)
        ),
    )


def to_row(user: User, row: int) -> None:
    user.press("Home")
    for _ in range(row):
        user.press("Down")
    shows(user, LISTED[row])


def in_mode(user: User, mode: str) -> None:
    spoken = f"Image comparison: {mode}"
    user.wait(spoken, lambda: user.eyes.widget("viewerCanvas").accessibleName() == spoken)


def listed(user: User, count: int) -> None:
    user.wait(f"{count} rows", lambda: user.eyes.rows() == count)
