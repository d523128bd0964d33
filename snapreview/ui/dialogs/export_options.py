"""The parts of the export dialog's first page: what to write, and what of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QWidget,
)

from snapreview.export.entries import Part
from snapreview.export.run import Kind
from snapreview.ui.widgets import column_of, label, row_of

GAP = 8
"""Between two sections of the page, on top of what is between their lines."""

_ROWS = 6
_WORDS = {
    Kind.ZIP: ("&Zip of images", "The files themselves, for Figma, a chat or a ticket"),
    Kind.HTML: ("HTML &report", "A folder with a page that any browser opens"),
    Kind.CSV: ("Decisions as a &table", "Verdicts and notes as CSV, for a spreadsheet"),
    Kind.JSON: ("Decisions as &JSON", "Verdicts and notes, for programs"),
}
_PART_WORDS = {
    Part.BASE: ("&Base images", "As they were"),
    Part.HEAD: ("&Head images", "As they are now"),
    Part.DIFF: ("&Masks", "Changed pixels alone, on transparency"),
    Part.OVERLAY: ("&Overlays", "The head with changed pixels tinted"),
}
_PAGE_WORDS = "HTML re&port", "index.html, to look at it all in a browser"
_DECISION_WORDS = "&Decisions", "Verdicts and notes of these images"


class KindPicker(QWidget):
    """What to write. Signals: `chosen(Kind)` when that changes."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._kinds = {_radio(kind): kind for kind in Kind}
        for radio in self._kinds:
            self._group.addButton(radio)
        _pair_up(self, ((radio, _WORDS[kind][1]) for radio, kind in self._kinds.items()))
        next(iter(self._kinds)).setChecked(True)
        self._group.buttonToggled.connect(self._tell)

    @property
    def kind(self) -> Kind:
        """What is chosen."""
        return self._kinds[self._group.checkedButton()]

    def _tell(self, radio: QAbstractButton, on: bool) -> None:
        if on:
            self.chosen.emit(self._kinds[radio])


class Contents(QWidget):
    """What goes into a zip or onto a page. Signals: `changed()`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._parts = {part: _part_box(part) for part in Part}
        self._page = _box(_PAGE_WORDS, "exportWithPage", checked=False)
        self._decisions = _box(_DECISION_WORDS, "exportWithDecisions", checked=True)
        self._files, self._more = QWidget(), QWidget()
        _pair_up(self._files, ((box, _PART_WORDS[part][1]) for part, box in self._parts.items()))
        page = QWidget()
        _pair_up(page, [(self._page, _PAGE_WORDS[1])])
        _pair_up(self._more, [(self._decisions, _DECISION_WORDS[1])])
        self._of_zip = self._files, page
        column = column_of(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(_ROWS)
        column.addWidget(label("What of each", "title"))
        column.addSpacing(10 - _ROWS)
        for panel in (self._files, page, self._more):
            column.addWidget(panel)
        for box in (*self._parts.values(), self._page, self._decisions):
            box.toggled.connect(self.changed)

    @property
    def parts(self) -> frozenset[Part]:
        """What is wanted of each image."""
        return frozenset(part for part, box in self._parts.items() if box.isChecked())

    @property
    def with_page(self) -> bool:
        """Whether a zip has a page."""
        return self._page.isChecked()

    @property
    def with_decisions(self) -> bool:
        """Whether it shows what was decided."""
        return self._decisions.isChecked()

    def show_for(self, kind: Kind) -> None:
        """Offer what there is to choose for this kind."""
        for panel in self._of_zip:
            panel.setVisible(kind is Kind.ZIP)
        self.setVisible(not kind.is_table)


class RowPicker(QWidget):
    """Which rows. Signals: `changed()`."""

    changed = Signal()

    def __init__(self, selected: int, shown: int) -> None:
        super().__init__()
        self._selected = QRadioButton(f"&Selected ({selected:,})", objectName="exportSelected")
        self._shown = QRadioButton(f"&All in the list ({shown:,})", objectName="exportShown")
        self._selected.setToolTip("The images that are selected in the list")
        self._shown.setToolTip("Every image that the filter and the status pills let through")
        self._group = QButtonGroup(self)
        for choice, count in ((self._selected, selected), (self._shown, shown)):
            self._group.addButton(choice)
            choice.setEnabled(count > 0)
        (self._selected if selected > 1 else self._shown).setChecked(True)
        self._group.buttonToggled.connect(self._tell)
        column_of(self).addLayout(row_of(self._selected, self._shown, None, spacing=20))

    @property
    def only_selected(self) -> bool:
        """Whether it is the selected rows, not all that are listed."""
        return self._selected.isChecked()

    def _tell(self, _: QAbstractButton, on: bool) -> None:
        if on:
            self.changed.emit()

    @property
    def any(self) -> bool:
        """Whether there is a row in what is chosen."""
        return self._group.checkedButton().isEnabled()


def _radio(kind: Kind) -> QRadioButton:
    text, about = _WORDS[kind]
    return _told(QRadioButton(text, objectName=f"exportKind{kind.value.capitalize()}"), about)


def _part_box(part: Part) -> QCheckBox:
    return _box(_PART_WORDS[part], f"exportPart{part.value.capitalize()}", checked=True)


def _box(words: tuple[str, str], name: str, *, checked: bool) -> QCheckBox:
    box = _told(QCheckBox(words[0], objectName=name), words[1])
    box.setChecked(checked)
    return box


def _told(box: QAbstractButton, about: str) -> QAbstractButton:
    """What stands beside it is told to those who cannot see that it does."""
    box.setAccessibleName(f"{box.text().replace('&', '')}. {about}")
    box.setToolTip(f"{about} ({_key(box.text())})")
    return box


def _key(text: str) -> str:
    return f"Alt+{text.partition('&')[2][:1].upper()}"


def _pair_up(panel: QWidget, pairs: Iterable[tuple[QAbstractButton, str]]) -> None:
    """Each button with what it means beside it, in two columns as wide on every panel."""
    grid = QGridLayout(panel)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(_ROWS)
    grid.setHorizontalSpacing(16)
    for row, (box, about) in enumerate(pairs):
        grid.addWidget(box, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(about, "secondary"), row, 1)
        grid.setRowMinimumHeight(row, box.sizeHint().height())
    grid.setColumnMinimumWidth(0, 176)
    grid.setColumnStretch(1, 1)
