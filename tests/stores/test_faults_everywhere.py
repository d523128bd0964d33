"""Every fault before every kind of networked store, as whoever compares meets it.

A fault that passes leaves the rows that there are without it; one that stays is the error of its
own row, in a sentence, or of the whole where the list of images cannot be had. Whatever happens,
the cache holds nothing but what its names say.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from rich.progress import Progress

from snapreview.cli.headless import compared
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Status
from snapreview.model.errors import SourceError
from snapreview.model.options import DiffOptions
from snapreview.stores.opening import open_pair, store_context
from snapreview.stores.settings import TransportSettings
from snapreview.stores.userdirs import UserDirs
from tests.cli.program import MARKED, PLAIN, image_set
from tests.engine.images import dotted, flat
from tests.keychains import no_keychain
from tests.servers import Reply, reply, stalled
from tests.stores.shops import SHOPS, Shop, opened_shop

TARGET = "b.png"
"""The image that something happens to."""
BASE = {"a.png": PLAIN, TARGET: PLAIN, "c.png": flat(colour=9), "gone.png": flat(colour=30)}
HEAD = {
    "a.png": PLAIN,
    TARGET: MARKED,
    "c.png": dotted(flat(colour=9), 200, (1, 1)),
    "new.png": flat(colour=70),
}


@dataclass(frozen=True)
class Fault:
    """`reply` is what happens to a request; the others what is said where it stays."""

    reply: Callable[[Shop], Reply]
    of_image: str
    of_manifest: str
    tries: int = 2


BROKEN = "the connection broke off"
NO_MANIFEST = "is not valid JSON|no list of it|did not answer as a Sentry does"
NOT_IT = "manifest promises|their hash differs|is not an image|written to meanwhile"

FAULTS = {
    "reset": Fault(lambda shop: shop.proxy.cut(by_reset=True), BROKEN, BROKEN),
    "truncated": Fault(lambda shop: shop.proxy.cut(), BROKEN, BROKEN),
    "stalled": Fault(lambda shop: stalled(), "it stopped answering", "it stopped answering", 1),
    "wrong bytes": Fault(
        lambda shop: shop.proxy.altered(lambda body: body[::-1]), NOT_IT, NO_MANIFEST, 1
    ),
    "wrong length": Fault(
        lambda shop: shop.proxy.altered(lambda body: body, missing=9), NOT_IT, NO_MANIFEST, 1
    ),
    "asked too often": Fault(
        lambda shop: reply(429, retry_after="7"), "429|asked too often", "429|asked too often"
    ),
    "busy": Fault(lambda shop: reply(503), "503", "503"),
    "sent elsewhere": Fault(
        lambda shop: shop.proxy.sent_to(shop.other), "404|not there", "404|not there|has no"
    ),
}
HARMLESS = {
    "slow": lambda shop: shop.proxy.slow(),
    "sent elsewhere": lambda shop: shop.proxy.sent_to(shop.other),
}
PLACES = ("manifest", "image")


@dataclass
class World:
    """A folder and a shop that are compared, impatiently, with folders of their own."""

    shop: Shop
    base: Path
    dirs: UserDirs
    waits: list[float] = field(default_factory=list)
    comes_back: bool = False
    read_seconds: float = 5.0

    def rows(self) -> dict[str, Change]:
        """Base and shop, compared. Raises SourceError."""
        sources = str(self.base), self.shop.source
        context = store_context(sources, self.dirs.images, os.environ, keychain=no_keychain())
        settings = TransportSettings(
            connect_seconds=2.0, read_seconds=self.read_seconds, backoff=0.0, wait=self._wait
        )
        stores = open_pair(*sources, replace(context, settings=settings))
        bar, token = Progress(disable=True), CancelToken()
        with compared(stores, DiffOptions(), self.dirs, bar, token, workers=1) as run:
            return {change.name: change for change in run.comparison.changes}

    def path(self, place: str) -> str:
        return self.shop.manifest if place == "manifest" else self.shop.image

    def asked(self, place: str) -> int:
        return [seen.path for seen in self.shop.proxy.requests].count(self.path(place))

    def _wait(self, token: CancelToken, seconds: float) -> None:
        self.waits.append(seconds)
        self.shop.pause(seconds)
        if self.comes_back:
            self.shop.proxy.come()
        token.check()


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("sets")
    return Path(image_set(place / "base", BASE)), Path(image_set(place / "head", HEAD))


@pytest.fixture
def world(
    request: pytest.FixtureRequest, sets: tuple[Path, Path], tmp_path: Path
) -> Iterator[World]:
    """Checks afterwards that the cache is sound, and that no other host heard a secret."""
    base, head = sets
    dirs = UserDirs(*(tmp_path / "home" / name for name in ("cache", "data", "config")))
    for folder in (dirs.cache, dirs.data, dirs.config):
        folder.mkdir(parents=True)
    with opened_shop(request.param, head, TARGET, tmp_path, request) as shop:
        yield World(shop, base, dirs)
        assert_sound(dirs)
        heard = "\n".join(str(seen.headers) for seen in shop.other.requests)
        assert not [secret for secret in shop.secrets() if secret in heard]


def assert_sound(dirs: UserDirs) -> None:
    """Every image re-hashes to its name, and nothing half-written is left anywhere."""
    for path in filter(Path.is_file, dirs.images.rglob("*")):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert [*dirs.cache.rglob("*.part")] == []


@pytest.fixture(scope="module")
def expected(sets: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> dict:
    """The rows of the two folders, as `told` has them."""
    place = tmp_path_factory.mktemp("expected")
    dirs = UserDirs(place, place, place)
    stores = open_pair(*map(str, sets), store_context([], dirs.images, {}))
    bar, token = Progress(disable=True), CancelToken()
    with compared(stores, DiffOptions(), dirs, bar, token, workers=1) as run:
        found = {change.name: change for change in run.comparison.changes}
    assert {change.status for change in found.values()} == {
        Status.UNCHANGED,
        Status.CHANGED,
        Status.REMOVED,
        Status.ADDED,
    }
    return told(found)


def told(rows: dict[str, Change]) -> dict[str, tuple[object, ...]]:
    """What rows say, without what a source may leave unknown and where masks are."""
    return {
        name: (row.status, row.error, row.previous_name, row.diff and replace(row.diff, mask=None))
        for name, row in rows.items()
    }


def assert_sentence(text: str, said: str, world: World) -> None:
    assert re.search(said, text), text
    assert re.fullmatch(r"[^\n]{20,}[.)]", text), text
    assert not [secret for secret in world.shop.secrets() if secret in text]


def assert_only_the_target(rows: dict[str, Change], expected: dict) -> str:
    """The target's error; every other row is as it should be."""
    others = {name: row for name, row in expected.items() if name != TARGET}
    assert {name: row for name, row in told(rows).items() if name != TARGET} == others
    assert rows[TARGET].status is Status.ERRORED
    return rows[TARGET].error or ""


