"""Two snapshots of many images, as their manifests; images are drawn when somebody asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from random import Random

from PIL import Image

_AREAS = ("Checkout", "Profile", "Search", "Settings", "Onboarding", "Library", "Admin", "Charts")
_PARTS = ("Button", "Dialog", "Table", "Card", "Menu", "Form", "Banner", "Tooltip", "Tabs", "List")
_STATES = ("default", "hover", "disabled", "error", "loading", "empty", "focused", "long text")
_SIZE = 40, 30
BASE, HEAD = "/snapshots/base/manifest.json", "/snapshots/head/manifest.json"
IMAGES = "/images/"


@dataclass(frozen=True, slots=True)
class Snapshots:
    """What a server of them answers, by path; `numbers` are the images by their hash."""

    manifests: dict[str, bytes]
    numbers: dict[str, int] = field(repr=False)

    def answer(self, path: str) -> bytes | None:
        """The body at `path`."""
        if path in self.manifests:
            return self.manifests[path]
        number = self.numbers.get(path.removeprefix(IMAGES))
        return None if number is None else _image(number)


def snapshots(count: int, apart: int, seed: int = 1) -> Snapshots:
    """A base and a head of `count` images each.

    All have the same content on both sides but three times `apart` of them: so many are only in
    the base, as many only in the head, and as many have another name there.
    """
    random = Random(seed)
    names = [_name(number, random) for number in range(count + apart)]
    hashes = [hashlib.sha256(_image(number)).hexdigest() for number in range(count + apart)]
    base = {names[number]: hashes[number] for number in range(count)}
    head = {names[number]: hashes[number] for number in range(apart, count + apart)}
    for number in range(apart, 2 * apart):
        head[f"{names[number].removesuffix('.png')} (renamed).png"] = head.pop(names[number])
    manifests = {BASE: _manifest("base", base, random), HEAD: _manifest("head", head, random)}
    return Snapshots(manifests, {digest: number for number, digest in enumerate(hashes)})


def _name(number: int, random: Random) -> str:
    area, part = random.choice(_AREAS), random.choice(_PARTS)
    return f"{area}/{part}/{random.choice(_STATES)} {number:05}.png"


def _manifest(name: str, images: dict[str, str], random: Random) -> bytes:
    entries = dict(_entries(images, random))
    return json.dumps({"snapshot_id": name, "images": entries}, indent=1).encode()


def _entries(images: dict[str, str], random: Random) -> Iterator[tuple[str, dict[str, object]]]:
    for name, digest in images.items():
        area, part, state = name.split("/")
        yield (
            name,
            {
                "content_hash": digest,
                "width": _SIZE[0],
                "height": _SIZE[1],
                "display_name": f"{part}, {state}",
                "group": f"{area} / {part}",
                "tags": {"theme": random.choice(("light", "dark")), "locale": "en"},
            },
        )


def _image(number: int) -> bytes:
    """A PNG of one colour, which no other number has."""
    data = BytesIO()
    colour = number >> 16 & 255, number >> 8 & 255, number & 255
    Image.new("RGB", _SIZE, colour).save(data, "PNG", compress_level=1)
    return data.getvalue()
