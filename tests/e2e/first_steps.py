"""The shortest way from the start page to a zip."""

from __future__ import annotations

from .user import User


def first_steps(user: User, base: str, head: str, target: str) -> None:
    """Sources are typed, two rows chosen by mouse and written."""
    for name, source in (("baseSource", base), ("headSource", head)):
        user.wait_for(name)
        user.click(name)
        user.has_focus(name)
        user.write(source)
        user.wait_for_text(name, source)
    user.click("startCompare")
    user.wait_for_text("statusText", "differ")
    print(f"status: {user.read('statusText')}", flush=True)
    user.press("Ctrl+F")
    user.has_focus("filterField")
    user.write("home")
    user.wait("the filter to narrow", lambda: user.eyes.rows() == 3)
    user.press("Return")
    user.has_focus("changesTable")
    user.click_row(0)
    user.wait("the first row", lambda: user.eyes.selected_rows() == [0])
    user.click_row(1, held="Shift")
    user.wait("the second row", lambda: user.eyes.selected_rows() == [0, 1])
    user.press("Ctrl+E")
    user.wait_for("exportTarget")
    user.click("exportTarget")
    user.press("Ctrl+A")
    user.write(target)
    user.wait("the target", lambda: user.eyes.text("exportTarget") == target)
    user.click("exportStart")
    user.wait_for_text("exportOutcome", "Exported")
    user.click("exportDone")
    user.wait("the dialog to close", lambda: not user.eyes.sees("exportDialog"))
    user.press("Ctrl+Q")
