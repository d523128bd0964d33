"""Extra metadata on screen: keys and values, folded where there is much of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QTreeView,
)

from snapreview.ui.inspector.keys import ARROWS, ENTER, claims
from snapreview.ui.inspector.metadata import Node
from snapreview.ui.inspector.metadata_delegate import NodeDelegate
from snapreview.ui.inspector.metadata_model import WHOLE, Column, MetadataModel
from snapreview.ui.inspector.painting import small_font
from snapreview.ui.inspector.shown import whole
from snapreview.ui.system import copy_text
from snapreview.ui.theme import Theme

ROWS_AT_ONCE = 12
"""Rows in sight; more of them scroll in the tree. So many are unfolded from the start."""

_ROW_PADDING = 8
_INDENT = 14
_KEY_SHARE = 0.42


class MetadataView(QTreeView):
    """A tree of keys and values. Ctrl+C copies a value, a right click offers to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="inspectorMetadata")
        self.setAccessibleName("Extra metadata")
        self._nodes = MetadataModel()
        self._delegate = NodeDelegate(theme, self)
        self.setModel(self._nodes)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self._fit_to_font()
        self.expanded.connect(self._fit_height)
        self.collapsed.connect(self._fit_height)
        self.hide()

    def show_nodes(self, nodes: tuple[Node, ...]) -> None:
        """Replace the tree; an empty one takes no room."""
        if self._nodes.show(nodes):
            self._fold(nodes)
            self._fit_height()
            self.setVisible(bool(nodes))

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

    def resizeEvent(self, event: QEvent) -> None:
        """Keys and values share the width."""
        super().resizeEvent(event)
        self.header().resizeSection(Column.KEY, round(self.viewport().width() * _KEY_SHARE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, fold and walk; letters are shortcuts, Escape leads out of here."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            _copy(index.data(WHOLE) or "")
        elif event.key() in ENTER:
            self._toggle(index)
        elif event.key() in ARROWS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on a row unfolds or folds it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._toggle(self.indexAt(event.position().toPoint()))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are two clicks."""
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a row to stand on."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._nodes.index(0, Column.KEY))
        super().focusInEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the value."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        text = index.data(WHOLE) if index.isValid() else ""
        if not text:
            return
        menu = QMenu(self, objectName="metadataMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction("Copy value", menu, objectName="metadataCopy")
        action.triggered.connect(lambda: _copy(text))
        menu.addAction(action)
        menu.popup(event.globalPos())

    def _toggle(self, index: QModelIndex) -> None:
        folder = index.siblingAtColumn(Column.KEY)
        if folder.isValid():
            self.setExpanded(folder, not self.isExpanded(folder))

    def _fold(self, nodes: tuple[Node, ...]) -> None:
        """Little is shown at once, much is folded."""
        if _count(nodes) <= ROWS_AT_ONCE:
            self.expandAll()

    def _fit_to_font(self) -> None:
        self._delegate.set_font(self.font())
        self._row_height = QFontMetrics(small_font(self.font())).height() + _ROW_PADDING
        self._delegate.row_height = self._row_height
        self.verticalScrollBar().setSingleStep(self._row_height)
        self._fit_height()

    def _fit_height(self) -> None:
        rows = min(self._rows_in(QModelIndex()), ROWS_AT_ONCE)
        self.setFixedHeight(rows * self._row_height)

    def _rows_in(self, parent: QModelIndex) -> int:
        """Unfolded rows below `parent`; a tree has no more than metadata.MOST_NODES."""
        places = (self._nodes.index(row, 0, parent) for row in range(self._nodes.rowCount(parent)))
        return sum(1 + (self._rows_in(p) if self.isExpanded(p) else 0) for p in places)

    def _set_up(self) -> None:
        self.setProperty("type", "facts")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.header().setMinimumSectionSize(1)
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(Column.KEY, QHeaderView.ResizeMode.Fixed)


def _copy(text: str) -> None:
    if text:
        copy_text(whole(text))


def _count(nodes: tuple[Node, ...]) -> int:
    return sum(1 + _count(node.children) for node in nodes)
