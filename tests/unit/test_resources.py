"""The finder of SnapReview's own files, in the two places where they can lie."""

import pytest

from snapreview.stores import resources


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "snapreview"
    folder.mkdir()
    monkeypatch.setattr(resources, "PACKAGE", folder)
    return folder


def put(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_a_source_tree_has_them_beside_the_package(package):
    icon = put(package.parent / "resources" / "icons" / "app.svg")
    assert resources.resource("icons", "app.svg") == icon
    assert resources.resource("icons") == icon.parent


def test_an_installed_package_has_them_inside(package):
    put(package.parent / "resources" / "icons" / "app.svg")
    icon = put(package / "_resources" / "icons" / "app.svg")
    assert resources.resource("icons", "app.svg") == icon


def test_a_missing_one_is_told_with_its_path(package):
    put(package / "_resources" / "icons" / "app.svg")
    with pytest.raises(FileNotFoundError, match=r"_resources.nowhere\. Install SnapReview again"):
        resources.resource("nowhere")


def test_this_tree_has_them():
    assert resources.resource().is_dir()
