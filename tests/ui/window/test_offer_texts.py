"""Offers in words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.stores.offers import Offer, OfferKind
from snapreview.ui.start.offer_texts import images, row_of, summary, when

from .choosing_parts import NOW, SECRET, snapshot


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two hours before UTC in summer, one in winter."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone cannot be set here")
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.delenv("TZ")
    time.tzset()


@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2026-03-28T11:59:30Z", "just now"),
        ("2026-03-28T12:00:40Z", "just now"),
        ("2026-03-28T11:58:59+00:00", "1 min ago"),
        ("2026-03-28T11:00:01", "59 min ago"),
        ("2026-03-28T11:00:00Z", "today, 12:00"),
        ("2026-03-27T23:00:00Z", "today, 00:00"),
        ("2026-03-27T22:59:00Z", "yesterday, 23:59"),
        ("2026-03-26T22:59:00Z", "26 March"),
        ("2025-12-31T22:59:00Z", "31 December 2025"),
        ("2025-12-31T23:01:00Z", "1 January"),
        ("2027-01-02T03:04:05Z", "2 January 2027"),
        ("", ""),
        ("last week", ""),
    ],
)
def test_when(date: str, said: str) -> None:
    assert when(date, NOW) == said


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)))
def test_every_date_has_words(moment: datetime) -> None:
    date = moment.replace(tzinfo=UTC).isoformat()
    assert when(date, NOW)
    assert when(date, moment.replace(tzinfo=UTC) + timedelta(seconds=3)) == "just now"


def test_counts() -> None:
    found = [images(count) for count in (None, 0, 1, 2, 12345)]
    assert found == ["", "0 images", "1 image", "2 images", "12,345 images"]


def test_a_row_holds_nothing_of_the_source() -> None:
    row = row_of(snapshot("main-3"), NOW)
    parts = row.title, row.detail, row.date, row.count, row.tip, row.spoken, summary(row)
    assert SECRET not in "".join(parts)
    assert "Commit " + "ab" * 20 in row.tip


def test_of_git_the_kind_is_told() -> None:
    found = {
        kind: row_of(Offer(kind, "git:.", "name", sha="0123456789"), NOW) for kind in OfferKind
    }
    assert found[OfferKind.TAG].detail == "Tag · 0123456"
    assert found[OfferKind.BRANCH].detail == "Branch · 0123456"
    assert found[OfferKind.WORKING_TREE].detail == "Tracked and new files · 0123456"
    assert len({row.icon for row in found.values()}) == 4
    assert found[OfferKind.TAG].matches(["tag"])
    assert not found[OfferKind.TAG].matches(["tag", "branch"])


@given(st.text(min_size=1, max_size=80))
def test_a_long_branch_is_shortened_in_its_middle(branch: str) -> None:
    said = summary(row_of(Offer(OfferKind.SNAPSHOT, "x", "id", branch=branch), NOW))
    assert len(said) <= 30
    assert said == branch if len(branch) <= 30 else said[-5:] == branch[-5:]
