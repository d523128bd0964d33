"""What Sentry's server does with a pair (its snapshots/image_diff/compare.py), in own words.

Both images are decoded, padded to the common canvas where they differ in size, written anew as
PNG files with Pillow's usual compression, compared by an odiff server, and odiff's mask is made
into a grey PNG whose white is counted. Nothing is fetched or stored, and what tells equal pairs
apart, their hashes, is known before, as it is to the server.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from multiprocessing.connection import Connection, wait
from pathlib import Path

from PIL import Image

from benchmarks.client import BareServer, bare_server
from benchmarks.contender import Plan, Run
from benchmarks.corpus import Pair


@contextmanager
def every_pair(plan: Plan) -> Iterator[Run]:
    """The whole pipeline for each pair."""
    with _pipeline(plan, list(plan.pairs.pairs)) as run:
        yield run


@contextmanager
def unequal_pairs(plan: Plan) -> Iterator[Run]:
    """The pipeline for pairs of unequal hashes only: the others are settled without a look."""
    unequal = [pair for pair in plan.pairs.pairs if _digest(pair.base) != _digest(pair.head)]
    with _pipeline(plan, unequal) as run:
        yield run


@contextmanager
def _pipeline(plan: Plan, pairs: list[Pair]) -> Iterator[Run]:
    """As many processes as the others have threads, so that no lock of Python's holds them up."""
    settled = dict.fromkeys(plan.pairs.names, 0)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=plan.scratch)))
        workers = [
            stack.enter_context(_worker(plan.odiff, scratch / str(n))) for n in range(plan.workers)
        ]
        for worker in workers:
            _answer(worker)
        yield lambda: settled | _compared(pairs, workers)


def _compared(pairs: list[Pair], workers: list[Connection]) -> dict[str, int]:
    """Give every worker that has nothing to do the next pair, until there is none."""
    waiting = iter(pairs)
    busy = [worker for worker in workers if _give(worker, waiting)]
    found: dict[str, int] = {}
    while busy:
        ready = wait(busy)
        for worker in [worker for worker in busy if worker in ready]:
            name, count = _answer(worker)
            found[name] = count
            if not _give(worker, waiting):
                busy.remove(worker)
    return found


def _answer(worker: Connection) -> tuple[str, int]:
    try:
        answer: tuple[str, int] = worker.recv()
    except EOFError as error:
        raise RuntimeError("A worker of Sentry's pipeline ended; see above why.") from error
    return answer


def _give(worker: Connection, waiting: Iterator[Pair]) -> bool:
    pair = next(waiting, None)
    if pair is not None:
        worker.send(pair)
    return pair is not None


@contextmanager
def _worker(odiff: Path, folder: Path) -> Iterator[Connection]:
    """A process that says when it is ready, then answers each pair with its name and count."""
    fresh = multiprocessing.get_context("spawn")
    here, there = fresh.Pipe()
    process = fresh.Process(target=_work, args=(there, odiff, folder), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.join()
        process.close()


def _work(questions: Connection, odiff: Path, folder: Path) -> None:
    folder.mkdir()
    Image.preinit()  # loads Pillow's readers, which would otherwise be part of the first pair
    with bare_server(odiff) as server, questions:
        questions.send(("ready", 0))
        while True:
            try:
                pair = questions.recv()
            except EOFError:
                return
            questions.send((pair.name, _compare(server, pair, folder)))


def _compare(server: BareServer, pair: Pair, folder: Path) -> int:
    with Image.open(pair.base) as base, Image.open(pair.head) as head:
        canvas = max(base.width, head.width), max(base.height, head.height)
        files = folder / "before.png", folder / "after.png"
        for image, file in zip((base, head), files, strict=True):
            _padded(image, canvas).save(file)
    mask = folder / "diff.png"
    found = server.differing(*files, mask)
    grey = _grey(mask) if found else Image.new("L", canvas, 0)
    grey.save(BytesIO(), "PNG")
    return sum(grey.histogram()[1:])


def _padded(image: Image.Image, canvas: tuple[int, int]) -> Image.Image:
    if image.size == canvas:
        return image
    padded = Image.new("RGBA", canvas, (0, 0, 0, 0))
    padded.paste(image, (0, 0))
    return padded


def _grey(mask: Path) -> Image.Image:
    """The mask's alpha as 0 or 255."""
    with Image.open(mask) as image:
        return image.convert("RGBA").getchannel("A").point([0] + [255] * 255)


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()
