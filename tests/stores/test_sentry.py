"""Snapshots that Sentry keeps: what was uploaded, what it is compared with, what Sentry says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.categorize import categorize
from snapreview.model.errors import FetchError, SourceNotFound, SourceUnreachable
from snapreview.model.manifest import Manifest
from snapreview.stores.sentry_source import latest_base
from tests.stores.sentry_double import (
    APP,
    GENERATIONS,
    ORG,
    SentryDouble,
    Shot,
    png,
    sentry_double,
    sha,
)
from tests.stores.sentry_visitor import Visitor

ONE, TWO, THREE, FOUR, FIVE = (png(shade) for shade in range(1, 6))


@pytest.fixture
def double() -> Iterator[SentryDouble]:
    with sentry_double() as made:
        yield made


@pytest.fixture
def visitor(double: SentryDouble, tmp_path: Path) -> Iterator[Visitor]:
    made = Visitor(double, tmp_path)
    yield made
    made.close()


def uploaded(double: SentryDouble) -> str:
    """One pair with a row of every status but skipped; the page of its head."""
    before = {"same.png": ONE, "new.png": TWO, "gone.png": THREE, "old.png": FOUR, "bad.png": ONE}
    after = {"same.png": ONE, "new.png": FIVE, "name.png": FOUR, "more.png": png(9), "bad.png": TWO}
    double.upload(Shot("11", before, vcs={"head_sha": "a" * 40, "head_ref": "main"}))
    vcs = {"head_sha": "b" * 40, "base_sha": "a" * 40, "head_ref": "feature", "base_ref": "main"}
    shot = Shot("12", after, "11", vcs={**vcs, "pr_number": 7}, ratios={"new.png": 0.25})
    shot.failing = {"bad.png"}
    return double.upload(shot)


def hashes(manifest: Manifest) -> dict[str, str | None]:
    return {name: record.sha256 for name, record in manifest.images.items()}


def told(manifest: Manifest, field: str) -> dict[str, object]:
    images = manifest.images.items()
    return {
        name: record.extra[f"sentry_{field}"] for name, record in images if field_in(record, field)
    }


def field_in(record, field: str) -> bool:
    return f"sentry_{field}" in record.extra


@pytest.mark.parametrize("old", [False, True], ids=["new", "old"])
@pytest.mark.parametrize("generation", GENERATIONS)
def test_one_address_gives_base_and_head_of_every_generation(
    double: SentryDouble, visitor: Visitor, generation: str, old: bool
) -> None:
    double.generation, double.old = generation, old
    page = uploaded(double)
    base, head = visitor.pair(page)
    assert hashes(base) == {n: sha(d) for n, d in double.shots["11"].images.items()}
    assert hashes(head) == {n: sha(d) for n, d in double.shots["12"].images.items()}
    assert visitor.statuses(page) == {
        "same.png": "unchanged",
        "new.png": "pending",
        "bad.png": "pending",
        "gone.png": "removed",
        "name.png": "renamed",
        "more.png": "added",
    }


def test_what_is_known_of_a_snapshot(double: SentryDouble, visitor: Visitor) -> None:
    base, head = visitor.pair(uploaded(double))
    assert (base.snapshot_id, head.snapshot_id, head.app_id) == ("11", "12", APP)
    vcs = head.vcs
    assert (vcs.head_ref, vcs.base_ref, vcs.base_sha, vcs.pr_number) == (
        "feature",
        "main",
        "a" * 40,
        7,
    )
    assert base.source == double.short("12:base")
    assert head.source == double.short("12")
    assert not head.selective


def test_an_images_metadata(double: SentryDouble, visitor: Visitor) -> None:
    metadata = {
        "display_name": "Pay",
        "group": "Checkout",
        "description": "The last step",
        "tags": {"theme": "dark"},
        "canvas_theme": "dark",
        "diff_threshold": 0.2,
        "device": {"model": "Pixel 9"},
        "sentry_status": "approved by hand",
    }
    double.upload(
        Shot("1", {"a.png": ONE, "b.png": TWO}, metadata={"a.png": metadata}, threshold=0.1)
    )
    manifest = visitor.read(double.page("1"))
    record = manifest.images["a.png"]
    assert (record.display_name, record.group, record.description) == (
        "Pay",
        "Checkout",
        "The last step",
    )
    assert (dict(record.tags), record.canvas_theme, record.size) == (
        {"theme": "dark"},
        "dark",
        (3, 2),
    )
    assert record.extra == {"device": {"model": "Pixel 9"}, "sentry_snapshot": "1"}
    assert (record.diff_threshold, manifest.diff_threshold) == (0.2, 0.1)
    assert manifest.images["b.png"].diff_threshold == 0.1


def test_sentrys_own_verdict_goes_with_the_head(double: SentryDouble, visitor: Visitor) -> None:
    base, head = visitor.pair(uploaded(double))
    assert told(head, "status") == {
        "same.png": "unchanged",
        "new.png": "changed",
        "name.png": "renamed",
        "more.png": "added",
        "bad.png": "errored",
    }
    assert told(head, "diff") == {"new.png": 0.25}
    assert told(head, "previous_name") == {"name.png": "old.png"}
    assert set(told(head, "base").values()) == {"11"}
    assert set(told(base, "snapshot").values()) == {"11"}
    assert not told(base, "status")


def test_without_a_comparison_there_is_no_verdict(double: SentryDouble, visitor: Visitor) -> None:
    page = uploaded(double)
    double.shots["12"].pending = True
    assert not told(visitor.read(page), "status")


@pytest.mark.parametrize("old", [False, True], ids=["new", "old"])
def test_a_selective_head_removes_nothing(
    double: SentryDouble, visitor: Visitor, old: bool
) -> None:
    double.old = old
    double.upload(Shot("1", {"a.png": ONE, "b.png": TWO, "c.png": THREE}))
    page = double.upload(Shot("2", {"a.png": FIVE, "new.png": TWO}, "1", selective=True))
    statuses = {"a.png": "pending", "c.png": "skipped", "new.png": "renamed"}
    assert visitor.statuses(page) == statuses


def test_what_a_selective_head_does_not_declare_is_removed(
    double: SentryDouble, visitor: Visitor
) -> None:
    double.upload(Shot("1", {"a.png": ONE, "b.png": TWO, "c.png": THREE}))
    shot = Shot("2", {"a.png": FIVE}, "1", selective=True, declared={"a.png", "b.png"})
    page = double.upload(shot)
    statuses = {"a.png": "pending", "b.png": "skipped", "c.png": "removed"}
    assert visitor.statuses(page) == statuses


def selective_base(double: SentryDouble) -> str:
    """A head, a selective base, and what that leaves to the one before it."""
    double.upload(
        Shot("1", dict.fromkeys(("a.png", "b.png", "c.png", "d.png", "e.png", "f.png"), ONE))
    )
    double.upload(Shot("2", {"a.png": TWO}, "1", selective=True))
    after = {"a.png": TWO, "b.png": FIVE, "c.png": ONE, "d.png": FOUR, "g.png": ONE}
    return double.upload(Shot("3", after, "2", ratios={"d.png": 0.01}, threshold=0.1))


def test_a_selective_base_is_completed_from_those_before_it(
    double: SentryDouble, visitor: Visitor
) -> None:
    page = selective_base(double)
    base, _ = visitor.pair(page)
    assert hashes(base) == {
        "a.png": sha(TWO),
        "b.png": sha(ONE),
        "c.png": sha(ONE),
        "d.png": sha(ONE),  # unchanged below the threshold: not the head's content
        "e.png": sha(ONE),
        "f.png": sha(ONE),
    }
    assert not base.selective
    assert visitor.statuses(page) == {
        "a.png": "unchanged",
        "b.png": "pending",
        "c.png": "unchanged",
        "d.png": "pending",
        "f.png": "removed",
        "g.png": "renamed",
    }


def test_made_up_sizes_and_hashes_are_not_taken(double: SentryDouble, visitor: Visitor) -> None:
    base, _ = visitor.pair(selective_base(double))
    assert base.images["b.png"].size is None
    assert all(base.images[name].sha256 for name in base.images)


def test_a_base_that_is_gone_is_what_was_compared_with(
    double: SentryDouble, visitor: Visitor
) -> None:
    page = uploaded(double)
    double.evicted = {"11"}
    base, _ = visitor.pair(page)
    assert hashes(base) == {n: sha(d) for n, d in double.shots["11"].images.items()}
    assert base.snapshot_id == "11"
    assert base.app_id == APP


def test_until_sentry_has_compared_the_newest_base_of_the_branch_stands_in(
    double: SentryDouble, visitor: Visitor
) -> None:
    page = uploaded(double)
    double.upload(Shot("13", {"new.png": ONE}, vcs={"head_ref": "main"}))
    double.upload(Shot("14", {"other.png": ONE}, vcs={"head_ref": "release"}))
    double.upload(Shot("15", {"other.png": ONE}, vcs={"head_ref": "main"}, app_id="other"))
    assert visitor.pair(page)[0].snapshot_id == "11"
    double.shots["12"].pending = True
    assert visitor.pair(page)[0].snapshot_id == "13"


def test_the_latest_base_on_request(double: SentryDouble, visitor: Visitor) -> None:
    page = uploaded(double)
    double.upload(Shot("13", {"new.png": ONE}, vcs={"head_ref": "main"}))
    source = latest_base(page)
    assert source == double.short("12:latest")
    base = visitor.read(source)
    assert (base.snapshot_id, list(base.images)) == ("13", ["new.png"])
    changes = {c.name: c.status.value for c in categorize(base, visitor.read(page))}
    assert changes["name.png"] == "added"


@pytest.mark.parametrize(("branch", "snapshot"), [("", "2"), ("?branch=main", "1")])
def test_the_newest_base_of_an_app(
    double: SentryDouble, visitor: Visitor, branch: str, snapshot: str
) -> None:
    double.upload(Shot("1", {"a.png": ONE}, vcs={"head_ref": "main"}))
    double.upload(Shot("2", {"a.png": TWO}, vcs={"head_ref": "release"}))
    double.upload(Shot("3", {"a.png": THREE}, vcs={"head_ref": "main", "base_sha": "a" * 40}))
    found = visitor.read(double.short(f"web/{APP}{branch}"))
    assert found.snapshot_id == snapshot
    assert found.source == double.short(f"web/{APP}{branch}")
    page = f"{double.url}/organizations/{ORG}/preprod/snapshots/latest-base/web/{APP}/{branch}"
    assert visitor.read(page).snapshot_id == snapshot


@pytest.mark.parametrize(
    "rest", ["web/none", f"web/{APP}?branch=none", f"web/{APP}?branch=feature"]
)
def test_an_app_without_a_base(double: SentryDouble, visitor: Visitor, rest: str) -> None:
    uploaded(double)
    with pytest.raises(SourceNotFound, match="has no base snapshot of the app"):
        visitor.read(double.short(rest))


@pytest.mark.parametrize("rest", ["11:base", "11:latest", "13:base"])
def test_the_first_of_its_kind_has_no_base(
    double: SentryDouble, visitor: Visitor, rest: str
) -> None:
    uploaded(double)
    double.upload(Shot("13", {"a.png": ONE}, vcs={"head_ref": "main"}, app_id="another"))
    with pytest.raises(SourceNotFound, match=r"has no base at 127\.0\.0\.1"):
        visitor.read(double.short(rest))
    assert visitor.read(double.short(rest.partition(":")[0])).images


def test_images_come_under_their_hash_and_once(double: SentryDouble, visitor: Visitor) -> None:
    store = visitor.store(uploaded(double))
    manifest = store.manifest(CancelToken())
    for _ in range(2):
        for name, record in manifest.images.items():
            data = store.fetch(record, CancelToken()).read_bytes()
            assert data == double.shots["12"].images[name]
    asked = [path for path in double.paths() if "/files/images/" in path]
    assert len(asked) == len(set(asked)) == len({r.sha256 for r in manifest.images.values()})
    assert all(path.endswith("/") for path in double.paths())


def test_an_image_without_a_hash_is_never_asked_for(double: SentryDouble, visitor: Visitor) -> None:
    for key in ("", None, "../../x", "0" * 63, "g" * 64):
        image = {"key": key, "image_file_name": "a.png", "width": 1, "height": 1}
        double.changes = {"images": [image]}
        double.upload(Shot("1", {"a.png": ONE}))
        store = visitor.store(double.page("1"))
        record = store.manifest(CancelToken()).images["a.png"]
        assert record.sha256 is None
        with pytest.raises(FetchError, match="gives no hash"):
            store.fetch(record, CancelToken())
    assert not [path for path in double.paths() if "/files/" in path]


def test_the_list_goes_on_from_page_to_page(double: SentryDouble, visitor: Visitor) -> None:
    for number in range(1, 6):
        vcs = {"head_sha": f"{number}" * 40, "head_ref": "main", "base_ref": "trunk"}
        double.upload(Shot(str(number), {"a.png": ONE, "b.png": TWO}, vcs=vcs))
    double.upload(Shot("6", {}))  # a build without snapshots
    store = visitor.store(double.page("1"))
    entries = store.recent(CancelToken())
    assert [entry.id for entry in entries] == ["5", "4", "3", "2", "1"]
    first = entries[0]
    assert (first.branch, first.sha, first.count) == ("main", "5" * 40, 2)
    assert (first.date, first.app_id, first.base_branch) == ("2026-01-05T08:00:00Z", APP, "trunk")
    assert len(double.paths()) == 3
    assert visitor.store(double.short(f"web/{APP}")).recent(CancelToken()) == entries
    assert "projectSlug=web" in double.paths()[-1]
    store.manifest(CancelToken())
    assert store.recent(CancelToken()) == entries
    assert "project=42" in double.paths()[-1]


def test_without_a_network_what_was_opened_opens_again(
    double: SentryDouble, visitor: Visitor
) -> None:
    page = uploaded(double)
    store = visitor.store(page)
    known = store.fetch(store.manifest(CancelToken()).images["same.png"], CancelToken())
    visitor.pair(page)
    double.per_second = {"details": 0, "images": 0}  # out of order, as good as away
    base, head = visitor.pair(page)
    assert base.offline.startswith("20")
    assert head.offline.startswith("20")
    assert set(head.images) == set(double.shots["12"].images)
    away = visitor.store(page)
    records = away.manifest(CancelToken()).images
    assert away.fetch(records["same.png"], CancelToken()) == known
    before = len(visitor.waits)
    with pytest.raises(FetchError, match="not on this computer"):
        away.fetch(records["more.png"], CancelToken())
    assert len(visitor.waits) == before
    with pytest.raises(SourceUnreachable):
        visitor.read(double.page("99"))
