"""Counters: the place of each message in the device's own time, and what is missing before it.

There is one counter for each of the three kinds of device. Each turns a message into the device
time of its first sample, the spacing of its samples, and the number of samples lost before it.
"""

import math
from typing import NamedTuple, Protocol

from sensor.families.base import ClockKind, ClockModel, TickOf

SET_BACK_S = 0.2
"""Samples that are closer together than they can be, by this much, say that the device's clock was set
back. Ticks that are taken a little late or early by a busy device stay far below."""


class PacketPlace(NamedTuple):
    """The place of a message's samples in device time."""

    first_s: float
    """Device time of the first sample."""
    period_s: float
    """Spacing of the samples."""
    lost: int
    """Samples missing before the first one."""
    restarted: bool = False
    """Whether the device's clock or counter does not go on from the message before."""


class Counter(Protocol):
    """A counter that places messages in device time."""

    @property
    def hidden_samples(self) -> float:
        """The smallest loss that a mark does not show, infinite if every loss shows.

        It is a message of a device that sends no marks, and a whole round of a counter that starts
        again from 0.
        """
        ...

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place of a message of ``n`` samples, after the shortest possible loss.

        Parameters
        ----------
        n
            Number of its samples, at least 1.
        mark
            Its tick or sequence number, if the device sends one.
        elapsed_s
            Time on the host since the message before arrived.
        """
        ...

    def skip(self, samples: float) -> None:
        """Leave room for ``samples`` whose loss was noticed late; negative takes it back."""
        ...


class SampleCounter:
    """The counter of devices that send no time: every sample follows the one before."""

    def __init__(self, rate_hz: float) -> None:
        self._period_s = 1.0 / rate_hz
        self._next = 0
        self._message = 1

    @property
    def hidden_samples(self) -> float:
        """The samples of a message; see :class:`Counter`."""
        return self._message

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place right after the message before; see :class:`Counter`."""
        del mark, elapsed_s
        first = self._next
        self._message = n
        self._next += n
        return PacketPlace(first * self._period_s, self._period_s, 0)

    def skip(self, samples: float) -> None:
        """Leave room for lost samples; see :class:`Counter`."""
        self._next += round(samples)


class SequenceCounter:
    """The counter of devices that number their samples."""

    def __init__(self, model: ClockModel, rate_hz: float) -> None:
        self._model = model
        self._period_s = 1.0 / rate_hz
        self._mark: int | None = None
        self._next = 0

    @property
    def hidden_samples(self) -> float:
        """The samples of a round of the counter; see :class:`Counter`."""
        return self._model.wrap or math.inf

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place that the message's number gives; see :class:`Counter`."""
        lost = 0
        restarted = False
        if mark is not None:
            if self._model.tick_of is TickOf.LAST:
                mark -= n - 1
            if self._mark is not None:
                lost = _step(mark - self._mark, self._model.wrap)
                restarted = lost < 0
                if restarted:
                    # The numbers of a restarted device do not count what was lost; the host does.
                    lost = missing_samples(n, self._period_s, elapsed_s)
            self._mark = mark + n
        first = self._next + lost
        self._next = first + n
        return PacketPlace(first * self._period_s, self._period_s, lost, restarted)

    def skip(self, samples: float) -> None:
        """Leave room for lost samples; see :class:`Counter`."""
        self._next += round(samples)


class TickCounter:
    """The counter of devices that have a clock.

    Ticks may be coarse (8 ms on some boards) although the device samples evenly. So a
    growing-memory alpha-beta filter estimates the spacing, and a tick far from where the filter
    expects it means lost samples.
    """

    _LEAST_ALPHA = 0.05
    _LEAST_BETA = 0.0015
    """Smallest gains of the filter, those of some 60 to 80 messages: beyond that it keeps following."""

    def __init__(self, model: ClockModel, rate_hz: float) -> None:
        self._model = model
        self._nominal_s = self._period_s = 1.0 / rate_hz
        self._tick: int | None = None
        self._tick_s = 0.0
        self._next_s = 0.0
        self._seen = 0

    @property
    def hidden_samples(self) -> float:
        """The samples of a round of the ticks; see :class:`Counter`."""
        return self._model.wrap * self._model.tick_s / self._period_s or math.inf

    def place(self, n: int, mark: int | None, elapsed_s: float) -> PacketPlace:
        """Return the place that the message's tick gives; see :class:`Counter`."""
        if mark is None:
            return self._follow_on(n)
        behind = n - 1 if self._model.tick_of is TickOf.LAST else 0
        if self._tick is None:
            return self._start(n, mark, behind)
        step = _step(mark - self._tick, self._model.wrap)
        ahead_s = self._tick_s + step * self._model.tick_s - behind * self._period_s - self._next_s
        if step < 0 or ahead_s < -SET_BACK_S:
            # Only the host's time shows how many samples are missing.
            lost = missing_samples(n, self._nominal_s, elapsed_s)
            place = self._start(n, mark, behind)
            return PacketPlace(place.first_s, place.period_s, lost, restarted=True)
        self._tick = mark
        self._tick_s += step * self._model.tick_s
        # Without any loss a tick may be off by half a sample, by its own resolution, or by the
        # error of the rate over a message.
        slack_s = max(
            0.5 * self._period_s,
            self._model.tick_s,
            self._model.rate_tolerance * n * self._period_s,
        )
        lost = max(1, round(ahead_s / self._period_s)) if ahead_s > slack_s else 0
        ahead_s -= lost * self._period_s
        # The gains of a least-squares line through the first k messages (growing memory).
        k = self._seen = self._seen + 1
        alpha = max(self._LEAST_ALPHA, 2 * (2 * k + 1) / ((k + 1) * (k + 2)))
        beta = max(self._LEAST_BETA, 6 / ((k + 1) * (k + 2)))
        first_s = self._next_s + lost * self._period_s + alpha * ahead_s
        self._period_s += beta * ahead_s / n
        # A few bad ticks must not move the spacing further than the family's rate can be off.
        limit_s = self._model.rate_tolerance * self._nominal_s
        self._period_s = min(
            self._nominal_s + limit_s, max(self._nominal_s - limit_s, self._period_s)
        )
        self._next_s = first_s + n * self._period_s
        return PacketPlace(first_s, self._period_s, lost)

    def skip(self, samples: float) -> None:
        """Leave room for lost samples; see :class:`Counter`."""
        self._tick_s += samples * self._period_s
        self._next_s += samples * self._period_s

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


def missing_samples(n: int, period_s: float, elapsed_s: float) -> int:
    """Return how many samples are missing before a message of ``n``, by the host's time alone."""
    return max(0, round(elapsed_s / period_s) - n)


def _step(step: int, wrap: int) -> int:
    """Return the shortest step forward of a counter that starts again from 0 at ``wrap``, if any."""
    return step % wrap if wrap else step


def counter_for(model: ClockModel, rate_hz: float) -> Counter:
    """Return the counter that suits a family's clock."""
    if model.kind is ClockKind.TICKS:
        return TickCounter(model, rate_hz)
    if model.kind is ClockKind.SEQUENCE:
        return SequenceCounter(model, rate_hz)
    return SampleCounter(rate_hz)
