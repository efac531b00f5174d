"""A sound system without sound, whose streams the test asks for samples."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from gui.sound.backend import Failed, Started
from gui.sound.devices import OutputDevice
from gui.sound.errors import SoundError, SoundFault
from gui.sound.mixer import Mixer
from gui.sound.reserve import SHORTEST_S
from gui.sound.stream_clock import StreamClock
from sensor.types import FloatArray

SPEAKER = OutputDevice("speaker", "Speakers", is_default=True)
HEADSET = OutputDevice("bluez_sink.00", "Headset")
RATE_HZ = 48_000


class FakeStream:
    """A stream that keeps the samples of the mixer."""

    def __init__(self, device: OutputDevice, started: Started, failed: Failed) -> None:
        self.device = device
        self.mixer = Mixer(RATE_HZ)
        self.clock = StreamClock(RATE_HZ)
        self.reserve_s = SHORTEST_S
        self.closed = False
        self.failed = failed
        self._started = started

    def pull(self, seconds: float) -> FloatArray:
        """Return the next ``seconds`` of sound, taken in blocks of 10 ms."""
        parts = []
        for _ in range(round(seconds * 100)):
            block = self.mixer.render(RATE_HZ // 100)
            if block.started:
                self._started(block.started, self.mixer.position / RATE_HZ)
            parts.append(block.samples)
        return np.concatenate(parts)

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeBackend:
    """A sound system whose outputs the test adds and removes."""

    outputs: list[OutputDevice] = field(default_factory=lambda: [SPEAKER, HEADSET])
    opened: list[FakeStream] = field(default_factory=list)
    on_change: Callable[[], None] | None = None

    def devices(self) -> list[OutputDevice]:
        return self.outputs

    def watch(self, changed: Callable[[], None]) -> None:
        self.on_change = changed

    def open(self, identity: str, started: Started, failed: Failed) -> FakeStream:
        default = next((d for d in self.outputs if d.is_default), None)
        device = next((d for d in self.outputs if d.id == identity), default)
        if device is None:
            raise SoundError(SoundFault.NO_DEVICE, "none")
        self.opened.append(FakeStream(device, started, failed))
        return self.opened[-1]

    @property
    def stream(self) -> FakeStream:
        """The stream that was opened last."""
        return self.opened[-1]

    def change_to(self, *outputs: OutputDevice) -> None:
        """Replace the outputs and report the change."""
        self.outputs = list(outputs)
        assert self.on_change is not None
        self.on_change()
