"""The player of the window: tones, words, and the tone that lasts as long as a capture.

Without an output everything is shown only; :attr:`SoundPlayer.error` says why.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from gui.models.readiness import Heard
from gui.models.settings import Settings
from gui.sound.backend import Backend, Stream
from gui.sound.capture import CaptureSound
from gui.sound.clips import clips_of
from gui.sound.devices import OutputDevice
from gui.sound.errors import SoundError
from gui.sound.load_backend import load_backend
from gui.sound.mixer import FADE_S
from gui.sound.pack import VoicePack, load_pack
from gui.sound.reserve import SHORTEST_S
from gui.sound.speech_plan import Priority
from gui.sound.tones import SCHEMES, Tone, make_tone
from processing.coach.speech import Speech, written
from sensor.types import FloatArray

KEPT_PLAYED = 1000
"""More sounds than a session of an hour plays."""
PREVIEWED = 7
"""The number by which a person hears how loud it is."""


@dataclass(frozen=True, slots=True)
class Played:
    """A sound that was handed to the output."""

    label: str
    """Its name: that of a tone, or the words."""
    handed_s: float
    """When it was handed over, s of the monotonic clock."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An open stream with everything to play on it."""

    stream: Stream
    """The stream of the output."""
    pack: VoicePack
    """The clips of the chosen language."""
    capture: CaptureSound
    """The tones of a calibration capture."""
    tones: dict[Tone, FloatArray]
    """The samples (n,) of each tone in the chosen scheme."""
    words: bool
    """Whether the scheme speaks words."""
    delay_s: float
    """The measured delay of the output, s; 0 if unknown."""


