"""How the sources of a command become stores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from snapreview.stores.opening import StoreContext, store_context
from snapreview.stores.userdirs import UserDirs

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
