"""The panel of the tap test, used with keys, on a fake sound system."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.settings.latency_panel import TapTestPanel
from gui.sound.errors import SoundError, SoundFault
from gui.sound.latency import ANTICIPATION_S, CLICKS, INTERVAL_S
from gui.sound.latency_session import BEFORE_S
from gui.sound.player import SoundPlayer
from gui.sound.tones import Tone
from gui.widgets.theme import Theme
from tests.gui.sound.fakes import HEADSET, RATE_HZ, SPEAKER, FakeBackend


@dataclass
class Bench:
    """The panel, its player and sound system, and the delays that it saved."""

    panel: TapTestPanel
    player: SoundPlayer
    system: FakeBackend
    kept: dict[str, float]
    qtbot: QtBot

    def now(self) -> float:
        return self.system.stream.mixer.position / RATE_HZ

    def run(self, late_s: float) -> None:
        """Start the test and tap each click ``late_s`` after it is handed over."""
        self.qtbot.keyClick(self.panel.start, Qt.Key.Key_Space)
        begin, tapped = self.now(), 0
        while self.now() < begin + BEFORE_S + CLICKS * INTERVAL_S + 0.5:
            self.system.stream.pull(0.01)
            clicks = [p.handed_s for p in self.player.played if p.label == Tone.CLICK]
            if tapped < len(clicks) and self.now() >= clicks[tapped] + late_s:
                self.qtbot.keyClick(self.panel.tap, Qt.Key.Key_Space)
                tapped += 1
            self.panel.refresh()


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Bench:
    system = FakeBackend()
    player = SoundPlayer(Settings(volume=1.0), lambda: system)
    player.start()
    kept: dict[str, float] = {}

    def now() -> float:
        return system.stream.mixer.position / RATE_HZ

    def tone(name: Tone, after_s: float = 0.0) -> float:
        stream = system.stream
        at = stream.mixer.position + round(after_s * RATE_HZ)
        stream.mixer.play(name, made[name], at)
        return 0.0

    assert player._open is not None
    made = player._open.tones
    monkeypatch.setattr(player, "tone", tone)
    panel = TapTestPanel(Theme(), player, kept.__setitem__, now)
    panel._timer.setInterval(1_000_000)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    system.stream.pull(0.05)
    return Bench(panel, player, system, kept, qtbot)


@pytest.mark.parametrize("late_s", [0.05, 0.2])
def test_taps_measure_the_delay_which_is_saved(bench: Bench, late_s: float) -> None:
    bench.run(late_s)
    assert bench.panel.progress.text().startswith("Heard 0.")
    bench.qtbot.keyClick(bench.panel.keep, Qt.Key.Key_Space)
    assert bench.kept == {SPEAKER.id: pytest.approx(late_s + ANTICIPATION_S, abs=0.011)}
    assert bench.panel.keep.isHidden()


def test_without_taps_nothing_can_be_saved(bench: Bench) -> None:
    bench.run(99.0)
    assert "Too few" in bench.panel.progress.text()
    assert bench.panel.keep.isHidden()
    assert bench.panel.start.isEnabled()


def test_the_tap_key_has_the_focus_while_the_clicks_sound(bench: Bench) -> None:
    bench.qtbot.keyClick(bench.panel.start, Qt.Key.Key_Space)
    assert bench.panel.tap.isVisible()
    assert not bench.panel.start.isEnabled()
    bench.system.stream.pull(BEFORE_S + INTERVAL_S + 0.02)
    bench.panel.refresh()
    assert f"2 of {CLICKS}" in bench.panel.progress.text()


def test_another_output_ends_the_test(bench: Bench) -> None:
    bench.qtbot.keyClick(bench.panel.start, Qt.Key.Key_Space)
    bench.system.change_to(replace(HEADSET, is_default=True))
    bench.panel.refresh()
    assert "changed" in bench.panel.progress.text()
    assert bench.panel.tap.isHidden()


def test_choosing_an_output_plays_on_it(bench: Bench) -> None:
    names = [bench.panel.outputs.itemText(i) for i in range(bench.panel.outputs.count())]
    assert names[1:] == [SPEAKER.name, HEADSET.name]
    bench.panel.outputs.setFocus()
    bench.qtbot.keyClick(bench.panel.outputs, Qt.Key.Key_End)
    bench.panel.outputs.activated.emit(bench.panel.outputs.currentIndex())
    assert bench.player.device == HEADSET
    assert bench.panel.outputs.currentText() == HEADSET.name
    assert "0.2 s late" in bench.panel.state.text()


def test_the_sample_is_played(bench: Bench) -> None:
    bench.qtbot.mouseClick(bench.panel.sample, Qt.MouseButton.LeftButton)
    assert bench.system.stream.pull(0.5).any()


@pytest.mark.parametrize("fault", SoundFault)
def test_missing_sound_is_shown_with_its_reason(bench: Bench, fault: SoundFault) -> None:
    bench.system.stream.failed(SoundError(fault, "detail"))
    assert len(bench.panel.state.text()) > 20
    assert not bench.panel.start.isEnabled()
    assert not bench.panel.sample.isEnabled()


def test_sound_that_is_off_is_shown_as_off(bench: Bench) -> None:
    bench.player.apply(Settings(sound=False))
    bench.player.changed.emit()
    assert "off" in bench.panel.state.text()
    assert not bench.panel.start.isEnabled()


def test_everything_has_a_name_for_the_screen_reader(bench: Bench) -> None:
    assert bench.panel.outputs.accessibleName()
    for button in (bench.panel.sample, bench.panel.start, bench.panel.tap, bench.panel.keep):
        assert button.text()
