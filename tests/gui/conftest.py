"""Fixtures of the window tests: private folders, and windows that are closed after the test."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.models import wall_clock
from gui.models.settings import Settings
from gui.shell.app import make_window
from gui.shell.window import MainWindow
from gui.translations import SOURCE_LANGUAGE, apply_language
from tests.gui.clock import NOW
from tests.gui.rig_window import ADDRESSES, LastingWorker
from tests.patience import PATIENCE_S
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, Rig, running_rig

# Without a display Qt would end the process, and with one no test should open windows on it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PATIENCE_MS = round(1000.0 * PATIENCE_S)
AFTER_FIRST_RUN = Settings(first_run_done=True)


class PatientQtBot(QtBot):
    """A bot whose waits end late: their limit is no part of any test."""

    waitActive = partialmethod(QtBot.waitActive, timeout=PATIENCE_MS)  # noqa: N815 - Qt's style
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)  # noqa: N815
    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)  # noqa: N815


@pytest.fixture(scope="module", autouse=True)
def garbage() -> Iterator[None]:
    """Collect garbage in the thread of the tests only, as the window does."""
    # The modules of other tests.
    gc.freeze()
    gc.disable()
    yield
    gc.collect()
    # Tests of other folders have no thread that does it for them.
    gc.enable()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return the bot of pytest-qt, with more patience."""
    return PatientQtBot(request)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Move every platform folder into ``tmp_path``, so that no test touches a person's files."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("APPDATA", str(home / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    return home


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every window read the same time of the same day."""
    monkeypatch.setattr(wall_clock, "now", lambda: NOW)


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., MainWindow]]:
    """Return a function that opens a window and closes it at the end of the test."""
    opened: list[MainWindow] = []

    def open_one(settings: Settings | None = AFTER_FIRST_RUN) -> MainWindow:
        window = make_window(settings)
        window.resize(1440, 900)
        opened.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield open_one
    for window in opened:
        window.close()
        window.deleteLater()
    # The words of other tests do not depend on which ones ran before.
    apply_language(qapp, SOURCE_LANGUAGE)
    # Outside an event loop nothing is deleted later.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    """A window after the first run."""
    return open_window()


@pytest.fixture(scope="session")
def rig_process() -> Iterator[Rig]:
    """The process of the virtual Bluetooth."""
    if sys.platform != "linux":
        pytest.skip("the virtual Bluetooth is a fake BlueZ, which is Linux only")
    if missing := missing_dbus():
        pytest.skip(missing)
    with running_rig() as rig:
        yield rig


@pytest.fixture(scope="session")
def worker(rig_process: Rig) -> LastingWorker:
    """A worker whose one loop serves all windows that use the virtual Bluetooth."""
    return LastingWorker()


@pytest.fixture
def rig(rig_process: Rig, worker: LastingWorker, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """Two sensors in sight, the first one nearer. Request it before the window."""
    monkeypatch.setenv(ENVIRONMENT, rig_process.bus_address)
    monkeypatch.setattr("gui.pages.app_state.Worker", lambda: worker)
    # On a busy machine an ending that gives up early leaves sensors connected for the next session.
    for limit in ("link.STOP_S", "link.DISCONNECT_S", "source.CLOSE_S"):
        monkeypatch.setattr(f"sensor.ble.{limit}", PATIENCE_S)
    rig_process.do("clear")
    sensors = (("one", "shin", -45), ("two", "foot", -60))
    for address, (name, segment, rssi) in zip(ADDRESSES, sensors, strict=True):
        rig_process.do(
            "add", address=address, family="board", name=name, segment=segment, rssi=rssi
        )
    return rig_process


@pytest.fixture
def no_bluetooth(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A system without a Bluetooth service."""
    monkeypatch.setenv(ENVIRONMENT, f"unix:path={tmp_path / 'nobody'}")
