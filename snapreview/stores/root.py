"""The one protocol behind which the places stand that stores of the static layout are kept in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from snapreview.model.cancel import CancelToken


@dataclass(frozen=True, slots=True)
class Key:
    """A file: its path from the root with `/`, bytes, when it was written in seconds of the epoch.

    A key that was written to again, with whatever content, has another `modified`.
    """

    name: str
    size: int
    modified: float


class Root(Protocol):
    """A place that holds a store. Used from several threads at once.

    Whoever publishes relies on images that are there already: it must make them young again
    (`FolderRoot`: by their time), or see that all are there after its manifest is, so that no
    housekeeping beside it takes them away as old and of no use.
    """

    @property
    def shown(self) -> str:
        """What the user gave, in words that can be given again; never with a secret."""
        ...

    def keys(self, folder: str, token: CancelToken) -> Iterator[Key]:
        """All below `folder` (`images`, `snapshots`); none where it is missing.

        Names that begin with a dot are left out. Raises SourceError or Cancelled.
        """
        ...

    def read(self, name: str, limit: int, token: CancelToken) -> bytes:
        """The content of a key. Raises SourceNotFound, SourceError (more than `limit` bytes too)
        or Cancelled.
        """
        ...

    def update(
        self, name: str, change: Callable[[bytes | None], bytes | None], token: CancelToken
    ) -> None:
        """Put what `change` makes of the content (None: missing) in its place, whole.

        Where `change` gives None, nothing is written. Nobody else's update comes between reading
        and writing: either they wait, or `change` is called anew with what they wrote. Raises
        SourceError, PublishError, Cancelled, and what `change` raises.
        """
        ...

    def delete(self, name: str, token: CancelToken, before: float | None = None) -> bool:
        """Remove a key; one that is missing is as good as removed.

        With `before`, in seconds of the epoch, one that was written since stays: then the answer
        is False. Raises PublishError that says why it cannot be removed, Cancelled.
        """
        ...
