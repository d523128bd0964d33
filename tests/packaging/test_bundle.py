"""The bundle that build.spec describes, built and run as on a machine without Python."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.buckets import KEYS

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="the bundle is built for Linux"),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """The folder that PyInstaller makes."""
    work = tmp_path_factory.mktemp("bundle")
    where = ("--distpath", str(work / "dist"), "--workpath", str(work / "build"))
    done = subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", str(ROOT / "build.spec"), *where],
        cwd=work,
        # Its cache lies in the home folder otherwise.
        env=os.environ | {"PYINSTALLER_CONFIG_DIR": str(work / "config")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    return work / "dist" / "snapreview"


@pytest.fixture
def run(bundle, tmp_path):
    """Runs the program with nothing of this machine's in its environment."""

    def start(*arguments, **further):
        environ = {"PATH": "", "HOME": str(tmp_path / "home"), **further}
        for kind in ("CACHE", "DATA", "CONFIG"):
            environ[f"SNAPREVIEW_{kind}_DIR"] = str(tmp_path / kind.lower())
        return subprocess.run(
            [bundle / "snapreview", *arguments],
            cwd=tmp_path,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return start


def draw(path, colour):
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (40, 30), colour).save(path)


def test_it_compares_two_folders(run, tmp_path):
    draw(tmp_path / "base" / "same.png", "navy")
    draw(tmp_path / "head" / "same.png", "navy")
    draw(tmp_path / "base" / "button.png", "white")
    draw(tmp_path / "head" / "button.png", "black")
    done = run("compare", "base", "head", "--json", "report.json")
    assert "Traceback" not in done.stderr, done.stderr  # a crash ends with 1 too
    assert done.returncode == 1, done.stdout + done.stderr
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["complete"] is True
    assert "4.5.0" in report["tool"]["engine"]
    rows = {row["name"]: (row["status"], row["changed_pixels"]) for row in report["images"]}
    assert rows["button.png"] == ("changed", 1200)
    assert rows["same.png"][0] == "unchanged"


def test_it_reads_buckets(run, site, tmp_path):
    draw(tmp_path / "shots" / "a.png", "navy")
    site.put("shots/a.png", (tmp_path / "shots" / "a.png").read_bytes())
    environ = KEYS | {"AWS_ENDPOINT_URL": site.s3.url}
    done = run("compare", site.address("shots"), "shots", **environ)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_knows_its_version(run):
    done = run("--version")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0.0.0" not in done.stdout


def test_its_engine_is_the_verified_one_and_its_resources_are_there(bundle):
    inside = bundle / "_internal" / "snapreview"
    shipped, ours = inside / "_bin" / "odiff", ROOT / "snapreview" / "_bin" / "odiff"
    assert (
        hashlib.sha256(shipped.read_bytes()).digest() == hashlib.sha256(ours.read_bytes()).digest()
    )
    assert os.access(shipped, os.X_OK)
    wanted = {
        path.relative_to(ROOT / "resources")
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and "references" not in path.parts
    }
    found = {
        path.relative_to(inside / "_resources")
        for path in (inside / "_resources").rglob("*")
        if path.is_file()
    }
    assert found == wanted


def test_it_holds_no_qt_module_that_nothing_uses(bundle):
    held = {path.name for path in bundle.rglob("libQt6*")}
    assert not [name for name in held if name.startswith(("libQt6Qml", "libQt6Quick"))]
