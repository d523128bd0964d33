"""The least that can be done with odiff: a thread per core, each with a server of its own."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
from PIL import Image

from benchmarks.client import BareServer, bare_server
from benchmarks.contender import Counts, Plan, Run
from benchmarks.corpus import Pair

Ask = Callable[[BareServer, Pair, Path], int]
"""Compares one pair, its mask at the path; returns how many pixels differ."""


@contextmanager
def bare_pool(plan: Plan) -> Iterator[Run]:
    """Every pair goes to odiff, and its answer is the result."""
    with _pool(plan, _ask) as run:
        yield run


@contextmanager
def asking_pool(plan: Plan) -> Iterator[Run]:
    """The questions that SnapReview asks, in the same order: SHA-256, odiff, second look."""
    with _pool(plan, _ask_all) as run:
        yield run


@contextmanager
def _pool(plan: Plan, ask: Ask) -> Iterator[Run]:
    with ExitStack() as stack:
        servers = [stack.enter_context(bare_server(plan.odiff)) for _ in range(plan.workers)]
        masks = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=plan.scratch)))
        threads = stack.enter_context(ThreadPoolExecutor(plan.workers))

        def run() -> Counts:
            waiting: SimpleQueue[Pair] = SimpleQueue()
            for pair in plan.pairs.pairs:
                waiting.put(pair)
            work = [threads.submit(_drain, waiting, ask, server, masks) for server in servers]
            return {name: count for future in work for name, count in future.result()}

        yield run


def _drain(
    waiting: SimpleQueue[Pair], ask: Ask, server: BareServer, masks: Path
) -> list[tuple[str, int]]:
    """What one thread finds until nothing waits."""
    found: list[tuple[str, int]] = []
    while True:
        try:
            pair = waiting.get_nowait()
        except Empty:
            return found
        found.append((pair.name, ask(server, pair, masks / pair.name)))


def _ask(server: BareServer, pair: Pair, mask: Path) -> int:
    return server.differing(pair.base, pair.head, mask)


def _ask_all(server: BareServer, pair: Pair, mask: Path) -> int:
    if _sha256(pair.base) == _sha256(pair.head):
        return 0
    return server.differing(pair.base, pair.head, mask) or _second_look(pair)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _second_look(pair: Pair) -> int:
    """Every pixel that differs in any channel, where odiff sees none."""
    base, head = _pixels(pair.base), _pixels(pair.head)
    return int(np.count_nonzero(base.view(np.uint32) != head.view(np.uint32)))


def _pixels(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGBA"))
