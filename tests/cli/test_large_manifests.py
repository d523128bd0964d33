"""Large snapshots over HTTP: what is known to be equal costs a line in a manifest and no more."""

from __future__ import annotations

import hashlib
import json

from tests.cli.conftest import Cli
from tests.cli.program import Targets
from tests.servers import Scripted, reply

COUNT = 3000
PATHS = ["/snapshots/base/manifest.json", "/snapshots/head/manifest.json"]


def manifest(first: int, last: int) -> bytes:
    """Of images of which the server has none."""
    images = {
        f"group {number % 40}/image {number}.png": {
            "content_hash": hashlib.sha256(str(number).encode()).hexdigest(),
            "width": 390,
            "height": 844,
        }
        for number in range(first, last)
    }
    return json.dumps({"images": images}).encode()


def serve(server: Scripted, base: bytes, head: bytes) -> list[str]:
    return [
        server.on(path, reply(body=body)) for path, body in zip(PATHS, (base, head), strict=True)
    ]


def test_nothing_of_unchanged_images_is_fetched(
    cli: Cli, server: Scripted, targets: Targets
) -> None:
    same = manifest(0, COUNT)
    done = cli("compare", *serve(server, same, same), "--json", targets.json)
    assert (done.code, done.err) == (0, "")
    assert list(targets.statuses().values()) == ["unchanged"] * COUNT
    assert sorted(server.paths()) == PATHS


def test_nor_of_those_that_are_on_one_side_only(
    cli: Cli, server: Scripted, targets: Targets
) -> None:
    sources = serve(server, manifest(0, COUNT), manifest(10, COUNT + 20))
    assert cli("compare", *sources, "--json", targets.json).code == 1
    statuses = list(targets.statuses().values())
    counts = {status: statuses.count(status) for status in set(statuses)}
    assert counts == {"unchanged": COUNT - 10, "removed": 10, "added": 20}
    assert sorted(server.paths()) == PATHS
