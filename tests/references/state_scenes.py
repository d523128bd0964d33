"""What a comparison goes through: from the first moment to its end, or where it breaks off."""

from __future__ import annotations

from dataclasses import replace

from snapreview.model.change import Change, Status
from snapreview.model.errors import SourceUnreachable
from snapreview.model.manifest import Manifest

from .sample import BROKEN, WIDE
from .scenes import Scenes, Shots
from .stage import Stage

SCENES = Scenes()

HOST = "https://snapshots.example.com/travel"
_MATCHED = {Status.CHANGED, Status.UNCHANGED, Status.ERRORED}
_A_SECOND = 8


def comparing(stage: Stage, done: int) -> None:
    """So many of the matched images have a result, eight a second as far as the clock says."""
    made, now = stage.sample.comparison, [100.0]
    stage.page.status.clock = lambda: now[0]
    stage.open()
    rows = [change for change in made.changes if change.status in _MATCHED]
    others = [change for change in made.changes if change.status not in _MATCHED]
    stage.opened(made, [*others, *map(pending, rows)])
    now[0] += done / _A_SECOND
    stage.settled(rows[:done])


def pending(change: Change) -> Change:
    """The row before anybody has looked."""
    return Change(change.name, Status.PENDING, change.base, change.head)


@SCENES.add
def beginning(stage: Stage) -> Shots:
    """Both sets are being read; then somebody has stopped that."""
    stage.open()
    yield "loading", stage.window
    stage.stop(stage.sample.of(()))
    yield "cancelled-early", stage.window


@SCENES.add
def under_way(stage: Stage) -> Shots:
    """Most of it is there, while the first image is looked at; then it is stopped."""
    comparing(stage, 12)
    yield "comparing-some", stage.window
    find = stage.page.changes.model.changes.find
    stage.stop(stage.sample.of(tuple(find(c.name) for c in stage.sample.comparison.changes)))
    yield "cancelled", stage.window


@SCENES.add
def unreachable(stage: Stage) -> Shots:
    """The host does not answer."""
    stage.open(f"{HOST}/main", f"{HOST}/pr-412")
    stage.fail(
        SourceUnreachable(
            "snapshots.example.com cannot be reached: it did not answer within 15 s. Check the"
            " address and your network (VPN, proxy), then try again."
        )
    )
    yield "unreachable", stage.window


@SCENES.add
def offline(stage: Stage) -> Shots:
    """The host does not answer, but what it said before was kept."""
    made = stage.sample.comparison
    kept = replace(made.base, source=f"{HOST}/main", offline="2026-11-20T16:42:00+00:00")
    stage.review(replace(made, base=kept))
    yield "offline", stage.page.header


@SCENES.add
def no_difference(stage: Stage) -> Shots:
    """Everything is as it was."""
    stage.review(stage.sample.part(lambda c: c.status is Status.UNCHANGED and not c.is_subtle))
    yield "no-difference", stage.window


@SCENES.add
def partial_failure(stage: Stage) -> Shots:
    """Some could not be compared: the status line says so, the viewer shows what there is. Then
    the filter lets nothing through."""
    stage.review(name=BROKEN)
    yield "partial-failure", stage.window
    stage.page.changes.bar.field.setText("group:Checkout is:rejected")
    yield "no-match", stage.window


@SCENES.add
def browsing(stage: Stage) -> Shots:
    """One set is looked at, without another."""
    heads = [change.head for change in stage.sample.comparison.changes if change.head]
    whole = stage.sample.of(tuple(Change(head.name, Status.ADDED, head=head) for head in heads))
    stage.open("", "head")
    stage.opened(replace(whole, base=Manifest("", {})), whole.changes)
    stage.finish(whole)
    stage.page.changes.table.go_to(WIDE)
    yield "browsing", stage.window
