"""The start of the window."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from PySide6.QtCore import (
    QCoreApplication,
    QLoggingCategory,
    QMessageLogContext,
    QSize,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from gui.models.chosen_exercise import refused_exercises
from gui.models.no_window import NoWindowError
from gui.models.settings import Settings, load_settings
from gui.pages.app_state import WATCHED_FROM_S, AppState
from gui.pages.page_name import PageName
from gui.shell.collector import Collector
from gui.shell.window import MAIN, MainWindow
from gui.translations import apply_language
from gui.widgets.theme import apply_theme
from gui.widgets.window_geometry import restore
from sensor.claims import Claim, ClaimedError, claim_folder
from sensor.compiled import load_compiled
from sensor.errors import DocumentError
from sensor.types import EventKind

USUAL_SIZE = (1440, 900)
SIMULATION = ("sensor.simulation.simulation_text", "sensor.simulation.simulated_session")
"""Loaded while the window stands idle, so that a simulated leg moves as soon as it is asked for."""
SWITCH_S = 0.001
"""Longest time that a busy window keeps other threads waiting.

Python's own 5 ms can be heard in the sound and delay the angles.
"""


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """Return the application object; a process has only one."""
    # Tests and the demo may have one already; Qt allows only one.
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else _first_application(argv)
    app.setApplicationName("Toepoint")
    # Qt warns of missing video libraries, which a program of words and tones does not need.
    QLoggingCategory.setFilterRules(
        "qt.multimedia.symbolsresolver*=false\nqt.multimedia.ffmpeg*=false"
    )
    sys.setswitchinterval(SWITCH_S)
    if app.findChild(Collector) is None:
        Collector(app)
    return app


def _first_application(argv: Sequence[str]) -> QApplication:
    """Create the application object; end the program with a message if Qt finds no platform."""
    before = qInstallMessageHandler(_report_no_window)
    try:
        return QApplication([*argv] or ["toepoint"])
    finally:
        qInstallMessageHandler(before)


def _report_no_window(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Print a message of Qt; a fatal one with what to do about it."""
    if kind is not QtMsgType.QtFatalMsg:
        print(text, file=sys.stderr)
        return
    error = NoWindowError(text.strip().splitlines()[0].rstrip("."))
    print(f"toepoint: {error}", file=sys.stderr, flush=True)
    # Qt aborts the process when this returns, which looks like a crash.
    os._exit(1)


def make_window(settings: Settings | None = None) -> MainWindow:
    """Return the main window with every page. The application must exist.

    Settings that cannot be read stay untouched until the person changes one; the window says so
    and uses the defaults.
    """
    app = make_application()
    trouble = ""
    if settings is None:
        try:
            settings = load_settings()
        except DocumentError as error:
            settings, trouble = Settings(), str(error)
    state = AppState(settings)
    state.readable = not trouble
    apply_language(app, state.settings.language)
    apply_theme(app, state.theme)
    state.settings_changed.connect(lambda: apply_language(app, state.settings.language))
    state.settings_changed.connect(lambda: apply_theme(app, state.theme))
    window = MainWindow(state)
    if trouble:
        window.say(
            QCoreApplication.translate(
                "MainWindow",
                "The settings cannot be read, so the defaults apply. The file stays untouched until "
                "you change a setting. {trouble}",
            ).format(trouble=trouble)
        )
    elif refused := refused_exercises():
        # Each names its file, the key and the reason; the exercise is missing in every list.
        window.say("\n".join(map(str, refused)))
    return window


def claim_recordings(window: MainWindow) -> Claim:
    """Claim the folder of the recordings; the window says if another one has it."""
    folder = window.state.settings.recordings_folder
    try:
        return claim_folder(folder)
    except ClaimedError as error:
        text = QCoreApplication.translate(
            "MainWindow",
            "Another Toepoint is open (process {process}) and uses the same recordings in {folder}. "
            "Close one of the two: settings and edits of one are not seen by the other.",
        )
        window.say(text.format(process=error.process or "?", folder=folder))
        return Claim(None)


def close_when_asked(app: QApplication, window: MainWindow) -> None:
    """Close ``window`` when the program is asked to end: by Ctrl-C, a closed terminal or the system.

    The frames of the window let Python see the signal within moments. Further ones change nothing.
    """

    def close() -> None:
        window.close()
        # Also where a dialogue is open, which keeps the application running.
        app.quit()

    def handle(_number: int, _frame: FrameType | None) -> None:
        # Not in the middle of a slot that may be painting.
        QTimer.singleShot(0, close)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        request = getattr(signal, name, None)
        # A signal that is ignored, as by nohup, stays ignored.
        if request is not None and signal.getsignal(request) is not signal.SIG_IGN:
            signal.signal(request, handle)
    # A system that ends the session of the person quits the application without closing windows.
    app.aboutToQuit.connect(window.close)


def run_window(source: str | None = None, *, watched: bool = False) -> int:
    """Show the window until it is closed.

    Parameters
    ----------
    source
        A session that starts at once, shown on Train; None for none.
    watched
        Whether it is shown from its first set on, because it is only watched.
    """
    app = make_application(sys.argv)
    window = make_window()
    close_when_asked(app, window)
    claimed = claim_recordings(window)
    restore(window, window.state.settings.place(MAIN), QSize(*USUAL_SIZE))
    if source is not None:
        window.show_page(PageName.TRAIN)
    window.show()
    # After the first paint: opening an output and loading the solver of the calibration take time.
    QTimer.singleShot(0, window.state.sound.start)
    QTimer.singleShot(0, lambda: window.state.worker.in_background(load_compiled))
    if source is None:
        QTimer.singleShot(0, lambda: window.state.worker.load(*SIMULATION))
    if source is not None and watched:
        window.state.start(source, record=False, skip_to=EventKind.SET_START, skip_s=WATCHED_FROM_S)
    elif source is not None:
        window.state.start(source, record=source.startswith("ble:"))
    code = app.exec()
    claimed.release()
    # Python would look through every object several times while it ends, for seconds and for nothing.
    gc.freeze()
    return code
