from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from snapreview.export.snapshot_zip import export_snapshot
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Side
from snapreview.model.errors import Cancelled
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.manifest_json import parse_manifest

from .makers import Files


def export(target, files: Files, manifest: Manifest, token: CancelToken | None = None):
    def fetch(record: ImageRecord, running: CancelToken) -> Path:
        return files.fetch(record, Side.HEAD, running)

    return export_snapshot(
        target, manifest, fetch, token or CancelToken(), lambda done, total: None
    )


def manifest_of(files: Files, *names: str, **fields) -> Manifest:
    images = {name: files.put(Side.HEAD, name, name.encode()) for name in names}
    return Manifest("somewhere", images, "run-7", **fields)


def test_a_snapshot_is_a_zip_that_explains_itself(files: Files, out: Path) -> None:
    names = ("Start/Home.png", "Home.png", "home.png", "con.png")
    target = out / "a.zip"
    result = export(target, files, manifest_of(files, *names, image_url="x/{content_hash}"))
    assert result.path == target
    assert result.entries == 4
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "Start/Home.png", "Home.png", "home (2).png", "_con.png", "manifest.json",
        ]  # fmt: skip
        read = parse_manifest(archive.read("manifest.json"), "zip")
        assert read.snapshot_id == "run-7"
        assert read.image_url is None
        for name, record in read.images.items():
            assert record.sha256 == hashlib.sha256(archive.read(name)).hexdigest()
            assert record.size == (6, 4)
        assert read.images["home (2).png"].extra == {"original_file_name": "home.png"}


def test_a_known_hash_and_the_metadata_are_kept(files: Files, out: Path) -> None:
    manifest = manifest_of(files, "a.png", diff_threshold=0.25)
    record = replace(
        manifest.images["a.png"], sha256="ab" * 32, tags={"x": "y"}, extra={"own": ["\ud800"]}
    )
    export(out / "a.zip", files, replace(manifest, images={"a.png": record}))
    with zipfile.ZipFile(out / "a.zip") as archive:
        read = parse_manifest(archive.read("manifest.json"), "zip")
    assert read.images["a.png"] == record
    assert read.diff_threshold == 0.25


def test_an_image_called_like_the_manifest_survives(files: Files, out: Path) -> None:
    export(out / "a.zip", files, manifest_of(files, "Manifest.json"))
    with zipfile.ZipFile(out / "a.zip") as archive:
        assert archive.namelist() == ["Manifest (2).json", "manifest.json"]


def test_what_is_missing_is_in_the_manifest(files: Files, out: Path) -> None:
    declared = frozenset({"a.png", "b.png", "later.png"})
    manifest = manifest_of(files, "a.png", "b.png", selective=True, all_image_file_names=declared)
    files.broken.add("a.png")
    result = export(out / "a.zip", files, manifest)
    assert [(m.name, m.part, m.reason) for m in result.missing] == [
        ("a.png", None, "a.png is gone.")
    ]
    with zipfile.ZipFile(out / "a.zip") as archive:
        data = archive.read("manifest.json")
    assert json.loads(data)["missing"] == [{"name": "a.png", "reason": "a.png is gone."}]
    read = parse_manifest(data, "zip")
    assert set(read.images) == {"b.png"}
    assert read.all_image_file_names == declared


def test_a_snapshot_goes_through_a_pipe(files: Files) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.received = bytearray()

        def write(self, data) -> int:
            self.received += bytes(data[:1000])  # a pipe takes what it has room for
            return min(len(data), 1000)

        def seekable(self) -> bool:
            return False

    pipe = Pipe()
    names = [f"{'long' * 50}-{n}.png" for n in range(30)]
    assert export(pipe, files, manifest_of(files, *names)).path is None
    with zipfile.ZipFile(io.BytesIO(pipe.received)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*names, "manifest.json"]


def test_cancelled_at_once_leaves_nothing(files: Files, out: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        export(out / "a.zip", files, manifest_of(files, "a.png"), token)
    assert list(out.iterdir()) == []
