"""The wheel and the source tarball, built from a copy of this tree, opened and used."""

import email
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BUILD_FILES = (".gitignore", "LICENSE", "README.md", "hatch_build.py", "pyproject.toml")
BINARY = hatch_build.binary_name(hatch_build.wheel_platform())


def run(*command, **how):
    environ = {name: value for name, value in os.environ.items() if "SNAPREVIEW" not in name}
    done = subprocess.run(
        command,
        env=environ | how.pop("extra", {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **how,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def build(tree, out, kind, **extra):
    command = ("-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(out), str(tree))
    run(sys.executable, *command, cwd=tree.parent, extra=extra)
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """This tree, its binary included, and a few files of the kinds that a wheel must leave out."""
    copy = tmp_path_factory.mktemp("source") / "tree"
    copy.mkdir()
    for name in BUILD_FILES:
        shutil.copy(ROOT / name, copy)
    for name in ("snapreview", "resources"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (
        "resources/probe/icon.svg",
        "resources/probe/draw.py",
        "resources/probe/references/window.png",
        "snapreview/_bin/leftover",
        "tests/test_probe.py",
        "tests/references/images/6.11/light-1x/start.webp",
    ):
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("probe")
    return copy


@pytest.fixture(scope="module")
def wheel(tree, tmp_path_factory):
    # With nothing on PATH there is no npm: the binary that is there already must be enough.
    here = hatch_build.is_current(tree / "snapreview" / "_bin", hatch_build.wheel_platform())
    offline = {"PATH": ""} if here else {}
    return build(tree, tmp_path_factory.mktemp("wheel"), "wheel", **offline)


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel as pip lays it down, which refuses one whose tag is not of this machine."""
    target = tmp_path_factory.mktemp("installed")
    options = ("--no-deps", "--no-index", "--no-compile", "--quiet", "--target", str(target))
    run(sys.executable, "-m", "pip", "install", *options, str(wheel))
    return target


def test_the_tag_ties_it_to_the_platform_and_to_no_python(wheel):
    tag = f"py3-none-{hatch_build.wheel_platform()}"
    assert wheel.name == f"snapreview-{PROJECT['version']}-{tag}.whl"
    with zipfile.ZipFile(wheel) as archive:
        (record,) = [name for name in archive.namelist() if name.endswith(".dist-info/WHEEL")]
        said = email.message_from_bytes(archive.read(record))
    assert said.get_all("Tag") == [tag]
    assert said["Root-Is-Purelib"] == "false"


def test_the_metadata_is_the_projects(wheel):
    folder = f"snapreview-{PROJECT['version']}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        metadata = email.message_from_bytes(archive.read(f"{folder}/METADATA"))
        entry_points = archive.read(f"{folder}/entry_points.txt").decode()
        assert archive.read(f"{folder}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert metadata["Name"] == "snapreview"
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    assert metadata["License-Expression"] == "MIT"
    needed = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]
    assert len(needed) == len(PROJECT["dependencies"])
    assert entry_points.split("\n")[:2] == [
        "[console_scripts]",
        "snapreview = snapreview.__main__:main",
    ]


def test_every_module_is_in_it(names, tree):
    modules = {path.relative_to(tree).as_posix() for path in tree.glob("snapreview/**/*.py")}
    assert modules <= names


def test_the_resources_are_in_it_and_what_draws_and_checks_them_is_not(names, tree):
    shipped = {name for name in names if name.startswith("snapreview/_resources/")}
    wanted = {
        f"snapreview/_{path.relative_to(tree).as_posix()}"
        for path in tree.glob("resources/**/*")
        if path.is_file() and path.suffix != ".py" and "references" not in path.parts
    }
    assert shipped == wanted
    assert "snapreview/_resources/probe/icon.svg" in wanted


def test_nothing_else_is_in_it(names):
    assert {name.split("/")[0] for name in names} == {
        "snapreview",
        f"snapreview-{PROJECT['version']}.dist-info",
    }
    binaries = [name for name in names if name.startswith("snapreview/_bin/")]
    assert binaries == [f"snapreview/_bin/{BINARY}"]
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_binary_in_it_runs(wheel, installed):
    with zipfile.ZipFile(wheel) as archive:
        mode = archive.getinfo(f"snapreview/_bin/{BINARY}").external_attr >> 16
    assert mode & 0o777 == 0o755
    said = run(str(installed / "snapreview" / "_bin" / BINARY), "--version")
    assert said.startswith(f"odiff {hatch_build.VERSION} ")


def test_the_installed_package_finds_its_own_engine_and_resources(installed):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from snapreview.engine.locate import locate_engine\n"
        "from snapreview.stores.resources import resource\n"
        "engine = locate_engine(environ={})\n"
        "print(engine.path, engine.version, resource('probe', 'icon.svg'), sep='\\n')"
    )
    said = run(sys.executable, "-I", "-c", program, str(installed), cwd=installed)
    assert said.splitlines() == [
        str(installed / "snapreview" / "_bin" / BINARY),
        hatch_build.VERSION,
        str(installed / "snapreview" / "_resources" / "probe" / "icon.svg"),
    ]


def test_without_a_binary_it_is_a_wheel_for_every_platform(tree, tmp_path):
    built = build(tree, tmp_path / "out", "wheel", SNAPREVIEW_BUILD_ODIFF="none", PATH="")
    assert built.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(built) as archive:
        assert not [name for name in archive.namelist() if "/_bin/" in name]


def test_the_source_tarball_holds_what_builds_but_no_binary(tree, tmp_path):
    with tarfile.open(build(tree, tmp_path / "out", "sdist", PATH="")) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    assert {*BUILD_FILES, "snapreview/__init__.py"} <= names
    assert {"resources/probe/icon.svg", "resources/probe/draw.py", "tests/test_probe.py"} <= names
    assert not [name for name in names if "_bin" in name]


def test_reference_pictures_are_neither_in_the_wheel_nor_in_the_source_tarball(
    names, tree, tmp_path
):
    assert next(tree.glob("tests/references/images/**/*.webp")).is_file()
    with tarfile.open(build(tree, tmp_path / "out", "sdist", PATH="")) as archive:
        packed = {*names, *archive.getnames()}
    assert not [name for name in packed if "references/images" in name]
