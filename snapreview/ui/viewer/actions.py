"""Everything the viewer can be told to do, as actions with their keys.

The keys are those of a whole window: put the actions into its menu. Letters stay with a text field
that has the focus, since Qt's fields claim plain keys before any shortcut does.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence

from snapreview.ui.icons import icon
from snapreview.ui.viewer.colours import Backdrop, ViewerColours
from snapreview.ui.viewer.modes import Mode

_MODE_KEYS = {
    Mode.SPLIT: "S",
    Mode.WIPE: "W",
    Mode.ONION: "O",
    Mode.BLINK: "B",
    Mode.DIFFERENCE: "F",
    Mode.BASE: "Left",
    Mode.HEAD: "Right",
}
_MODE_TIPS = {
    Mode.SPLIT: "Base and head side by side",
    Mode.WIPE: "Base left and head right of a line that can be moved",
    Mode.ONION: "Head over base, as transparent as you like",
    Mode.BLINK: "Base and head take turns",
    Mode.DIFFERENCE: "Only what changed; the rest of the head is dimmed",
    Mode.BASE: "Only the base",
    Mode.HEAD: "Only the head",
}
_LESS = "Move the wipe's line left, show less of the head in an onion skin, blink faster"
_MORE = "Move the wipe's line right, show more of the head in an onion skin, blink slower"
_ICONS = {
    "viewerModeSplit": "split",
    "viewerModeWipe": "wipe",
    "viewerModeOnion": "onion",
    "viewerModeBlink": "blink",
    "viewerModeDifference": "difference",
    "viewerModeBase": "base",
    "viewerModeHead": "head",
    "viewerFit": "fit",
    "viewerZoomIn": "plus",
    "viewerZoomOut": "minus",
    "viewerOverlay": "overlay",
}


class ViewerActions(QObject):
    """The viewer's actions. `modes` and `backdrops` are exclusive groups."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.modes = QActionGroup(self)
        self.mode = {mode: self._mode(mode) for mode in Mode}
        self.toggle_side = self._add("ToggleSide", "Swap base and head in view", "T")
        self.mode[Mode.ONION].setIconText("Onion")
        self.less = self._add("Less", "Wipe left, less head", ",", "Alt+Left", tip=_LESS)
        self.more = self._add("More", "Wipe right, more head", ".", "Alt+Right", tip=_MORE)
        self.fit = self._add("Fit", "Fit", "0", tip="Show the whole image")
        self.actual = self._add("Actual", "100 %", "Ctrl+1", tip="One image pixel per screen pixel")
        self.zoom_in = self._add("ZoomIn", "Zoom in", "Ctrl++", "Ctrl+=")
        self.zoom_out = self._add("ZoomOut", "Zoom out", "Ctrl+-")
        self.toggle_fit = self._add("ToggleFit", "Toggle fit and 100 %", tip="Space in the image")
        self.overlay = self._add("Overlay", "Overlay", "D", tip="Tint changed pixels")
        self.overlay.setCheckable(True)
        self.weaker = self._add("OverlayWeaker", "Weaker overlay", "[")
        self.stronger = self._add("OverlayStronger", "Stronger overlay", "]")
        self.flash = self._add("Flash", "Flash the overlay", "H")
        self.next_region = self._add("NextRegion", "Next change in the image", "J", "Alt+Down")
        self.last_region = self._add("LastRegion", "Previous change in the image", "K", "Alt+Up")
        self.boxes = self._add("Boxes", "Boxes around changes", "Shift+H")
        self.boxes.setCheckable(True)
        self.copy_colour = self._add("CopyColour", "Copy colours at the pointer", "C")
        self.backdrops = QActionGroup(self)
        self.backdrop = {backdrop: self._backdrop(backdrop) for backdrop in Backdrop}
        self.mode[Mode.SPLIT].setChecked(True)
        self.backdrop[Backdrop.AUTO].setChecked(True)

    def all(self) -> list[QAction]:
        """Every action, in the order of a menu, with separators between what belongs together."""
        groups = [
            [*self.mode.values(), self.toggle_side],
            [self.less, self.more],
            [self.fit, self.actual, self.toggle_fit, self.zoom_in, self.zoom_out],
            [self.overlay, self.weaker, self.stronger, self.flash],
            [self.next_region, self.last_region, self.boxes, self.copy_colour],
            list(self.backdrop.values()),
        ]
        actions: list[QAction] = []
        for group in groups:
            actions += [self._separator(), *group] if actions else group
        return actions

    def on_mode(self, called: Callable[[Mode], None]) -> None:
        """Call when a mode is chosen."""
        self.modes.triggered.connect(lambda action: called(action.data()))

    def on_backdrop(self, called: Callable[[Backdrop], None]) -> None:
        """Call when a backdrop is chosen."""
        self.backdrops.triggered.connect(lambda action: called(action.data()))

    def set_two_sided(self, two_sided: bool) -> None:
        """Modes are for two images; one is shown the same in all of them."""
        self.modes.setEnabled(two_sided)
        self.toggle_side.setEnabled(two_sided)

    def set_pointable(self, *, regions: bool, overlay: bool) -> None:
        """Whether there are regions to go to, and an overlay to flash."""
        for action in (self.next_region, self.last_region, self.boxes):
            action.setEnabled(regions)
        self.flash.setEnabled(overlay)

    def set_adjustable(self, adjustable: bool) -> None:
        """Whether there is something to move: a line, an opacity, a pace."""
        self.less.setEnabled(adjustable)
        self.more.setEnabled(adjustable)

    def set_colours(self, colours: ViewerColours) -> None:
        """Draw the icons for a theme."""
        for action in self.findChildren(QAction):
            if action.objectName() in _ICONS:
                action.setIcon(_icon(_ICONS[action.objectName()], colours))

    def _mode(self, mode: Mode) -> QAction:
        key = _MODE_KEYS[mode]
        action = self._add(f"Mode{mode.name.capitalize()}", mode.value, key, tip=_MODE_TIPS[mode])
        return self._in_group(action, self.modes, mode)

    def _backdrop(self, backdrop: Backdrop) -> QAction:
        action = self._add(f"Backdrop{backdrop.name.capitalize()}", backdrop.value)
        return self._in_group(action, self.backdrops, backdrop)

    def _in_group(self, action: QAction, group: QActionGroup, data: Mode | Backdrop) -> QAction:
        action.setCheckable(True)
        action.setData(data)
        group.addAction(action)
        return action

    def _add(self, name: str, text: str, *keys: str, tip: str = "") -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"viewer{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip or text} ({shown})" if shown else tip or text)
        return action

    def _separator(self) -> QAction:
        action = QAction(self)
        action.setSeparator(True)
        return action


def _icon(name: str, colours: ViewerColours) -> QIcon:
    return icon(name, colours.muted, checked=colours.accent)
