"""Open the window with a session on a real display, wait until it has painted, and close it.

A test runs this module; the last line that it prints is the result.
"""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from gui.models.sensors import TRY_SOURCE
from gui.shell.app import make_application, run_window
from gui.shell.window import MainWindow

LOOK_EVERY_MS = 50
ENOUGH_COLORS = 40


def main() -> int:
    """Run the window until it shows the running session."""
    app = make_application()
    timer = QTimer()
    timer.setInterval(LOOK_EVERY_MS)

    def look() -> None:
        for window in app.topLevelWidgets():
            if not isinstance(window, MainWindow) or window.state.live.now <= 0.0:
                continue
            handle = window.windowHandle()
            image = QGuiApplication.primaryScreen().grabWindow(handle.winId()).toImage()
            colors = {
                image.pixel(x, y)
                for x in range(0, image.width(), 3)
                for y in range(0, image.height(), 3)
            }
            if handle.isExposed() and len(colors) >= ENOUGH_COLORS:
                timer.stop()
                print(f"{app.platformName()}: painted", flush=True)
                window.close()

    timer.timeout.connect(look)
    timer.start()
    return run_window(TRY_SOURCE)


if __name__ == "__main__":
    raise SystemExit(main())
