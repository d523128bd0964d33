"""Images in a git repository: at a revision, or in the working tree."""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, IntegrityError, SourceEmpty, SourceError
from snapreview.model.manifest import Hint, ImageRecord, Manifest, VcsInfo
from snapreview.model.manifest_json import described_record
from snapreview.model.names import is_image_name, quoted
from snapreview.stores.cache import ContentCache
from snapreview.stores.git_blobs import Blobs
from snapreview.stores.git_command import GitFailed
from snapreview.stores.git_lfs import is_pointer, resolved_by_filters
from snapreview.stores.git_source import Place, place_of
from snapreview.stores.git_tree import TreeFile, disk_path, files_of
from snapreview.stores.sidecar import MAX_SIDECAR_BYTES, sidecar_fields
from snapreview.stores.walk import checked_name

log = logging.getLogger(__name__)

_SMALLEST_TOLD = 1024
"""Bytes below which a blob may be a pointer to something larger, which its size says nothing of."""


class GitStore:
    """The images of `git:REPO@REV[:subfolder]`, or of a working tree.

    Blob ids are hints: what has the same in base and head is neither read nor hashed. Blobs are
    copied into `cache` when they are asked for; files of a working tree are handed out themselves.
    """

    def __init__(self, source: str, cache: ContentCache) -> None:
        self._source = source.strip()
        self._cache = cache
        self._place: Place | None = None
        self._blobs: Blobs | None = None
        self._files: Mapping[str, TreeFile] = MappingProxyType({})
        self._hashes: dict[str, str] = {}

    @property
    def source(self) -> str:
        """The source as the user gave it."""
        return self._source

    def manifest(self, token: CancelToken) -> Manifest:
        """Its images by path from the folder. Raises SourceError or Cancelled."""
        self.close()
        self._place = place = place_of(self._source, token)
        self._blobs = Blobs(place.git)
        files = files_of(place, token)
        images = {checked_name(name): file for name, file in files.items() if is_image_name(name)}
        if not images:
            raise SourceEmpty(f"{quoted(self._source)} holds no image. Check revision and folder.")
        self._files = MappingProxyType(images)
        kind = self._object_format(token)
        records = {name: self._record(name, files, kind, token) for name in sorted(images)}
        vcs = VcsInfo(head_sha=place.commit, head_ref=place.rev)
        return Manifest(self._source, records, snapshot_id=place.commit, vcs=vcs)

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image's file, or a copy of its blob. Raises ImageError or Cancelled."""
        token.check()
        file, place = self._files.get(record.name), self._place
        if file is None or place is None:
            raise FetchError(f"{self._source} has no image {quoted(record.name)}.")
        try:
            path = self._found(file, place, token)
        except (OSError, GitFailed) as fault:
            said = getattr(fault, "strerror", None) or fault
            raise FetchError(f"{quoted(record.name)} cannot be read: {said}.") from fault
        except SourceError as fault:
            raise FetchError(str(fault)) from fault
        found = self._hashes.get(file.path)
        if record.sha256 and found and found != record.sha256:
            raise IntegrityError(f"{quoted(record.name)} is not what it was. Compare again.")
        return path

    def close(self) -> None:
        """End the git processes."""
        blobs, self._blobs = self._blobs, None
        if blobs is not None:
            blobs.close()

    def _found(self, file: TreeFile, place: Place, token: CancelToken) -> Path:
        if place.commit is None:
            path = disk_path(place, file.path)
            if file.blob is None or path.is_file():  # else git was told not to check it out
                with path.open("rb") as stream:
                    pointer = is_pointer(stream.read(_SMALLEST_TOLD))
                return path if not pointer else self._resolved(file, place, token)
        with self._cache.claim(f"git {file.path}", token):
            known = self._hashes.get(file.path)
            return (self._cache.get(known) if known else None) or self._read(file, place, token)

    def _read(self, file: TreeFile, place: Place, token: CancelToken) -> Path:
        """A copy of the blob, resolved where it only points at its content."""
        with closing(self._chunks(file, token)) as chunks:
            first = next(chunks, b"")
            if is_pointer(first):
                return self._resolved(file, place, token)
            digest, path = self._cache.adopt(chain([first], chunks))
        self._hashes[file.path] = digest
        return path

    def _resolved(self, file: TreeFile, place: Place, token: CancelToken) -> Path:
        content = resolved_by_filters(place, file, token)
        self._hashes[file.path], path = self._cache.adopt([content])
        return path

    def _chunks(self, file: TreeFile, token: CancelToken) -> Generator[bytes, None, None]:
        if self._blobs is None or file.blob is None:
            raise FetchError("The repository was closed before this image was read.")
        return self._blobs.chunks(file.blob, token)

    def _record(
        self, name: str, files: Mapping[str, TreeFile], kind: str, token: CancelToken
    ) -> ImageRecord:
        token.check()
        file, sidecar = files[name], files.get(f"{name.rpartition('.')[0]}.json")
        record = ImageRecord(name) if sidecar is None else self._described(name, sidecar, token)
        size = file.size if file.size is not None and file.size >= _SMALLEST_TOLD else None
        hint = Hint(f"git blob {kind}", file.blob) if file.blob is not None else None
        return replace(record, hint=hint, byte_size=size)

    def _described(self, name: str, sidecar: TreeFile, token: CancelToken) -> ImageRecord:
        """What the file beside an image tells; one that cannot be used is logged and ignored."""
        try:
            return described_record(name, sidecar_fields(self._sidecar_bytes(sidecar, token)))
        except (OSError, ValueError, RecursionError, GitFailed) as fault:
            log.warning("The description of %s is ignored: %s", quoted(name), fault)
            return ImageRecord(name)

    def _sidecar_bytes(self, file: TreeFile, token: CancelToken) -> bytes:
        place = self._place
        if place is not None and place.commit is None and disk_path(place, file.path).is_file():
            with disk_path(place, file.path).open("rb") as stream:
                data = stream.read(MAX_SIDECAR_BYTES + 1)
        else:
            if (file.size or 0) > MAX_SIDECAR_BYTES:
                raise ValueError("it is too large")
            data = b"".join(self._chunks(file, token))
        if len(data) > MAX_SIDECAR_BYTES:
            raise ValueError("it is too large")
        return data

    def _object_format(self, token: CancelToken) -> str:
        """How blob ids are made, sha1 or sha256: those of two kinds say nothing of each other."""
        if self._place is None:
            raise AssertionError("the place is known by now")
        try:
            found = self._place.git.ask(token, "rev-parse", "--show-object-format")
        except GitFailed:  # git before 2.28 knows one only
            return "sha1"
        return found.decode("ascii", "replace").strip()
