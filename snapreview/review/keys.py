"""Which key a row has, or may have, when not all its images have been read yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from snapreview.model.change import Change, Side
from snapreview.model.decision import DecisionKey, decision_key
from snapreview.model.errors import ReviewError
from snapreview.model.manifest import ImageRecord

HashOf = Callable[[ImageRecord, Side], str]
"""The SHA-256 of an image in lower-case hex; may fetch it. Raises SnapReviewError."""


def found_key(change: Change, hash_of: HashOf) -> DecisionKey:
    """The key of `change`; what is not known is read. Raises SnapReviewError."""
    key = decision_key(change)
    if key is None and change.head is not None and change.head.sha256 is None:
        sha256 = hash_of(change.head, Side.HEAD)
        change = replace(change, head=replace(change.head, sha256=sha256))
        key = decision_key(change)
    if key is None and change.base is not None and change.base.sha256 is None:
        sha256 = hash_of(change.base, Side.BASE)
        key = decision_key(replace(change, base=replace(change.base, sha256=sha256)))
    if key is None:
        raise ReviewError("There is no image to decide about.")
    return key


def could_be(change: Change, key: DecisionKey) -> bool:
    """Whether `change` may turn out to have `key`, by what is known without reading anything."""
    base, head = change.base, change.head
    if base is not None and head is not None and base.same_content(head) and key.base != key.head:
        return False
    return _fits(base, key.base) and _fits(head, key.head)


def is_continued(old: Change, new: Change) -> bool:
    """Whether `new` is about the images of `old`, perhaps knowing more of them."""
    return _is_same(old.base, new.base) and _is_same(old.head, new.head)


def _fits(record: ImageRecord | None, sha256: str) -> bool:
    if record is None or not sha256:
        return record is None and not sha256
    return record.sha256 is None or record.sha256 == sha256


def _is_same(old: ImageRecord | None, new: ImageRecord | None) -> bool:
    if old is None or new is None:
        return old is new
    known = old.sha256 is None or old.sha256 == new.sha256
    return known and old.name == new.name and old.hint == new.hint
