"""snapreview login and logout: tokens in the system's keychain."""

from __future__ import annotations

import os
import sys

import click

from snapreview.cli.console import complain
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.model.errors import SnapReviewError, SourceError
from snapreview.stores.addresses import Address, BadAddress, parse_address
from snapreview.stores.credentials import VARIABLE, variable_for
from snapreview.stores.http import candidates
from snapreview.stores.keychain import Keychain
from snapreview.stores.keychain_backend import KeychainFault
from snapreview.stores.sentry_source import SCHEME, is_sentry_source, place_of
from snapreview.stores.tokens import BadToken, parse_token
from snapreview.stores.trying import try_token

_LONGEST = 16 * 1024
"""Characters of a token that is piped in; no header may be as long."""

_NO_ARGUMENT = (
    "A token or password is not given as an argument, where others could read it. Give the address"
    " alone: {origin} is enough."
)


@click.command(short_help="Keep a token for a host in the system's keychain.")
@click.argument("origin")
@click.argument("surplus", nargs=-1, metavar="")
def login(origin: str, surplus: tuple[str, ...]) -> None:
    """Keep a token for ORIGIN (https://HOST[:PORT]) in the system's keychain.

    It is asked for, and not shown; or read from standard input: snapreview login ORIGIN <
    FILE. Given the address of a snapshot, its host is asked for that, to see whether it takes the
    token. A name and a password are written as NAME:PASSWORD.
    """
    address = _address(origin)
    if surplus:  # told here, since click would repeat what may be the token
        raise SourceError(_NO_ARGUMENT.format(origin=address.origin))
    if address.exposed:
        complain(f"{address.origin} is not encrypted: others can read the token on its way there.")
    secret = _secret(address)
    keychain = Keychain()
    with cancelled_by_interrupt() as token:
        trial = try_token(_tried(origin, address), secret, token)
        if trial.refused:
            raise SnapReviewError(f"{trial.words} It is not kept. Check it, and log in again.")
        keychain.give(address.origin, secret)
        stored = keychain.keep(address.origin, token)
    if not stored.kept:
        reason = stored.words.partition(": ")[2]
        raise SnapReviewError(
            f"The token cannot be kept: {reason}. Set the environment variable"
            f" {variable_for(address.origin)} instead."
        )
    click.echo(f"The token for {address.origin} is {stored.words}. {trial.words}")


@click.command(short_help="Remove a host's token from the system's keychain.")
@click.argument("origin")
def logout(origin: str) -> None:
    """Remove the token for ORIGIN (https://HOST[:PORT]) from the system's keychain."""
    address = _address(origin)
    with cancelled_by_interrupt() as token:
        try:
            found = Keychain().forget(address.origin, token)
        except KeychainFault as fault:
            raise SnapReviewError(
                f"The token for {address.origin} cannot be removed: {fault}."
            ) from fault
    said = "is removed from" if found else "was not in"
    click.echo(f"The token for {address.origin} {said} the system's keychain.")
    for name in (variable_for(address.origin), VARIABLE):
        if os.environ.get(name):
            complain(f"The environment variable {name} is still set.")


def _address(text: str) -> Address:
    """The address that an argument means, which may be a bare host. Raises SourceError."""
    if text.lower().startswith(SCHEME):
        return place_of(text).root
    try:
        address = parse_address(text if "://" in text else f"https://{text}")
    except BadAddress as fault:
        raise SourceError(f"The web address cannot be used: {fault}.") from fault
    if address.authorisation:
        raise SourceError(_NO_ARGUMENT.format(origin=address.origin))
    return place_of(text).root if is_sentry_source(text) else address


def _tried(text: str, address: Address) -> Address:
    """What can only be had with a token, as far as is known."""
    if is_sentry_source(text):
        return address.with_path(f"/api/0/organizations/{place_of(text).org}/")
    return candidates(address)[0] if address.path.strip("/") else address


def _secret(address: Address) -> str:
    try:
        return parse_token(_typed(address) if sys.stdin.isatty() else sys.stdin.read(_LONGEST))
    except BadToken as fault:
        raise SnapReviewError(f"{fault} Nothing is kept.") from fault


def _typed(address: Address) -> str:
    prompt = f"Token for {address.origin} (it is not shown)"
    typed: str = click.prompt(prompt, hide_input=True, err=True)
    return typed
