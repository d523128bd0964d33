"""Threads that decode, beside each other and beside the one that deletes widgets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FIRST_IMAGES = """
import sys
from concurrent.futures import ThreadPoolExecutor
from PySide6.QtGui import QGuiApplication
from snapreview.stores.resources import resource
from snapreview.ui.viewer.decode import decode_picture
app = QGuiApplication([])
sys.setswitchinterval(0.00001)
paths = sorted(resource("demo", "head").rglob("*.png"))
with ThreadPoolExecutor(6) as pool:
    print(len(list(pool.map(lambda path: decode_picture(path, lambda: None), paths))))
"""


BESIDE_DELETING = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage
from snapreview.ui.viewer.decode import decode_picture

class Listener(QObject):
    told = Signal()
    def hear(self): pass
    def disconnectNotify(self, signal): super().disconnectNotify(signal)

def delete_some():
    listener, timer = Listener(), QTimer()
    timer.timeout.connect(listener.hear)
    listener.told.connect(timer.start)
    shiboken6.delete(timer)
    shiboken6.delete(listener)

def decode(path, times):
    for _ in range(times):
        decode_picture(path, lambda: None)
    return times

app = QGuiApplication([])
path = Path(sys.argv[1])
image = QImage(4, 4, QImage.Format.Format_ARGB32)
image.fill(0)
assert image.save(str(path))
with ThreadPoolExecutor(3) as pool:
    parts = [pool.submit(decode, path, 2000) for _ in range(3)]
    while not all(part.done() for part in parts):
        delete_some()
    print(sum(part.result() for part in parts))
"""


def ran(program: str, *arguments: str) -> int:
    """What the program printed; one that hangs or crashes is a fault."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("time", range(6))
def test_first_images_decoded_at_once_do_not_end_the_process(time: int) -> None:
    """Each time about half of the processes crash or hang where types are made when needed."""
    assert ran(FIRST_IMAGES) > 30, time


def test_decoding_does_not_wait_for_who_waits_for_it(tmp_path: Path) -> None:
    """With Qt's own look at the content, both threads stop for good within seconds."""
    assert ran(BESIDE_DELETING, str(tmp_path / "image.png")) == 6000
