"""Sample streams put the packets of one sensor on the session's time base.

Most sensors send acceleration and angular rate of one moment in one sample. Some send them as two
streams, each with its own times; then the accelerations are interpolated at the times of the
angular rates.
"""

import math
from collections import deque
from collections.abc import Sequence
from itertools import chain, pairwise, repeat
from typing import Final, NamedTuple, Protocol, TypeAlias

import numpy as np

from sensor.arrival_order import messages_of, with_facts_of
from sensor.clock.clock import Break, SampleTimes
from sensor.types import BoolArray, FloatArray, ImuBlock, IntArray, Packet, Segment

MAX_BRIDGED_S = 0.05
"""Gaps longer than this are not interpolated."""

LONE_STEP_S = 0.01
"""Spacing of samples that come one by one, where time runs back; nothing is measured by it."""

MAX_WAITING_S = 10.0
"""Angular rates that have waited this long for accelerations count as lost."""


_Vector: TypeAlias = Sequence[float]
_Sample: TypeAlias = tuple[float, _Vector, bool, int]
"""A sample that waits for its other half: time, values, whether it clipped, samples lost before."""
_Row: TypeAlias = tuple[float, _Vector, _Vector, bool]
"""A complete sample: time, acceleration, angular rate, and whether either of them clipped."""
TIME: Final = 0
"""Index of the time in the two tuples above."""


class Clock(Protocol):
    """A clock that gives the samples of a stream their times: live, or once all are known."""

    def stamp(
        self,
        arrivals_s: Sequence[float],
        n: int,
        marks: Sequence[int] | None = None,
        period_s: float | None = None,
    ) -> SampleTimes:
        """Return the times of the next messages; see :class:`sensor.clock.clock.SampleClock`."""
        ...

    def reset(self) -> None:
        """Forget the device's time after a reconnection."""
        ...

    @property
    def rate_hz(self) -> float:
        """The estimated true rate."""
        ...

    @property
    def undecided(self) -> bool:
        """Whether the newest message is late, and it is not known yet whether samples are lost."""
        ...


class DatedPacket(NamedTuple):
    """A packet with what is known beside it."""

    packet: Packet
    """The content of the messages."""
    arrivals_s: Sequence[float]
    """Arrival of each message, in s on the session's time base."""
    marks: Sequence[int] | None
    """The mark of each message for :meth:`sensor.clock.clock.SampleClock.stamp`."""
    places: IntArray | None
    """The place of each message in the order of arrival among all sensors; None for one message that
    comes when it arrives."""


class SampleStream(Protocol):
    """A stream that puts the packets of one sensor on the session's time base."""

    def add(self, dated: DatedPacket) -> list[ImuBlock]:
        """Return the blocks that a packet completes, oldest first.

        A block ends before a message that does not simply follow.
        """
        ...

    def reset(self) -> None:
        """Forget the device's time after a reconnection."""
        ...

    @property
    def rate_hz(self) -> float:
        """The estimated true rate."""
        ...


class JointStream:
    """A stream with acceleration and angular rate of one moment in one packet, hence one clock."""

    def __init__(self, segment: Segment, clock: Clock, delay_s: float) -> None:
        self._segment = segment
        self._clock = clock
        self._delay_s = delay_s

    def add(self, dated: DatedPacket) -> list[ImuBlock]:
        """Return the packet's samples as blocks; see :class:`SampleStream`."""
        packet, places = dated.packet, dated.places
        acc, gyr, messages = packet.acc, packet.gyr, packet.messages
        n = len(acc) // messages
        if n == 0:
            return []
        t, breaks = self._clock.stamp(dated.arrivals_s, n, dated.marks, packet.period_s)
        t = t - self._delay_s
        t.setflags(write=False)
        if places is None:
            # Live, for every message.
            block = ImuBlock(self._segment, t, acc, gyr, packet.clipped)
            return [with_facts_of(block, breaks[0]) if breaks else block]
        ends = np.arange(n, len(acc) + 1, n)
        whole = ImuBlock(self._segment, t, acc, gyr, packet.clipped, ends=ends, places=places)
        break_at = {0: Break(0), **{found.message: found for found in breaks}}
        return [
            with_facts_of(messages_of(whole, start, stop), break_at[start])
            for start, stop in pairwise([*break_at, messages])
        ]

    def reset(self) -> None:
        """Forget the device's time; see :class:`SampleStream`."""
        self._clock.reset()

    @property
    def rate_hz(self) -> float:
        """The estimated true rate."""
        return self._clock.rate_hz


