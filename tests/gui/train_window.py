"""A window on Train with a session that a test plays, without a thread or a clock."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import cast

from PySide6.QtWidgets import QApplication

from gui.models.worker import RunningSession
from gui.pages.page_name import PageName
from gui.pages.train.train_page import TrainPage
from gui.shell.window import MainWindow
from processing.session import SessionOutput, SessionReport
from sensor.types import JsonValue, SessionHeader


class PlayedSession:
    """Stands where a running session stands, and keeps what a person puts in."""

    def __init__(self, header: SessionHeader | None = None) -> None:
        self.header = header
        self.future: Future[SessionReport] = Future()
        self.inputs: list[tuple[str, dict[str, JsonValue]]] = []
        self.guided: list[object] = []
        self._waiting: list[SessionOutput] = []

    def tell(self, told: Sequence[SessionOutput]) -> None:
        self._waiting += told

    def take(self) -> list[SessionOutput]:
        taken, self._waiting = self._waiting, []
        return taken

    def add_input(self, kind: str, data: Mapping[str, JsonValue] | None = None) -> None:
        self.inputs.append((str(kind), dict(data or {})))

    def guide(self, steps: object) -> None:
        self.guided.append(steps)

    def end(self) -> None:
        self.future.cancel()


class Trained:
    """The window, its page and the session that is played to it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.state = window.state
        self.state._timer.stop()
        window.show_page(PageName.TRAIN)
        page = window.page
        assert isinstance(page, TrainPage)
        self.page = page
        self.session = PlayedSession()

    def begin(self, source: str = "ble:") -> None:
        self.state.source = source
        self.state.live.clear()
        self.state.train.begin(0.0)
        self.state.session = cast("RunningSession", self.session)
        self.look()

    def play(self, batches: Sequence[Sequence[SessionOutput]]) -> None:
        """Take ``batches`` and show what came of them."""
        for batch in batches:
            self.session.tell(batch)
            self.state.poll()

    def look(self) -> None:
        self.state.poll()
        QApplication.processEvents()

    def face_text(self) -> str:
        return self.page.glance.words.accessibleDescription()
