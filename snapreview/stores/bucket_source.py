"""`s3://BUCKET/PREFIX`, `gs://…` and `az://…`: what of such a text is which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from snapreview.model.errors import SourceError
from snapreview.model.names import name_fault, quoted

SCHEMES = ("s3", "gs", "az")

_SOURCE = re.compile(rf"({'|'.join(SCHEMES)})://(.*)", re.IGNORECASE | re.DOTALL)
_BUCKET = re.compile(r"[A-Za-z0-9$][A-Za-z0-9._-]{0,221}")
"""As wide as any of the three allows; `$` stands at the front of Azure's own containers."""


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """A bucket and a prefix in it, without slashes at its ends; the prefix may be empty."""

    scheme: str
    bucket: str
    prefix: str

    @property
    def shown(self) -> str:
        """The address as it can be given again."""
        return f"{self.scheme}://{self.bucket}" + (f"/{self.prefix}" if self.prefix else "")

    def key(self, name: str) -> str:
        """The key of `name` below the prefix."""
        return f"{self.prefix}/{name}" if self.prefix else name


def is_bucket_source(source: str) -> bool:
    """Whether `source` is written as one in a bucket."""
    return _SOURCE.match(source.strip()) is not None


def parse_bucket(source: str) -> BucketAddress:
    """What `source` names. Keys are written as they are, without any %-escapes.

    Raises SourceError, which never shows what may be a password.
    """
    match = _SOURCE.match(source.strip())
    if match is None:
        raise SourceError(f"{quoted(shown_bucket(source))} is no address of a bucket.")
    scheme, rest = match[1].lower(), match[2]
    bucket, _, prefix = rest.partition("/")
    if _may_hold_a_secret(rest):
        raise SourceError(
            f"The address {quoted(shown_bucket(source))} came with keys or a signature, which are"
            " not taken from there. Give them in the environment: see “Buckets” in docs/stores.md."
        )
    if not _BUCKET.fullmatch(bucket):
        raise SourceError(
            f"{quoted(shown_bucket(source))} names no bucket. Write {scheme}://BUCKET/PREFIX."
        )
    prefix = prefix.strip("/")
    fault = name_fault(prefix) if prefix else None
    if fault:
        raise SourceError(f"{quoted(shown_bucket(source))} cannot be used: its prefix {fault}.")
    return BucketAddress(scheme, bucket, prefix)


def shown_bucket(source: str) -> str:
    """`source` as it may be shown and remembered: without what may be keys or a signature."""
    match = _SOURCE.match(source.strip())
    if match is None:
        return source.strip()
    rest = match[2]
    if _has_user(rest):
        rest = rest.rpartition("@")[2]  # a secret key may hold a slash, and so look like a path
    return f"{match[1].lower()}://{rest.partition('?')[0].rstrip('/')}"


def _may_hold_a_secret(rest: str) -> bool:
    return _has_user(rest) or "?" in rest


def _has_user(rest: str) -> bool:
    """Whether a user stands before the bucket. A key may have an @ in it (`home@2x.png`)."""
    bucket = rest.partition("/")[0]
    return "@" in rest and ("@" in bucket or ":" in bucket)
