"""Which odiff is used, tried with programs that stand in for good and bad ones."""

import os
import sys
from pathlib import Path

import pytest

from snapreview.engine.locate import BUNDLED, Engine, locate_engine
from snapreview.model.errors import EngineUnavailable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")


def script(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def odiff(path: Path, version: str) -> Path:
    return script(path, f'echo "odiff {version} - SIMD first comparison tool" >&2')


@pytest.fixture
def package(tmp_path):
    """An installed package without odiff; the path is where its odiff would be."""
    return tmp_path / "site-packages" / "snapreview" / "_bin" / "odiff"


def test_the_order_is_environment_setting_bundled_path(tmp_path, package):
    named = odiff(tmp_path / "named", "4.4.1")
    setting = odiff(tmp_path / "setting", "4.4.2")
    odiff(package, "4.4.3")
    on_path = odiff(tmp_path / "bin" / "odiff", "4.4.4")
    environ = {"SNAPREVIEW_ODIFF": str(named), "PATH": str(on_path.parent)}

    engine = locate_engine(setting, environ, bundled=package)
    assert engine == Engine(named, "4.4.1", "named by SNAPREVIEW_ODIFF")

    del environ["SNAPREVIEW_ODIFF"]
    engine = locate_engine(setting, environ, bundled=package)
    assert engine == Engine(setting, "4.4.2", "named in the settings")

    engine = locate_engine(None, environ, bundled=package)
    assert engine == Engine(package, "4.4.3", "part of SnapReview")

    package.unlink()
    engine = locate_engine(None, environ, bundled=package)
    assert engine == Engine(on_path, "4.4.4", "found on PATH")


def test_the_bundled_binary_is_found_and_answers():
    engine = locate_engine(environ={})
    assert engine == Engine(BUNDLED, "4.5.0", "part of SnapReview")


def test_an_empty_variable_names_nothing(package):
    odiff(package, "4.5.0")
    assert locate_engine(environ={"SNAPREVIEW_ODIFF": ""}, bundled=package).path == package


def test_a_relative_path_is_taken_from_the_current_folder(tmp_path, package, monkeypatch):
    monkeypatch.chdir(tmp_path)
    odiff(tmp_path / "mine", "4.5.0")
    engine = locate_engine(environ={"SNAPREVIEW_ODIFF": "mine"}, bundled=package)
    assert engine.path == tmp_path / "mine"


def test_a_wrapper_that_starts_another_program_works(tmp_path, package):
    real = odiff(tmp_path / "real", "4.3.10")
    wrapper = script(tmp_path / "bin" / "odiff", 'echo "warning: old Node" >&2', f'"{real}" "$@"')
    engine = locate_engine(environ={"PATH": str(wrapper.parent)}, bundled=package)
    assert engine == Engine(wrapper, "4.3.10", "found on PATH")


@pytest.mark.parametrize("how", ["variable", "setting"])
def test_a_named_one_that_is_missing_is_an_error_though_others_work(tmp_path, package, how):
    odiff(package, "4.5.0")
    gone = tmp_path / "gone"
    environ = {"SNAPREVIEW_ODIFF": str(gone)} if how == "variable" else {}
    with pytest.raises(EngineUnavailable, match=r"gone, named .*no such file.*Name an odiff"):
        locate_engine(None if how == "variable" else gone, environ, bundled=package)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (['echo "odiff 4.3.7 - tool"'], "its version is 4.3.7, and SnapReview needs 4.3.8"),
        (["echo 3.2.1"], "its version is 3.2.1, and SnapReview needs 4.3.8"),
        (["echo Python 3.11.7"], "ended with 0 and said: Python 3.11.7"),
        (
            ["echo odiff 4.5.0", "echo no library >&2", "exit 3"],
            "ended with 3 and said: odiff 4.5.0 no lib",
        ),
        (["exit 0"], "ended with 0 and said: nothing"),
    ],
)
def test_one_that_does_not_answer_as_odiff_does_is_an_error(tmp_path, package, lines, reason):
    bad = script(tmp_path / "bad", *lines)
    with pytest.raises(EngineUnavailable, match=reason):
        locate_engine(bad, {}, bundled=package)


def test_one_that_cannot_run_is_an_error(tmp_path, package):
    plain = tmp_path / "plain"
    plain.write_text("#!/bin/sh\necho odiff 4.5.0\n")
    with pytest.raises(EngineUnavailable, match=r"cannot be run \(Permission denied\)"):
        locate_engine(plain, {}, bundled=package)
    with pytest.raises(EngineUnavailable, match="no such file"):
        locate_engine(tmp_path, {}, bundled=package)


def test_one_that_never_answers_is_given_up(tmp_path, package):
    mute = tmp_path / "mute"
    mute.write_text(f"#!{sys.executable}\nimport signal\nsignal.pause()\n")
    mute.chmod(0o755)
    with pytest.raises(EngineUnavailable, match=r"no version within 0\.2 seconds"):
        locate_engine(mute, {}, bundled=package, seconds=0.2)


def test_a_broken_bundled_one_is_an_error_though_path_has_another(tmp_path, package):
    script(package, "exit 1")
    on_path = odiff(tmp_path / "bin" / "odiff", "4.5.0")
    with pytest.raises(
        EngineUnavailable, match=r"part of SnapReview.*Install SnapReview again, or"
    ):
        locate_engine(environ={"PATH": str(on_path.parent)}, bundled=package)


def test_none_at_all_says_how_to_get_one(package):
    with pytest.raises(
        EngineUnavailable, match=r"is missing.*Install SnapReview again, or set SNAP"
    ):
        locate_engine(environ={"PATH": ""}, bundled=package)


def test_a_source_tree_whose_binary_was_deleted_says_to_install_again(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    gone = tmp_path / "snapreview" / "_bin" / "odiff"
    with pytest.raises(EngineUnavailable, match=r"Run 'pip install -e \.' again in"):
        locate_engine(environ={}, bundled=gone)
