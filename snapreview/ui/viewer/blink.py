"""Two images that take turns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from snapreview.model.change import Side
from snapreview.ui.viewer.modes import Looks

ATTENTION = frozenset(
    {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ActivationChange, QEvent.Type.WindowActivate}
    | {QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange}
)
"""Events of a widget after which it may be looked at, or not any more."""


class Blinker(QObject):
    """Which of two images is shown. It pauses while nobody looks at its widget.

    Signals: `swapped()` when it is the other image's turn.
    """

    swapped = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._side = Side.BASE
        self._wanted = False
        self._timer = QTimer(self, interval=Looks().blink_ms)
        self._timer.timeout.connect(self.swap)

    @property
    def side(self) -> Side:
        """Whose turn it is."""
        return self._side

    @property
    def running(self) -> bool:
        """Whether the images take turns by themselves now."""
        return self._timer.isActive()

    def restart(self, *, wanted: bool) -> None:
        """Begin with the base, for a whole interval; and go on only if `wanted`."""
        self._side = Side.BASE
        self._wanted = wanted
        self._timer.stop()
        self.attend()

    def set_interval(self, milliseconds: int) -> None:
        """How long each image is shown."""
        if milliseconds != self._timer.interval():
            self._timer.setInterval(milliseconds)

    def attend(self) -> None:
        """Pause while the widget is out of sight or its window is not in use, else go on."""
        window = self._widget.window()
        seen = self._widget.isVisible() and window.isActiveWindow() and not window.isMinimized()
        if not (self._wanted and seen):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def swap(self) -> None:
        """Show the other image now; the interval begins anew."""
        self._side = Side.HEAD if self._side is Side.BASE else Side.BASE
        if self._timer.isActive():
            self._timer.start()
        self.swapped.emit()
