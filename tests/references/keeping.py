"""The pictures that are kept: where, for which versions, and how they are made small."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import qVersion

from .surroundings import fonts_digest

IMAGES = Path(__file__).with_name("images")
_MADE = "made.json"
_PICTURES = "*.webp"


def kept() -> Path:
    """Where the pictures of this Qt's minor version are, or would be."""
    return IMAGES / ".".join(qVersion().split(".")[:2])


def made_with() -> dict[str, str]:
    """What the kept pictures were drawn with, beside the program itself; empty for none."""
    told = kept() / _MADE
    return json.loads(told.read_text("utf-8")) if told.is_file() else {}


def accept(drawn: Path, target: Path) -> list[str]:
    """Keep these pictures in `target`; returns those that are others than before.

    A picture with the same pixels stays as it is, so that it is not committed again.
    """
    for old in sorted(target.rglob(_PICTURES)):
        if not (drawn / old.relative_to(target)).is_file():
            old.unlink()
    names = sorted(path.relative_to(drawn) for path in drawn.rglob(_PICTURES))
    fresh = [name for name in names if not _same(drawn / name, target / name)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda name: _shrink(drawn / name, target / name), fresh))
    told = {"qt": qVersion(), "fonts": fonts_digest()}
    (target / _MADE).write_text(f"{json.dumps(told, indent=1)}\n", "utf-8")
    return [name.as_posix() for name in fresh]


def _same(one: Path, two: Path) -> bool:
    if not two.is_file():
        return False
    return bool(np.array_equal(_pixels(one), _pixels(two)))


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def _shrink(drawn: Path, target: Path) -> None:
    """The same pixels in fewer bytes, however long that takes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(drawn) as image:
        image.save(target, lossless=True, method=6, quality=75)
