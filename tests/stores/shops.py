"""One set of images behind every kind of networked store, with a fault proxy before each."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.stores.publish import PublishRequest, publish
from tests.buckets import KEYS, SIGNED
from tests.servers import static_server
from tests.stores.fault_proxy import FaultProxy, fault_proxy
from tests.stores.sentry_double import ORG, PROJECT, TOKEN, Shot, sentry_double, sha
from tests.stores.site import Site

SECRET = "planted-t0ken"


@dataclass
class Shop:
    """A store that is asked through `proxy`, by someone who has to say who they are.

    `manifest` and `image` are requests, as scripts have them: for the list of images, and for one
    of them. `other` is another host that has the same. `pause` lets the server's time pass.
    """

    source: str
    proxy: FaultProxy
    other: FaultProxy
    manifest: str
    image: str
    environ: dict[str, str] = field(default_factory=dict)
    pause: Callable[[float], object] = lambda _seconds: None

    def secrets(self) -> list[str]:
        """What only the store's own host may hear."""
        tokens = [SECRET, TOKEN, *KEYS.values()]
        return [*tokens, *(b64encode(token.encode()).decode().rstrip("=") for token in tokens)]


Made = Iterator[Shop]


@contextmanager
def proxies(port: int, authorisation: str = "") -> Iterator[tuple[FaultProxy, FaultProxy]]:
    """One that stands before a server, and another host that has the same for everybody."""
    with fault_proxy(port) as proxy, fault_proxy(port, authorisation) as other:
        yield proxy, other


@contextmanager
def web(files: Path, name: str, place: Path, site: Callable[[], Site]) -> Made:
    publish(files, place / "root", PublishRequest("one"), CancelToken())
    path = "/snapshots/one/manifest.json"
    image = f"GET /images/{sha((files / name).read_bytes())}"
    environ = {"SNAPREVIEW_TOKEN": SECRET}
    with static_server(place / "root") as url, proxies(_port(url)) as (proxy, other):
        yield Shop(proxy.url + path, proxy, other, f"GET {path}", image, environ)


@contextmanager
def sentry(files: Path, name: str, place: Path, site: Callable[[], Site]) -> Made:
    images = {path.name: path.read_bytes() for path in files.iterdir()}
    api = "GET /api/0"
    with (
        sentry_double() as double,
        proxies(_port(double.url), f"Bearer {TOKEN}") as (proxy, other),
    ):
        double.upload(Shot("1", images))
        yield Shop(
            f"sentry:{ORG}/1@{proxy.url}",
            proxy,
            other,
            f"{api}/organizations/{ORG}/preprodartifacts/snapshots/1/",
            f"{api}/projects/{ORG}/{PROJECT}/files/images/{sha(images[name])}/",
            {"SENTRY_AUTH_TOKEN": TOKEN, "SENTRY_URL": proxy.url},
            double.pass_time,
        )


@contextmanager
def bucket(files: Path, name: str, place: Path, site: Callable[[], Site]) -> Made:
    made = site()
    publish(files, made.address("root"), PublishRequest("one"), CancelToken())
    path = "root/snapshots/one/manifest.json"
    image = f"root/images/{sha((files / name).read_bytes())}"
    with proxies(made.s3.port, SIGNED) as (proxy, other):
        made.patch.setenv("AWS_ENDPOINT_URL", proxy.url)
        requests = [f"GET /{made.name}/{key}" for key in (path, image)]
        yield Shop(made.address(path), proxy, other, *requests)


@contextmanager
def bare_bucket(files: Path, name: str, place: Path, site: Callable[[], Site]) -> Made:
    made = site()
    for path in files.iterdir():
        made.put(f"shots/{path.name}", path.read_bytes())
    with proxies(made.s3.port, SIGNED) as (proxy, other):
        made.patch.setenv("AWS_ENDPOINT_URL", proxy.url)
        requests = [f"GET /{made.name}", f"GET /{made.name}/shots/{name}"]
        yield Shop(made.address("shots"), proxy, other, *requests)


SHOPS: Mapping[str, Callable[..., AbstractContextManager[Shop]]] = {
    "static": web,
    "sentry": sentry,
    "bucket": bucket,
    "bare bucket": bare_bucket,
}


@contextmanager
def opened_shop(
    kind: str, files: Path, name: str, place: Path, request: pytest.FixtureRequest
) -> Made:
    """A shop of `kind` that has `files`; scripts concern the image `name`. Keys are set."""
    patch = request.getfixturevalue("monkeypatch")
    with SHOPS[kind](files, name, place, partial(request.getfixturevalue, "site")) as shop:
        for variable, text in shop.environ.items():
            patch.setenv(variable, text)
        yield shop


def _port(url: str) -> int:
    return urlsplit(url).port or 0
