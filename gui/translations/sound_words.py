"""The messages of the sound, in the person's language."""

from PySide6.QtCore import QObject

from gui.sound.errors import SoundFault
from gui.sound.latency import TapFault, TapResult
from gui.sound.player import SoundPlayer


class SoundWords(QObject):
    """The words for the state of an output and the result of a tap test."""

    def fault(self, fault: SoundFault) -> str:
        """Return why there is no sound, and what to do about it."""
        words = {
            SoundFault.LIBRARY: self.tr(
                "No sound: a library is missing (on Debian: libpulse0). Everything is still shown."
            ),
            SoundFault.NO_DEVICE: self.tr(
                "No sound: this computer has no output. Everything is still shown."
            ),
            SoundFault.FORMAT: self.tr("No sound: this output cannot be used. Choose another one."),
            SoundFault.NOT_OPENED: self.tr(
                "No sound: the output cannot be opened. Another program may hold it."
            ),
            SoundFault.LOST: self.tr("No sound: the output has gone. Connect it again."),
            SoundFault.PACK: self.tr("The voice pack is damaged. Install Toepoint again."),
        }
        return words[fault]

    def state(self, player: SoundPlayer) -> str:
        """Return how the output of ``player`` stands."""
        if player.error is not None:
            return self.fault(player.error.fault)
        if player.device is None:
            return self.tr("Sound is switched off.")
        if player.may_be_late:
            return self.tr(
                "{name}: a Bluetooth output may be about 0.2 s late. Measure it, and the ticks "
                "come earlier by as much."
            ).format(name=player.device.name)
        delay = self.tr("{name}: {delay} s late")
        return delay.format(name=player.device.name, delay=f"{player.delay_s:.2f}")

    def result(self, result: TapResult) -> str:
        """Return the result of a tap test in words."""
        words = {
            TapFault.TOO_FEW: self.tr("Too few taps to tell. Tap once with each click."),
            TapFault.UNEVEN: self.tr("The taps were too uneven to tell. Try again."),
            TapFault.OUT_OF_RANGE: self.tr("The taps were too late to be true. Try again."),
        }
        if result.fault is not None:
            return words[result.fault]
        text = self.tr("Heard {delay} s late (taps within {spread} s).")
        return text.format(delay=f"{result.delay_s:.2f}", spread=f"{result.spread_s:.2f}")
