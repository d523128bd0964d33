"""Which snapshot another one is to be compared with.

The order is Sentry's (sentry: preprod/snapshots, its choice of a base and `latest-base`): the
snapshot of the commit that the head names as its base; else the newest of a branch among those
that have no base themselves. Always of the same app, and never one that is selective: what it
lacks would count as added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from snapreview.model.listing import Entry, newest_first
from snapreview.model.names import quoted

_SHORT_SHA = 12


@dataclass(frozen=True, slots=True)
class BaseChoice:
    """A base, and in words why it is this one: “it is …”."""

    entry: Entry
    why: str


def base_for(head: Entry, entries: Iterable[Entry]) -> Entry | None:
    """The snapshot of `entries` that `head` is to be compared with; see `choose_base`."""
    choice = choose_base(head, entries)
    return choice.entry if choice else None


def choose_base(head: Entry, entries: Iterable[Entry]) -> BaseChoice | None:
    """The base of `head`, which may be among `entries`; None where none of them can be it."""
    found = newest_first([*(entry for entry in entries if entry.id != head.id), head])
    able = [e for e in found if e.id != head.id and e.app_id == head.app_id and not e.selective]
    before = set(found[found.index(head) :])
    return next(_choices(head, able, [entry for entry in able if entry in before]), None)


def why_none(head: Entry) -> str:
    """What was looked for, as a sentence, where there is no base."""
    if head.base_sha:
        what = f"of commit {head.base_sha[:_SHORT_SHA]}, which it names as its base"
    elif head.base_branch:
        what = f"of {quoted(head.base_branch)}, which it names as its base"
    else:
        what = "before it"
    return (
        f"There is no complete snapshot {what}, nor one that could stand in. Publish one of the"
        " branch that you compare with, or name the base."
    )


def _choices(head: Entry, able: list[Entry], before: list[Entry]) -> Iterator[BaseChoice]:
    """What may be the base, the best first; `able` and `before` are newest first."""
    yield from _of_commit(head, able)
    yield from _of_base_branch(head, able)
    if head.base_sha or head.base_branch:
        for entry in able:
            if not entry.base_sha and entry.branch != head.branch:
                yield BaseChoice(entry, f"it is the newest that has no base itself{_missed(head)}")
        return
    for entry in before:
        if not entry.base_sha and entry.branch == head.branch:
            on = f" of {quoted(head.branch)}" if head.branch else ""
            yield BaseChoice(entry, f"it is the one before it{on}")
    for entry in before:
        if not entry.base_sha:
            yield BaseChoice(entry, "it is the newest before it that has no base itself")


def _of_commit(head: Entry, able: list[Entry]) -> Iterator[BaseChoice]:
    for entry in able:
        if head.base_sha and entry.sha == head.base_sha:
            sha = head.base_sha[:_SHORT_SHA]
            yield BaseChoice(entry, f"it is of commit {sha}, which {head.id} names as its base")


def _of_base_branch(head: Entry, able: list[Entry]) -> Iterator[BaseChoice]:
    """Those without a base first: a branch's own snapshots, not those of what goes into it."""
    if not head.base_branch:
        return
    why = f"it is the newest of {quoted(head.base_branch)}{_missed(head)}"
    on_branch = [entry for entry in able if entry.branch == head.base_branch]
    for entry in sorted(on_branch, key=lambda entry: bool(entry.base_sha)):
        yield BaseChoice(entry, why)


def _missed(head: Entry) -> str:
    if not head.base_sha:
        return ""
    return f"; of commit {head.base_sha[:_SHORT_SHA]}, its base, there is none"
