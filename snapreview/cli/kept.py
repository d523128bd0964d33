"""What reviewers said of the rows of a comparison that ran without a window."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from snapreview.cli.console import complain
from snapreview.cli.headless import HeadlessRun
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side
from snapreview.model.decision import Decision, DecisionKey
from snapreview.model.errors import ImageError
from snapreview.model.manifest import ImageRecord
from snapreview.model.names import quoted
from snapreview.review.keys import could_be, found_key
from snapreview.review.store import DecisionStore
from snapreview.stores.imagefile import sha256_file
from snapreview.stores.userdirs import UserDirs


def kept_decisions(run: HeadlessRun, dirs: UserDirs, token: CancelToken) -> Mapping[str, Decision]:
    """What was decided, in the window, of the very contents that were compared, by row name.

    Raises ReviewError or Cancelled.
    """
    if not dirs.decisions.exists():
        return {}
    changes = {change.name: change for change in run.comparison.changes}
    with closing(DecisionStore(dirs.decisions)) as store:
        said = store.load(changes)
        notice = store.take_notice()
    if notice:
        complain(notice)

    candidates = {key.name for key in said if could_be(changes[key.name], key)}
    found = {name: _key(changes[name], run, token) for name in candidates}
    return {name: said[key] for name, key in found.items() if key in said}


def _key(change: Change, run: HeadlessRun, token: CancelToken) -> DecisionKey | None:
    """What tells the row's contents apart; what is not known is read, and told if it cannot be."""

    def hash_of(record: ImageRecord, side: Side) -> str:
        return sha256_file(run.fetch(record, side, token), token)

    try:
        return found_key(change, hash_of)
    except ImageError as fault:
        complain(f"Whether {quoted(change.name)} has a decision cannot be told: {fault}")
        return None
