"""A window on Train with a session that the test plays, without a thread or a clock."""

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


class FakeSession:
    """A replacement of a running session that keeps the inputs of the person."""

    def __init__(self, header: SessionHeader | None = None) -> None:
        self.header = header
        self.now_s: float | None = None
        self.future: Future[SessionReport] = Future()
        self.inputs: list[tuple[str, dict[str, JsonValue]]] = []
        self.guided: list[object] = []
        self._waiting: list[SessionOutput] = []

    def add(self, batch: Sequence[SessionOutput]) -> None:
        self._waiting += batch

    def take(self) -> list[SessionOutput]:
        taken, self._waiting = self._waiting, []
        return taken

    def add_input(self, kind: str, data: Mapping[str, JsonValue] | None = None) -> None:
        self.inputs.append((str(kind), dict(data or {})))

    def guide(self, steps: object) -> None:
        self.guided.append(steps)

    def end_guide(self) -> None:
        self.guided.append("ended")

    def error(self) -> str:
        return RunningSession.error(cast("RunningSession", self))

    def end(self) -> None:
        self.future.cancel()


class TrainWindow:
    """A window, its Train page and the session that the test plays."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.state = window.state
        self.state._timer.stop()
        window.show_page(PageName.TRAIN)
        page = window.page
        assert isinstance(page, TrainPage)
        self.page = page
        self.session = FakeSession()

    def begin(self, source: str = "ble:") -> None:
        self.state.source = source
        self.state.live.clear()
        self.state.train.begin(0.0)
        self.state.session = cast("RunningSession", self.session)
        self.look()

    def play(self, batches: Sequence[Sequence[SessionOutput]]) -> None:
        """Play ``batches`` and let the page show each."""
        for batch in batches:
            self.session.add(batch)
            self.state.poll()

    def look(self) -> None:
        self.state.poll()
        QApplication.processEvents()

    def face_text(self) -> str:
        return self.page.glance.words.accessibleDescription()
