"""What a drawing depends on beside the program: fonts, scale, locale, folders. All of it is set."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

FONTS = Path("/usr/share/fonts/opentype/inter")
FACES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
"""Of Debian's package fonts-inter: those that the style sheet and the painting ask for."""

SCALES = (1, 2)
THEMES = ("light", "dark")

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""
_KEPT = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR", "SYSTEMROOT")


def lacking() -> str:
    """Why nothing can be drawn here as it was kept, in a sentence; empty where it can."""
    missing = ", ".join(face for face in FACES if not (FONTS / face).is_file())
    return f"Install the package fonts-inter: {FONTS} lacks {missing}." if missing else ""


def fonts_digest() -> str:
    """Which edition of the fonts is installed: another draws other letters."""
    digest = hashlib.sha256()
    for face in FACES:
        digest.update((FONTS / face).read_bytes())
    return digest.hexdigest()


def environment(scale: int, folder: Path, root: Path) -> dict[str, str]:
    """The environment of a process that draws at `scale`.

    `folder` takes what it writes beside, `root` is where the packages are.
    """
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTCONFIG.format(cache=folder / "fontconfig"), "utf-8")
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "FONTCONFIG_FILE": str(fonts),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH")))),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_FONT_DPI": "96",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "TZ": "UTC",
        "XDG_RUNTIME_DIR": str(folder),
    }
