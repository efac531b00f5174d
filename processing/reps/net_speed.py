"""The net speed of a leg over a short time, from its position: a tremor hardly changes it."""

from collections import deque


class NetSpeed:
    """The speed between the mean positions in the earlier and the later half of a window.

    Over 0.5 s a tremor of 7 to 11 Hz and 0.3° is left with less than 0.5 °/s, of 20 °/s in the rate
    itself. Any split of the input gives the same bits.

    Parameters
    ----------
    window_s
        Length of the window, s.
    """

    def __init__(self, window_s: float) -> None:
        self.window_s = window_s
        self._samples: deque[tuple[float, float]] = deque()

    def reset(self) -> None:
        """Forget all samples: the leg may have moved unseen."""
        self._samples.clear()

    def feed(self, t: float, angle: float) -> None:
        """Take a sample, in s and rad."""
        samples = self._samples
        samples.append((t, angle))
        # Half a microsecond for the rounding of sample times.
        while t - samples[0][0] > self.window_s + 5e-7:
            samples.popleft()

    @property
    def value(self) -> float | None:
        """The speed, rad/s; None until the samples fill nine tenths of the window."""
        samples = self._samples
        if len(samples) < 4 or samples[-1][0] - samples[0][0] < 0.9 * self.window_s:
            return None
        half = len(samples) // 2
        earlier_t = earlier = later_t = later = 0.0
        for index, (t, angle) in enumerate(samples):
            if index < half:
                earlier_t, earlier = earlier_t + t, earlier + angle
            else:
                later_t, later = later_t + t, later + angle
        rest = len(samples) - half
        return (later / rest - earlier / half) / (later_t / rest - earlier_t / half)
