import pytest
from PySide6.QtGui import QAction, QShortcut, QAccessible
from PySide6.QtWidgets import *
from PySide6.QtCore import Qt
from .hands import Hands
def name(w):
    i = QAccessible.queryAccessibleInterface(w)
    return (i.role().name, i.text(QAccessible.Text.Name)[:40]) if i else None
def walk(u, start):
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen=[]
    for _ in range(80):
        f = u.window.focusWidget()
        if f in seen: break
        seen.append(f)
        u.key(Qt.Key.Key_Tab)
    return seen
def test_x(qtbot, compared, tmp_path):
    u = Hands(qtbot, compared)
    w = u.window
    w.resize(1440,900)
    r = w.review
    r.changes.table.setFocus()
    for f in walk(u, r.changes.bar.field): print(f.objectName(), name(f))
    bad=[]
    for f in walk(u, r.changes.bar.field):
        f.setFocus(Qt.FocusReason.TabFocusReason)
        on=f.grab().toImage()
        w.centralWidget().setFocus(); 
        u.window.focusWidget().clearFocus() if u.window.focusWidget() else None
        off=f.grab().toImage()
        if on==off: bad.append(f.objectName())
    print('no focus look', bad)
    i = QAccessible.queryAccessibleInterface(r.changes.table)
    print(i.role(), i.childCount(), [(i.child(k).role().name, i.child(k).text(QAccessible.Text.Name)) for k in range(8)])
    u.press('showGrid')
    i = QAccessible.queryAccessibleInterface(r.grid)
    print(i.role(), i.childCount(), [(i.child(k).role().name, i.child(k).text(QAccessible.Text.Name)) for k in range(min(8,i.childCount()))])
    for f in walk(u, r.changes.bar.field): print(f.objectName(), name(f))
    w.show_start()
    for f in walk(u, w.start.base._field): print(f.objectName(), name(f))
