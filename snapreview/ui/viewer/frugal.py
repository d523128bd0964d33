"""Doing without, where there is little room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

Give = Callable[[bool], None]
"""Told whether something is kept (True) or given up (False)."""


class Frugal:
    """Gives up parts of a widget's content, one after the other, until its layout fits.

    What each step saves is measured once, with everything there that may appear later: so a
    part does not come and go with the others.
    """

    def __init__(self, widget: QWidget, *gives: Give) -> None:
        self._widget = widget
        self._gives = gives
        self._needs = [0]
        self._stale = True
        self._given_up = 0

    def fit(self, width: int) -> None:
        """Keep what `width` has room for."""
        enough = (step for step, need in enumerate(self._measured()) if need <= width)
        steps = next(enough, len(self._gives))
        if steps != self._given_up:
            self._give_up(steps)
            _invalidate(self._widget)
            # At once, so that what is squeezed is never painted.
            self._widget.layout().activate()

    def narrowest(self) -> int:
        """The width that is needed with everything given up."""
        return self._measured()[-1]

    def measure_again(self, width: int) -> None:
        """Letters or spaces have changed."""
        self._stale = True
        self.fit(width)

    def _measured(self) -> list[int]:
        """What each step needs. While it is measured, it is what it was before: a part that is
        shown for it has the layouts of the whole window asked, which would grow for good."""
        if self._stale:
            self._stale = False
            self._needs = self._measure()
        return self._needs

    def _measure(self) -> list[int]:
        before, needs = self._given_up, []
        for steps in range(len(self._gives) + 1):
            self._give_up(steps)
            needs.append(_need(self._widget))
        self._give_up(before)
        return needs

    def _give_up(self, steps: int) -> None:
        for step, give in enumerate(self._gives):
            give(step >= steps)
        self._given_up = steps


def _need(widget: QWidget) -> int:
    """The least width of a widget's layout as it is now."""
    _invalidate(widget)
    return widget.layout().minimumSize().width()


def _invalidate(widget: QWidget) -> None:
    """Have layouts look anew: frames inside of others tell of changes only later."""
    for inner in widget.findChildren(QWidget):
        inner.ensurePolished()
        if inner.layout() is not None:
            inner.layout().invalidate()
            inner.updateGeometry()
    widget.layout().invalidate()
