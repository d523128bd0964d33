"""What the window does when something happens, without a widget: tested against a mock view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread

from snapreview.engine.events import Event, Failed, Finished, Opened, RowsChanged, Stopped
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, Side
from snapreview.model.errors import FetchError
from snapreview.model.manifest import ImageRecord
from snapreview.model.options import DiffOptions
from snapreview.ui.roles import OpenRequest, Session, StartSession, View


class Presenter:
    """Owns the session that the window shows. Used from the main thread only.

    Opening something else closes the session before, and what that still had on its way is
    dropped by its generation. `options` are those of whatever is opened or compared next.
    """

    def __init__(self, view: View, start_session: StartSession) -> None:
        self._view = view
        self._start_session = start_session
        self._generation = 0
        self._session: Session | None = None
        self._request: OpenRequest | None = None
        self._comparison: Comparison | None = None
        self._opened = False
        self._given: dict[str, str] = {}
        self.options = DiffOptions()
        self._retiring: list[Thread] = []
        self.busy = False

    @property
    def request(self) -> OpenRequest | None:
        """What is shown, or was asked for last."""
        return self._request

    @property
    def generation(self) -> int:
        """Which opening this is: another one with each."""
        return self._generation

    @property
    def comparison(self) -> Comparison | None:
        """The result, while nothing is under way."""
        return self._comparison

    def open(self, request: OpenRequest) -> None:
        """Show `request` in place of what is shown."""
        self._retire()
        self._generation += 1
        self._request, self._comparison = request, None
        self._opened, self.busy = False, True
        shown = request.shown()
        self._given |= {shown.base: request.base, shown.head: request.head}
        self._view.show_opening(shown)
        self._session = self._start_session(request, self._generation)
        self._session.start()

    def open_shown(self, base: str, head: str) -> None:
        """Open what was typed or, where it was opened before and is shown without, its password."""
        last, given = self._request, self._given
        if last is not None and last.shown() == replace(last, base=base, head=head):
            self.open(replace(last, options=self.options))
        else:
            self.open(OpenRequest(given.get(base, base), given.get(head, head), self.options))

    def reload(self) -> None:
        """Open the same again."""
        if self._request is not None:
            self.open(replace(self._request, options=self.options))

    def swap(self) -> None:
        """Open the same with base and head exchanged."""
        if self._request is not None and not self._request.browsing:
            self.open(self._request.swapped())

    def cancel(self) -> None:
        """Stop comparing; what is there stays."""
        if self._session is not None:
            self._session.cancel()

    def retry(self, names: Sequence[str] | None = None) -> None:
        """Try rows again: `names`, or all that failed or were not reached.

        Where nothing could be opened at all, open it again.
        """
        if self._session is None or not self._opened:
            self.reload()
            return
        self._take_up()
        self._session.retry(names)

    def pair(self, old: str, new: str) -> None:
        """Compare the removed image `old` with the added image `new`, as one row."""
        if self._session is not None and self._opened:
            self._take_up()
            self._session.pair(old, new)

    def split(self, name: str) -> None:
        """Take apart what `pair` made."""
        if self._session is not None and self._opened:
            self._take_up()
            self._session.split(name)

    def _take_up(self) -> None:
        """The session works again, if it does not still."""
        if not self.busy:
            self._comparison = None
            self.busy = True
            self._view.show_retrying()

    def prefer(self, names: Sequence[str]) -> None:
        """Compare these rows next: they are on screen."""
        if self._session is not None and self.busy:
            self._session.prefer(names)

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        """A local file of one image; called from other threads. Raises ImageError or Cancelled."""
        session = self._session
        if session is None:
            raise FetchError("The comparison was closed before this image was read.")
        return session.fetch(record, side, token)

    def close(self) -> None:
        """End the session, its threads and processes, and wait for that."""
        self._retire()
        for thread in self._retiring:
            thread.join()

    def forget(self) -> None:
        """Close what is open, and remove what is remembered of its results."""
        self._retire(forget=True)
        self._request, self._comparison, self._opened = None, None, False
        self._generation += 1

    def _retire(self, *, forget: bool = False) -> None:
        """Close the session in the background: its threads may need a moment to notice."""
        session, self._session = self._session, None
        self.busy = False
        self._retiring = [thread for thread in self._retiring if thread.is_alive()]
        if session is not None:
            steps = (session.close, session.forget) if forget else (session.close,)
            thread = Thread(target=_in_turn, args=steps, name="retire", daemon=True)
            self._retiring.append(thread)
            thread.start()

    def handle(self, events: Sequence[Event]) -> None:
        """Show what a session has told; rows of one batch become one update."""
        changes: dict[str, Change] = {}
        dropped: list[str] = []
        for event in events:
            if event.generation != self._generation:
                continue
            if isinstance(event, RowsChanged):
                for name in event.dropped:
                    changes.pop(name, None)
                dropped += event.dropped
                changes |= {change.name: change for change in event.changes}
                continue
            self._tell_rows(changes, dropped)
            changes, dropped = {}, []
            self._tell(event)
        self._tell_rows(changes, dropped)

    def _tell_rows(self, changes: dict[str, Change], dropped: list[str]) -> None:
        if changes or dropped:
            self._view.update_rows(tuple(changes.values()), tuple(dropped))

    def _turn_out_to_compare(self, event: Opened) -> None:
        """What was opened alone may hold both sides: then it is a comparison of these."""
        request = self._request
        if request is not None and request.browsing and event.base.source:
            self._request = replace(request, base=event.base.source, head=event.head.source)
            self._view.show_opening(self._request.shown())

    def _tell(self, event: Opened | Finished | Stopped | Failed) -> None:
        if isinstance(event, Opened):
            self._opened = True
            self._turn_out_to_compare(event)
            self._view.show_rows(event.base, event.head)
            self._view.update_rows(event.changes, ())
            return
        self.busy = False
        if isinstance(event, Failed):
            self._opened = False
            self._view.show_failure(event.error)
            return
        self._comparison = event.comparison if self._opened else None
        if isinstance(event, Finished):
            self._view.show_finished(event.comparison)
        else:
            self._view.show_stopped(event.comparison)


def _in_turn(*steps: Callable[[], None]) -> None:
    for step in steps:
        step()
