"""Nothing is cut or lies over something else, and the keyboard and the screen reader find all."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.shell.window import MainWindow
from sensor.ble.discovery import FoundDevice
from sensor.ble.host_checks import HostCheck
from sensor.ble.remedies import REMEDIES, LinkFault
from sensor.types import Event, EventKind
from tests.gui.layout import cut, overlapping, too_wide, unreachable, words_of

pytestmark = pytest.mark.usefixtures("no_bluetooth", "few_pages")

PAGES = ("Sensors", "Calibrate", "Settings")
LOOKS = (
    ((1440, 900), 1.0, "en", "dark"),
    ((1280, 720), 1.0, "de", "light"),
    ((1280, 720), 2.0, "de", "dark"),
    ((1920, 1080), 2.0, "en", "light"),
)


def fill(window: MainWindow) -> None:
    """Let the pages show as much as they may."""
    model = window.state.sensors
    for at, (name, family) in enumerate((("WT901BLE68", "witmotion"), ("DOT", "movella_dot"))):
        model.see(FoundDevice(f"AA:{at}", name, family, -50 - 20 * at), 0.0)
    model.see(
        FoundDevice("AA:9", "TAG", "sensortag", -80, refused="it is much too slow for this"), 0.0
    )
    model.assign_nearest()
    remedy = REMEDIES[LinkFault.NOT_FOUND]
    said = {"reason": remedy.what, "remedy": remedy.to_do("linux")}
    model.take_link(Event(0, EventKind.LINK, {"source": "AA:0", "state": "refused", **said}))
    problem = REMEDIES[LinkFault.NO_PERMISSION]
    model.checks = [HostCheck("Bluetooth permission", False, problem.what, problem.to_do("linux"))]


def each_page(qtbot: QtBot, window: MainWindow) -> Iterator[QWidget]:
    """Show one page after the other, the first run at last."""
    fill(window)
    for name in PAGES:
        window.show_page(name)
        window.page.refresh()
        yield window.page
    window.state.change(first_run_done=False)
    qtbot.waitUntil(window.page.isVisible)
    yield window.page


@pytest.mark.parametrize(("size", "scale", "language", "theme"), LOOKS)
def test_no_word_is_cut_and_nothing_overlaps(
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    size: tuple[int, int],
    scale: float,
    language: str,
    theme: str,
) -> None:
    window = open_window(
        Settings(first_run_done=True, text_scale=scale, language=language, theme=theme)
    )
    window.resize(*size)
    for page in each_page(qtbot, window):
        qtbot.waitUntil(lambda: window.size().toTuple() == size)
        qtbot.waitUntil(lambda: not [p.text() for p in words_of(page) if cut(p)])  # noqa: B023 - waited for here
        parts = words_of(page)
        assert parts
        assert overlapping(parts, page) == []
        qtbot.waitUntil(lambda: too_wide(page) == [])  # noqa: B023 - waited for here


def test_the_keyboard_reaches_every_control_and_each_has_a_name(
    qtbot: QtBot, window: MainWindow
) -> None:
    for page in each_page(qtbot, window):
        assert unreachable(qtbot, window, page) == []
