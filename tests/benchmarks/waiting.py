"""Waiting in a benchmark of the window as the program waits."""


def let_pass(seconds: float) -> None:
    """Let the events of ``seconds`` happen.

    ``QTest.qWait`` would keep every other thread out while it waits, and measure that.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    waiting = QEventLoop()
    QTimer.singleShot(round(1e3 * seconds), waiting.quit)
    waiting.exec()
