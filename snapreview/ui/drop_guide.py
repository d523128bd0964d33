"""Leads what is dragged over an open comparison to where it can be dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from snapreview.ui.review_page import ReviewPage
from snapreview.ui.start_page import StartPage


class DropGuide(QObject):
    """Shows the start page while something is dragged, and the list again if it leaves."""

    def __init__(
        self,
        review: ReviewPage,
        start: StartPage,
        show_start: Callable[[], None],
        show_review: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._show_start = show_start
        self._show_review = show_review
        self._guiding = False
        review.dragArrived.connect(self._lead)
        start.dragLeft.connect(self._bring_back)
        start.dropped.connect(self._arrive)

    def _lead(self) -> None:
        self._guiding = True
        self._show_start()

    def _bring_back(self) -> None:
        if self._guiding:
            self._guiding = False
            self._show_review()

    def _arrive(self) -> None:
        self._guiding = False
