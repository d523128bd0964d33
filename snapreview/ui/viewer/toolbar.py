"""The line of controls above the canvas."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from snapreview.ui.icons import icon
from snapreview.ui.viewer.actions import ViewerActions
from snapreview.ui.viewer.colours import Overlay, ViewerColours
from snapreview.ui.viewer.overlay_menu import ColourButton, OpacitySlider
from snapreview.ui.viewer.words import zoom_text

_NARROWEST = 460
_WIDEST_ZOOM = "6400 %"
_STYLES = Qt.ToolButtonStyle


class ViewerToolbar(QWidget):
    """Buttons for the viewer's actions, a zoom readout, and the overlay's colour and opacity."""

    def __init__(self, actions: ViewerActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerToolbar")
        self._actions = actions
        self._zoom = QLabel("100 %")
        self._zoom.setObjectName("viewerZoom")
        self._zoom.setAccessibleName("Zoom")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance(_WIDEST_ZOOM) + 8)
        self.colour = ColourButton()
        self.opacity = OpacitySlider()
        self._backdrop = _menu_button("viewerBackdrop", "Canvas", list(actions.backdrop.values()))
        self._backdrop.setToolTip("What is shown behind the image")
        self._worded = [_button(action) for action in actions.mode.values()]
        fit, overlay = _button(actions.fit), _button(actions.overlay)
        self._worded += [fit, overlay]
        self._roomy_width = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for button in self._worded[:-2]:
            row.addWidget(button)
        row.addWidget(_Line())
        row.addWidget(_button(actions.zoom_out, worded=False))
        row.addWidget(self._zoom)
        row.addWidget(_button(actions.zoom_in, worded=False))
        row.addWidget(fit)
        row.addWidget(_button(actions.actual))
        row.addStretch(1)
        row.addWidget(self._backdrop)
        row.addWidget(_Line())
        row.addWidget(overlay)
        row.addWidget(self.colour)
        row.addWidget(self.opacity)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is without words."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the icons as long as there is room, then without the slider too."""
        super().resizeEvent(event)
        width = event.size().width()
        styles = {button.toolButtonStyle() for button in self._worded}
        if _STYLES.ToolButtonTextBesideIcon in styles and not self.opacity.isHidden():
            self._roomy_width = super().minimumSizeHint().width()
        worded = width >= self._roomy_width
        style = _STYLES.ToolButtonTextBesideIcon if worded else _STYLES.ToolButtonIconOnly
        for button in self._worded:
            button.setToolButtonStyle(style)
        self.opacity.setVisible(width >= _NARROWEST + self.opacity.width())

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
