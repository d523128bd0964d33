"""Where things go in an area that may lie above what is in sight."""

from __future__ import annotations

from PySide6.QtCore import QRect


def middle(area: QRect) -> int:
    """The y in the middle of the area's height, the same within it wherever it is.

    QRect.center rounds towards zero: what is placed with it moves by a pixel as its row leaves
    through the top.
    """
    return area.top() + (area.height() - 1) // 2
