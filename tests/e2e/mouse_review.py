"""A whole review with the mouse; the keyboard only writes a note."""

from __future__ import annotations

from .pairs import CHANGED, LISTED, REVIEWABLE
from .user import User

NOTE = "Nobody asked for this"
NOTED = CHANGED[1]
APPROVED = tuple(CHANGED[place] for place in (0, 2, 4, 5, 7))
REJECTED = (NOTED,)


def mouse_review(user: User) -> None:
    """From the recent pair to a zip, and out."""
    user.wait_for("recentPairs")
    user.click_row(0, name="recentPairs")
    user.wait_for_text("statusText", "differ")
    walk(user)
    select(user)
    pills(user)
    zoom_and_pan(user)
    modes(user)
    overlay(user)
    decide(user)
    look_otherwise(user)
    move_the_border(user)
    export(user)
    user.close_window()


def shows(user: User, name: str) -> None:
    user.wait(f"{name} to be shown", lambda: user.eyes.text("viewerTitle") == name)


def walk(user: User) -> None:
    """Thirty rows, and a double click into the picture."""
    for row in range(30):
        user.click_row(row)
        shows(user, LISTED[row])
    user.hands.double_click(user.row_place(0))
    shows(user, CHANGED[0])
    user.has_focus("viewerCanvas")


def select(user: User) -> None:
    """As in any list."""
    for row, held, rows in (
        *((1, "", [1]), (3, "Ctrl", [1, 3]), (6, "Shift", [1, 3, 4, 5, 6]), (2, "", [2])),
    ):
        user.click_row(row, held)
        user.wait(f"rows {rows}", lambda rows=rows: user.eyes.selected_rows() == rows)


def pills(user: User) -> None:
    """One alone, two together, none."""
    for name, count in (
        *(("pill_added", 2), ("pill_errored", 3), ("pill_added", 1)),
        ("pill_errored", len(LISTED)),
    ):
        user.click(name)
        user.wait(f"{count} rows", lambda count=count: user.eyes.rows() == count)


def zoom_and_pan(user: User) -> None:
    """What is under the pointer stays there."""
    user.click_row(2)
    shows(user, CHANGED[2])
    user.click("viewerModeHeadButton")
    user.click("viewerFitButton")
    user.wait_for_text("viewerZoom", "100 %")
    start = user.place("viewerCanvas", 0.55, 0.52)
    user.hands.wheel(start, 4)
    user.wait_for_text("viewerZoom", "400 %")
    user.wait_for_text("statusProbe", "x ")
    pixel = user.read("statusProbe")
    user.hands.wheel(start, 3)
    user.wait_for_text("viewerZoom", "800 %")
    user.wait("the pixel to stay under the pointer", lambda: user.eyes.text("statusProbe") == pixel)
    end = start[0] + 90, start[1] - 70
    user.sees_change("viewerCanvas", lambda: user.hands.drag(start, end), "another part")
    user.wait("the pixel to stay with the pointer", lambda: user.eyes.text("statusProbe") == pixel)
    user.hands.wheel(end, -9)
    user.click("viewerFitButton")
    user.wait_for_text("viewerZoom", "100 %")


def modes(user: User) -> None:
    """The line of the wipe is dragged, the onion skin's slider too."""
    user.click("viewerModeWipeButton")
    user.wait_for_text("viewerModeValue", "50 %")
    middle = user.place("viewerCanvas", 0.5, 0.5)
    right = middle[0] + 96, middle[1]
    user.hands.drag(middle, right)
    user.wait("the line at 80 %", lambda: 78 <= _percent(user) <= 82)
    user.hands.double_click(right)
    user.wait_for_text("viewerModeValue", "50 %")
    user.click("viewerModeOnionButton")
    user.wait_for("viewerOnionOpacity")
    slider = user.place("viewerOnionOpacity")
    user.hands.drag(slider, user.place("viewerOnionOpacity", 1.3))
    user.wait_for_text("viewerModeValue", "100 %")
    for mode, spoken in (("Blink", "Blink"), ("Difference", "Difference"), ("Split", "Split")):
        user.click(f"viewerMode{mode}Button")
        words = f"Image comparison: {spoken}"
        user.wait(words, lambda w=words: user.eyes.widget("viewerCanvas").accessibleName() == w)


def _percent(user: User) -> int:
    return int(user.eyes.text("viewerModeValue").split()[0])


def overlay(user: User) -> None:
    """Another colour, and none."""
    picture = "viewerCanvas"

    def recolour() -> None:
        user.click("viewerOverlayColour")
        user.choose("Green")

    user.sees_change(picture, recolour, "another colour")
    user.sees_change(picture, lambda: user.click("viewerOverlayButton"), "no overlay")
    user.sees_change(picture, lambda: user.click("viewerOverlayButton"), "the overlay")


def decide(user: User) -> None:
    """By menu, by buttons, for several; a note; a region."""
    user.hands.click(user.row_place(0), button=3)
    user.choose("Approve")
    counted(user, 1)
    shows(user, CHANGED[1])
    user.sees_change("viewerCanvas", lambda: user.click_region(0), "a region")
    user.click("note")
    user.has_focus("note")
    user.write(NOTE)
    user.click("verdictReject")
    counted(user, 2)
    shows(user, CHANGED[2])
    user.click("verdictApprove")
    counted(user, 3)
    user.click_row(4)
    user.click_row(5, held="Ctrl")
    user.click_row(7, held="Ctrl")
    user.wait_for_text("inspectorCount", "3 images")
    user.click("verdictApprove")
    counted(user, 6)
    user.click_row(1)
    user.wait_for_text("note", NOTE)
    user.wait("the button of what was said", lambda: user.eyes.checked("verdictReject"))
    user.click("headerReview")
    shows(user, CHANGED[3])


def counted(user: User, count: int) -> None:
    user.wait_for_text("headerReview", f"{count} of {REVIEWABLE}")


def look_otherwise(user: User) -> None:
    """Sorted by name, in groups, as a grid."""
    user.click("sortRows")
    user.choose("Name")
    user.wait_for_text("sortRows", "Name")
    user.click_row(0)
    shows(user, min(CHANGED))
    user.click("groupRows")
    user.wait("headers", lambda: user.eyes.rows() > len(LISTED))
    user.click("groupRows")
    user.wait("no headers", lambda: user.eyes.rows() == len(LISTED))
    user.click("sortRows")
    user.choose("Difference")
    user.click("showGrid")
    user.wait_for("changesGrid")
    user.click_row(1, name="changesGrid")
    shows(user, CHANGED[1])
    user.click("showGrid")
    user.wait_for("changesTable")


def move_the_border(user: User) -> None:
    """The list is made wider."""
    width = user.look(lambda eyes: eyes.widget("changesPanel").width())
    x, y = user.place("changesPanel", 1.0, 0.5)
    user.hands.drag((x, y), (x + 60, y))
    user.wait("a wider list", lambda: user.eyes.widget("changesPanel").width() > width + 40)


def export(user: User) -> None:
    """Everything in the list, to where it is offered to go."""
    user.click("headerExport")
    user.click("exportShown")
    user.click("exportWithPage")
    user.wait("a page to be wanted", lambda: user.eyes.checked("exportWithPage"))
    user.click("exportStart")
    user.wait_for_text("exportOutcome", "Exported")
    user.click("exportDone")
    user.wait("the dialog to close", lambda: not user.eyes.sees("exportDialog"))
