"""The plan of a clip: the video at the left, the drawn leg at the right, frame by frame."""

from dataclasses import dataclass
from fractions import Fraction

from gui.models.video.facts import VideoFacts

MOST_HEIGHT = 720
LEAST_HEIGHT = 360
"""The words beside a smaller video could not be read."""
MOST_WIDTH = 1280
"""Of the video: wider ones are scaled."""
MOST_RATE_HZ = 60.0
SOUND_HZ = 48_000
"""Samples of the sound of a clip in a second."""
_SIDE = 0.9
"""Width of the right half as a share of the height."""


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """The sizes and times of a clip; all sizes are even, as encoders want them."""

    start_s: float
    """Session time of the first frame, s."""
    count: int
    """Number of frames."""
    rate: Fraction
    """Frames a second."""
    offset_s: float
    """Session time of the first frame of the video, s."""
    video: tuple[int, int]
    """Width and height of the video's half, pixels."""
    side: tuple[int, int]
    """Width and height of the drawn half, pixels."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the clip, pixels."""
        return self.video[0] + self.side[0], self.video[1]

    @property
    def samples(self) -> int:
        """Number of samples of the sound."""
        return self.samples_until(self.count)

    def samples_until(self, number: int) -> int:
        """Return how many samples of the sound come before a frame."""
        return round(number / self.rate * SOUND_HZ)

    def t(self, number: int) -> float:
        """Return the session time of a frame, s."""
        return self.start_s + float(number / self.rate)


def plan_clip(facts: VideoFacts, offset_s: float, start_s: float, end_s: float) -> ClipPlan:
    """Plan a clip of the session from ``start_s`` to ``end_s``.

    Parameters
    ----------
    facts
        The facts of the video.
    offset_s
        Session time of its first frame, s.
    start_s, end_s
        The stretch, session time in s; it is at least one frame.
    """
    rate = Fraction(min(1.0 / facts.frame_s, MOST_RATE_HZ)).limit_denominator(1001)
    high = _even(min(max(facts.height, LEAST_HEIGHT), MOST_HEIGHT))
    wide = high * facts.width / facts.height
    if wide > MOST_WIDTH:
        high = _even(max(high * MOST_WIDTH / wide, LEAST_HEIGHT))
        wide = MOST_WIDTH
    count = max(int((end_s - start_s) * rate), 1)
    return ClipPlan(
        start_s, count, rate, offset_s, (_even(wide), high), (_even(_SIDE * high), high)
    )


def _even(length: float) -> int:
    return max(2 * round(0.5 * length), 2)
