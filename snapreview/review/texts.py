"""What the user reads of a review: names of steps, and sentences."""

from __future__ import annotations

from collections.abc import Sequence

from snapreview.model.decision import Verdict
from snapreview.model.errors import SnapReviewError

NOTE_TEXT = "Edit note"
LEFT_SENTENCE = (
    "The last decisions could not be kept before the window was closed. They have to be made again."
)

_VERBS = {Verdict.APPROVED: "Approve", Verdict.REJECTED: "Reject"}


def verdict_text(verdict: Verdict | None, count: int) -> str:
    """What giving a verdict is called in a menu, after Undo."""
    if verdict is None:
        return f"Clear {count:,} decision{'s' if count != 1 else ''}"
    return f"{_VERBS[verdict]} {count:,} image{'s' if count != 1 else ''}"


def refused_sentence(verb: str, total: int, refused: int) -> str:
    """A step that another window has overtaken, in part or as a whole."""
    were = "was" if refused == 1 else "were"
    return (
        f"{total - refused:,} of {total:,} {verb};"
        f" {refused:,} {were} decided otherwise in another window."
    )


def lost_sentence(lost: Sequence[tuple[str, SnapReviewError]]) -> str:
    """Rows whose decision was taken back, since it belongs to images that cannot be read."""
    name, error = lost[0]
    if len(lost) == 1:
        what = f"The decision about {name} was taken back, because its image"
    else:
        what = f"{len(lost):,} decisions were taken back, because images such as {name}"
    return f"{what} cannot be read: {error}"
