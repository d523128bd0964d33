"""Changes of every kind to show in the panel, and eyes to read it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from PySide6.QtWidgets import QLabel, QTableView, QTextEdit, QTreeView, QWidget

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.inspector.metadata_model import MetadataModel
from snapreview.ui.inspector.panel import Inspector

SIZE = (1170, 2532)
PIXELS = SIZE[0] * SIZE[1]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def record(name: str = "checkout/total.png", content: str = "base", **more) -> ImageRecord:
    return replace(ImageRecord(name, digest(content), None, 481_233, *SIZE), **more)


def changed(name: str = "checkout/total.png", **more) -> Change:
    """An image with two regions, changed by 1 %."""
    diff = ImageDiff(SIZE, PIXELS // 100, regions=((10, 20, 300, 80), (0, 0, 5, 1)))
    parts = {"base": record(name), "head": record(name, "head"), "diff": diff}
    return Change(name, Status.CHANGED, **(parts | more))


def resized() -> Change:
    diff = ImageDiff((1170, 2652), 140_400, size_changed=True)
    head = record(content="head", height=2652, byte_size=502_119)
    return changed(head=head, diff=diff)


def subtle() -> Change:
    diff = ImageDiff(SIZE, subtle_pixels=112)
    return replace(changed(diff=diff), status=Status.UNCHANGED)


def unchanged() -> Change:
    return Change("same.png", Status.UNCHANGED, record("same.png"), record("same.png"))


def added() -> Change:
    return Change("new.png", Status.ADDED, None, record("new.png"))


def removed() -> Change:
    return Change("gone.png", Status.REMOVED, record("gone.png"))


def renamed() -> Change:
    old, new = record("old/name.png"), record("new/name.png")
    return Change("new/name.png", Status.RENAMED, old, new, previous_name="old/name.png")


def errored(reason: str = "The head could not be downloaded. Try again later.") -> Change:
    bare = ImageRecord("broken.png")
    return Change("broken.png", Status.ERRORED, record("broken.png"), bare, error=reason)


def hostile() -> Change:
    """Everything as long as it gets, and what would like to be markup or to turn the writing."""
    name = f"very/long/{'n' * 490}"
    deep: object = "bottom"
    for _ in range(400):
        deep = {"in": deep}
    head = record(
        name,
        "head",
        display_name="<b>bold</b>\u202etxt.exe",
        group="g" * 500,
        description="d" * 5000,
        tags={"k" * 500: "v" * 500, "<img src=x>": "\x00\x07"},
        extra={"<h1>big</h1>": "\ud800 half", "deep": deep, "many": list(range(10_000))},
    )
    return changed(name, head=head, previous_name="o" * 500)


def facts(panel: Inspector, name: str) -> dict[str, tuple[str, ...]]:
    """The labels and values of a table, if it is to be seen."""
    view = panel.findChild(QTableView, name)
    if not view.isVisible():
        return {}
    model = view.model()
    rows = [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return {row[0]: tuple(cell for cell in row[1:] if cell is not None) for row in rows}


def regions(panel: Inspector) -> list[tuple[str, ...]]:
    view = panel.findChild(QTableView, "inspectorRegions")
    model = view.model()
    shown = range(model.rowCount()) if view.isVisible() else ()
    return [tuple(model.index(row, c).data() for c in range(4)) for row in shown]


def written(panel: QWidget, name: str) -> str:
    """A text, if it is to be seen."""
    widget = panel.findChild(QWidget, name)
    if not widget.isVisible():
        return ""
    return widget.toPlainText() if isinstance(widget, QTextEdit) else widget.text()


def metadata(panel: Inspector) -> dict:
    """The tree as nested dicts."""
    model: MetadataModel = panel.findChild(QTreeView, "inspectorMetadata").model()

    def below(parent) -> dict:
        found = {}
        for row in range(model.rowCount(parent)):
            key, value = (model.index(row, column, parent) for column in (0, 1))
            found[key.data()] = below(key) or value.data()
        return found

    return below(model.index(-1, -1))


def titles(panel: Inspector) -> list[str]:
    """The sections to be seen, from top to bottom."""
    names = ("Change", "Images", "Regions", "Details", "Metadata")
    labels = [panel.findChild(QLabel, f"section{name}Title") for name in names]
    return [label.text() for label in labels if label.isVisible()]
