"""The one error tree.

Every failure that SnapReview can explain is a `SnapReviewError`, whose text is a sentence for
the user that says what happened and, where there is something to do, what to do.

    SnapReviewError
    ├── OptionsError            an option has a value that makes no sense
    ├── SourceError             a set of images cannot be used at all: no comparison can be made
    │   ├── SourceNotFound      nothing is there (missing folder, 404)
    │   ├── SourceEmpty         it is there, but holds no image
    │   ├── SourceUnreachable   the host does not answer, or breaks off each time
    │   ├── SourceUnauthorised  401 or 403
    │   └── ManifestError       the manifest is not one, breaks a limit, or names something hostile
    ├── ImageError              one image cannot be used: its row becomes errored, the rest goes on
    │   ├── FetchError          it could not be downloaded or read
    │   ├── IntegrityError      its bytes are not those that the manifest promises
    │   └── UnreadableImage     its bytes are not an image that can be decoded
    ├── EngineError             odiff
    │   ├── EngineUnavailable   no usable odiff was found: no comparison can be made
    │   └── EngineFailure       it failed on one pair, twice: its row becomes errored
    ├── ReviewError             decisions cannot be read or kept
    ├── ExportError             a file could not be written
    ├── PublishError            a snapshot could not be published, or a store not be changed
    └── Cancelled               the user stopped it: not a fault
"""

from __future__ import annotations


class SnapReviewError(Exception):
    """Root of every failure that has a sentence for the user."""


class OptionsError(SnapReviewError):
    """An option has a value that makes no sense."""


class SourceError(SnapReviewError):
    """A set of images cannot be used at all."""


class SourceNotFound(SourceError):
    """Nothing is there."""


class SourceEmpty(SourceError):
    """The source is there, but holds no image."""


class SourceUnreachable(SourceError):
    """The host does not answer, or breaks off each time."""


class SourceUnauthorised(SourceError):
    """The host refuses: 401 or 403. `origin` tells which host would need a token."""

    def __init__(self, message: str, origin: str = "") -> None:
        super().__init__(message)
        self.origin = origin


class ManifestError(SourceError):
    """The manifest is not one, breaks a limit, or names something hostile."""


class ImageError(SnapReviewError):
    """One image cannot be used; its row becomes errored."""


class FetchError(ImageError):
    """The image could not be downloaded or read."""


class IntegrityError(ImageError):
    """The image's bytes are not those that the manifest promises."""


class UnreadableImage(ImageError):
    """The bytes are not an image that can be decoded."""


class EngineError(SnapReviewError):
    """odiff failed."""


class EngineUnavailable(EngineError):
    """No usable odiff was found; no comparison can be made."""


class EngineFailure(EngineError):
    """odiff failed on one pair; its row becomes errored."""


class ReviewError(SnapReviewError):
    """Decisions cannot be read or kept."""


class ExportError(SnapReviewError):
    """A file could not be written."""


class PublishError(SnapReviewError):
    """A snapshot could not be published, or a store not be changed."""


class Cancelled(SnapReviewError):
    """The user stopped the work. Not a fault."""
