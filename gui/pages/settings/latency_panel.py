"""The output of the sound: play a sample, warn of a late output, measure its delay by tapping."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.sound.latency import CLICKS, TapResult
from gui.sound.latency_session import TapSession
from gui.sound.player import SoundPlayer
from gui.translations.sound_words import SoundWords
from gui.widgets.buttons import push_button
from gui.widgets.card import label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.picker import Picker
from gui.widgets.theme import Theme

CHECK_MS = 50
"""Period of the look at a running test."""


class TapTestPanel(QWidget):
    """The outputs of ``player``, with a test of their delay.

    ``keep`` is called with the identity of an output and its measured delay in s.
    """

    def __init__(
        self,
        theme: Theme,
        player: SoundPlayer,
        keep: Callable[[str, float], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._player = player
        self._words = SoundWords()
        self._keep = keep
        self._clock = clock
        self._session: TapSession | None = None
        self._result: TapResult | None = None
        px = theme.px
        self.outputs = Picker(theme)
        self.outputs.setAccessibleName(self.tr("Output"))
        self.outputs.activated.connect(self._choose)
        self.state = label("", "muted")
        self.state.setWordWrap(True)
        self.sample = push_button(self.tr("Play a sample"), player.preview)
        self.start = push_button(self.tr("Measure the delay"), self._start)
        self.tap = QPushButton(self.tr("Tap with the clicks (space)"))
        self.tap.setProperty("role", "primary")
        # A large target: it is tapped in rhythm, without looking.
        self.tap.setMinimumHeight(px(64))
        # The press counts, not the release.
        self.tap.pressed.connect(self._tap)
        self.progress = label("", "muted")
        self.keep = push_button(self.tr("Keep"), self._keep_result, "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.outputs)
        column.addWidget(self.state)
        column.addLayout(FlowLayout(px(8), self.sample, self.start, self.keep))
        column.addWidget(self.tap)
        column.addWidget(self.progress)
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_MS)
        self._timer.timeout.connect(self.refresh)
        player.changed.connect(self._show_output)
        self._say("")
        self._show_output()

    def refresh(self) -> None:
        """Show the progress or the end of the test."""
        session = self._session
        if session is None:
            return
        if session.broken:
            self._finish(None)
            self._say(self.tr("The output has changed. Measure again."))
        elif session.over:
            self._finish(session.result())
        else:
            text = self.tr("Click {number} of {all}")
            self._say(text.format(number=session.clicks, all=CLICKS))

    def _say(self, text: str) -> None:
        self.progress.setText(text)
        self.progress.setVisible(bool(text))

    def _choose(self, index: int) -> None:
        self._player.use(self.outputs.itemData(index))

    def _start(self) -> None:
        self._session = TapSession(self._player, self._clock)
        self._result = None
        self._timer.start()
        self._say("")
        self._show_parts()
        self.tap.setFocus()

    def _tap(self) -> None:
        if self._session is not None:
            self._session.tap()

    def _finish(self, result: TapResult | None) -> None:
        if self._session is not None:
            self._session.stop()
        self._session, self._result = None, result
        self._timer.stop()
        if result is not None:
            self._say(self._words.result(result))
        self._show_parts()
        # The tap button disappears, and the focus with it.
        (self.keep if self.keep.isVisible() else self.start).setFocus()

    def _keep_result(self) -> None:
        device = self._player.device
        if device is not None and self._result is not None:
            self._keep(device.id, self._result.delay_s)
        self._result = None
        self._say(self.tr("Kept."))
        self._show_parts()
        self.start.setFocus()

    def _show_output(self) -> None:
        # Outputs come and go while the window is open, as headphones are plugged in.
        self.outputs.clear()
        self.outputs.addItem(self.tr("The system's output"), "")
        for device in self._player.devices():
            self.outputs.addItem(device.name, device.id)
        self.outputs.setCurrentIndex(max(self.outputs.findData(self._player.chosen), 0))
        self.state.setText(self._words.state(self._player))
        self._show_parts()

    def _show_parts(self) -> None:
        running, heard = self._session is not None, self._player.device is not None
        self.sample.setEnabled(heard and not running)
        self.start.setEnabled(heard and not running)
        self.tap.setVisible(running)
        self.keep.setVisible(self._result is not None and self._result.accepted)
