"""How patient a download is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from snapreview.model.cancel import CancelToken
from snapreview.model.manifest_json import MAX_MANIFEST_BYTES


@dataclass(frozen=True, slots=True)
class TransportSettings:
    """Times in seconds, sizes in bytes as decoded.

    `unreachable_seconds`: the longest that connecting to a host may take, look-up of its name
    included; it is tried again only within the first half of that, so that the user is told
    before twice the time. `attempts`: how often a request is made that fails in passing.
    `backoff`: the first pause between two, and up to as much again at random; each further one is
    twice as long, up to `max_backoff`. `wait` is what pauses.
    """

    connect_seconds: float = 4.0
    read_seconds: float = 30.0
    unreachable_seconds: float = 8.0
    attempts: int = 4
    backoff: float = 0.5
    max_backoff: float = 8.0
    max_retry_after: float = 60.0
    pool_size: int = 32
    max_image_bytes: int = 512 * 1024 * 1024
    max_manifest_bytes: int = MAX_MANIFEST_BYTES
    wait: Callable[[CancelToken, float], None] = CancelToken.wait
