"""What the presenter works with: a request, a session, a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, Side
from snapreview.model.errors import SnapReviewError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions
from snapreview.stores.addresses import shown_source


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What to show: base and head, or one set to browse when `base` is empty."""

    base: str
    head: str
    options: DiffOptions = field(default_factory=DiffOptions)

    @property
    def browsing(self) -> bool:
        """Whether there is only one set, to be looked at and not compared."""
        return not self.base

    def swapped(self) -> OpenRequest:
        """The same with base and head exchanged."""
        return replace(self, base=self.head, head=self.base)

    def shown(self) -> OpenRequest:
        """The same as it may be shown: without passwords."""
        return replace(self, base=shown_source(self.base), head=shown_source(self.head))


class Session(Protocol):
    """What the presenter needs of a ReviewSession."""

    def start(self) -> None:
        """Begin in the background."""

    def cancel(self) -> None:
        """Stop soon."""

    def retry(self, names: Sequence[str] | None = None) -> None:
        """Try rows again."""

    def pair(self, old: str, new: str) -> None:
        """Compare a removed image with an added one."""

    def split(self, name: str) -> None:
        """Take such a pair apart."""

    def prefer(self, names: Sequence[str]) -> None:
        """Do these rows next."""

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        """A local file of one image."""

    def close(self) -> None:
        """End every thread and process."""

    def forget(self) -> None:
        """Remove what is remembered of it, once it is closed."""


StartSession = Callable[[OpenRequest, int], Session]
"""Makes a session for a request, with the generation its events are to carry."""


class View(Protocol):
    """What the presenter tells the window."""

    def show_opening(self, request: OpenRequest) -> None:
        """The manifests are being read. `request` has no passwords in it."""

    def show_rows(self, base: Manifest, head: Manifest) -> None:
        """The manifests are there; rows follow by `update_rows`."""

    def update_rows(self, changes: Sequence[Change], dropped: Sequence[str]) -> None:
        """These rows replace those of the same names; `dropped` are gone."""

    def show_retrying(self) -> None:
        """Some rows are compared again; they follow by `update_rows`."""

    def show_finished(self, comparison: Comparison) -> None:
        """Every row is settled."""

    def show_stopped(self, comparison: Comparison) -> None:
        """Cancelled; the rest is pending."""

    def show_failure(self, error: SnapReviewError) -> None:
        """No comparison could be made."""
