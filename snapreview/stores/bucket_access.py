"""Where a bucket's host is, and with which keys it is asked: the environment and usual files.

obstore reads most variables itself; here is what it needs beside them, and what has to be known
before it is asked. It would look for keys at an address that only machines in a cloud have, and
wait there for long: that is done only where a variable says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from snapreview.model.errors import SourceError, SourceUnauthorised
from snapreview.stores.addresses import Address, BadAddress, parse_address
from snapreview.stores.aws_profile import Keys, ProcessKeys, read_profile
from snapreview.stores.azure_access import azure_config, has_azure_keys
from snapreview.stores.bucket_source import BucketAddress
from snapreview.stores.gcloud_access import gcloud_config, has_gcloud_keys

_GUIDE = "“Buckets” in docs/stores.md tells how."

_AWS_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_AWS_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
_AWS_OTHER_KEYS = (
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_METADATA_ENDPOINT",
)
"""Variables that tell obstore where keys are to be had, other than from the user."""


@dataclass(frozen=True, slots=True)
class Access:
    """`endpoint` is the host that is asked; `config` and `keys` are what obstore's store takes."""

    endpoint: Address
    config: Mapping[str, Any] = field(repr=False)
    keys: Callable[[], Keys] | None = field(default=None, repr=False)


def access_to(address: BucketAddress, environ: Mapping[str, str]) -> Access:
    """How `address` is reached. May start a command that tells keys, and wait for it.

    Raises SourceUnauthorised where there are no keys, SourceError where an endpoint is none.
    """
    return _ACCESS[address.scheme](environ)


def _s3(environ: Mapping[str, str]) -> Access:
    config: dict[str, Any] = {}
    profile = read_profile(environ)
    given = _first(environ, _AWS_ENDPOINTS) or profile.endpoint
    region = _first(environ, _AWS_REGIONS) or profile.region or "us-east-1"
    config["region"] = region
    endpoint = _endpoint(given or f"https://s3.{region}.amazonaws.com")
    if given:
        config["endpoint"] = endpoint.url.rstrip("/")
    if _has_aws_keys(environ):
        return Access(endpoint, config)
    if profile.command:
        keys = ProcessKeys(profile.name, profile.command, environ)
        keys()  # its sentence, if it fails, is lost once obstore calls it
        return Access(endpoint, config, keys)
    if profile.keys is None:
        raise SourceUnauthorised(
            "There are no keys for S3: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
            " AWS_PROFILE, or sign in with the AWS command line; for a public bucket set"
            f" AWS_SKIP_SIGNATURE=true. {_GUIDE}"
        )
    found = profile.keys
    config |= {name: found[name] for name in ("access_key_id", "secret_access_key")}
    if found["token"]:
        config["session_token"] = found["token"]
    return Access(endpoint, config)


def _gs(environ: Mapping[str, str]) -> Access:
    place, config = gcloud_config(environ)
    if not has_gcloud_keys(environ):
        raise SourceUnauthorised(
            "There are no keys for Google Cloud Storage: set GOOGLE_APPLICATION_CREDENTIALS, or"
            " run “gcloud auth application-default login”; for a public bucket set"
            f" GOOGLE_SKIP_SIGNATURE=true. {_GUIDE}"
        )
    return Access(_endpoint(place), config)


def _az(environ: Mapping[str, str]) -> Access:
    place, config = azure_config(environ)
    if place is None:
        raise SourceError(
            "The storage account is not known: set AZURE_STORAGE_ACCOUNT_NAME, or"
            f" AZURE_STORAGE_CONNECTION_STRING. {_GUIDE}"
        )
    if not has_azure_keys(environ, config):
        raise SourceUnauthorised(
            "There are no keys for Azure: set AZURE_STORAGE_ACCOUNT_KEY, AZURE_STORAGE_SAS_TOKEN or"
            " AZURE_STORAGE_CONNECTION_STRING, or sign in with “az login”; for a public container"
            f" set AZURE_SKIP_SIGNATURE=true. {_GUIDE}"
        )
    return Access(_endpoint(place), config)


_ACCESS: Mapping[str, Callable[[Mapping[str, str]], Access]] = {"s3": _s3, "gs": _gs, "az": _az}


def _has_aws_keys(environ: Mapping[str, str]) -> bool:
    if environ.get("AWS_SKIP_SIGNATURE", "").lower() in ("1", "true"):
        return True
    own = environ.get("AWS_ACCESS_KEY_ID") and environ.get("AWS_SECRET_ACCESS_KEY")
    return bool(own) or _first(environ, _AWS_OTHER_KEYS) is not None


def _endpoint(text: str) -> Address:
    """obstore does not survive an endpoint that is no address."""
    try:
        return parse_address(text)
    except BadAddress as fault:
        raise SourceError(
            f"The endpoint that the environment gives for the bucket's host is not usable: {fault}."
        ) from None


def _first(environ: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((environ[name] for name in names if environ.get(name)), None)
