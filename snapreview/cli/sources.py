"""How the sources of a command become stores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from snapreview.cli.console import complain
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.model.names import quoted
from snapreview.stores.addresses import shown_source
from snapreview.stores.base_choice import find_base
from snapreview.stores.implied import implied_pair
from snapreview.stores.opening import StoreContext, store_context
from snapreview.stores.userdirs import UserDirs

AUTO = "auto"
"""Given as a base: find it. A folder of that name is written ./auto."""

Command = TypeVar("Command", bound=Callable[..., Any])


def allow_origin_option(command: Command) -> Command:
    """The option that lets a manifest's images come from elsewhere."""
    return click.option(
        "--allow-origin",
        multiple=True,
        metavar="URL",
        help="Let a manifest's images come from this host too. May be given several times.",
    )(command)


def context_of(
    dirs: UserDirs, sources: Sequence[str], allow_origins: Sequence[str] = ()
) -> StoreContext:
    """What the stores of `sources` need to know. Raises SourceError."""
    return store_context(sources, dirs.images, os.environ, allow_origins)


def sides(
    base: str, head: str | None, dirs: UserDirs, allow_origins: Sequence[str] = ()
) -> tuple[str, str]:
    """Base and head; where the base is the word `auto` it is found, and said which it is and why.

    Without a head, `base` is a source that holds both. Raises UsageError where it does not,
    SourceError where no base can be found, or Cancelled.
    """
    if head is None:
        return _both_of(base)
    if base != AUTO:
        return base, head
    with cancelled_by_interrupt() as token:
        found = find_base(head, context_of(dirs, (head,), allow_origins), token)
    complain(f"The base is {found.shown}: {found.why}.")
    return found.source, found.head


def _both_of(source: str) -> tuple[str, str]:
    pair = implied_pair(source)
    if pair is None:
        raise click.UsageError(
            f"{quoted(shown_source(source))} alone is no comparison. Give two sources, BASE HEAD;"
            " or auto HEAD, to have the base found; or one that holds both sides: a zip that"
            " SnapReview exported, or the address of a snapshot's page in Sentry."
        )
    return pair
