"""Whose token SENTRY_AUTH_TOKEN is: a variable that other tools have set, long ago perhaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from snapreview.stores.addresses import BadAddress, origin_of
from snapreview.stores.sentry_source import SENTRY_HOST, api_origin

URL_VARIABLE = "SENTRY_URL"
"""Names the Sentry that the token is for, where it is not sentry.io (as for sentry-cli)."""


def sentry_token_origins(sources: Iterable[str], environ: Mapping[str, str]) -> frozenset[str]:
    """Those origins of Sentry's among `sources` that may get SENTRY_AUTH_TOKEN.

    That is the one in SENTRY_URL, else sentry.io and its regions: a page's address that somebody
    sent never draws the token to a host of their own.
    """
    origins = filter(None, map(api_origin, sources))
    return frozenset(origin for origin in origins if _is_meant(origin, environ))


def _is_meant(origin: str, environ: Mapping[str, str]) -> bool:
    named = environ.get(URL_VARIABLE, "").strip()
    if not named:
        host = origin.removeprefix("https://")
        return host == SENTRY_HOST or host.partition(".")[2] == SENTRY_HOST
    try:
        return origin_of(named) == origin
    except BadAddress:
        return False