class SplitStream:
    """A stream with acceleration and angular rate in separate packets, hence two clocks.

    Angular rates without accelerations within :data:`MAX_BRIDGED_S` around them are dropped and
    counted as lost, except before the first complete sample.
    """

    def __init__(
        self, segment: Segment, acc_clock: Clock, gyr_clock: Clock, delay_s: float
    ) -> None:
        self._segment = segment
        self._delay_s = delay_s
        self._acc_clock = acc_clock
        self._gyr_clock = gyr_clock
        self._acc: deque[_Sample] = deque()
        self._gyr: deque[_Sample] = deque()
        self._newest_acc_s = self._newest_gyr_s = -math.inf
        self._sure_acc_s = self._sure_gyr_s = -math.inf
        self._lost = self._found = 0
        self._jumped = False
        self._begun = False

    def add(self, dated: DatedPacket) -> list[ImuBlock]:
        """Return the angular rates that now have accelerations on both sides, as blocks."""
        blocks: list[ImuBlock] = []
        for message in range(dated.packet.messages):
            found = self._add_message(dated, message)
            if dated.places is not None:
                place = dated.places[message : message + 1]
                found = [b._replace(ends=np.full(1, len(b.t)), places=place) for b in found]
            blocks += found
        return blocks

    def _add_message(self, dated: DatedPacket, message: int) -> list[ImuBlock]:
        packet, messages = dated.packet, dated.packet.messages
        arrival_s = dated.arrivals_s[message : message + 1]
        mark = None if dated.marks is None else dated.marks[message : message + 1]
        acc = packet.acc[_of_message(packet.acc, message, messages)]
        gyr = packet.gyr[_of_message(packet.gyr, message, messages)]
        clipped = packet.clipped[_of_message(packet.clipped, message, messages)]
        if len(acc):
            times = self._acc_clock.stamp(arrival_s, len(acc), mark, packet.period_s)
            _date_again(self._acc, times, self._sure_acc_s)
            self._newest_acc_s = _append(self._acc, times, acc, clipped)
            if not self._acc_clock.undecided:
                self._sure_acc_s = self._newest_acc_s
        if len(gyr):
            times = self._gyr_clock.stamp(arrival_s, len(gyr), mark, packet.period_s)
            _date_again(self._gyr, times, self._sure_gyr_s)
            # The angular rates are what the blocks consist of, so their losses count.
            for each in times.breaks:
                self._found += each.found
                self._jumped |= each.jumped
            self._newest_gyr_s = _append(self._gyr, times, gyr, clipped)
            if not self._gyr_clock.undecided:
                self._sure_gyr_s = self._newest_gyr_s
        # Wrongly dated, each half would get the other half of another moment.
        undecided = self._acc_clock.undecided or self._gyr_clock.undecided
        if undecided and self._newest_gyr_s - self._sure_gyr_s < MAX_WAITING_S:
            return []
        return self._paired()

    def reset(self) -> None:
        """Forget the device's times; samples that still wait for their other half are lost."""
        self._acc_clock.reset()
        self._gyr_clock.reset()
        self._lost += sum(1 + lost for _, _, _, lost in self._gyr)
        self._acc.clear()
        self._gyr.clear()
        self._newest_acc_s = self._newest_gyr_s = -math.inf
        self._sure_acc_s = self._sure_gyr_s = -math.inf

    @property
    def rate_hz(self) -> float:
        """The estimated true rate of the angular rates, since the blocks have their times."""
        return self._gyr_clock.rate_hz

    def _paired(self) -> list[ImuBlock]:
        acc, gyr = self._acc, self._gyr
        # If one of the streams stops, the other must not fill the memory.
        while acc and self._newest_acc_s - acc[0][TIME] > MAX_WAITING_S:
            acc.popleft()
        ready_until_s = max(self._newest_acc_s, self._newest_gyr_s - MAX_WAITING_S)
        blocks: list[ImuBlock] = []
        run: list[_Row] = []
        while gyr and gyr[0][TIME] <= ready_until_s:
            t, rate, clipped, lost = gyr.popleft()
            if lost:
                # The samples of a block are consecutive, so a loss ends it.
                self._end_run(run, blocks)
                self._lost += lost
            while len(acc) > 1 and acc[1][TIME] < t:
                acc.popleft()
            force = _interpolated(acc[0], acc[1], t) if len(acc) > 1 else None
            if self._begun and acc and 0.0 < acc[0][TIME] - t <= MAX_BRIDGED_S:
                # Time ran back: the acceleration before this one is used up, and the next is as near.
                force = acc[0][1], acc[0][2]
            if force is None:
                self._end_run(run, blocks)
                self._lost += 1
            else:
                values, acc_clipped = force
                run.append((t, values, rate, clipped or acc_clipped))
        self._end_run(run, blocks)
        return blocks

    def _end_run(self, run: list[_Row], blocks: list[ImuBlock]) -> None:
        """Append a block with the rows of ``run``, if there are any, and empty ``run``."""
        if not run:
            return
        t, acc, gyr, clipped = zip(*run, strict=True)
        # Before the first complete sample nothing is lost: one of the two streams began earlier.
        lost = self._lost if self._begun else 0
        arrays = np.array(t) - self._delay_s, np.array(acc), np.array(gyr), np.array(clipped)
        for array in arrays:
            array.setflags(write=False)  # several stages share a block
        blocks.append(
            ImuBlock(self._segment, *arrays, lost, found=self._found, jumped=self._jumped)
        )
        run.clear()
        self._begun = True
        self._lost = self._found = 0
        self._jumped = False


