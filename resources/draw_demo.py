"""Draws the demo: two sets of screenshots, base and head, of an invented travel app.

    python resources/draw_demo.py [OUT]

OUT (default: the folder `demo` beside this file) gets `base/`, `head/` and `expected.json`. The
drawing is the same every time and needs no network. What the sets hold, and why:

* large changes: another header, another layout of a list, other charts;
* small changes: a button's colour, an icon two pixels to the right, a renamed label, a count,
  a liked heart, a tinted trend, an entry moved by a day, a new row that moves what is below it;
* a picture whose size changes (`resized`): the page became taller;
* pictures of which only alpha changes (`alpha`), one of them white, so that laying it over white
  hides the change: it takes a comparison of alpha itself, and a dark canvas, to see it;
* a picture written anew (`reencoded`): other bytes, the same pixels, so nothing to review;
* a `subtle` picture: an area one or two levels brighter, which a perceptual comparison at a low
  threshold calls a match although the pixels differ;
* pictures added, removed, and renamed (the same bytes under another name);
* about a third byte-identical, for these are most of any real set.

Each picture has a JSON file beside it that names, groups and tags it. `expected.json` says what a
comparison should find: lists of names for each case, `renamed` as a map from new to old, and
`resized` and `alpha` as parts of `changed`.
"""

import json
import sys
from pathlib import Path

from demo_art.catalog import SCREENS
from demo_art.pack import Pixels, pixels, reduce_colors, tinge, write, write_loosely
from demo_art.shots import CASES, Screen
from demo_art.theme import THEMES

OUT = Path(__file__).resolve().parent / "demo"
TINGED = (40, 164, 150, 36)
"""Left, top, width and height of the subtle change: an empty part of a calendar."""
EXPECTED: dict[str, str] = {screen.name: screen.case for screen in SCREENS}
"""What a comparison should call each picture."""


def draw(screen: Screen) -> tuple[Pixels, Pixels]:
    """Return a screen's pixels in base and in head."""
    theme = THEMES[screen.theme]
    base = pixels(screen.draw(theme, False).image)
    if screen.case == "changed":
        base, head = reduce_colors([base, pixels(screen.draw(theme, True).image)])
        return base, head
    if screen.case == "added":
        base = pixels(screen.draw(theme, True).image)
    (base,) = reduce_colors([base])
    return base, tinge(base, *TINGED) if screen.case == "subtle" else base


def save(screen: Screen, out: Path) -> None:
    """Write a screen's files into base and head."""
    base, head = draw(screen)
    if screen.case != "added":
        write(out / "base" / screen.base_name, base)
        describe(screen, out / "base" / screen.base_name)
    if screen.case != "removed":
        store = write_loosely if screen.case == "reencoded" else write
        store(out / "head" / screen.name, head)
        describe(screen, out / "head" / screen.name)


def describe(screen: Screen, picture: Path) -> None:
    """Write the JSON file beside a picture."""
    text = json.dumps(screen.sidecar(), indent=2, ensure_ascii=False)
    picture.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def expected() -> dict[str, object]:
    """Return what a comparison of base and head should find."""
    found: dict[str, object] = {
        case: sorted(name for name, its in EXPECTED.items() if its == case)
        for case in CASES
        if case != "renamed"
    }
    found["renamed"] = {s.name: s.base_name for s in SCREENS if s.case == "renamed"}
    for trait in ("resized", "alpha"):
        found[trait] = sorted(s.name for s in SCREENS if s.trait == trait)
    return found


def clear(out: Path) -> None:
    """Remove the pictures of an earlier run, and nothing else."""
    for side in ("base", "head"):
        for old in [*(out / side).rglob("*.png"), *(out / side).rglob("*.json")]:
            old.unlink()


def main(arguments: list[str]) -> None:
    """Draw everything."""
    out = Path(arguments[0]) if arguments else OUT
    if (out / "expected.json").exists():
        clear(out)
    for screen in SCREENS:
        save(screen, out)
    text = json.dumps(expected(), indent=2, ensure_ascii=False)
    (out / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
