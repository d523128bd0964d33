"""Images that are dragged out of the list, with a mouse that is really held."""

from __future__ import annotations

from PySide6.QtGui import QDrag

from .hands import XHands
from .pairs import CHANGED
from .user import User


def dragging(user: User, base: str, head: str) -> None:
    """A row dragged over the window itself opens nothing."""
    hands = XHands()
    user.wait_for("baseSource")
    user.write(base)
    user.tab_to("headSource")
    user.write(head)
    user.press("Return")
    user.wait_for_text("statusText", "differ")
    user.click_row(3)
    user.wait_for_text("viewerTitle", CHANGED[3])
    near = user.place("viewerCanvas", 0.1)
    hands.hold(user.row_place(3), near)
    user.wait("the drag", lambda: bool(user.eyes.widget("reviewPage").findChildren(QDrag)))
    hands.move(user.place("viewerCanvas", 0.3))
    hands.move(user.place("viewerCanvas", 0.5))
    user.wait("nothing else to be shown", lambda: user.eyes.sees("viewerCanvas"))
    hands.release()
    user.wait("the drag to end", lambda: not user.eyes.widget("reviewPage").findChildren(QDrag))
    user.click_row(2)
    user.wait_for_text("viewerTitle", CHANGED[2])
    user.press("Ctrl+Q")
