"""The number that a mode has of its own, to be set in the toolbar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from snapreview.ui.viewer.modes import LEAST_BLINK_MS, MOST_BLINK_MS, Looks, Mode
from snapreview.ui.viewer.sliders import ToolbarSlider

_WIDEST = "100 %"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a mode's slider sets: `least` to `most` by `step`, read from looks and put into them."""

    name: str
    spoken: str
    tip: str
    least: int
    most: int
    step: int
    read: Callable[[Looks], int]
    put: Callable[[Looks, int], Looks]
    words: Callable[[Looks], str]


_KINDS = {
    Mode.WIPE: _Kind(
        *(
            "viewerWipePosition",
            "Line, in percent of the width",
            "Place of the line (keys , and .)",
        ),
        *(0, 100, 2),
        read=lambda looks: round(looks.wipe * 100),
        put=lambda looks, value: replace(looks, wipe=value / 100),
        words=lambda looks: f"{round(looks.wipe * 100)} %",
    ),
    Mode.ONION: _Kind(
        *("viewerOnionOpacity", "Opacity of the head in percent"),
        "From the base (left) to the head (right); keys , and .",
        *(0, 100, 5),
        read=lambda looks: round(looks.onion * 100),
        put=lambda looks, value: replace(looks, onion=value / 100),
        words=lambda looks: f"{round(looks.onion * 100)} %",
    ),
    Mode.BLINK: _Kind(
        *("viewerBlinkInterval", "Milliseconds that each image is shown"),
        "How long each image is shown (keys , and .)",
        *(LEAST_BLINK_MS, MOST_BLINK_MS, 100),
        read=lambda looks: looks.blink_ms,
        put=lambda looks, value: replace(looks, blink_ms=value),
        words=lambda looks: f"{looks.blink_ms / 1000:.1f} s",
    ),
}


class ModeDial(QWidget):
    """The slider of the mode in use and what it stands at; nothing in modes that have none.

    Signals: `moved(Looks)` when the user moved it.
    """

    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerModeDial")
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that changing the mode moves nothing else
        self.setSizePolicy(policy)
        self._looks = Looks()
        self._sliders = {mode: self._slider(mode) for mode in _KINDS}
        self._value = QLabel()
        self._value.setObjectName("viewerModeValue")
        self._value.setProperty("type", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        for slider in self._sliders.values():
            row.addWidget(slider)
        row.addWidget(self._value, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_looks(replace(self._looks, mode=Mode.WIPE))

    def show_looks(self, looks: Looks) -> None:
        """Stand where `looks` are."""
        self._looks = looks
        kind = _KINDS.get(looks.mode)
        if kind is None:
            return
        for mode, slider in self._sliders.items():
            slider.stand_at(_KINDS[mode].read(looks))
            slider.setVisible(mode is looks.mode)
        self._value.setText(kind.words(looks))
        self._value.setAccessibleName(kind.spoken)
        # Beside a number that moves, nothing else should.
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance(_WIDEST))

    def set_value_shown(self, shown: bool) -> None:
        """Whether the number stands beside the slider."""
        self._value.setVisible(shown)

    def _slider(self, mode: Mode) -> ToolbarSlider:
        kind = _KINDS[mode]
        slider = ToolbarSlider(kind.name, kind.spoken, kind.tip)
        slider.set_steps(kind.least, kind.most, kind.step)
        slider.stand_at(kind.read(self._looks))
        slider.valueChanged.connect(lambda value: self.moved.emit(kind.put(self._looks, value)))
        return slider
