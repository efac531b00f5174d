"""The reserve of a stream: how far ahead of the loudspeaker sound is handed over."""

from dataclasses import dataclass

from gui.sound.mixer import Mixer

SHORTEST_S = 0.03
"""The reserve while nothing sounds: a shorter one runs dry when the window is busy, a longer one makes
every cue later."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """The reserve that fits how promptly the machine runs our threads."""

    ahead_s: float
    """The part of what already sounds that is handed over ahead, s: a stall shorter than this is not
    heard. A sound that begins beside it waits for as long."""
    device_s: float
    """The buffer to ask PulseAudio for, s; 0 for its usual one. It makes every sound later."""


CALM = Reserve(ahead_s=0.06, device_s=0.0)
"""The reserve of a machine that runs our threads at once."""
BUSY = Reserve(ahead_s=0.5, device_s=0.0)
"""The reserve of a machine that keeps our threads waiting: beside 10 to 20 loops on two cores a thread
waits 27 to 107 ms in one of 20 cases, 380 ms at most."""
BUSY_DEVICE = Reserve(ahead_s=0.5, device_s=0.3)
"""The reserve where it keeps the thread that refills the device's buffer waiting too. About half of
that buffer lies in the sound server, out of reach of the thread."""
CAPACITY_S = BUSY.ahead_s + SHORTEST_S
"""The longest reserve that a stream can hold."""


def missing_frames(mixer: Mixer, left: int, reserve: Reserve) -> int:
    """Return how many frames to hand over now, where ``left`` frames are not yet played."""
    least = max(0, round(SHORTEST_S * mixer.rate_hz) - left)
    # Silence is never handed over far ahead: the next sound would have to wait behind it.
    sounding = mixer.sounding_until(mixer.position + least) - mixer.position
    ahead = round(reserve.ahead_s * mixer.rate_hz) - left
    return max(least, min(ahead, sounding))
