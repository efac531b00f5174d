"""Which moment of the device's time the samples of a message belong to, and what is missing.

Three counters for the three kinds of devices; each turns a message into the device time of its
first sample in seconds, at a constant spacing, and a number of lost samples before it.
"""

from typing import NamedTuple, Protocol

from sensor.families.base import ClockKind, ClockModel, TickOf


class PacketPlace(NamedTuple):
    """Where a message's samples lie in device time: the first one and their spacing, in s."""

    first_s: float
    period_s: float
    lost: int
    restarted: bool = False


class Counter(Protocol):
    """Places messages in device time."""

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place of a message of ``n`` samples.

        Parameters
        ----------
        mark
            Its tick or sequence number, where the device sends one.
        elapsed_s
            Time since the arrival of the message before, on the host.
        """
        ...


class SampleCounter:
    """For devices that say nothing about time: every sample follows on the one before."""

    def __init__(self, rate_hz: float) -> None:
        self._period_s = 1.0 / rate_hz
        self._next = 0

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place directly after the message before; see :class:`Counter`."""
        del mark, elapsed_s
        first = self._next
        self._next += n
        return PacketPlace(first * self._period_s, self._period_s, 0)

    def skip(self, lost: int) -> None:
        """Make room for ``lost`` samples whose loss came to light."""
        self._next += lost


class SequenceCounter:
    """For devices that number their samples."""

    def __init__(self, model: ClockModel, rate_hz: float) -> None:
        self._model = model
        self._period_s = 1.0 / rate_hz
        self._mark: int | None = None
        self._next = 0

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place that the sample's number says; see :class:`Counter`."""
        lost = 0
        restarted = False
        if mark is not None:
            if self._model.tick_of is TickOf.LAST:
                mark -= n - 1
            if self._mark is not None:
                expected = elapsed_s / self._period_s - n
                lost = unwrapped(mark - self._mark, self._model.wrap, expected)
                restarted = lost < 0
                if restarted:
                    lost = max(0, round(expected))
            self._mark = mark + n
        first = self._next + lost
        self._next = first + n
        return PacketPlace(first * self._period_s, self._period_s, lost, restarted)


class TickCounter:
    """For devices with a clock.

    Ticks may be coarse, and the samples are equally spaced on the device; so a growing-memory
    alpha-beta filter carries the spacing, and a tick that is far from where the filter expects it
    means lost samples.
    """

    _LEAST_ALPHA = 0.05
    _LEAST_BETA = 0.0015

    def __init__(self, model: ClockModel, rate_hz: float) -> None:
        self._model = model
        self._nominal_s = self._period_s = 1.0 / rate_hz
        self._tick: int | None = None
        self._tick_s = 0.0
        self._next_s = 0.0
        self._seen = 0

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place that the tick says; see :class:`Counter`."""
        if mark is None:
            return self._follow_on(n)
        behind = n - 1 if self._model.tick_of is TickOf.LAST else 0
        if self._tick is None:
            return self._start(n, mark, behind)
        step = unwrapped(mark - self._tick, self._model.wrap, elapsed_s / self._model.tick_s)
        if step < 0:
            lost = max(0, round(elapsed_s / self._nominal_s) - n)
            place = self._start(n, mark, behind)
            return PacketPlace(place.first_s, place.period_s, lost, restarted=True)
        self._tick = mark
        self._tick_s += step * self._model.tick_s
        ahead_s = self._tick_s - behind * self._period_s - self._next_s
        slack_s = max(
            0.5 * self._period_s,
            self._model.tick_s,
            self._model.rate_tolerance * n * self._period_s,
        )
        lost = max(1, round(ahead_s / self._period_s)) if ahead_s > slack_s else 0
        ahead_s -= lost * self._period_s
        k = self._seen = self._seen + 1
        alpha = max(self._LEAST_ALPHA, 2 * (2 * k + 1) / ((k + 1) * (k + 2)))
        beta = max(self._LEAST_BETA, 6 / ((k + 1) * (k + 2)))
        first_s = self._next_s + lost * self._period_s + alpha * ahead_s
        self._period_s += beta * ahead_s / n
        limit_s = self._model.rate_tolerance * self._nominal_s
        self._period_s = min(
            self._nominal_s + limit_s, max(self._nominal_s - limit_s, self._period_s)
        )
        self._next_s = first_s + n * self._period_s
        return PacketPlace(first_s, self._period_s, lost)

    def _start(self, n: int, mark: int, behind: int) -> PacketPlace:
        self._tick = mark
        self._tick_s = 0.0
        self._seen = 0
        self._period_s = self._nominal_s
        first_s = -behind * self._period_s
        self._next_s = first_s + n * self._period_s
        return PacketPlace(first_s, self._period_s, 0)

    def _follow_on(self, n: int) -> PacketPlace:
        first_s = self._next_s
        self._next_s += n * self._period_s
        return PacketPlace(first_s, self._period_s, 0)


def unwrapped(step: int, wrap: int, expected: float) -> int:
    """Return ``step`` of a counter that starts again at ``wrap``, nearest to what is expected.

    Negative if even so the counter went backwards.
    """
    if not wrap:
        return step
    step %= wrap
    return step + wrap * round((expected - step) / wrap)


def counter_for(model: ClockModel, rate_hz: float) -> Counter:
    """Return the counter that suits a family's clock."""
    if model.kind is ClockKind.TICKS:
        return TickCounter(model, rate_hz)
    if model.kind is ClockKind.SEQUENCE:
        return SequenceCounter(model, rate_hz)
    return SampleCounter(rate_hz)
