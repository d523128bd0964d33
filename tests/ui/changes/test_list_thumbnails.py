"""Small pictures in the list, which are asked for when it has come to rest."""

import pytest
from changes_samples import change
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPixmap

from snapreview.model.change import Status
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.table import ChangesTable
from snapreview.ui.changes.wishes import ThumbnailWishes
from snapreview.ui.theme import LIGHT

BLUE = "#1f3fd0"


class Pictures(QObject):
    """Has a blue picture of every row that was wanted, once it is told to deliver."""

    arrived = Signal(object)

    def __init__(self):
        super().__init__()
        self.wishes = []
        self.there = set()

    def pixmap(self, wanted, size, ratio):
        if wanted.name not in self.there:
            return None
        found = QPixmap(size * ratio)
        found.setDevicePixelRatio(ratio)
        found.fill(QColor(BLUE))
        return found

    def want(self, changes, size, ratio):
        self.wishes.append([row.name for row in changes])

    def deliver(self):
        self.there.update(self.wishes[-1])
        self.arrived.emit(frozenset(self.wishes[-1]))


@pytest.fixture
def table(qtbot):
    model = ChangesModel()
    view = ChangesTable(model, LIGHT)
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(320, 560)
    model.replace([change(f"in/{n:03}.png", Status.CHANGED, 500 - n) for n in range(300)])
    with qtbot.waitExposed(view):
        view.show()
    return view


def blue(table):
    """Whether the first picture is there."""
    image = table.viewport().grab().toImage()
    return image.pixelColor(36, table.rowHeight(0) // 2) == QColor(BLUE)


def test_rows_are_higher_with_pictures(table):
    before = table.rowHeight(0)
    table.show_thumbnails(Pictures())
    assert table.rowHeight(0) == 56 > before
    table.show_thumbnails(None)
    assert table.rowHeight(0) == before


def test_what_is_in_sight_is_wanted_first_and_painted_when_it_arrives(qtbot, table):
    pictures = Pictures()
    table.show_thumbnails(pictures)
    qtbot.waitUntil(lambda: bool(pictures.wishes))
    wanted = pictures.wishes[-1]
    assert wanted[:10] == [f"in/{n:03}.png" for n in range(10)]
    assert 10 <= len(wanted) <= 21
    assert not blue(table)
    pictures.deliver()
    assert blue(table)


def test_scrolling_asks_once_it_rests_for_where_it_rests(qtbot, table):
    pictures = Pictures()
    table.show_thumbnails(pictures)
    qtbot.waitUntil(lambda: bool(pictures.wishes))
    pictures.wishes.clear()
    for row in range(0, 200, 10):
        table.verticalScrollBar().setValue(row * 56)
    qtbot.waitUntil(lambda: bool(pictures.wishes))
    assert [wish[0] for wish in pictures.wishes] == ["in/190.png"]


def test_headers_have_no_picture_of_their_own(qtbot, table):
    pictures = Pictures()
    table.model().set_grouped(True)
    table.show_thumbnails(pictures)
    qtbot.waitUntil(lambda: bool(pictures.wishes))
    assert pictures.wishes[-1][0] == "in/000.png"
    assert len(set(pictures.wishes[-1])) == len(pictures.wishes[-1])


def test_a_filter_asks_for_what_is_in_sight_now(qtbot, table):
    pictures = Pictures()
    table.show_thumbnails(pictures)
    qtbot.waitUntil(lambda: bool(pictures.wishes))
    pictures.wishes.clear()
    table.model().set_filter("299")
    qtbot.waitUntil(lambda: bool(pictures.wishes))
    assert pictures.wishes == [["in/299.png"]]


def test_without_pictures_nothing_is_asked_any_more(qtbot, table):
    pictures = Pictures()
    table.show_thumbnails(pictures)
    qtbot.waitUntil(lambda: bool(pictures.wishes))
    pictures.wishes.clear()
    table.show_thumbnails(None)
    table.verticalScrollBar().setValue(5_000)
    qtbot.waitUntil(lambda: not table.findChildren(ThumbnailWishes))
    assert pictures.wishes == []
