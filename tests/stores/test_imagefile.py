from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, FetchError, UnreadableImage
from snapreview.stores.imagefile import CHUNK_BYTES, Header, read_header, sha256_file


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("PNG", "LA"),
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("WEBP", "RGBA"),
        ("GIF", "P"),
        ("BMP", "RGB"),
        ("TIFF", "RGB"),
        ("AVIF", "RGB"),
    ],
)
def test_reads_the_header_by_content(tmp_path: Path, kind: str, mode: str) -> None:
    path = tmp_path / "misleading.png"
    Image.new(mode, (7, 5)).save(path, kind)
    header = read_header(path)
    assert (header.format, header.width, header.height) == (kind, 7, 5)
    assert (header.frames, header.orientation) == (1, 1)
    if kind != "GIF":
        assert header.mode == mode


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_counts_frames(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a"
    frames = [Image.new("RGB", (4, 4), (n * 60, 0, 0)) for n in range(3)]
    frames[0].save(path, kind, save_all=True, append_images=frames[1:])
    assert read_header(path).frames == 3


def test_a_phones_picture_of_several_is_a_jpeg(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    frames = [Image.new("RGB", (8, 6), (n * 60, 0, 0)) for n in range(2)]
    frames[0].save(path, "MPO", save_all=True, append_images=frames[1:])
    assert read_header(path) == Header("JPEG", 8, 6, 1, "RGB", 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(("stored", "read"), [(6, 6), (1, 1), (9, 1), (0, 1)])
def test_reads_the_orientation(tmp_path: Path, kind: str, stored: int, read: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = stored
    path = tmp_path / "a"
    Image.new("RGB", (8, 6)).save(path, kind, exif=exif)
    assert read_header(path) == Header(kind, 8, 6, 1, "RGB", read)


def test_a_tiff_is_read_as_pillow_turns_it(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (8, 6)).save(tmp_path / "a", "TIFF", exif=exif)
    assert read_header(tmp_path / "a") == Header("TIFF", 6, 8, 1, "RGB", 1)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_leaves_an_image_upright(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (8, 6)).save(path, exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    assert read_header(path).orientation == 1


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width: int, height: int, pixels: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def test_reads_the_header_of_a_decompression_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(30_000, 30_000, chunk(b"IDAT", zlib.compress(bytes(1000)))))
    assert read_header(path) == Header("PNG", 30_000, 30_000, 1, "RGBA", 1)


def test_decodes_no_pixels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow's own way to EXIF decodes a whole PNG, in search of a chunk behind the pixels."""
    path = tmp_path / "a.png"
    Image.new("RGB", (8, 6)).save(path)

    decoded = []

    def load(image: Image.Image) -> None:
        decoded.append(image)

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", load)
    assert read_header(path).width == 8
    assert decoded == []


# Pillow warns of a broken TIFF before it fails; the program sends warnings to its log.
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"just text", "not an image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not an image"),
        (b"\x89PNG\r\n\x1a\n", ""),
        (png(0, 5, b""), ""),
        (b"GIF89a", ""),
        (b"RIFF\x10\0\0\0WEBPVP8 ", ""),
        (b"II*\0\xff\xff\xff\xff", ""),
        (b"BM" + bytes(20), ""),
        (b"\xff\xd8\xff\xe0\0", ""),
    ],
)
def test_what_is_no_image_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    with pytest.raises(UnreadableImage, match=said or ".") as told:
        read_header(path)
    assert str(told.value).endswith(".")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(UnreadableImage, match="could not be opened"):
            read_header(path)


@pytest.fixture(scope="module")
def originals(tmp_path_factory) -> list[bytes]:
    path = tmp_path_factory.mktemp("originals") / "a"
    found = []
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"):
        Image.new("RGB", (16, 16), "red").save(path, kind, exif=Image.Exif())
        found.append(path.read_bytes())
    return found


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about the damage
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_image_is_read_or_told(originals: list[bytes], tmp_path_factory, data) -> None:
    """Whatever is wrong with a file: a header or a sentence, and never another exception."""
    whole = bytearray(data.draw(st.sampled_from(originals)))
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(whole[: data.draw(st.integers(1, len(whole)))])
    try:
        header = read_header(path)
    except UnreadableImage:
        return
    assert header.width > 0
    assert header.height > 0
    assert 1 <= header.orientation <= 8


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1])
def test_hashes_a_file(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * size)
    assert sha256_file(path, CancelToken()) == hashlib.sha256(b"x" * size).hexdigest()


def test_hashing_ends_with_cancel_and_tells_a_missing_file(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(Cancelled):
        sha256_file(tmp_path / "a", token)
    with pytest.raises(FetchError, match="none"):
        sha256_file(tmp_path / "none", CancelToken())