class SoundPlayer(QObject):
    """The player of tones and words on one output. Without an output it plays nothing.

    :meth:`tone`, :meth:`say` and the captures may be called from any thread, the rest from the
    window's. ``after_s`` is how far ahead something is handed to the output; a caller that predicts
    a moment subtracts :attr:`delay_s`, as the coach does for its ticks.
    """

    changed = Signal()
    """Emitted when the output, its error or the list of outputs changes."""

    def __init__(self, settings: Settings, load: Callable[[], Backend] = load_backend) -> None:
        super().__init__()
        self.error: SoundError | None = None
        self.chosen = ""
        self.played: deque[Played] = deque(maxlen=KEPT_PLAYED)
        self._settings = settings
        self._load = load
        self._backend: Backend | None = None
        self._open: _Open | None = None
        self._running = False

    @property
    def device(self) -> OutputDevice | None:
        """The output in use; None if nothing can be heard."""
        return self._open.stream.device if self._open else None

    @property
    def heard(self) -> Heard:
        """Whether sound is wanted, and an output plays it."""
        if not self._settings.sound:
            return Heard.OFF
        return Heard.ON if self.device is not None else Heard.NONE

    @property
    def delay_s(self) -> float:
        """Delay of the output in use: by the tap test (0 without one), and what a busy machine adds."""
        if (now := self._open) is None:
            return 0.0
        return now.delay_s + now.stream.reserve_s - SHORTEST_S

    @property
    def may_be_late(self) -> bool:
        """Whether the output seems to be a Bluetooth one that no tap test was done with."""
        device = self.device
        measured = self._settings.audio_delays_s or {}
        return device is not None and device.seems_bluetooth and device.id not in measured

    def devices(self) -> list[OutputDevice]:
        """Return the outputs that can be chosen now."""
        return self._backend.devices() if self._backend else []

    def start(self) -> None:
        """Open the output, if sound is wanted. Call it after the window is drawn: it takes a while."""
        self._running = True
        self._reopen()

    def close(self) -> None:
        """Close the output until :meth:`start` is called."""
        self._running = False
        self._close()

    def use(self, identity: str) -> None:
        """Play on another output; the empty identity follows the default of the system."""
        self.chosen = identity
        self._reopen()

    def apply(self, settings: Settings) -> None:
        """Take over other settings, without a gap where only the volume is another one."""
        before, self._settings = self._settings, settings
        if (before.sound, before.language) != (settings.sound, settings.language):
            self._reopen()
        elif self._open is not None:
            self._open = self._prepared(self._open)

    def tone(self, tone: Tone, after_s: float = 0.0, pitch: float = 1.0) -> float:
        """Play a tone ``after_s`` seconds from now; return how long it is, s.

        ``pitch`` multiplies its pitches.
        """
        # Read once, here and below: the window's thread may close the output meanwhile.
        if (now := self._open) is None:
            return 0.0
        mixer, samples = now.stream.mixer, now.tones[tone]
        # The ticks of the scheme *tone* fall with the ankle, to any pitch: only pitch 1 is kept.
        if pitch != 1.0:
            samples = make_tone(tone, self._settings.sound_scheme, mixer.rate_hz, pitch)
        mixer.play(tone, samples, _frame(now, after_s))
        return len(samples) / mixer.rate_hz

    def say(
        self,
        speech: Speech,
        priority: Priority = Priority.TALK,
        *,
        after_s: float = 0.0,
        patience_s: float = 0.0,
    ) -> None:
        """Say a sentence in the chosen language.

        What cannot begin within ``patience_s`` of its time, because something at least as
        important is being said, is left out. So is a sentence with a clip that is missing or damaged;
        :attr:`error` then names the clip.
        """
        now = self._open
        if now is None or not now.words:
            return
        try:
            samples = now.pack.sentence(clips_of(speech))
        except SoundError as error:
            self.error = error
            self.changed.emit()
            return
        mixer, at = now.stream.mixer, _frame(now, after_s)
        patience = round(patience_s * mixer.rate_hz)
        mixer.say(written(speech), samples, priority, at=at, patience=patience)

    def preview(self) -> None:
        """Let a person hear how loud it is: a number, or a tone where words are not wanted."""
        self.silence()
        if self._open is not None and self._open.words:
            # Behind the fade of what was just silenced.
            self.say((PREVIEWED,), Priority.COUNT, after_s=FADE_S)
        else:
            self.tone(Tone.ARMED)

    def begin_capture(self) -> float:
        """Play the start tone, and the steady one behind it until the capture ends.

        Returns how far ahead the steady one begins, s.
        """
        if (now := self._open) is None:
            return 0.0
        mixer, tones = now.stream.mixer, now.tones
        steady_from = now.capture.begin(tones[Tone.CAPTURE_START], tones[Tone.CAPTURE_STEADY])
        return max(steady_from - mixer.position, 0) / mixer.rate_hz

    def end_capture(self, after_s: float = 0.0) -> None:
        """End the capture's tone with its end tone.

        If the end is known far enough ahead, the last sample of the end tone is the last of the
        capture; else the steady tone stops now and the end tone follows at once.
        """
        if (now := self._open) is not None:
            # A late output is heard later by its delay, so its end tone is handed over earlier.
            now.capture.end(now.tones[Tone.CAPTURE_END], _frame(now, after_s - self.delay_s) or 0)

    def abort_capture(self) -> None:
        """Stop the capture's tone without an end tone: it was disturbed."""
        if (now := self._open) is not None:
            now.capture.abort()

    def silence(self) -> None:
        """Fade out everything that sounds, and drop the sounds that are planned."""
        if (now := self._open) is not None:
            now.stream.mixer.silence()

    def _reopen(self) -> None:
        self._close()
        if self._running and self._settings.sound:
            try:
                self._open = self._opened()
                self.error = None
            except SoundError as error:
                self.error = error
        self.changed.emit()

    def _close(self) -> None:
        if self._open is not None:
            self._open.stream.close()
            self._open = None

    def _opened(self) -> _Open:
        # Not before sound is wanted: loading takes a while, and the library may be missing.
        if self._backend is None:
            self._backend = self._load()
            self._backend.watch(self._look_again)
        stream = self._backend.open(self.chosen, self._note, self._fail)
        try:
            pack = load_pack(self._settings.language, stream.mixer.rate_hz)
        # No player has the stream yet, so nobody else would close it.
        except SoundError:
            stream.close()
            raise
        capture = CaptureSound(stream.mixer)
        return self._prepared(_Open(stream, pack, capture, {}, words=False, delay_s=0.0))

    def _prepared(self, now: _Open) -> _Open:
        """Return ``now`` ready for the present settings."""
        settings, mixer = self._settings, now.stream.mixer
        mixer.set_volume(amplitude(settings.volume))
        scheme = settings.sound_scheme
        tones = {tone: make_tone(tone, scheme, mixer.rate_hz) for tone in Tone}
        delay_s = (settings.audio_delays_s or {}).get(now.stream.device.id, 0.0)
        return replace(now, tones=tones, words=SCHEMES[scheme].words, delay_s=delay_s)

    def _look_again(self) -> None:
        """Follow the default output, and come back when an output does."""
        default = next((d for d in self.devices() if d.is_default), None)
        chosen = next((d for d in self.devices() if d.id == self.chosen), default)
        if self.device is None or chosen is None or chosen.id != self.device.id:
            self._reopen()
        else:
            self.changed.emit()

    def _note(self, labels: tuple[str, ...], handed_s: float) -> None:
        self.played.extend(Played(label, handed_s) for label in labels)

    def _fail(self, error: SoundError) -> None:
        self._close()
        self.error = error
        self.changed.emit()


def amplitude(volume: float) -> float:
    """Return the amplitude of a volume from 0 to 1: squared, so that half of it sounds like half."""
    return volume * volume


def _frame(now: _Open, after_s: float) -> int | None:
    """Return the frame that is handed over ``after_s`` from now; None: the next one."""
    return now.stream.clock.frame_at(time.monotonic() + after_s) if after_s > 0 else None
