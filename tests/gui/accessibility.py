"""The view of a screen reader: the events of Qt, and the name and role of each control.

PySide does not offer the hook of Qt by which a program sees its own events, so it is called in Qt's
library. Where its symbol has another name than on Linux, the tests that need it are skipped.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import PySide6
import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from shiboken6 import wrapInstance

from tests.gui.layout import takes_keys

_INSTALL = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"
_LIBRARY = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"
Role = QAccessible.Role
CONTROLS = frozenset(
    {
        Role.Button,
        Role.ButtonMenu,
        Role.CheckBox,
        Role.RadioButton,
        Role.ComboBox,
        Role.EditableText,
        Role.List,
        Role.Slider,
        Role.SpinBox,
        Role.Table,
    }
)
"""The roles of controls that tell a screen reader how they are used."""
PANEL = Role.Client
"""The role of a page or a row that takes keys of its own: its name and description say what it is."""


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement that a screen reader was given."""

    text: str
    urgent: bool


@contextmanager
def announcements() -> Iterator[list[Announced]]:
    """Collect what is announced within the block, as if a screen reader ran."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the symbol of Qt's hook is known for Linux only")
    heard: list[Announced] = []

    def hear(address: int) -> None:
        event = cast("QAccessibleEvent", wrapInstance(address, QAccessibleEvent))
        if event.type() is QAccessible.Event.Announcement:
            said = cast(
                "QAccessibleAnnouncementEvent", wrapInstance(address, QAccessibleAnnouncementEvent)
            )
            urgent = said.politeness() is QAccessible.AnnouncementPoliteness.Assertive
            heard.append(Announced(said.message(), urgent))

    handler = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(hear)
    install = ctypes.CDLL(str(_LIBRARY))[_INSTALL]
    install.restype, install.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    before = install(ctypes.cast(handler, ctypes.c_void_p))
    QAccessible.setActive(True)
    try:
        yield heard
    finally:
        QAccessible.setActive(False)
        install(before)


def unread(page: QWidget) -> list[str]:
    """Return the controls without a name or a role, and the labels whose text is not read."""
    wrong: list[str] = []
    for control in page.findChildren(QWidget):
        if not control.isVisible():
            continue
        if takes_keys(control):
            wrong += _control_faults(control)
        if isinstance(control, QLabel) and control.text():
            shown = control.accessibleName() or control.text()
            if control.textFormat().name == "PlainText" and control.text() not in shown:
                wrong.append(f"{control.text()!r} is read as {shown!r}")
    return wrong


def _control_faults(control: QWidget) -> Iterator[str]:
    seen, words = QAccessible.queryAccessibleInterface(control), QAccessible.Text
    called = f"{type(control).__name__} {seen.text(words.Name)!r}"
    if seen.role() not in CONTROLS and seen.role() is not PANEL:
        yield f"{called} is a {seen.role().name}"
    if not seen.text(words.Name) and not seen.text(words.Value):
        yield f"{called} has no name"
    if isinstance(control, QComboBox):
        # On Linux the name of a combo box is its value; a label or the description says what it is.
        related = seen.relations(QAccessible.RelationFlag.Label)
        if not related and not seen.text(words.Description):
            yield f"{called} does not say what is chosen"
    if isinstance(control, QAbstractButton) and control.isCheckable() != seen.state().checkable:
        yield f"{called} does not say whether it is on"
    if seen.role() in (Role.Slider, Role.SpinBox) and not seen.text(words.Value):
        yield f"{called} has no value"
