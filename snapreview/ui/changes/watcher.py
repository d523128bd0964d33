"""How the index tells what happens to its visible rows. No Qt."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Watcher(Protocol):
    """Stands around each step that alters the visible rows: before it, and after it.

    Rows are counted from 0; `first` and `last` are both included. They are exactly the steps
    that an item model has to announce.
    """

    def resetting(self) -> AbstractContextManager[None]:
        """All rows may be others."""
        ...

    def removing(self, first: int, last: int) -> AbstractContextManager[None]:
        """These rows leave."""
        ...

    def rearranging(self) -> AbstractContextManager[None]:
        """The same rows, some of them in another place."""
        ...

    def inserting(self, first: int, last: int) -> AbstractContextManager[None]:
        """New rows, which will stand at these places."""
        ...

    def touched(self, first: int, last: int) -> None:
        """Between these rows some have other contents than before."""
        ...


class Unwatched:
    """For an index that nobody shows."""

    def resetting(self) -> AbstractContextManager[None]:
        """Do nothing."""
        return nullcontext()

    def removing(self, first: int, last: int) -> AbstractContextManager[None]:  # noqa: ARG002 - the protocol's names
        """Do nothing."""
        return nullcontext()

    def rearranging(self) -> AbstractContextManager[None]:
        """Do nothing."""
        return nullcontext()

    def inserting(self, first: int, last: int) -> AbstractContextManager[None]:  # noqa: ARG002 - the protocol's names
        """Do nothing."""
        return nullcontext()

    def touched(self, first: int, last: int) -> None:
        """Do nothing."""
