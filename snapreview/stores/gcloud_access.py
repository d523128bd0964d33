"""Keys and endpoint for Google Cloud Storage, beside what obstore reads itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DEFAULT_PLACE = "https://storage.googleapis.com"

_KEYS = (
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_SERVICE_ACCOUNT",
    "GOOGLE_SERVICE_ACCOUNT_PATH",
    "GOOGLE_SERVICE_ACCOUNT_KEY",
    "GOOGLE_BEARER_TOKEN",
    "GOOGLE_SKIP_SIGNATURE",
    "STORAGE_EMULATOR_HOST",
    "GCE_METADATA_HOST",
)


def gcloud_config(environ: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """(the host's address, what obstore's GCSStore takes).

    STORAGE_EMULATOR_HOST is what Google's own libraries know: nobody checks keys there.
    """
    emulator = environ.get("STORAGE_EMULATOR_HOST")
    if emulator:
        place = emulator if "://" in emulator else f"http://{emulator}"
        return place, {"base_url": place.rstrip("/"), "bearer_token": "any"}
    return environ.get("GOOGLE_BASE_URL") or DEFAULT_PLACE, {}


def has_gcloud_keys(environ: Mapping[str, str]) -> bool:
    """Whether a variable or gcloud's own file tells of keys."""
    return any(environ.get(name) for name in _KEYS) or _signed_in(environ)


def _signed_in(environ: Mapping[str, str]) -> bool:
    """Whether `gcloud auth application-default login` has left its file, where obstore looks."""
    home = environ.get("APPDATA") if os.name == "nt" else environ.get("HOME")
    inside = ("gcloud",) if os.name == "nt" else (".config", "gcloud")
    file = "application_default_credentials.json"
    return bool(home) and Path(home or "", *inside, file).is_file()
