"""The settings. What is changed holds at once; what concerns comparing, for the next one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from snapreview.ui.dialogs.comparison_page import ComparisonPage
from snapreview.ui.dialogs.settings_pages import AppearancePage, ReviewSettingsPage, SettingsPage
from snapreview.ui.dialogs.settings_values import Compared, Preferences
from snapreview.ui.widgets import button, row_of

_WIDTH = 600
_MARGIN = 24


class SettingsDialog(QDialog):
    """Three pages of preferences. Open it with `open()`.

    Signals: `changed(Preferences)` with each edit that makes sense; `compareAgainRequested()`;
    `engineAsked(str)`: somebody has to find out which engine is at this path (the one used
    anyway where it is empty) and tell `show_engine`. Call `ask_engine` once that is connected.
    """

    changed = Signal(object)
    compareAgainRequested = Signal()
    engineAsked = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        compared: Compared | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self._preferences = preferences
        self._comparison = ComparisonPage()
        self._pages: dict[str, SettingsPage] = {
            "Appearance": AppearancePage(),
            "Review": ReviewSettingsPage(),
            "Comparison": self._comparison,
        }
        self._tabs = QTabWidget(objectName="settingsTabs", documentMode=True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Pages of the settings")
        self._tabs.tabBar().setObjectName("settingsTabBar")
        self._lay_out()
        self._connect()
        self._show()
        self._comparison.begin(preferences)
        self._comparison.show_compared(compared)

    @property
    def preferences(self) -> Preferences:
        """What is set now."""
        return self._preferences

    def show_preferences(self, preferences: Preferences) -> None:
        """Something was set elsewhere, as the overlay in the viewer; nothing is told of it."""
        if preferences != self._preferences:
            self._preferences = preferences
            self._show()

    def show_compared(self, compared: Compared | None) -> None:
        """How the comparison on screen was made; None where there is none."""
        self._comparison.show_compared(compared)

    def ask_engine(self) -> None:
        """Have `engineAsked` told for the engine that is set."""
        self._comparison.ask_engine()

    def show_engine(self, path: str, text: str) -> None:
        """Which engine was found at `path`, or what is wrong with it, in a sentence."""
        self._comparison.show_engine(path, text)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Every page gets the room it needs, and the dialog does not jump from page to page."""
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        for page in self._pages.values():
            page.fit(_WIDTH - 2 * _MARGIN)

    def _take(self, fields: dict[str, object]) -> None:
        preferences = replace(self._preferences, **fields)
        if preferences != self._preferences:
            self._preferences = preferences
            self._show()
            self.changed.emit(preferences)

    def _restore(self) -> None:
        """The defaults of the page in sight."""
        page = self._pages[self._tabs.tabText(self._tabs.currentIndex())]
        usual = Preferences()
        self._take({name: getattr(usual, name) for name in page.owned})
        if page is self._comparison:
            self._comparison.begin(self._preferences)

    def _show(self) -> None:
        for page in self._pages.values():
            page.show_preferences(self._preferences)

    def _connect(self) -> None:
        for page in self._pages.values():
            page.edited.connect(self._take)
        self._comparison.compareRequested.connect(self.compareAgainRequested)
        self._comparison.engineAsked.connect(self.engineAsked)

    def _lay_out(self) -> None:
        for title, page in self._pages.items():
            self._tabs.addTab(page, title)
        restore = button("Restore defaults", "settingsRestore", "The defaults of this page")
        done = button("Done", "settingsDone")
        restore.clicked.connect(self._restore)
        done.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 20)
        column.setSpacing(16)
        column.addWidget(self._tabs, 1)
        column.addLayout(row_of(restore, None, done))
        self.setFixedWidth(_WIDTH)
