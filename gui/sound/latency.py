"""Measures the delay of an output: a person taps along with evenly spaced clicks.

Nothing here plays or listens: it is given times and returns a result.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

CLICKS = 9
"""One to hear the beat, eight to tap along with."""
INTERVAL_S = 0.75
"""Slower than most beats: a delay of up to half of it cannot be taken for the click before."""
LEAST_TAPS = 6
"""Of the eight: two may be missed."""
MOST_SPREAD_S = 0.06
"""Quartile range of the taps. People tap along with 20 to 40 ms of scatter."""
MOST_DELAY_S = 0.6
"""Twice the delay of a slow Bluetooth headphone (0.1 to 0.3 s); more is not believed."""
ANTICIPATION_S = 0.03
"""People tap this much before a click that they expect (Repp 2005: some tens of milliseconds)."""


class TapFault(StrEnum):
    """The reasons why a test gives no delay."""

    TOO_FEW = "too few taps"
    UNEVEN = "uneven taps"
    OUT_OF_RANGE = "out of range"


@dataclass(frozen=True, slots=True)
class TapResult:
    """The result of a tap test. With a fault it should not be kept."""

    delay_s: float
    """From handing a click to the output until it is heard, s; at least 0."""
    spread_s: float
    """Quartile range of the taps, s."""
    taps: int
    """Number of taps that belong to a click."""
    fault: TapFault | None = None
    """Why the delay cannot be kept; None if it can."""

    @property
    def accepted(self) -> bool:
        """Whether the delay can be kept."""
        return self.fault is None


@dataclass(slots=True)
class TapTest:
    """A tap test that is running: times of clicks and taps on one monotonic clock."""

    clicks: list[float] = field(default_factory=list)
    """When each click was handed to the output, s."""
    taps: list[float] = field(default_factory=list)
    """When each tap came, s."""

    def add_click(self, handed_s: float) -> None:
        """Note that a click was handed to the output."""
        self.clicks.append(handed_s)

    def add_tap(self, time_s: float) -> None:
        """Note a tap."""
        self.taps.append(time_s)

    def result(self) -> TapResult:
        """Return the result so far: the delay is the median lateness of the taps.

        A tap belongs to the last click that it can have followed, but may come up to a quarter of
        the interval before it. A second tap to the same click is left out, and so are those to the
        first click, with which nobody can tap along.
        """
        clicks, taps = np.sort(self.clicks), np.sort(self.taps)
        late = []
        for at, click in enumerate(clicks[1:], 1):
            begin = click - INTERVAL_S / 4
            end = clicks[at + 1] - INTERVAL_S / 4 if at + 1 < len(clicks) else begin + INTERVAL_S
            own = taps[(taps >= begin) & (taps < end)]
            late += [float(own[0] - click)] if own.size else []
        if len(late) < LEAST_TAPS:
            return TapResult(0.0, 0.0, len(late), TapFault.TOO_FEW)
        low, middle, high = np.percentile(late, [25, 50, 75])
        # The tap came before the click was heard, so the delay is longer than the lateness.
        delay_s = max(float(middle) + ANTICIPATION_S, 0.0)
        spread_s = float(high - low)
        fault = None
        if spread_s > MOST_SPREAD_S:
            fault = TapFault.UNEVEN
        elif delay_s > MOST_DELAY_S:
            fault = TapFault.OUT_OF_RANGE
        return TapResult(delay_s, spread_s, len(late), fault)
