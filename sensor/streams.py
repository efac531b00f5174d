"""From the packets of one sensor to blocks on the session's time base.

Most sensors send acceleration and angular rate of one moment in one sample. Some send them as two
streams, each with its own times; their accelerations are interpolated at the times of the rates.
"""

import math
from collections.abc import Iterator
from typing import Protocol

import numpy as np

from sensor.clock import SampleClock, SampleTimes
from sensor.families.base import ClockModel
from sensor.types import BoolArray, FloatArray, ImuBlock, Packet, Segment, frozen, frozen_bool

MAX_BRIDGED_S = 0.05
"""Between samples further apart than this nothing is invented."""

MAX_WAITING_S = 10.0
"""How long angular rates wait for accelerations before they count as lost."""


TIME, VALUES, CLIPPED, LOST = 0, slice(1, 4), 4, 5  # columns of the rows that wait


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
            self._acc.append(times, packet.acc, packet.clipped)
        if len(packet.gyr):
            times = self._gyr_clock.stamp(arrival_s, len(packet.gyr), mark, packet.period_s)
            self._gyr.append(times, packet.gyr, packet.clipped)
        return list(self._paired())

    def reset(self) -> None:
        """Start new device times; what still waits for its other half is lost."""
        self._acc_clock.reset()
        self._gyr_clock.reset()
        self._lost += len(self._gyr.rows) + int(self._gyr.rows[:, LOST].sum())
        self._acc = _Waiting()
        self._gyr = _Waiting()

    @property
    def rate_hz(self) -> float:
        """The estimated true rate of the angular rates, whose times the blocks have."""
        return self._gyr_clock.rate_hz

    def _paired(self) -> Iterator[ImuBlock]:
        acc, gyr = self._acc, self._gyr
        if acc.newest_s - acc.oldest_s > MAX_WAITING_S:
            acc.drop_until(acc.newest_s - MAX_WAITING_S)
        ready_until_s = max(acc.newest_s, gyr.newest_s - MAX_WAITING_S)
        if ready_until_s < gyr.oldest_s:
            return
        rates = gyr.drop_until(ready_until_s)
        t, lost = rates[:, TIME], rates[:, LOST]
        usable, values, clipped = acc.interpolated(t)
        acc.drop_until(float(t[-1]), keep=1)
        clipped = clipped | (rates[:, CLIPPED] > 0.0)
        starts = [0]
        if not usable.all() or lost[1:].any():
            changes = (lost[1:] > 0.0) | (usable[1:] != usable[:-1])
            starts += (np.flatnonzero(changes) + 1).tolist()
        for start, stop in zip(starts, [*starts[1:], len(t)], strict=True):
            run = slice(start, stop)
            self._lost += int(lost[run].sum())
            if not usable[start]:
                self._lost += stop - start
                continue
            yield ImuBlock(
                self._segment,
                t=frozen(t[run].copy()),
                acc=frozen(values[run]),
                gyr=frozen(rates[run, VALUES].copy()),
                clipped=frozen_bool(clipped[run]),
                lost=self._lost if self._begun else 0,
            )
            self._begun = True
            self._lost = 0


class _Waiting:
    """Samples of one of two streams that wait for the other, a row each."""

    def __init__(self) -> None:
        self.rows: FloatArray = np.empty((0, 6))
        self.oldest_s = math.inf
        self.newest_s = -math.inf

    def append(self, times: SampleTimes, values: FloatArray, clipped: BoolArray) -> None:
        rows = np.empty((len(values), 6))
        rows[:, TIME] = times.t
        rows[:, VALUES] = values
        rows[:, CLIPPED] = clipped
        rows[:, LOST] = 0.0
        rows[0, LOST] = times.lost
        self.rows = np.concatenate([self.rows, rows]) if len(self.rows) else rows
        self.oldest_s, self.newest_s = float(self.rows[0, TIME]), float(rows[-1, TIME])

    def drop_until(self, t: float, *, keep: int = 0) -> FloatArray:
        """Forget the samples not later than ``t`` but the newest ``keep`` of them; return them."""
        n = max(0, int(self.rows[:, TIME].searchsorted(t, side="right")) - keep)
        dropped, self.rows = self.rows[:n], self.rows[n:]
        self.oldest_s = float(self.rows[0, TIME]) if len(self.rows) else math.inf
        return dropped

    def interpolated(self, t: FloatArray) -> tuple[BoolArray, FloatArray, BoolArray]:
        """Return which of ``t`` lie between near samples, the values there and if they clipped."""
        if len(self.rows) < 2:
            no = np.zeros(len(t), np.bool_)
            return no, np.zeros((len(t), 3)), no
        after = self.rows[:, TIME].searchsorted(t).clip(1, len(self.rows) - 1)
        low, high = self.rows[after - 1], self.rows[after]
        span_s = high[:, TIME] - low[:, TIME]
        share = (t - low[:, TIME]) / span_s
        usable = (share >= 0.0) & (share <= 1.0) & (span_s <= MAX_BRIDGED_S)
        values = low[:, VALUES] + share[:, np.newaxis] * (high[:, VALUES] - low[:, VALUES])
        return usable, values, (low[:, CLIPPED] + high[:, CLIPPED]) > 0.0
