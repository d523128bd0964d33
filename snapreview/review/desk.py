"""Where a window decides: what is said of the rows of the comparison that it has open."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import count

from snapreview.model.change import Change
from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, Verdict
from snapreview.review.actions import Actions
from snapreview.review.book import Book
from snapreview.review.edits import Applied, Edit, Target, Write, judged, noted, utc
from snapreview.review.errands import Errands
from snapreview.review.events import (
    DecisionsChanged,
    DeskEvent,
    DeskFailed,
    PairsChanged,
    Saved,
    StepRefused,
)
from snapreview.review.keeper import Keeper, Tell
from snapreview.review.keys import HashOf
from snapreview.review.pairs import Pair, PairEdit
from snapreview.review.progress import ReviewCounts
from snapreview.review.reader import KeyReader
from snapreview.review.store import DecisionStore
from snapreview.review.texts import LEFT_SENTENCE, lost_sentence

log = logging.getLogger(__name__)

_TURN_SECONDS = 0.004
_GRACE_SECONDS = 0.5


class ReviewDesk:
    """The decisions of the comparison that one window has open.

    It belongs to one thread: every method is called there, none waits for a file or an image but
    `flush` and `close`, and `post` is called there with what a `DeskEvent` tells. What somebody
    decides holds at once; it is written, and images are read, in threads of its own. When those
    have an answer they call `wake`, which has to get `take` called in the desk's thread soon.

    `open_store` is called in such a thread, again for as long as it raises ReviewError. Decisions
    that cannot be kept stay as they are on screen and are tried again with whatever is next.
    """

    def __init__(
        self,
        open_store: Callable[[], DecisionStore],
        post: Callable[[DeskEvent], None],
        wake: Callable[[], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._post = post
        self._now = now
        self._errands = Errands(wake)
        tell = Tell(self._said, self._applied, self._paired, self._failed, self._saved)
        self._keeper = Keeper(open_store, self._errands, tell)
        self._reader = KeyReader(self._errands)
        self._serials = count(1)
        self._book = Book()
        self._actions = Actions(self._reader, self._serials, self._book)
        self._closed = False

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """Decisions by row name, without the rows of which nothing is said; a copy."""
        return dict(self._book.shown)

    @property
    def counts(self) -> ReviewCounts:
        """How far the review has come."""
        return self._book.counts

    @property
    def undo_text(self) -> str:
        """What `undo` would take back, such as "Approve 3 images"; empty when there is nothing."""
        done = self._actions.history.done
        return done[-1].text if done else ""

    @property
    def redo_text(self) -> str:
        """What `redo` would do again; empty when there is nothing."""
        undone = self._actions.history.undone
        return undone[-1].text if undone else ""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs made by hand in any comparison, the newest first, as soon as they are read."""
        return self._keeper.pairs

    def decision(self, name: str) -> Decision:
        """What is said of the row of this name."""
        return self._book.shown.get(name, UNDECIDED)

    def show(self, hash_of: HashOf) -> None:
        """Begin another comparison, without rows yet. What was decided before is still kept.

        `hash_of` reads images of this comparison only, in other threads, and may wait. It is
        asked for rows that do not tell their hash, when somebody decides about them or when
        something was said of their names before.
        """
        self._book = Book()
        self._reader.begin()
        self._actions.begin(self._book, hash_of)
        self._keeper.forget_names()

    def update(self, changes: Iterable[Change], dropped: Iterable[str] = ()) -> None:
        """Rows that are new or replace those of the same names, and names that are gone.

        A row whose images are others now loses what was said of the ones before, and gets what
        was said of these.
        """
        self._book.drop(dropped)
        self._keeper.want(self._book.put(changes))
        self._end_turn()

    def decide(self, names: Iterable[str], verdict: Verdict | None) -> None:
        """Approve or reject these rows, or clear their verdict. Their notes stay. One step."""
        moment = utc(self._now())
        alike: dict[Decision, Edit] = {}
        edits: dict[Target, Edit] = {}
        for name in names:
            before = self.decision(name)
            if before.verdict is verdict or self._book.row(name) is None:
                continue
            if before not in alike:
                alike[before] = judged(before, verdict, moment)
            edits[self._actions.target(name)] = alike[before]
        self._actions.judge(edits, verdict)
        self._end_turn()

    def annotate(self, name: str, note: str) -> None:
        """Note something about a row; an empty text removes the note.

        May be called with each key: what is typed in one go is one step.
        """
        before = self.decision(name)
        edit = noted(before, note, utc(self._now()))
        if not edit.is_nothing and self._book.row(name) is not None:
            self._actions.note(self._actions.target(name), edit)
        self._end_turn()

    def undo(self) -> str:
        """Take the last step back, except what was decided otherwise since; what it was."""
        text = self._actions.undo()
        self._end_turn()
        return text

    def redo(self) -> str:
        """Do again what was undone last, except what was decided otherwise since; what it was."""
        text = self._actions.redo()
        self._end_turn()
        return text

    def pair(self, pair: Pair) -> None:
        """Remember that two images belong together."""
        self._keeper.write([PairEdit(next(self._serials), pair, kept=True)])

    def unpair(self, pair: Pair) -> None:
        """Forget that they do."""
        self._keeper.write([PairEdit(next(self._serials), pair, kept=False)])

    def refresh(self) -> None:
        """Look in the background for what other windows decided; try again what failed."""
        self._keeper.refresh()

    def take(self) -> None:
        """Take home what the other threads found, for a few milliseconds; asked for by `wake`."""
        if not self._closed:
            self._errands.take(_TURN_SECONDS)
            self._end_turn()

    def flush(self, seconds: float) -> bool:
        """Wait until everything is known and kept, no longer than `seconds`; whether it is.

        What failed before is tried once more.
        """
        if not self._closed:
            self._keeper.retry()
            self._wait_while(lambda: not self._errands.idle, seconds)
        return self._errands.idle and not self._left()

    def close(self, seconds: float = 3.0) -> bool:
        """Keep what was decided and end the threads, in about `seconds`; whether all is kept.

        Whatever is asked of the desk afterwards is not kept.
        """
        if self._closed:
            return not self._left()
        deadline = time.monotonic() + seconds
        self._keeper.forget_names()
        self._reader.begin()
        self._keeper.retry()
        self._wait_while(lambda: bool(self._left()), seconds)
        self._closed = True
        self._errands.close()
        if self._left():
            self._tell_left()
        for pool in (self._keeper, self._reader):
            pool.close(max(_GRACE_SECONDS, deadline - time.monotonic()))
        return not self._left()

    def _wait_while(self, unfinished: Callable[[], bool], seconds: float) -> None:
        """Take outcomes while that can help."""
        deadline = time.monotonic() + seconds
        while unfinished() and not self._errands.idle:
            if not self._errands.take_one(deadline - time.monotonic()):
                return
            self._end_turn()

    def _end_turn(self) -> None:
        """Send what has come up, and tell of it."""
        self._actions.keyed(self._book.take_keyed())
        self._actions.look_up(self._book.take_doubtful())
        writes = self._actions.take_writes()
        if writes:
            self._keeper.write(writes)
        changed = self._book.take_changed()
        if changed:
            self._post(DecisionsChanged(changed))
        for sentence in self._actions.take_refusals():
            self._post(StepRefused(sentence))
        lost = self._actions.take_lost()
        if lost:
            self._post(DeskFailed(lost_sentence(lost)))

    def _said(self, said: Mapping[DecisionKey, Decision]) -> None:
        self._book.say(said)

    def _applied(self, write: Write, applied: Applied) -> None:
        self._book.say(self._keeper.with_unsaved(applied.now))
        self._actions.applied(write, applied)

    def _paired(self) -> None:
        self._post(PairsChanged())

    def _failed(self, sentence: str) -> None:
        self._post(DeskFailed(sentence))

    def _saved(self) -> None:
        self._post(Saved())

    def _left(self) -> int:
        return self._keeper.unsaved + len(self._reader.held)

    def _tell_left(self) -> None:
        unread = ", ".join(self._reader.held) or "none"
        log.warning("%s Not read in time: %s", LEFT_SENTENCE, unread)
        self._post(DeskFailed(LEFT_SENTENCE))
