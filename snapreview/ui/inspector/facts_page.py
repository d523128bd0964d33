"""The part of the panel that scrolls: everything that is known of an image."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from snapreview.model.change import Change
from snapreview.model.manifest import ImageRecord
from snapreview.ui.inspector.chips import Chips
from snapreview.ui.inspector.facts_view import FactsView
from snapreview.ui.inspector.metadata import tree
from snapreview.ui.inspector.metadata_view import MetadataView
from snapreview.ui.inspector.regions_model import MOST
from snapreview.ui.inspector.regions_view import RegionsView
from snapreview.ui.inspector.rows import (
    Profiles,
    change_facts,
    detail_facts,
    image_facts,
    read_notes,
)
from snapreview.ui.inspector.section import Section, rule
from snapreview.ui.inspector.wrapped_text import WrappedText
from snapreview.ui.theme import Theme
from snapreview.ui.widgets import button, row_of

_NOTHING = ImageRecord("")


class FactsPage(QScrollArea):
    """Sections below one another, never wider than the panel.

    Signals: `regionChosen(int)`, `copyJsonRequested()`, `copyDetailsRequested()`.
    """

    regionChosen = Signal(int)
    copyJsonRequested = Signal()
    copyDetailsRequested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="inspectorFacts")
        self._change: Change | None = None
        self._make_parts(theme)
        self._sections = self._make_sections()
        self._lay_out()
        self._regions.chosen.connect(self.regionChosen)

    def show_change(self, change: Change, profiles: Profiles, *, browsing: bool) -> None:
        """Tell everything about `change`."""
        record = change.record or _NOTHING
        self._status.show_facts(change_facts(change, browsing=browsing))
        self._error.show_text(change.error or "")
        self._notes.show_text(read_notes(change))
        self._images.show_facts(image_facts(change, profiles))
        self._regions.show_regions(change.diff)
        self._details.show_facts(detail_facts(change))
        self._description.show_text(record.description or "")
        self._tags.show_tags(record.tags)
        if self._change is None or self._change.record is not change.record:
            self._metadata.show_nodes(tree(record.extra))
        self._change = change
        self._name_sections(change)
        for section in self._sections:
            section.refresh()

    def show_profiles(self, profiles: Profiles) -> None:
        """The colour profiles of the image shown are known now."""
        if self._change is not None:
            self._images.show_facts(image_facts(self._change, profiles))

    def show_region(self, number: int) -> None:
        """Mark the region that the viewer shows."""
        self._regions.show_region(number)

    def to_top(self) -> None:
        """Begin where the reader begins."""
        self.verticalScrollBar().setValue(0)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for part in self._themed:
            part.set_theme(theme)

    def minimumSizeHint(self) -> QSize:
        """Any size will do."""
        return QSize(0, 0)

    def _name_sections(self, change: Change) -> None:
        """Titles count what is below them."""
        _, images, listed, *_ = self._sections
        images.set_title("Images" if change.base and change.head else "Image")
        count = len(change.diff.regions) if change.diff else 0
        listed.set_title(f"Regions  {count}{'+' if count >= MOST else ''}")

    def _make_parts(self, theme: Theme) -> None:
        self._status = FactsView("inspectorChange", "Change", theme)
        self._error = WrappedText("inspectorError", "Why it could not be compared", theme, "danger")
        self._notes = WrappedText("inspectorReadNotes", "How the images were read", theme)
        self._images = FactsView("inspectorImages", "Images", theme)
        self._regions = RegionsView(theme)
        self._details = FactsView("inspectorDetails", "Details", theme)
        self._description = WrappedText("inspectorDescription", "Description", theme, "text")
        self._tags = Chips("inspectorTags", "Tags", theme)
        self._metadata = MetadataView(theme)
        self._themed = (
            self._status,
            self._error,
            self._notes,
            self._images,
            self._regions,
            self._details,
            self._description,
            self._tags,
            self._metadata,
        )

    def _make_sections(self) -> tuple[Section, ...]:
        details = self._details, self._description, self._tags
        return (
            Section("Change", "sectionChange", self._status, self._error, self._notes),
            Section("Images", "sectionImages", self._images),
            Section("Regions", "sectionRegions", self._regions),
            Section("Details", "sectionDetails", *details),
            Section("Metadata", "sectionMetadata", self._metadata),
        )

    def _lay_out(self) -> None:
        inside = QWidget(objectName="inspectorInside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(10)
        for section in self._sections:
            column.addWidget(section)
        text = button("Copy text", "inspectorCopy", "Copy all of this as text (Ctrl+Shift+C)")
        text.clicked.connect(self.copyDetailsRequested)
        json = button("Copy JSON", "inspectorCopyJson", "Copy all of this as JSON")
        json.clicked.connect(self.copyJsonRequested)
        buttons = row_of(text, json, None)
        buttons.setContentsMargins(12, 2, 12, 0)
        column.addWidget(rule())
        column.addLayout(buttons)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setMinimumWidth(0)
