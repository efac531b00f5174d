"""Waiting in a benchmark of the window, in the same way as the program waits."""


def let_pass(seconds: float) -> None:
    """Process the events of ``seconds``.

    ``QTest.qWait`` would block every other thread while it waits, and that would be measured.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    waiting = QEventLoop()
    QTimer.singleShot(round(1e3 * seconds), waiting.quit)
    waiting.exec()