def _of_message(values: FloatArray | BoolArray, message: int, messages: int) -> slice:
    """Return where the samples of a message are among those of all messages of a packet."""
    samples = len(values) // messages
    return slice(samples * message, samples * (message + 1))


def _date_again(waiting: deque[_Sample], times: SampleTimes, sure_s: float) -> None:
    """Move samples that wait for their other half, once it is known that they are misplaced.

    Parameters
    ----------
    waiting
        The samples.
    times
        The times of the next ones.
    sure_s
        The samples until then, in s, were placed while nothing was undecided.
    """
    if not waiting:
        return
    t = times.t
    gap_s = t.item(0) - waiting[-1][TIME]
    lost, unnoticed_s = times.breaks[0][1:3] if times.breaks else (0, 0.0)
    if lost and unnoticed_s:
        later_s, since_s = gap_s * lost / (lost + 1), sure_s
    elif gap_s <= 0.0:
        # Time runs back. They end as far before the next sample as samples are apart.
        step_s = t.item(-1) - t.item(-2) if len(t) > 1 else LONE_STEP_S
        later_s, since_s = gap_s - step_s, -math.inf
    else:
        return
    again = [
        (at + later_s * (at > since_s), values, clipped, lost)
        for at, values, clipped, lost in waiting
    ]
    waiting.clear()
    waiting.extend(again)


def _append(
    waiting: deque[_Sample], times: SampleTimes, values: FloatArray, clipped: BoolArray
) -> float:
    """Append the samples of a message to ``waiting``; return the time of the last, in s."""
    # A message has few samples, for which lists are faster than arrays.
    t = times.t.tolist()
    lost = chain((times.breaks[0].lost if times.breaks else 0,), repeat(0))
    waiting.extend(zip(t, values.tolist(), clipped.tolist(), lost, strict=False))
    newest_s: float = t[-1]
    return newest_s


def _interpolated(low: _Sample, high: _Sample, t: float) -> tuple[_Vector, bool] | None:
    """Return the values at ``t`` and whether they clipped; None if the samples are too far apart."""
    low_t, (low_x, low_y, low_z), low_clipped, _ = low
    high_t, (high_x, high_y, high_z), high_clipped, _ = high
    span_s = high_t - low_t
    if not low_t <= t <= high_t or span_s > MAX_BRIDGED_S:
        return None
    share = (t - low_t) / span_s
    values = (
        low_x + share * (high_x - low_x),
        low_y + share * (high_y - low_y),
        low_z + share * (high_z - low_z),
    )
    return values, low_clipped or high_clipped
