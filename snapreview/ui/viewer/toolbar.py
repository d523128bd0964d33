"""The line of controls above the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from snapreview.ui.icons import icon
from snapreview.ui.viewer.actions import ViewerActions
from snapreview.ui.viewer.colours import Overlay, ViewerColours
from snapreview.ui.viewer.frugal import Frugal
from snapreview.ui.viewer.mode_dial import ModeDial
from snapreview.ui.viewer.modes import ADJUSTABLE, Looks
from snapreview.ui.viewer.overlay_menu import ColourButton, OpacitySlider
from snapreview.ui.viewer.segments import Segments
from snapreview.ui.viewer.words import zoom_text

_WIDEST_ZOOM = "6400 %"
_STYLES = Qt.ToolButtonStyle


class ViewerToolbar(QWidget):
    """Buttons for the viewer's actions, the mode's own slider, a zoom readout, and the overlay's
    colour and opacity. Where there is little room it does without words, then without what the
    menus and keys do as well."""

    def __init__(self, actions: ViewerActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerToolbar")
        self._actions = actions
        self._zoom = QLabel("100 %")
        self._zoom.setObjectName("viewerZoom")
        self._zoom.setAccessibleName("Zoom")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance(_WIDEST_ZOOM) + 8)
        self.dial = ModeDial()
        self.colour = ColourButton()
        self.opacity = OpacitySlider()
        self._backdrop = _menu_button("viewerBackdrop", "Canvas", list(actions.backdrop.values()))
        self._backdrop.setToolTip("What is shown behind the image")
        self._behind = [_Line(), self._backdrop]
        self._modes = [_button(action) for action in actions.mode.values()]
        self._others = [_button(actions.fit), _button(actions.overlay)]
        self._steps = [_button(actions.zoom_out, worded=False)]
        self._steps += [_button(actions.zoom_in, worded=False), _button(actions.actual)]
        self._frugal = Frugal(
            self,
            lambda kept: _set_worded(self._others, kept),
            lambda kept: _set_worded(self._modes, kept),
            self.opacity.setVisible,
            lambda kept: _set_shown(self._behind, kept),
            lambda kept: _set_shown(self._steps, kept),
            self.dial.set_value_shown,
            lambda kept: _set_shown([self._zoom, self._others[0]], kept),
        )
        self._lay_out()
        self.show_looks(None)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(Segments(self._modes))
        row.addWidget(self.dial)
        row.addStretch(1)
        zoom_out, zoom_in, actual = self._steps
        fit, overlay = self._others
        for widget in (zoom_out, self._zoom, zoom_in, fit, actual, *self._behind):
            row.addWidget(widget)
        for widget in (_Line(), overlay, self.colour, self.opacity):
            row.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is without all that can be done without."""
        return QSize(self._frugal.narrowest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much as there is room for."""
        super().resizeEvent(event)
        self._frugal.fit(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        """Other letters are wider or narrower."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._frugal.measure_again(self.width())

    def show_looks(self, looks: Looks | None) -> None:
        """Tell where the mode's own slider stands; None where there is nothing to adjust."""
        if looks is not None:
            self.dial.show_looks(looks)
        self.dial.setVisible(looks is not None and looks.mode in ADJUSTABLE)

    def show_zoom(self, zoom: float) -> None:
        """Tell how large the image is shown."""
        self._zoom.setText(zoom_text(zoom))

    def show_overlay(self, overlay: Overlay) -> None:
        """Tell how changed pixels are tinted."""
        self._actions.overlay.setChecked(overlay.visible)
        self.colour.show_colour(overlay.colour)
        self.opacity.show_opacity(overlay)
        for widget in (self.colour, self.opacity):
            widget.setEnabled(overlay.visible)

    def set_colours(self, colours: ViewerColours) -> None:
        """Follow the window's palette."""
        self.colour.set_colours(colours)
        self._backdrop.setIcon(icon("chevron", colours.muted))
        for line in self.findChildren(_Line):
            line.set_colour(colours.border)
        self._frugal.measure_again(self.width())  # there may have been no icons before


def _menu_button(name: str, text: str, actions: list[QAction]) -> QToolButton:
    """A button that opens a menu; its chevron is set with the colours."""
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(_STYLES.ToolButtonTextBesideIcon)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron after the word
    button.setIconSize(QSize(12, 12))
    menu = QMenu(button)
    menu.addActions(actions)
    button.setMenu(menu)
    return button


def _button(action: QAction, *, worded: bool = True) -> QToolButton:
    """A button for an action; one that is not `worded` shows its icon alone."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(f"{action.objectName()}Button")
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolButtonStyle(
        _STYLES.ToolButtonTextBesideIcon if worded else _STYLES.ToolButtonIconOnly
    )
    button.setIconSize(QSize(16, 16))
    button.setAutoRaise(True)
    return button


def _set_worded(buttons: Sequence[QToolButton], worded: bool) -> None:
    for button in buttons:
        button.setToolButtonStyle(
            _STYLES.ToolButtonTextBesideIcon if worded else _STYLES.ToolButtonIconOnly
        )


def _set_shown(widgets: Sequence[QWidget], shown: bool) -> None:
    for widget in widgets:
        widget.setVisible(shown)


class _Line(QWidget):
    """Stands between groups of controls."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(9, 18)
        self._colour = QColor()

    def set_colour(self, colour: QColor) -> None:
        """Follow the window's palette."""
        self._colour = QColor(colour)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.width() // 2, 0, 1, self.height(), self._colour)
        painter.end()
