"""Measures the difference of one pair: prepare, ask odiff, look again, find regions."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from snapreview.engine.budget import PixelBudget
from snapreview.engine.look import second_look
from snapreview.engine.odiff import OdiffServer
from snapreview.engine.prepare import Pair, Preparer, Size
from snapreview.engine.regions import regions
from snapreview.model.cancel import CancelToken
from snapreview.model.change import ImageDiff
from snapreview.model.options import DiffOptions
from snapreview.stores.atomic import write_whole
from snapreview.stores.pixels import mask_png, read_mask

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measured:
    """A difference, and the sizes (width, height) that the two images really have."""

    diff: ImageDiff
    base_size: Size
    head_size: Size


class Differ(Protocol):
    """Compares pairs one after the other. Owned by one thread."""

    def measure(
        self, base: Path, head: Path, mask: Path, options: DiffOptions, token: CancelToken
    ) -> Measured:
        """The difference of two files of unequal bytes, its mask at `mask` if there is one.

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

    def measure(
        self, base: Path, head: Path, mask: Path, options: DiffOptions, token: CancelToken
    ) -> Measured:
        """See Differ."""
        pair = self._preparer.pair(base, head, options.max_pixels)
        try:
            token.check()
            diff = self._compare(pair, mask, options, token)
            if diff is None:
                diff = _look_again(pair, base, head, mask)
        finally:
            self._preparer.release(pair)
        return Measured(diff, pair.base_size, pair.head_size)

    def _compare(
        self, pair: Pair, mask: Path, options: DiffOptions, token: CancelToken
    ) -> ImageDiff | None:
        """odiff's word on the pair, or None where it sees no difference in equal sizes."""
        answer = self._server.compare(
            pair.base,
            pair.head,
            mask,
            threshold=options.threshold,
            antialiasing=options.antialiasing,
            token=token,
        )
        if pair.size_changed:
            return _united(pair, mask, found=not answer.match)
        if answer.match:
            return None
        return _result(pair, mask, read_mask(mask), answer.diff_count)


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


def _united(pair: Pair, mask: Path, *, found: bool) -> ImageDiff:
    """odiff's mask together with every pixel that only one of the two images has."""
    width, height = pair.canvas
    marked = read_mask(mask).copy() if found else np.zeros((height, width), np.bool_)
    marked |= _inside(pair.base_size, pair.canvas) != _inside(pair.head_size, pair.canvas)
    _write_mask(mask, marked)
    return _result(pair, mask, marked, int(np.count_nonzero(marked)))


def _inside(size: Size, canvas: Size) -> Mask:
    inside = np.zeros((canvas[1], canvas[0]), np.bool_)
    inside[: size[1], : size[0]] = True
    return inside


def _look_again(pair: Pair, base: Path, head: Path, mask: Path) -> ImageDiff:
    look = second_look(base, head, upright=pair.upright)
    if look.alpha is None:
        return ImageDiff(pair.canvas, subtle_pixels=look.differing, notes=pair.notes)
    _write_mask(mask, look.alpha)
    changed = int(np.count_nonzero(look.alpha))
    return _result(pair, mask, look.alpha, changed, alpha=True)


def _write_mask(path: Path, marked: Mask) -> None:
    write_whole(path, mask_png(marked))
