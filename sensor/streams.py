"""From the packets of one sensor to blocks on the session's time base.

Most sensors send acceleration and angular rate of one moment in one sample. Some send them as two
streams, each with its own times; their accelerations are interpolated at the times of the rates.
"""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sensor.clock import SampleClock
from sensor.families.base import ClockModel
from sensor.types import BoolArray, FloatArray, ImuBlock, Packet, Segment, frozen, frozen_bool

MAX_BRIDGED_S = 0.05
"""Between samples further apart than this nothing is invented."""

MAX_WAITING_S = 10.0
"""How long angular rates wait for accelerations before they count as lost."""


class SampleStream(Protocol):
    """Puts the packets of one sensor on the session's time base."""

    def take(self, arrival_s: float, packet: Packet, mark: int | None) -> list[ImuBlock]:
        """Return the blocks that ``packet`` completes, oldest first.

        Parameters
        ----------
        arrival_s
            When it arrived, in s on the session's time base.
        mark
            What :meth:`sensor.clock.SampleClock.stamp` takes of the packet.
        """
        ...

    def reset(self) -> None:
        """Start anew with the device's time: it was connected again."""
        ...

    @property
    def rate_hz(self) -> float:
        """The estimated true rate."""
        ...


class JointStream:
    """Acceleration and angular rate of one moment come together: one clock."""

    def __init__(self, segment: Segment, model: ClockModel, rate_hz: float) -> None:
        self._segment = segment
        self._clock = SampleClock(model, rate_hz)

    def take(self, arrival_s: float, packet: Packet, mark: int | None) -> list[ImuBlock]:
        """Return the packet's samples as a block; see :class:`SampleStream`."""
        acc, gyr = packet.acc, packet.gyr
        n = len(acc)
        if n == 0:
            return []
        times = self._clock.stamp(arrival_s, n, mark, packet.period_s)
        return [ImuBlock(self._segment, times.t, acc, gyr, packet.clipped, times.lost)]

    def reset(self) -> None:
        """Start a new device time."""
        self._clock.reset()

    @property
    def rate_hz(self) -> float:
        """The estimated true rate."""
        return self._clock.rate_hz


class SplitStream:
    """Acceleration and angular rate come as two streams: two clocks.

    Angular rates that have no accelerations within :data:`MAX_BRIDGED_S` around them are dropped
    and counted as lost, except before the first that has.
    """

    def __init__(self, segment: Segment, model: ClockModel, rate_hz: float) -> None:
        self._segment = segment
        self._acc_clock = SampleClock(model, rate_hz)
        self._gyr_clock = SampleClock(model, rate_hz)
        self._acc = _Waiting()
        self._gyr = _Waiting()
        self._lost = 0
        self._begun = False

    def take(self, arrival_s: float, packet: Packet, mark: int | None) -> list[ImuBlock]:
        """Return what now has accelerations on both sides; see :class:`SampleStream`."""
        if len(packet.acc):
            times = self._acc_clock.stamp(arrival_s, len(packet.acc), mark, packet.period_s)
            self._acc.append(times.t, packet.acc, packet.clipped, 0)
        if len(packet.gyr):
            times = self._gyr_clock.stamp(arrival_s, len(packet.gyr), mark, packet.period_s)
            self._gyr.append(times.t, packet.gyr, packet.clipped, times.lost)
        return list(self._paired())

    def reset(self) -> None:
        """Start new device times; what still waits for its other half is lost."""
        self._acc_clock.reset()
        self._gyr_clock.reset()
        self._lost += len(self._gyr.t) + int(self._gyr.lost.sum())
        self._acc = _Waiting()
        self._gyr = _Waiting()

    @property
    def rate_hz(self) -> float:
        """The estimated true rate of the angular rates, whose times the blocks have."""
        return self._gyr_clock.rate_hz

    def _paired(self) -> Iterator[ImuBlock]:
        acc, gyr = self._acc, self._gyr
        acc.drop(acc.count_before(acc.newest_s - MAX_WAITING_S))
        n = max(gyr.count_before(acc.newest_s), gyr.count_before(gyr.newest_s - MAX_WAITING_S))
        if n == 0:
            return
        t, rates, clipped, lost = gyr.drop(n)
        usable, values, acc_clipped = acc.interpolated(t)
        # An older acceleration than the last one before the next rate is never needed again.
        acc.drop(acc.count_before(float(t[-1])) - 1)
        start = 0
        while start < n:
            if not usable[start]:
                self._lost += int(lost[start]) + 1
                start += 1
                continue
            stop = start + 1
            while stop < n and usable[stop] and not lost[stop]:
                stop += 1
            run = slice(start, stop)
            yield ImuBlock(
                self._segment,
                t=frozen(t[run].copy()),
                acc=frozen(values[run].copy()),
                gyr=frozen(rates[run].copy()),
                clipped=frozen_bool(clipped[run] | acc_clipped[run]),
                lost=self._lost + int(lost[start]) if self._begun else 0,
            )
            self._begun = True
            self._lost = 0
            start = stop


class _Waiting:
    """Samples of one of two streams that wait for the other."""

    def __init__(self) -> None:
        self.t: FloatArray = np.empty(0)
        self.values: FloatArray = np.empty((0, 3))
        self.clipped: BoolArray = np.empty(0, np.bool_)
        self.lost: npt.NDArray[np.int64] = np.empty(0, np.int64)

    @property
    def newest_s(self) -> float:
        return float(self.t[-1]) if len(self.t) else -np.inf

    def count_before(self, t: float) -> int:
        """Return how many samples are not later than ``t``."""
        return int(np.searchsorted(self.t, t, side="right"))

    def append(self, t: FloatArray, values: FloatArray, clipped: BoolArray, lost: int) -> None:
        lost_before = np.zeros(len(t), np.int64)
        lost_before[0] = lost
        self.t = np.concatenate([self.t, t])
        self.values = np.concatenate([self.values, values])
        self.clipped = np.concatenate([self.clipped, clipped])
        self.lost = np.concatenate([self.lost, lost_before])

    def drop(self, n: int) -> tuple[FloatArray, FloatArray, BoolArray, npt.NDArray[np.int64]]:
        """Forget the oldest ``n`` samples and return them."""
        n = max(0, n)
        oldest = self.t[:n], self.values[:n], self.clipped[:n], self.lost[:n]
        self.t, self.values = self.t[n:], self.values[n:]
        self.clipped, self.lost = self.clipped[n:], self.lost[n:]
        return oldest

    def interpolated(self, t: FloatArray) -> tuple[BoolArray, FloatArray, BoolArray]:
        """Return which of ``t`` lie between near samples, the values there and if they clipped."""
        n = len(self.t)
        if n < 2:
            no = np.zeros(len(t), np.bool_)
            return no, np.zeros((len(t), 3)), no
        after = np.clip(np.searchsorted(self.t, t, side="left"), 1, n - 1)
        before = after - 1
        span_s = self.t[after] - self.t[before]
        share = (t - self.t[before]) / span_s
        usable = (share >= 0.0) & (share <= 1.0) & (span_s <= MAX_BRIDGED_S)
        low = self.values[before]
        values = low + share[:, np.newaxis] * (self.values[after] - low)
        return usable, values, self.clipped[before] | self.clipped[after]
