"""Copies images into a store, once per content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import PublishError, UnreadableImage
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.stores.destination import Destination, Placed
from snapreview.stores.folder import FolderStore
from snapreview.stores.imagefile import read_header, sha256_file
from snapreview.stores.parallel import in_parallel

_MOST_FAILURES = 20
"""Images that could not be written after which no more are tried."""


@dataclass(frozen=True, slots=True)
class PlacedImages:
    """The records of what is in the store, by name; how many contents are new.

    `relied` are the names of those that were there, and that somebody's housekeeping may remove
    while no manifest refers to them.
    """

    records: dict[str, ImageRecord]
    new: int
    relied: tuple[str, ...]


def place_images(
    store: FolderStore,
    found: Manifest,
    destination: Destination,
    token: CancelToken,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> PlacedImages:
    """Put the images of `store` into `destination`, each under the hash of its bytes.

    `progress` gets (done, total). Raises OSError, ImageError or Cancelled; PublishError, which
    tells of all images that could not be written, once the others are.
    """

    def placed(record: ImageRecord) -> tuple[ImageRecord, Placed | PublishError]:
        return _placed(store, destination, record, token)

    destination.ready()
    made: dict[str, tuple[ImageRecord, Placed]] = {}
    failed: dict[str, PublishError] = {}
    outcomes = in_parallel(placed, found.images.values(), token, destination.at_once)
    for done, (record, outcome) in enumerate(outcomes, 1):
        if isinstance(outcome, PublishError):
            failed[record.name] = outcome
        else:
            made[record.name] = record, outcome
        if len(failed) == _MOST_FAILURES:
            break
        progress(done, len(found.images))
    if failed:
        raise PublishError(_told(failed.values(), len(failed)))
    return PlacedImages(
        {name: record for name, (record, _) in made.items()},
        len({placed.digest for _, placed in made.values() if placed.new}),
        tuple(name for name, (_, placed) in made.items() if not placed.for_good),
    )


def _placed(
    store: FolderStore, destination: Destination, record: ImageRecord, token: CancelToken
) -> tuple[ImageRecord, Placed | PublishError]:
    """`record` with the hash of the bytes that are now in the store, or why they are not."""
    source = store.fetch(record, token)
    digest = sha256_file(source, token)
    try:
        placed = destination.keep(source, digest, record.byte_size, token)
    except PublishError as fault:
        return record, fault
    return _measured(replace(record, sha256=placed.digest), placed.path), placed


def _measured(record: ImageRecord, path: Path) -> ImageRecord:
    """`record` with its size in pixels. A file that is no image has none: its row will say so."""
    try:
        header = read_header(path)
    except UnreadableImage:
        return record
    return replace(record, width=header.width, height=header.height)


def _told(failures: Iterable[PublishError], count: int) -> str:
    said = " ".join(dict.fromkeys(map(str, failures)))
    if count == 1:
        return f"{said} The snapshot was not published."
    more = " or more" if count == _MOST_FAILURES else ""
    return f"{count}{more} images could not be written, and the snapshot was not published. {said}"