each_shop = pytest.mark.parametrize("world", SHOPS, indirect=True)
each_place = pytest.mark.parametrize("place", PLACES)


@each_shop
@each_place
@pytest.mark.parametrize("fault", FAULTS.keys() - HARMLESS.keys())
def test_a_fault_that_passes_is_not_noticed(
    world: World, place: str, fault: str, expected: dict
) -> None:
    made = FAULTS[fault]
    world.shop.proxy.on(world.path(place), *[made.reply(world.shop)] * made.tries, None)
    if fault == "stalled":
        world.read_seconds = 1.0  # then the real answer has to come within as much
    if place == "manifest" and made.of_manifest == NO_MANIFEST:
        # Nobody can tell a wrong list from a right one: it is not asked for again by itself.
        with pytest.raises(SourceError):
            world.rows()
    assert told(world.rows()) == expected
    assert world.asked(place) == made.tries + 1
    if fault == "asked too often":
        told_how_long = max(world.waits) >= 7
        assert told_how_long or world.shop.source.startswith("s3:")  # obstore does not pass it on


@each_shop
@each_place
@pytest.mark.parametrize("fault", HARMLESS)
def test_what_is_no_fault_is_not_noticed(
    world: World, place: str, fault: str, expected: dict
) -> None:
    world.shop.proxy.on(world.path(place), HARMLESS[fault](world.shop))
    assert told(world.rows()) == expected
    assert world.asked(place) == 1
    assert bool(world.shop.other.requests) == (fault == "sent elsewhere")


@each_shop
@each_place
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_told(world: World, place: str, fault: str, expected: dict) -> None:
    made = FAULTS[fault]
    world.shop.proxy.on(world.path(place), made.reply(world.shop))
    world.shop.other.on(world.path(place), reply(404))
    if fault == "stalled":
        world.read_seconds = 0.4
    if place == "image":
        error = assert_only_the_target(world.rows(), expected)
        assert_sentence(error, made.of_image, world)
    else:
        with pytest.raises(SourceError) as caught:
            world.rows()
        assert_sentence(str(caught.value), made.of_manifest, world)
        kept = [path for path in world.dirs.cache.rglob("*") if re.fullmatch(r"\w{64}", path.name)]
        assert kept == []


@each_shop
@each_place
def test_a_host_that_is_away_for_a_while(world: World, place: str, expected: dict) -> None:
    go_away(world, place)
    world.comes_back = True
    assert told(world.rows()) == expected
    assert world.waits


@each_shop
@each_place
def test_a_host_that_stays_away(world: World, place: str, expected: dict) -> None:
    go_away(world, place)
    if place == "manifest":
        with pytest.raises(SourceError) as caught:
            world.rows()
        assert_sentence(str(caught.value), "it refuses the connection", world)
        return
    rows = world.rows()
    missing = {name for name, row in rows.items() if row.status is Status.ERRORED}
    assert TARGET in missing
    for name in missing:
        assert_sentence(rows[name].error or "", "it refuses the connection", world)
    found = {name: row for name, row in told(rows).items() if name not in missing}
    assert found == {name: row for name, row in expected.items() if name not in missing}
    known = {"a.png", "new.png"} if rows["a.png"].head.sha256 else set()
    assert {"gone.png", *known} == found.keys()


def go_away(world: World, place: str) -> None:
    """Refuse all connections: from the start, or once the list of images was answered."""
    if place == "manifest":
        world.shop.proxy.go()
    else:
        world.shop.proxy.on(world.shop.manifest, world.shop.proxy.before_going)
