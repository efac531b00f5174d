"""Starts the window."""

import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from gui.settings import Settings, load_settings
from gui.state import AppState
from gui.theme import apply_theme
from gui.window import MainWindow, PageMaker


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """Return the application object; there is one in a process."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([*argv] or ["toepoint"])
    app.setApplicationName("Toepoint")
    return app


def page_makers() -> list[tuple[str, PageMaker]]:
    """Return the pages by their names, in the order of the way between them."""
    from gui.pages.sensors import SensorsPage  # noqa: PLC0415 - as below
    from gui.pages.train import TrainPage  # noqa: PLC0415 - needs an application

    return [("Sensors", SensorsPage), ("Train", TrainPage)]


def make_window(settings: Settings | None = None) -> MainWindow:
    """Return the main window with every page. The application must exist."""
    app = make_application()
    state = AppState(settings or load_settings())
    apply_theme(app, state.theme)
    state.settings_changed.connect(lambda: apply_theme(app, state.theme))
    return MainWindow(state, page_makers())


def run_window(source: str | None = None, *, page: str = "Train") -> int:
    """Show the window until it is closed; ``source`` starts a session at once."""
    app = make_application(sys.argv)
    window = make_window()
    window.resize(1440, 900)
    window.show_page(page)
    window.show()
    if source is not None:
        window.state.start(source, record=source.startswith("ble:"))
    return app.exec()
