"""What a session's workers do: one comparison, and turning faults into answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from snapreview.engine.differ import Differ, Finish
from snapreview.engine.identify import Identified, Identifier
from snapreview.engine.results import Measured, ResultStore
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change
from snapreview.model.errors import Cancelled, SnapReviewError
from snapreview.model.judge import effective_threshold, judged
from snapreview.model.manifest import Manifest
from snapreview.model.options import DiffOptions

log = logging.getLogger(__name__)

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Job:
    """What stays the same for all rows of a comparison."""

    head: Manifest
    options: DiffOptions
    identifier: Identifier
    results: ResultStore

    def ask(self, differ: Differ, found: Identified, token: CancelToken) -> Finish:
        """Have a pair compared; what is returned finishes it and remembers the result.

        Another row may have had the same pair meanwhile: then its result is taken.
        """
        key, files = found.key, found.files
        if key is None or files is None:
            raise AssertionError("only pairs with files are compared")
        known = self.results.get(key)
        if known is not None:
            return lambda: known
        finish = differ.ask(*files, self.results.mask_path(key), self.options, token)

        def remembered() -> Measured:
            measured = finish()
            self.results.put(key, measured)
            return measured

        return remembered

    def judged(self, row: Change, measured: Measured) -> Change:
        """The row with its result."""
        if row.head is None:
            raise AssertionError("only pairs are compared")
        limit = effective_threshold(self.options, row.head, self.head)
        return judged(_with_sizes(row, measured), measured.diff, limit)


def outcome_of(
    work: Callable[[], Outcome], token: CancelToken | None = None
) -> Outcome | SnapReviewError | None:
    """What `work` gives, the fault that it raises, or None when it was cancelled.

    Nothing is begun once `token`, if there is one, is cancelled.
    """
    try:
        if token is not None:
            token.check()
        return work()
    except Cancelled:
        return None
    except SnapReviewError as error:
        log.info("One image failed: %s", error, exc_info=True)
        return error
    except Exception as error:
        # A fault of ours must cost one row, not the rest.
        log.exception("An unexpected fault while one image was looked at")
        return SnapReviewError(
            f"SnapReview itself failed on this image ({type(error).__name__}: {error})."
            " The log has the details."
        )


def _with_sizes(row: Change, measured: Measured) -> Change:
    """The sizes that the files have count, not those that a manifest claims."""
    if row.base is None or row.head is None:
        return row
    (bw, bh), (hw, hh) = measured.base_size, measured.head_size
    return replace(
        row,
        base=replace(row.base, width=bw, height=bh),
        head=replace(row.head, width=hw, height=hh),
    )
