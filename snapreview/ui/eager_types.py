"""The Python types that worker threads need of Qt, made before there are threads.

PySide (6.11) makes a class of a Qt module when it is first named or met as a type of an argument,
and an enum when a value of it is first returned. Two threads that make the same one at once end the
process or wait for each other for ever: without this, 23 of 45 starts did with six threads
that decode their first images under a short switch interval; see tests/ui/test_decoding_threads.py.
"""

from __future__ import annotations

from PySide6 import QtCore, QtGui
from PySide6.QtGui import QColorSpace, QImage, QImageReader


def make_types() -> None:
    """Make them all, in the thread that imports. Takes 60 ms the first time, then nothing."""
    for module in (QtCore, QtGui):
        for name in dir(module):
            getattr(module, name)
    _return_enums()


def _return_enums() -> None:
    """Ask for those values that workers ask for; naming the enum would not be enough."""
    reader, image = QImageReader(), QImage(1, 1, QImage.Format.Format_ARGB32)
    space = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    reader.transformation()
    reader.error()
    image.format()
    space.primaries()
    space.transferFunction()
    space.colorModel()
