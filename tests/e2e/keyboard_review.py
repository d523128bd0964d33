"""A whole review with keys alone."""

from __future__ import annotations

from .keyboard_looking import grid, leave_and_return, modes, regions_and_zoom, sheet_and_settings
from .keyboard_steps import in_mode, listed, shows, to_row
from .pairs import CHANGED, LISTED, REVIEWABLE
from .user import User

VERDICTS = "AARAARAAARAA"
"""What is said of the first images, one after the other."""

NOTE = "As drawn? Ask Burt, he moved it 3 px [see J/K, N, S and D]"
"""Full of letters that do something elsewhere."""

NOTED = CHANGED[2]
TOGETHER = slice(20, 23)
"""Rows that are approved at once."""

APPROVED = (*(n for n, v in zip(CHANGED, VERDICTS, strict=False) if v == "A"), *CHANGED[TOGETHER])
REJECTED = tuple(n for n, v in zip(CHANGED, VERDICTS, strict=False) if v == "R")


def keyboard_review(user: User, base: str, head: str, target: str) -> None:
    """From the start page to a zip, and out. The mouse is not touched."""
    open_sources(user, base, head)
    walk(user)
    decide(user)
    modes(user)
    regions_and_zoom(user)
    write_note(user)
    undo(user)
    several(user)
    filter_by_words(user)
    filter_by_numbers(user)
    grid(user)
    sheet_and_settings(user)
    leave_and_return(user)
    export(user, target)
    user.press("Ctrl+Q")


def open_sources(user: User, base: str, head: str) -> None:
    user.wait_for("baseSource")
    user.has_focus("baseSource")
    user.write(base)
    user.tab_to("headSource")
    user.write(head)
    user.wait_for_text("headSource", head)
    user.press("Return")
    user.wait_for_text("statusText", "differ")
    user.has_focus("changesTable")
    user.wait_for_text("headerReview", f"0 of {REVIEWABLE}")


def walk(user: User) -> None:
    """Down one by one, and to the ends."""
    user.press("Home")
    shows(user, CHANGED[0])
    for name in CHANGED[1:16]:
        user.press("Down")
        shows(user, name)
    user.press("Up")
    shows(user, CHANGED[14])
    user.press("End")
    shows(user, LISTED[-1])
    user.press("Ctrl+Up")
    shows(user, CHANGED[0])
    user.press("Ctrl+Down")
    shows(user, LISTED[-1])
    user.press("Home")
    shows(user, CHANGED[0])


def decide(user: User) -> None:
    """Each decision leads on; N does without one. Beyond thirty changes."""
    for place, key in enumerate(VERDICTS):
        user.press(key)
        shows(user, CHANGED[place + 1])
    user.wait_for_text("headerReview", f"{len(VERDICTS)} of {REVIEWABLE}")
    for name in CHANGED[len(VERDICTS) + 1 :]:
        user.press("N")
        shows(user, name)
    user.press("Home")
    user.press("N")
    shows(user, CHANGED[len(VERDICTS)])


def write_note(user: User) -> None:
    """Letters of a note are letters; the panel it is written in comes up for it."""
    to_row(user, LISTED.index(NOTED))
    user.press("I")
    user.wait("no inspector", lambda: not user.eyes.sees("inspector"))
    before = user.look(lambda eyes: (eyes.text("headerReview"), eyes.rows()))
    user.press("M")
    user.has_focus("note")
    user.write(NOTE)
    user.wait_for_text("note", NOTE)
    user.press("Ctrl+Return")
    user.has_focus("changesTable")
    in_mode(user, "Split")
    shows(user, NOTED)
    assert user.look(lambda eyes: (eyes.text("headerReview"), eyes.rows())) == before
    user.press("Down")
    user.wait("another note", lambda: user.eyes.text("note") == "")
    user.press("Up")
    user.wait_for_text("note", NOTE)


def undo(user: User) -> None:
    """Clear, undo, redo; and a decision that is taken back for good."""
    decided = len(VERDICTS)
    to_row(user, 0)
    for key, count, checked in (
        *(("U", decided - 1, False), ("Ctrl+Z", decided, True)),
        *(("Ctrl+Shift+Z", decided - 1, False), ("Ctrl+Z", decided, True)),
    ):
        user.press(key)
        user.wait_for_text("headerReview", f"{count} of {REVIEWABLE}")
        shows(user, CHANGED[0])
        user.wait("the button", lambda on=checked: user.eyes.checked("verdictApprove") is on)
    to_row(user, 30)
    user.press("R")
    user.wait_for_text("headerReview", f"{decided + 1} of {REVIEWABLE}")
    user.press("Ctrl+Z")
    user.wait_for_text("headerReview", f"{decided} of {REVIEWABLE}")


def several(user: User) -> None:
    """Three rows at once."""
    to_row(user, TOGETHER.start)
    user.press("Shift+Down")
    user.press("Shift+Down")
    user.wait_for_text("inspectorCount", "3 images")
    user.press("A")
    user.wait_for_text("headerReview", f"{len(VERDICTS) + 3} of {REVIEWABLE}")
    shows(user, LISTED[TOGETHER.stop])


def filter_by_words(user: User) -> None:
    """With what is suggested, by its keys."""
    user.press("/")
    user.has_focus("filterField")
    user.write("is:rej")
    user.wait_for("filterSuggestions")
    user.press("Tab")
    user.wait_for_text("filterField", "is:rejected")
    listed(user, len(REJECTED))
    user.press("Return")
    user.has_focus("changesTable")
    user.press("Ctrl+F")
    user.write("is:app")
    user.wait_for("filterSuggestions")
    user.press("Down")
    user.press("Return")
    user.wait_for_text("filterField", "is:approved")
    listed(user, len(APPROVED))
    user.press("Ctrl+A")
    user.write("has:note ")
    listed(user, 1)
    user.press("Esc")
    user.wait("an empty field", lambda: user.eyes.text("filterField") == "")
    user.press("Esc")
    user.has_focus("changesTable")
    listed(user, len(LISTED))


def filter_by_numbers(user: User) -> None:
    """Each status alone, and all again."""
    for key, count in (("1", 34), ("2", 1), ("3", 2), ("4", 2), ("5", 1), ("6", 3), ("7", 0)):
        user.press(key)
        listed(user, count)
    user.press("7")
    listed(user, len(LISTED))


def export(user: User, target: str) -> None:
    """Everything in the list, with decisions and a page; asked for while in the filter."""
    user.press("/")
    user.has_focus("filterField")
    user.press("Ctrl+E")
    user.wait_for("exportDialog")
    user.tab_to("exportWithPage")
    user.press("Space")
    user.wait("a page to be wanted", lambda: user.eyes.checked("exportWithPage"))
    user.tab_to("exportTarget")
    user.press("Ctrl+A")
    user.write(target)
    user.wait("the target", lambda: user.eyes.text("exportTarget") == target)
    user.press("Return")
    user.wait_for_text("exportOutcome", "Exported")
    user.press("Return")
    user.wait("the dialog to close", lambda: not user.eyes.sees("exportDialog"))
    user.has_focus("filterField")
