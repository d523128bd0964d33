"""A Sentry for tests, written from its wire reference: a real server that is as strict as one.

It wants a token with the right scope, trailing slashes, and patience: its clock stands still until
somebody waits (`pass_time`), and in each of its seconds it answers so many requests and no more.
It compares snapshots by the rules of Sentry, with ratios that a test gives instead of pixels.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from PIL import Image

from tests.servers import Reply, Scripted, Seen, redirect, reply, scripted_server

ORG, PROJECT, SLUG, APP = "acme", "42", "web", "com.acme.app"
TOKEN = "sntrys_planted-t0ken"
CI_TOKEN = "sntrys_ci-t0ken"
READ = frozenset({"project:read"})
CI = frozenset({"org:ci"})
GENERATIONS = ("A", "B", "C")

_DETAILS = re.compile(r"/api/0/organizations/([^/]+)/preprodartifacts/snapshots/([^/]+)/")
_IMAGE = re.compile(r"/api/0/projects/([^/]+)/([^/]+)/files/images/([^/]+)/")
_BUILDS = re.compile(r"/api/0/organizations/([^/]+)/builds/")


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def png(shade: int, size: tuple[int, int] = (3, 2)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (shade, 0, 0)).save(out, "PNG")
    return out.getvalue()


@dataclass
class Shot:
    """An uploaded snapshot. `ratios` are the shares that comparing it finds, by name."""

    id: str
    images: dict[str, bytes]
    base: str | None = None
    metadata: dict[str, dict[str, Any]] = field(default_factory=dict)
    vcs: dict[str, Any] = field(default_factory=dict)
    selective: bool = False
    declared: set[str] | None = None
    threshold: float | None = None
    ratios: dict[str, float] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    pending: bool = False
    app_id: str = APP


class SentryDouble(Scripted):
    """`generation` is how images are told; `old` whether compared snapshots list them all too."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens = {TOKEN: READ, CI_TOKEN: CI}
        self.shots: dict[str, Shot] = {}
        self.contents: dict[str, bytes] = {}
        self.evicted: set[str] = set()
        self.generation = "C"
        self.old = False
        self.ci_reads_images = True
        self.storage = ""
        self.page_size = 2
        self.per_second = {"details": 40, "images": 400}
        self.changes: dict[str, Any] = {}
        self._second = 0
        self._served: Counter[tuple[str, int]] = Counter()
        self._next: list[Reply] = []

    def upload(self, shot: Shot) -> str:
        self.shots[shot.id] = shot
        self.contents |= {sha(data): data for data in shot.images.values()}
        return self.page(shot.id)

    def page(self, snapshot: str) -> str:
        """The address of its page, as a browser has it."""
        path = f"/organizations/{ORG}/preprod/snapshots/{snapshot}/"
        return f"{self.url}{path}?selectedSnapshot=a.png&view=list"

    def short(self, rest: str) -> str:
        return f"sentry:{ORG}/{rest}@{self.url}"

    def pass_time(self, seconds: float) -> None:
        self._second += max(1, int(seconds))

    def then(self, *replies: Reply) -> None:
        """Answer the next requests with these."""
        self._next += replies

    def next_reply(self, seen: Seen) -> Reply:
        with self._lock:
            self.requests.append(seen)
            return self._next.pop(0) if self._next else self._answer(seen)

    def _answer(self, seen: Seen) -> Reply:
        parts = urlsplit(seen.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not parts.path.endswith("/"):
            return reply(404, b"<h1>Not Found</h1>", content_type="text/html")
        kind = "images" if _IMAGE.fullmatch(parts.path) else "details"
        self._served[kind, self._second] += 1
        if self._served[kind, self._second] > self.per_second[kind]:
            return said(429, "You are attempting to use this endpoint too frequently.", wait="1")
        scopes = self.tokens.get((seen.authorisation or "").removeprefix("Bearer "))
        if scopes is None:
            return said(401, "Authentication credentials were not provided.")
        if found := _IMAGE.fullmatch(parts.path):
            return self._image(*map(unquote, found.groups()), scopes)
        if found := _BUILDS.fullmatch(parts.path):
            return self._builds(query)
        if found := _DETAILS.fullmatch(parts.path):
            return self._snapshot(*found.groups(), query)
        return said(404, "Not found")

    def _image(self, org: str, project: str, key: str, scopes: frozenset[str]) -> Reply:
        if scopes == CI and not self.ci_reads_images:
            return said(403, "You do not have permission to perform this action.")
        if org != ORG or project not in (PROJECT, SLUG) or key not in self.contents:
            return said(404, "Image not found")
        if self.storage:
            return redirect(f"{self.storage}/{key}")
        return reply(body=self.contents[key], content_type="application/octet-stream")

    def _snapshot(self, org: str, rest: str, query: dict[str, str]) -> Reply:
        if org != ORG:
            return said(404, "The requested resource does not exist")
        if rest == "latest-base":
            return self._latest(query)
        if rest not in self.shots:
            return said(404, "Snapshot not found")
        if rest in self.evicted:
            return said(404, "Snapshot manifest not found")
        return answered({**self.details(self.shots[rest]), **self.changes})

    def _latest(self, query: dict[str, str]) -> Reply:
        if "app_id" not in query:
            return said(400, "app_id query parameter is required")
        if query.get("project", PROJECT) not in (PROJECT, SLUG):
            return said(400, "Invalid project")
        for shot in reversed(self.shots.values()):
            fits = shot.app_id == query["app_id"] and not shot.vcs.get("base_sha")
            if fits and query.get("branch") in (None, shot.vcs.get("head_ref")):
                images = [self._told(n, d, shot) for n, d in shot.images.items()]
                body = {"head_artifact_id": shot.id, "project_id": PROJECT, "images": images}
                return answered({**body, "project_slug": SLUG, "app_id": shot.app_id})
        return said(404, "No snapshot found")

    def _builds(self, query: dict[str, str]) -> Reply:
        start = int(query.get("cursor", "0:0:0").split(":")[1])
        if (query.get("project"), query.get("projectSlug")) not in _PROJECTS:
            return said(403, "You do not have permission to perform this action.")
        newest = list(reversed(self.shots.values()))
        page = newest[start : start + self.page_size]
        more = str(start + self.page_size < len(newest)).lower()
        link = (
            '<https://elsewhere.invalid/?cursor=0:0:1>; rel="previous"; results="false";'
            ' cursor="0:0:1", <https://elsewhere.invalid/>; rel="next";'
            f' results="{more}"; cursor="0:{start + self.page_size}:0"'
        )
        return answered([_build(shot) for shot in page], link=link)

    def details(self, shot: Shot) -> dict[str, Any]:
        """The body of an answer about a snapshot."""
        compared = shot.base is not None and not shot.pending
        told = [self._told(name, shot.images[name], shot) for name in sorted(shot.images)]
        body: dict[str, Any] = {
            "head_artifact_id": shot.id,
            "project_id": PROJECT,
            "base_artifact_id": shot.base if compared else None,
            "comparison_type": "diff" if compared else "solo",
            "state": "PROCESSED" if self.old else 3,
            "vcs_info": shot.vcs,
            "app_id": shot.app_id,
            "diff_threshold": shot.threshold,
            "images": told if self.old or not compared else [],
            "image_count": len(told),
            "comparison_state": "pending" if shot.pending else "success" if compared else None,
            "approvers": [],
            **(self._compared(shot) if compared else {}),
        }
        return body if self.old else {**body, "is_selective": shot.selective}

    def complete(self, snapshot: str) -> dict[str, bytes]:
        """A base's images; a selective one is laid over the ones before it."""
        shot = self.shots[snapshot]
        if not shot.selective or shot.base is None:
            return shot.images
        before = self.complete(shot.base)
        kept = {n: d for n, d in before.items() if shot.declared is None or n in shot.declared}
        return kept | shot.images

    def _compared(self, shot: Shot) -> dict[str, Any]:
        head, base = shot.images, self.complete(shot.base or "")
        lists: dict[str, list[Any]] = {name: [] for name in _LISTS}
        gone = sorted(base.keys() - head.keys())
        declared = shot.declared or (set(base) if shot.selective else set())
        skipped = [name for name in gone if name in declared]
        removed = [name for name in gone if name not in declared]
        added = sorted(head.keys() - base.keys())
        for old in (removed, skipped):
            for new in list(added):
                same = [name for name in old if base[name] == head[new]]
                if same:
                    lists["renamed"].append(self._renamed(shot, same[0], new))
                    old.remove(same[0])
                    added.remove(new)
        for name in sorted(head.keys() & base.keys()):
            self._matched(shot, name, base[name], lists)
        lists["added"] = [self._told(name, head[name], shot) for name in added]
        lists["removed"] = [self._of_base(shot, name, base[name]) for name in removed]
        lists["skipped"] = [self._of_base(shot, name, base[name]) for name in skipped]
        lists["changed"].sort(key=lambda pair: -pair["diff"])
        counts = {f"{name}_count": len(found) for name, found in lists.items()}
        return {**lists, **counts}

    def _matched(self, shot: Shot, name: str, base: bytes, lists: dict[str, list[Any]]) -> None:
        told = self._told(name, shot.images[name], shot)
        pair = {"base_image": self._of_base(shot, name, base), "head_image": told}
        ratio = shot.ratios.get(name, 0.5)
        if shot.images[name] == base:
            lists["unchanged"].append(told)
        elif name in shot.failing:
            lists["errored"].append({**pair, "diff_image_key": None, "diff": None})
        elif ratio > (shot.threshold or 0):
            key = f"{ORG}/{PROJECT}/{shot.id}/{name}.mask"
            lists["changed"].append({**pair, "diff_image_key": key, "diff": ratio})
        else:
            lists["unchanged"].append(told)

    def _renamed(self, shot: Shot, old: str, new: str) -> Any:
        told = self._told(new, shot.images[new], shot)
        if self.old:
            return told
        base = self._of_base(shot, old, shot.images[new])
        if old not in self.shots[shot.base or ""].images:
            base["key"] = ""  # renamed results store no hash of the base
        return {"base_image": base, "head_image": told, "diff_image_key": None, "diff": None}

    def _of_base(self, shot: Shot, name: str, data: bytes) -> dict[str, Any]:
        """As the base's manifest has it, or made up where that does not."""
        base = self.shots[shot.base or ""]
        if name in base.images:
            return self._told(name, data, base)
        made_up = self._told(name, data, Shot("", {}))
        return {**made_up, "width": 0, "height": 0}

    def _told(self, name: str, data: bytes, shot: Shot) -> dict[str, Any]:
        width, height = Image.open(io.BytesIO(data)).size
        size = {"width": width, "height": height}
        if self.generation == "A":
            return {"id": sha(data), "display_name": name, "file_name": None, **size}
        metadata = shot.metadata.get(name, {})
        if self.generation == "B":
            shown = metadata.get("display_name")
            return {
                "key": sha(data),
                "image_file_name": name,
                "display_name": shown,
                **size,
            }
        empty = dict.fromkeys(("display_name", "group", "description", "tags", "canvas_theme"))
        return {
            **empty,
            "diff_threshold": shot.threshold,
            **metadata,
            "key": sha(data),
            "image_file_name": name,
            **size,
        }


_PROJECTS = ((PROJECT, None), ("-1", None), (None, SLUG))
_LISTS = ("added", "removed", "unchanged", "skipped", "changed", "renamed", "errored")


def said(status: int, detail: str, wait: str = "") -> Reply:
    """A refusal as Sentry words it."""
    headers = {"retry_after": wait} if wait else {}
    body = json.dumps({"detail": detail}).encode()
    return reply(status, body, content_type="application/json", **headers)


def answered(body: Any, **headers: str) -> Reply:
    return reply(body=json.dumps(body).encode(), content_type="application/json", **headers)


def _build(shot: Shot) -> dict[str, Any]:
    info = {
        "app_id": shot.app_id,
        "name": None,
        "date_added": f"2026-01-{int(shot.id):02}T08:00:00Z",
    }
    return {
        "id": int(shot.id),
        "project_id": int(PROJECT),
        "app_info": info,
        "vcs_info": shot.vcs,
        "snapshot_comparison_info": {"image_count": len(shot.images)} if shot.images else None,
    }


@contextmanager
def sentry_double() -> Iterator[SentryDouble]:
    double = SentryDouble()
    with scripted_server(script=double):
        yield double
