"""The stops of a table's sensors: values at the end of a range, which show less than the movement.

A table does not say the range of its sensors, but a range that was left shows: the extreme of an axis
comes again and again, to the last digit, and the samples beside it are far away from it. The peaks of a
signal within its range differ. A sensor that lies still, or has few steps, reaches its extreme from the
step beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sensor.types import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray

MIN_STOP = (1.2 * STANDARD_GRAVITY_MPS2, float(np.radians(100.0)))
"""Least stop, m/s² and rad/s: no accelerometer ends at gravity itself, no gyroscope below 125 °/s."""
RANGES_G = (2.0, 3.0, 4.0, 6.0, 8.0, 16.0, 24.0, 32.0)
"""Ranges of usual accelerometers."""
RANGES_DPS = (125.0, 245.0, 250.0, 400.0, 500.0, 1000.0, 2000.0, 4000.0)
"""Ranges of usual gyroscopes."""
RANGE_TOLERANCE = 0.04
"""A stop this near to a usual range is that range: scales differ by some per cent."""
MIN_SAMPLES = 5
"""Samples at an extreme from which on they are no chance."""
MIN_RUNS = 3
"""Separate times at which it is reached."""
MAX_RUN_S = 0.5
"""Longest usual time at a stop: a movement passes it."""
FAR_STEPS = 3.0
"""A sample beside a stop is further away from it than this many steps of the numbers."""
LEVELS = 10
"""Number of steps next to the extreme with which it is compared."""
MORE_OFTEN = 4.0
"""A stop has this many times the samples of a usual step beside it."""


@dataclass(frozen=True, slots=True)
class Stops:
    """The ends of the ranges of a sensor, as far as they were reached."""

    low: tuple[float | None, ...]
    """Least value of acc x y z (m/s²) and gyr x y z (rad/s); None where no stop was reached."""
    high: tuple[float | None, ...]
    """Largest value of each."""


def find_stops(measured: FloatArray, rate_hz: float) -> Stops:
    """Return the stops of a sensor.

    Parameters
    ----------
    measured
        (n, 6) acc x y z in m/s² and gyr x y z in rad/s.
    rate_hz
        Mean rate.
    """
    longest = max(2, round(MAX_RUN_S * rate_hz))
    sides = np.full((2, 6), np.nan)
    for axis in range(6):
        for side, sign in enumerate((-1.0, 1.0)):
            values = sign * measured[:, axis]
            if values.max() >= MIN_STOP[axis // 3] and _piles_up(values, longest):
                sides[side, axis] = sign * values.max()
    # The axes of a sensor share a range: what one shows is true of the others that just reach it.
    for axes in (slice(0, 3), slice(3, 6)):
        levels = np.abs(sides[:, axes])
        levels = levels[np.isfinite(levels)]
        for axis in range(axes.start, axes.stop):
            for side, extreme in enumerate((measured[:, axis].min(), measured[:, axis].max())):
                if np.isin(abs(extreme), levels):
                    sides[side, axis] = extreme
    low, high = (tuple(None if np.isnan(x) else float(x) for x in row) for row in sides)
    return Stops(low, high)


def at_stops(measured: FloatArray, stops: Stops) -> BoolArray:
    """Return which samples (n,) of ``measured`` (n, 6) are at a stop."""
    low = np.array([-np.inf if x is None else x for x in stops.low])
    high = np.array([np.inf if x is None else x for x in stops.high])
    return np.asarray(((measured <= low) | (measured >= high)).any(axis=1), dtype=np.bool_)


def stop_remarks(segment: str, measured: FloatArray, stops: Stops) -> list[str]:
    """Return in words which ranges are assumed, and how many samples are at their ends."""
    remarks = []
    for name, axes, unit, scale, ranges in (
        ("accelerometer", slice(0, 3), "g", STANDARD_GRAVITY_MPS2, RANGES_G),
        ("gyroscope", slice(3, 6), "°/s", float(np.radians(1.0)), RANGES_DPS),
    ):
        part = Stops(stops.low[axes], stops.high[axes])
        count = int(at_stops(measured[:, axes], part).sum())
        if not count:
            continue
        levels = sorted({abs(x) / scale for x in (*part.low, *part.high) if x is not None})
        remarks.append(
            f"the {name} of the {segment} stands at an end of its range in {count} samples "
            f"({count / len(measured):.1%}), which are marked as clipped. Its range is taken to be "
            f"{_range(levels, unit, ranges)}"
        )
    return remarks


def _range(levels: Sequence[float], unit: str, ranges: Sequence[float]) -> str:
    near = {r for level in levels for r in ranges if abs(level / r - 1.0) <= RANGE_TOLERANCE}
    usual = min(near, key=lambda r: abs(levels[-1] / r - 1.0), default=None)
    return f"±{levels[-1] if usual is None else usual:.3g} {unit}"


def _piles_up(values: FloatArray, longest: int) -> bool:
    """Return whether the largest of ``values`` (n,) is a stop; a stop is usually left within ``longest``."""
    top = values.max()
    at_top = values == top
    count = int(at_top.sum())
    if count < MIN_SAMPLES:
        return False
    level = np.unique(values)
    if len(level) < 2:
        return False
    step = float(np.median(np.diff(level[-200:])))
    beside = (values < top) & (values >= top - (LEVELS + 0.5) * step)
    if count < MORE_OFTEN * max(1.0, beside.sum() / LEVELS):
        return False
    starts, stops = _runs(at_top)
    before = top - values[np.maximum(starts - 1, 0)]
    after = top - values[np.minimum(stops, len(values) - 1)]
    passed = (np.maximum(before, after) > FAR_STEPS * step) & (stops - starts <= longest)
    return int(passed.sum()) >= max(MIN_RUNS, len(starts) // 2)


def _runs(flags: BoolArray) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the starts and the stops of the runs of ``flags`` (n,)."""
    edges = np.diff(flags.astype(np.int8), prepend=0, append=0)
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
