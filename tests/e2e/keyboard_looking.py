"""Looking around with keys: ways to look at an image, at the list, and what lies beside both."""

from __future__ import annotations

from .keyboard_steps import in_mode, shows, to_row
from .pairs import LISTED
from .user import User


def modes(user: User) -> None:
    """All of them, in the list and in the picture."""
    for place in ("changesTable", "viewerCanvas"):
        for key, mode in (
            *(("W", "Wipe"), ("O", "Onion skin"), ("B", "Blink"), ("F", "Difference")),
            *(("Left", "Base"), ("Right", "Head"), ("T", "Base"), ("T", "Head"), ("S", "Split")),
        ):
            user.press(key)
            in_mode(user, mode)
        user.has_focus(place)
        user.press("Return" if place == "changesTable" else "Esc")
    user.has_focus("changesTable")
    user.press("W")
    user.press(",")
    user.wait_for_text("viewerModeValue", "48 %")
    user.press(".")
    user.wait_for_text("viewerModeValue", "50 %")
    user.press("S")
    in_mode(user, "Split")


def regions_and_zoom(user: User) -> None:
    """Overlay, flash, boxes, changed places one after the other, zoom."""
    picture = "viewerCanvas"
    for key, what in (
        *(("D", "no overlay"), ("D", "the overlay"), ("[", "a weaker one"), ("]", "a stronger")),
        *(("H", "a flash"), ("Shift+H", "boxes"), ("Shift+H", "no boxes")),
        *(("J", "the first change"), ("J", "the second"), ("K", "the first again")),
        *(("Alt+Down", "the second"), ("Alt+Up", "the first")),
    ):
        user.sees_change(picture, lambda key=key: user.press(key), what)
    user.press("0")
    user.wait_for_text("viewerZoom", "100 %")
    for key, zoom in (("Ctrl++", "150 %"), ("Ctrl+-", "100 %"), ("Ctrl++", "150 %")):
        user.press(key)
        user.wait_for_text("viewerZoom", zoom)
    user.press("Ctrl+1")
    user.wait_for_text("viewerZoom", "100 %")
    for place, leave in (("changesTable", "Return"), (picture, "Esc")):
        user.has_focus(place)
        user.press("Ctrl++")
        user.wait_for_text("viewerZoom", "150 %")
        user.press("Space")
        user.wait_for_text("viewerZoom", "100 %")
        user.press(leave)
    user.press("Esc")
    user.has_focus("changesTable")


def grid(user: User) -> None:
    """The other way to look at the list, by its key and back by its button."""
    user.press("Home")
    shows(user, LISTED[0])
    user.press("G")
    user.has_focus("changesGrid")
    user.press("Right")
    user.wait("the next tile", lambda: user.eyes.current_row("changesGrid") == 1)
    user.tab_to("showGrid", "Shift+Tab")
    user.press("Space")
    user.wait_for("changesTable")
    user.tab_to("changesTable")
    shows(user, LISTED[1])


def sheet_and_settings(user: User) -> None:
    """Opened, used, left, each by keys."""
    user.press("?")
    user.wait_for("shortcutsSheet")
    user.write("onion")
    user.wait_for_text("shortcutsFilter", "onion")
    user.press("Esc")
    user.wait("the sheet to close", lambda: not user.eyes.sees("shortcutsSheet"))
    user.has_focus("changesTable")
    user.press("Ctrl+,")
    user.wait_for("settingsDialog")
    user.press("Esc")
    user.wait("the settings to close", lambda: not user.eyes.sees("settingsDialog"))
    user.has_focus("changesTable")


def leave_and_return(user: User) -> None:
    """To other sources and back, and compared again: the place and what was said stay."""
    to_row(user, 5)
    said = user.read("headerReview")
    user.press("Ctrl+O")
    user.wait_for("startPage")
    user.press("Esc")
    user.has_focus("changesTable")
    shows(user, LISTED[5])
    user.press("Shift+Down")
    user.wait("two rows", lambda: user.eyes.selected_rows() == [5, 6])
    user.press("Ctrl+R")
    user.wait(
        "the end of comparing again",
        lambda: user.eyes.selected_rows() == [6] and "differ" in user.eyes.text("statusText"),
    )
    shows(user, LISTED[6])
    user.wait_for_text("headerReview", said)
