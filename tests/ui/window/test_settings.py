"""What is remembered from one day to the next."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from threading import Event

import pytest

from snapreview.ui.settings import RecentPair, Settings, SettingsFile
from snapreview.ui.settings_saver import SettingsSaver


def pairs(settings: Settings) -> list[tuple[str, str]]:
    return [(pair.base, pair.head) for pair in settings.recent]


def test_there_and_back(tmp_path: Path) -> None:
    settings = Settings(
        theme="dark",
        overlay_visible=False,
        overlay_colour="#00ff00",
        overlay_opacity=0.3,
        export_folder="/exports",
        splitter=(300, 700),
    ).with_recent("/a", "/ä b")
    SettingsFile(tmp_path).save(settings)
    assert SettingsFile(tmp_path).load() == settings


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path).load() == Settings()


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe", b"[]", b'{"theme": "pink"}', b'{"overlay_opacity": 7}', b'{"recent": 1}'],
)
def test_a_broken_file_is_put_aside(tmp_path: Path, content: bytes, caplog) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert SettingsFile(tmp_path).load() == Settings()
    assert "put aside" in caplog.text
    assert not file.exists()
    assert (tmp_path / "settings.broken").read_bytes() == content
    SettingsFile(tmp_path).save(Settings(theme="light"))
    assert SettingsFile(tmp_path).load().theme == "light"


def test_what_a_later_version_wrote_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"theme": "dark", "from_tomorrow": 1}))
    assert SettingsFile(tmp_path).load() == Settings(theme="dark")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in the way is another fault there")
def test_settings_that_cannot_be_saved_are_told_to_the_log(tmp_path: Path, caplog) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with caplog.at_level(logging.WARNING):
        SettingsFile(in_the_way).save(Settings())
    assert "could not be saved" in caplog.text


def test_a_pair_opened_again_is_the_newest_and_listed_once() -> None:
    settings = Settings().with_recent("a", "b").with_recent("c", "d").with_recent("a", "b")
    assert pairs(settings) == [("a", "b"), ("c", "d")]
    assert pairs(settings.with_recent("b", "a"))[0] == ("b", "a")


def test_the_oldest_pairs_are_forgotten() -> None:
    settings = Settings()
    for number in range(20):
        settings = settings.with_recent("base", str(number))
    assert [head for _, head in pairs(settings)] == [str(n) for n in range(19, 7, -1)]


def test_a_pair_can_be_forgotten() -> None:
    settings = Settings().with_recent("a", "b").with_recent("", "b")
    assert settings.without_recent("a", "b").recent == (RecentPair(base="", head="b"),)
    assert settings.without_recent("x", "y") == settings


class SlowFile:
    """A settings file whose first write waits until it may."""

    def __init__(self) -> None:
        self.begun, self.may_write = Event(), Event()
        self.written: list[Settings] = []

    def save(self, settings: Settings) -> None:
        self.begun.set()
        assert self.may_write.wait(20)
        self.written.append(settings)


def test_saving_waits_for_no_disk_and_only_the_newest_are_written() -> None:
    file = SlowFile()
    saver = SettingsSaver(file)
    changes = [Settings(overlay_opacity=step / 100) for step in range(50)]
    saver.save(changes[0])
    assert file.begun.wait(20)
    for settings in changes[1:]:
        saver.save(settings)
    assert file.written == []
    file.may_write.set()
    saver.close()
    assert file.written == [changes[0], changes[-1]]
