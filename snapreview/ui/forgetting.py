"""Forgetting the comparison that is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from snapreview.stores.opening import lasting_source
from snapreview.ui.deciding import Deciding
from snapreview.ui.dialogs.forget_dialog import ForgetDialog
from snapreview.ui.presenter import Presenter
from snapreview.ui.remembering import Remembering


class Forgetting(QObject):
    """Asks, and has everything that is remembered of it removed.

    Signals: `forgotten()`: nothing is open any more.
    """

    forgotten = Signal()

    def __init__(
        self,
        window: QWidget,
        deciding: Deciding,
        remembering: Remembering,
        presenter: Callable[[], Presenter | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._deciding = deciding
        self._remembering = remembering
        self._presenter = presenter

    def ask(self) -> None:
        """Ask whether, and what of it."""
        dialog = ForgetDialog(len(self._deciding.desk.decisions), self._window)
        dialog.agreed.connect(self.forget)
        dialog.open()

    def forget(self, decisions: bool) -> None:
        """Forget results and masks, the recent pair and, if wanted, `decisions`."""
        presenter = self._presenter()
        request = presenter.request if presenter is not None else None
        if presenter is None or request is None:
            return
        if decisions:
            self._deciding.forget()
        shown = request.shown()
        base, head = lasting_source(shown.base), lasting_source(shown.head)
        self._remembering.keep(self._remembering.settings.without_recent(base, head))
        presenter.forget()
        self.forgotten.emit()
