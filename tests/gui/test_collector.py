"""Garbage of the window is collected in its own thread, whatever other threads allocate."""

import gc
import threading
import weakref

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.shell.app import make_application
from gui.shell.collector import Collector


class Part:
    """A part that only holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_only_the_thread_of_the_window_collects(qapp: QApplication, qtbot: QtBot) -> None:
    make_application()
    assert not gc.isenabled()
    collected_in: list[int] = []
    part = Part()
    weakref.finalize(part, lambda: collected_in.append(threading.get_ident()))
    del part

    # A hundred times as many as Python waits for; all stay alive.
    kept: list[list[int]] = []
    other = threading.Thread(target=lambda: kept.extend([n] for n in range(100_000)))
    other.start()
    other.join()
    assert not collected_in
    qtbot.waitUntil(lambda: bool(collected_in))
    assert collected_in == [threading.get_ident()]


def test_an_application_has_one_collector(qapp: QApplication) -> None:
    make_application()
    make_application()
    assert len(qapp.findChildren(Collector)) == 1
