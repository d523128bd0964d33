"""The change list on screen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from snapreview.model.change import Change
from snapreview.ui.changes import keeping
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.cells import GLYPH, SMALL_GLYPH
from snapreview.ui.changes.delegate import RowDelegate
from snapreview.ui.changes.model import ChangesModel, Column
from snapreview.ui.changes.new_rows import NewRowsChip
from snapreview.ui.changes.scene import Scene
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.changes.walked_list import WalkedList
from snapreview.ui.changes.wishes import ThumbnailWishes
from snapreview.ui.icons import pixmap
from snapreview.ui.theme import Theme, status_colour


class ChangesTable(WalkedList):
    """The list of changes. Current row and selection follow their images by name.

    On a header, the first of its images is current; a selected header selects all of them.

    Signals: `currentChangeChanged(Change | None)`: another row is current, or there is news
    of it; `selectedChangesChanged()`; `openRequested(Change)`: Enter or a double click. While
    a batch is taken over nothing is told, and afterwards only what is different.
    """

    currentChangeChanged = Signal(object)
    selectedChangesChanged = Signal()
    openRequested = Signal(object)

    def __init__(self, model: ChangesModel, theme: Theme, parent: QWidget | None = None) -> None:
        self._in_batch = self._kept_by_name = False
        self._sight: keeping.Sight | None = None
        self._chosen = keeping.Chosen(None, "", -1, frozenset())
        self._told: Change | None = None
        self._told_selection: frozenset[str] = frozenset()
        self._selection_touched = False
        self._theme = theme
        self._wishes: ThumbnailWishes | None = None
        super().__init__(model, parent)
        self._rows_delegate = RowDelegate(theme, self)
        self.setItemDelegate(self._rows_delegate)
        self._scene = Scene(self, model)
        self._chip = NewRowsChip(self, model.changes)
        self._chip.clicked.connect(model.reorder)
        self.verticalScrollBar().valueChanged.connect(self._chip.place)
        self.opened.connect(lambda row: self.openRequested.emit(model.change(row)))
        model.batchStarting.connect(self._begin_batch)
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._restore)  # after the view's own reset
        model.rowsLeaving.connect(self._step_aside)
        model.batchEnded.connect(self._end_batch)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self._rows_delegate.set_theme(theme)
        self.viewport().update()

    def show_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Show small pictures in higher rows, or none."""
        if self._wishes is not None:
            self._wishes.deleteLater()
        self._wishes = thumbnails and ThumbnailWishes(self, self._rows, thumbnails)
        self._rows_delegate.thumbnails = thumbnails
        self._with_thumbnails = thumbnails is not None
        self.fit()
        self.viewport().update()

    def selected_changes(self) -> list[Change]:
        """The selected images from top to bottom, each once, with those of selected headers."""
        rows = self._rows.changes
        parts = sorted((p.top(), p.bottom()) for p in self.selectionModel().selection())
        entries = (entry for first, last in parts for entry in rows.entries(first, last))
        return [rows.find(name) for name in rows.images(entries)]

    def select_names(self, names: Iterable[str]) -> None:
        """Select the visible rows of these names, and nothing else."""
        keeping.select_entries(self, self._rows, frozenset(names))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell the current row."""
        super().currentChanged(current, previous)
        self._tell()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the selection."""
        super().selectionChanged(selected, deselected)
        self._selection_touched = True
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icons of all statuses now: the first results would wait for them."""
        super().showEvent(event)
        ratio = self.devicePixelRatioF()
        for category in Category:
            ink = status_colour(self._theme, category.value)
            for size in (GLYPH, SMALL_GLYPH):
                pixmap(category.value, ink, size, ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chip stays at the right."""
        super().resizeEvent(event)
        self._chip.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and above the new ones a line."""
        super().paintEvent(event)
        self._chip.paint_line(self._theme)

    def _begin_batch(self) -> None:
        self._in_batch = True
        self._scene.hold()
        self._sight = keeping.sight(self, self._rows)
        self._kept_by_name = keeping.is_large(self)
        if self._kept_by_name:
            self._chosen = keeping.chosen(self, self._rows)
            self.selectionModel().clearSelection()

    def _step_aside(self, first: int, last: int) -> None:
        """Where the current row leaves, the next one is current; Qt would take the one above.

        That is right only for the header below which it is folded away.
        """
        heir = first - 1 if self._is_folded_away(first) else last + 1
        if first <= self.currentIndex().row() <= last and heir < len(self._rows.changes):
            index = self._rows.index(heir, Column.NAME)
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, flag)

    def _is_folded_away(self, row: int) -> bool:
        entry = self._rows.changes.entry(row)
        group = self._rows.changes.group_of(entry)
        return group is not None and group.folded

    def _hold(self) -> None:
        if not self._kept_by_name:
            self._chosen = keeping.chosen(self, self._rows)

    def _restore(self) -> None:
        keeping.go_again(self, self._rows, self._chosen)
        if not self._kept_by_name:
            keeping.select_entries(self, self._rows, self._chosen.selected)
        self._selection_touched = True  # a reset clears it silently

    def _end_batch(self) -> None:
        if self._kept_by_name:
            before = self._chosen.selected
            found = keeping.select_entries(self, self._rows, before)
            self._selection_touched = found != len(before)
        if self._told_selection and not self.selectionModel().hasSelection():
            self.selectRow(self.currentIndex().row())
        keeping.see_again(self, self._rows, self._sight)
        self._in_batch = False
        self._scene.release()
        self._tell()
        self._chip.place()

    def _tell(self) -> None:
        """Report once what is different, and nothing while a batch is under way."""
        if self._in_batch:
            return
        current = self.current_change()
        if current is not self._told:
            self._told = current
            self.currentChangeChanged.emit(current)
        if self._selection_touched:
            self._tell_selection()

    def _tell_selection(self) -> None:
        self._selection_touched = False
        entries = keeping.selected_entries(self, self._rows)
        selected = frozenset(self._rows.changes.images(entries))
        if selected != self._told_selection:
            self._told_selection = selected
            self.selectedChangesChanged.emit()
