"""What is on screen after a batch: always what a painting of all would show, and no more work."""

from random import Random

import pytest
from changes_samples import change
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from snapreview.model.change import Change, Status
from snapreview.model.decision import Decision, Verdict
from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.theme import LIGHT

NAMES = [f"page/{number:03}.png" for number in range(200)]
SETTLED = [Status.CHANGED, Status.ADDED, Status.UNCHANGED, Status.ERRORED, Status.SKIPPED]


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _widget, event) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def panel(qtbot):
    panel = ChangesPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(400, 500)
    panel.replace([change(name, Status.PENDING) for name in NAMES])
    with qtbot.waitExposed(panel):
        panel.show()
    wait_for_screen(qtbot, panel)
    return panel


def on_screen(panel) -> QImage:
    """What the window holds now, without painting it."""
    whole = panel.screen().grabWindow(panel.winId()).toImage()
    return whole.convertToFormat(QImage.Format.Format_RGB32)


def wait_for_screen(qtbot, panel) -> None:
    """Until the screen shows what painting everything would."""

    def is_right() -> bool:
        painted = panel.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return on_screen(panel) == painted

    qtbot.waitUntil(is_right)


def settled(name: str, status: Status) -> Change:
    if status is Status.ERRORED:
        return change(name, status, error="The file is cut off.")
    return change(name, status, 5 if status is Status.CHANGED else None)


@pytest.mark.parametrize("seed", range(4))
def test_the_screen_is_right_after_every_batch(qtbot, panel, seed):
    chance = Random(seed)
    left = NAMES.copy()
    chance.shuffle(left)
    while left:
        batch, left = left[:15], left[15:]
        panel.update_rows([settled(name, chance.choice(SETTLED)) for name in batch])
        act(panel, chance)
        wait_for_screen(qtbot, panel)


def act(panel, chance: Random) -> None:
    """What somebody may do between two batches, or nothing."""
    table = panel.table
    deeds = [
        lambda: table.go_to_row(chance.randrange(len(panel.model.changes))),
        lambda: table.verticalScrollBar().setValue(chance.randrange(400)),
        table.selectAll,
        lambda: panel.update_decisions({chance.choice(NAMES): Decision(Verdict.APPROVED)}),
        lambda: panel.update_rows([], [chance.choice(NAMES)]),
        lambda: None,
    ]
    chance.choice(deeds)()


def test_rows_far_below_are_not_painted_for(qtbot, panel):
    panel.update_rows([settled(name, Status.CHANGED) for name in NAMES[:60]])
    wait_for_screen(qtbot, panel)
    of_rows = Paintings(panel.table.viewport())
    of_counts = Paintings(panel.bar.findChild(QWidget, "pill_changed"))
    for number, name in enumerate(NAMES[60:80], 1):
        panel.update_rows([settled(name, Status.CHANGED)])
        qtbot.waitUntil(lambda number=number: of_counts.count >= number)
    panel.update_rows([settled(name, Status.UNCHANGED) for name in NAMES[100:140]])
    panel.update_rows([settled(NAMES[80], Status.CHANGED)])
    qtbot.waitUntil(lambda: of_counts.count > 20)
    assert of_rows.count == 0
    panel.update_decisions({NAMES[0]: Decision(Verdict.APPROVED)})
    qtbot.waitUntil(lambda: of_rows.count > 0)
