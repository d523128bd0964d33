"""One process that draws, at one scale. Its environment and working folder are made by draw.py.

python -m tests.references.artist FOLDER SCALE SCENE…
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage

from snapreview.stores.userdirs import UserDirs

from . import dialog_scenes, list_scenes, start_scenes, state_scenes, viewer_scenes
from .sample import make_sample
from .scenes import Scenes
from .stage import Stage, make_application


def all_scenes() -> Scenes:
    """All that is played."""
    modules = (start_scenes, state_scenes, viewer_scenes, list_scenes, dialog_scenes)
    return Scenes({name: each for module in modules for name, each in module.SCENES.items()})


def main(folder: Path, scale: str, names: list[str]) -> None:
    """Draw these scenes into folders like `light-2x`."""
    app = make_application()
    with tempfile.TemporaryDirectory() as place:
        sample = make_sample(_dirs(Path(place) / "sample"))
        scenes = all_scenes()
        for scene in names:
            stage = Stage(app, _dirs(Path(place) / scene), sample)
            try:
                for name, widget in scenes[scene](stage):
                    for theme, picture in stage.pictures(widget).items():
                        _write(picture, folder / f"{theme}-{scale}x" / f"{name}.webp")
            finally:
                stage.close()


def _write(picture: QImage, target: Path) -> None:
    """Without loss and in a hurry: nobody keeps these."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = picture.width(), picture.height()
    pixels = Image.frombuffer("RGB", size, picture.constBits(), "raw", "BGRX", 0, 1)
    pixels.save(target, lossless=True, method=0, quality=25)


def _dirs(root: Path) -> UserDirs:
    made = UserDirs(root / "cache", root / "data", root / "config")
    for folder in (made.cache, made.data, made.config):
        folder.mkdir(parents=True)
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
