"""Measures the difference of one pair: prepare, ask odiff, look again, find regions."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from snapreview.engine.budget import PixelBudget
from snapreview.engine.look import second_look
from snapreview.engine.maskfile import read_odiff_mask
from snapreview.engine.odiff import OdiffAnswer, OdiffServer
from snapreview.engine.prepare import Pair, Preparer, Size
from snapreview.engine.regions import regions
from snapreview.engine.results import Measured
from snapreview.model.cancel import CancelToken
from snapreview.model.change import ImageDiff
from snapreview.model.errors import EngineFailure
from snapreview.model.names import quoted
from snapreview.model.options import DiffOptions
from snapreview.stores.atomic import write_whole
from snapreview.stores.pixels import mask_png

Mask = npt.NDArray[np.bool_]


Finish = Callable[[], Measured]
"""Reads the answer to what was asked; in any thread, once, and in any case.

Raises ImageError, EngineFailure or Cancelled.
"""


class Differ(Protocol):
    """Compares pairs one after the other. Owned by one thread."""

    def ask(
        self, base: Path, head: Path, mask: Path, options: DiffOptions, token: CancelToken
    ) -> Finish:
        """Compare two files of unequal bytes; what is returned puts the mask to `mask`.

        Raises ImageError, EngineFailure or Cancelled.
        """
        ...


class OdiffDiffer:
    """A differ with an odiff server of its own. Use it as a context manager."""

    def __init__(
        self, server: OdiffServer, folder: Path, budget: PixelBudget | None = None
    ) -> None:
        self._server = server
        self._folder = folder
        self._preparer = Preparer(folder, budget)

    def __enter__(self) -> OdiffDiffer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def ask(
        self, base: Path, head: Path, mask: Path, options: DiffOptions, token: CancelToken
    ) -> Finish:
        """See Differ.

        odiff draws into the worker's own folder: two workers may have pairs of the same content,
        and so of the same `mask`, which must be there whole from the first of them on.
        """
        pair = self._preparer.pair(base, head, options.max_pixels)
        drawn = pair.base.with_suffix(".mask.png")
        with ExitStack() as undo:
            undo.callback(self._preparer.release, pair)
            undo.callback(drawn.unlink, missing_ok=True)
            token.check()
            answer = self._server.compare(
                pair.base,
                pair.head,
                drawn,
                threshold=options.threshold,
                antialiasing=options.antialiasing,
                token=token,
            )
            kept = undo.pop_all()

        def finish() -> Measured:
            with kept:
                token.check()
                diff = _read(answer, pair, (base, head), drawn, mask)
                return Measured(diff, pair.base_size, pair.head_size)

        return finish


def _read(
    answer: OdiffAnswer, pair: Pair, files: tuple[Path, Path], drawn: Path, mask: Path
) -> ImageDiff:
    """odiff's answer as a difference; a match of equal sizes gets the second look."""
    marked = None if answer.match else read_odiff_mask(drawn, answer.diff_count)
    if pair.size_changed:
        return _united(pair, mask, marked)
    if marked is None:
        return _look_again(pair, *files, mask)
    _put_mask(mask, drawn.read_bytes())
    return _result(pair, mask, marked, answer.diff_count)


def _result(
    pair: Pair, mask: Path, marked: Mask, changed: int, *, alpha: bool = False
) -> ImageDiff:
    return ImageDiff(
        canvas=pair.canvas,
        changed_pixels=changed,
        size_changed=pair.size_changed,
        alpha_changed=alpha,
        mask=mask if changed else None,
        regions=regions(marked),
        notes=pair.notes,
    )


def _united(pair: Pair, mask: Path, found: Mask | None) -> ImageDiff:
    """odiff's mask together with every pixel that only one of the two images has."""
    marked = _inside(pair.base_size, pair.canvas) != _inside(pair.head_size, pair.canvas)
    if found is not None:
        marked |= found
    _put_mask(mask, mask_png(marked))
    return _result(pair, mask, marked, int(np.count_nonzero(marked)))


def _inside(size: Size, canvas: Size) -> Mask:
    inside = np.zeros((canvas[1], canvas[0]), np.bool_)
    inside[: size[1], : size[0]] = True
    return inside


def _look_again(pair: Pair, base: Path, head: Path, mask: Path) -> ImageDiff:
    look = second_look(base, head, upright=pair.upright)
    if look.alpha is None:
        return ImageDiff(pair.canvas, subtle_pixels=look.differing, notes=pair.notes)
    _put_mask(mask, mask_png(look.alpha))
    changed = int(np.count_nonzero(look.alpha))
    return _result(pair, mask, look.alpha, changed, alpha=True)


def _put_mask(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as fault:
        raise EngineFailure(
            f"The mask {quoted(str(path))} could not be written: {fault.strerror}. Make room or"
            " check that its folder may be written to, then retry."
        ) from fault
