"""Reads the two manifests of a comparison side by side."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue

from snapreview.engine.flow import Pool, take
from snapreview.model.cancel import CancelToken
from snapreview.model.manifest import Manifest
from snapreview.stores.store import Store


def read_manifests(
    stores: tuple[Store, Store], pool: Pool[None], token: CancelToken
) -> tuple[Manifest, Manifest]:
    """The manifests of base and head. Raises SourceError, or Cancelled at once.

    The first fault ends it: there is nothing to compare with.
    """
    answers: SimpleQueue[tuple[int, Manifest | BaseException] | None] = SimpleQueue()
    for place, store in enumerate(stores):
        pool.submit(_reading(place, store, token, answers.put))
    forget = token.on_cancel(lambda: answers.put(None))
    found: dict[int, Manifest] = {}
    try:
        while len(found) < len(stores):
            answer = take(answers)
            token.check()
            if answer is not None:
                place, outcome = answer
                if isinstance(outcome, BaseException):
                    raise outcome
                found[place] = outcome
    finally:
        forget()
    return found[0], found[1]


def _reading(
    place: int,
    store: Store,
    token: CancelToken,
    answer: Callable[[tuple[int, Manifest | BaseException]], None],
) -> Callable[[Callable[[], None]], None]:
    def job(_: Callable[[], None]) -> None:
        try:
            answer((place, store.manifest(token)))
        except Exception as error:  # noqa: BLE001 - raised again by the thread that waits for it
            answer((place, error))

    return job
