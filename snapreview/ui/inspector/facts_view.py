"""Facts on screen: as high as they are many, never wider than the panel, each to be copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from snapreview.ui.inspector.facts_delegate import GAP, FactsDelegate
from snapreview.ui.inspector.facts_model import LABEL, FactsModel, Role
from snapreview.ui.inspector.keys import ARROWS, ENTER, claims
from snapreview.ui.inspector.painting import small_font
from snapreview.ui.inspector.rows import Fact
from snapreview.ui.inspector.shown import whole
from snapreview.ui.system import copy_text
from snapreview.ui.theme import Theme

_ROW_PADDING = 8
_COPIED_MS = 1200
_WIDEST_LABEL = "Shown as"


class FactsView(QTableView):
    """A table of facts. Tab reaches it, arrows walk in it, Ctrl+C and Enter copy a value.

    The pointer takes no focus to it, so that the keys of reviewing keep working: a click on a
    digest copies, a right click offers to copy anything else.
    """

    def __init__(self, name: str, spoken: str, theme: Theme) -> None:
        super().__init__(objectName=name)
        self.setAccessibleName(spoken)
        self._facts = FactsModel()
        self._delegate = FactsDelegate(theme, self)
        self._calm = QTimer(self, interval=_COPIED_MS, singleShot=True)
        self._calm.timeout.connect(self._forget_copied)
        self.setModel(self._facts)
        self.setItemDelegate(self._delegate)
        set_up_quiet_table(self)
        self.horizontalHeader().hide()
        self._fit_to_font()
        self.hide()

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Replace what is told; nothing takes no room."""
        if self._facts.show(facts):
            self._forget_copied()
            self._lay_out_columns()
            self.setFixedHeight(len(facts) * self._row_height)
            self.setVisible(bool(facts))

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._delegate.set_theme(theme)
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self.height())

    def event(self, event: QEvent) -> bool:
        """Arrows walk here and not through the images."""
        return claims(event, ARROWS | ENTER) or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow and shrink with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; letters are shortcuts, Escape leads out of here."""
        copying = event.key() in ENTER or event.matches(QKeySequence.StandardKey.Copy)
        if copying:
            self._copy(self.currentIndex())
        elif event.key() in ARROWS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand where a click copies."""
        super().mouseMoveEvent(event)
        if self._is_digest(self.indexAt(event.position().toPoint())):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Copy a digest; nothing is selected by the pointer."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_digest(index):
            self._copy(index)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the value."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        text = index.data(Role.WHOLE) if index.isValid() else ""
        if not text:
            return
        menu = QMenu(self, objectName="factsMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fact: Fact = index.data(Role.FACT)
        action = QAction(f"Copy {fact.label}", menu, objectName="factsCopy")
        action.triggered.connect(lambda: copy_text(whole(text)))
        menu.addAction(action)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a value to stand on."""
        if not self.currentIndex().isValid() or self.currentIndex().column() == LABEL:
            self.setCurrentIndex(self._facts.index(self._first_value(), 1))
        super().focusInEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Labels are passed over."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column() == LABEL:
            self.setCurrentIndex(current.siblingAtColumn(1))

    def _first_value(self) -> int:
        captions = (fact.caption for fact in self._facts.facts)
        return next((row for row, caption in enumerate(captions) if not caption), 0)

    def _copy(self, index: QModelIndex) -> None:
        text = index.data(Role.WHOLE) if index.isValid() else ""
        if text:
            copy_text(whole(text))
            self._delegate.copied = index.row(), index.column()
            self._calm.start()
            self.viewport().update()

    def _forget_copied(self) -> None:
        self._calm.stop()
        self._delegate.copied = None
        self.viewport().update()

    def _is_digest(self, index: QModelIndex) -> bool:
        return index.isValid() and bool(index.data(Role.WHOLE)) and index.data(Role.FACT).digest

    def _fit_to_font(self) -> None:
        self._delegate.set_font(self.font())
        metrics = QFontMetrics(small_font(self.font()))
        self._row_height = metrics.height() + _ROW_PADDING
        self._label_width = metrics.horizontalAdvance(_WIDEST_LABEL) + GAP
        self.verticalHeader().setDefaultSectionSize(self._row_height)
        self._lay_out_columns()
        self.setFixedHeight(self._facts.rowCount() * self._row_height)

    def _lay_out_columns(self) -> None:
        """Labels have the width of the widest everywhere; values share the rest."""
        header = self.horizontalHeader()
        for column in range(1, self._facts.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(LABEL, self._label_width)


def set_up_quiet_table(table: QTableView) -> None:
    """A table without lines, headers of rows, scroll bars across, and focus by the pointer."""
    table.setProperty("type", "facts")
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setMouseTracking(True)
    table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(1)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().setMinimumSectionSize(1)
    table.horizontalHeader().setSectionsClickable(False)
    table.viewport().setAutoFillBackground(False)
    table.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
