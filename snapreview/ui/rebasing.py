"""Compares the open head with the latest base of its store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from snapreview.model.errors import SourceError
from snapreview.stores.addresses import shown_source
from snapreview.stores.base_choice import FoundBase
from snapreview.ui.background import Background
from snapreview.ui.presenter import Presenter
from snapreview.ui.roles import OpenRequest
from snapreview.ui.start.choosing import FindBase
from snapreview.ui.start.latest import Latest, answer


class Rebasing(QObject):
    """Finds the base in the background, and opens it unless something else was opened meanwhile.

    Signals: `told(str)`, a sentence.
    """

    told = Signal(str)

    def __init__(
        self, find_base: FindBase, presenter: Callable[[], Presenter | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._find_base = find_base
        self._presenter = presenter
        self._background = Background(self)
        self._latest = Latest(self._background)

    def compare_with_latest(self) -> None:
        """Look for the latest base of what is open."""
        presenter = self._presenter()
        request = presenter.request if presenter is not None else None
        if presenter is None or request is None:
            return
        asked = presenter.generation
        self.told.emit(f"Looking for the latest base of {shown_source(request.head)}…")
        self._latest.run(
            partial(answer, self._find_base, request.head),
            lambda found: self._open(found, request, asked),
            self.told.emit,
        )

    def close(self) -> None:
        """Look for nothing more."""
        self._background.close()

    def _open(self, found: FoundBase | SourceError, before: OpenRequest, asked: int) -> None:
        presenter = self._presenter()
        if presenter is None or presenter.generation != asked:
            return
        if isinstance(found, SourceError):
            self.told.emit(str(found))
            return
        if found.source == before.base:
            self.told.emit(f"It is compared with the latest base already: {found.why}.")
            return
        presenter.open(OpenRequest(found.source, found.head, presenter.options))
        self.told.emit(f"Compared with {found.shown}: {found.why}.")
