"""The settings dialog, and what each setting does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from snapreview.model.cancel import CancelToken
from snapreview.model.options import DiffOptions
from snapreview.ui import memory
from snapreview.ui.actions import WindowActions
from snapreview.ui.background import Background
from snapreview.ui.dialogs.settings_dialog import SettingsDialog
from snapreview.ui.dialogs.settings_values import Compared, Preferences
from snapreview.ui.remembering import Remembering
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.theme import ThemeSwitch

DescribeEngine = Callable[[Path | None], str]
"""What is found at a path, or without one, in words; may start it. Raises EngineUnavailable."""


class Preferring(QObject):
    """Opens the dialog, and has everything in the window follow what is chosen in it.

    Signals: `compareAgainRequested()`, with the options that are set now.
    """

    compareAgainRequested = Signal()

    def __init__(
        self,
        window: QWidget,
        page: ReviewPage,
        remembering: Remembering,
        themes: ThemeSwitch,
        actions: WindowActions,
        describe_engine: DescribeEngine,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._remembering = remembering
        self._themes = themes
        self._actions = actions
        self._describe_engine = describe_engine
        self._background = Background(self)
        self._compared: Compared | None = None
        self._dialog: SettingsDialog | None = None
        actions.settings.triggered.connect(self.open)
        actions.on_theme(self._choose_theme)
        actions.show_theme(themes.choice)

    def compared(self, options: DiffOptions) -> None:
        """A comparison begins, with these options."""
        self._compared = Compared(options, self._remembering.settings.engine_path)

    def open(self) -> None:
        """Show the dialog."""
        values = self._remembering.settings.model_dump()
        dialog = SettingsDialog(Preferences.from_mapping(values), self._compared, self._window)
        dialog.changed.connect(self._apply)
        dialog.compareAgainRequested.connect(self._compare_again)
        dialog.engineAsked.connect(self._ask_engine)
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()
        dialog.ask_engine()

    def close(self) -> None:
        """Ask no engine any more."""
        self._background.close()

    def _apply(self, preferences: Preferences) -> None:
        self._themes.choose(preferences.theme)
        self._actions.show_theme(preferences.theme)
        self._remembering.update(**preferences.as_mapping())
        memory.restore_viewer(self._remembering.settings, self._page)

    def _choose_theme(self, choice: str) -> None:
        self._themes.choose(choice)
        self._remembering.update(theme=None if choice == "system" else choice)

    def _compare_again(self) -> None:
        self.compareAgainRequested.emit()
        if self._dialog is not None:
            self._dialog.show_compared(self._compared)

    def _ask_engine(self, path: str) -> None:
        def ask(_: CancelToken) -> str:
            return self._describe_engine(Path(path) if path else None)

        def tell(text: str) -> None:
            if self._dialog is not None:
                self._dialog.show_engine(path, text)

        self._background.run(ask, tell, tell)

    def _forget_dialog(self) -> None:
        self._dialog = None
