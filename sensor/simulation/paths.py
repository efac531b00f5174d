"""Paths: smooth functions of time with two derivatives, the parts of a leg's movement."""

from dataclasses import dataclass

import numpy as np

from sensor.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Motion:
    """A coordinate and its first two derivatives at ``n`` times."""

    value: FloatArray
    """(n,) rad or m."""
    rate: FloatArray
    """(n,) rad/s or m/s."""
    acceleration: FloatArray
    """(n,) rad/s² or m/s²."""

    def __add__(self, other: "Motion") -> "Motion":
        return Motion(
            self.value + other.value,
            self.rate + other.rate,
            self.acceleration + other.acceleration,
        )

    def times(self, other: "Motion") -> "Motion":
        """Return the product of two motions, with its derivatives."""
        return Motion(
            self.value * other.value,
            self.rate * other.value + self.value * other.rate,
            self.acceleration * other.value
            + 2.0 * self.rate * other.rate
            + self.value * other.acceleration,
        )

    def scaled(self, factor: float) -> "Motion":
        """Return the motion times ``factor``."""
        return Motion(factor * self.value, factor * self.rate, factor * self.acceleration)


@dataclass(frozen=True, slots=True)
class KeyPath:
    """A path through keyframes, quintic between them.

    Between two keyframes at rest it is the minimum-jerk movement (Flash and Hogan, *The
    coordination of arm movements*, 1985). Position, rate and acceleration are continuous
    everywhere. The path is constant before the first and after the last keyframe, which are at rest.
    """

    t: FloatArray
    """(k,) times of the keyframes in s, strictly increasing, k >= 2."""
    value: FloatArray
    """(k,) rad or m."""
    rate: FloatArray
    """(k,) rad/s or m/s."""
    acceleration: FloatArray | None = None
    """(k,) rad/s² or m/s²; None is zero at every keyframe."""

    def at(self, t: FloatArray) -> Motion:
        """Return the motion at times ``t`` (n,) in s."""
        span = np.diff(self.t)
        step = np.diff(self.value)
        v0, v1 = self.rate[:-1], self.rate[1:]
        bend = np.zeros_like(self.t) if self.acceleration is None else self.acceleration
        a0, a1 = bend[:-1] * span**2, bend[1:] * span**2
        coefficients = np.array(
            [
                (6.0 * step - 3.0 * (v1 + v0) * span + 0.5 * (a1 - a0)) / span**5,
                (-15.0 * step + (7.0 * v1 + 8.0 * v0) * span + 1.5 * a0 - a1) / span**4,
                (10.0 * step - (4.0 * v1 + 6.0 * v0) * span + 0.5 * a1 - 1.5 * a0) / span**3,
                0.5 * bend[:-1],
                v0,
                self.value[:-1],
            ]
        )
        # Outside the keyframes a polynomial would run away.
        held = np.clip(t, self.t[0], self.t[-1])
        piece = np.clip(np.searchsorted(self.t, held, side="right") - 1, 0, len(self.t) - 2)
        since = held - self.t[piece]
        rate = _derivative(coefficients)
        return Motion(
            _values(coefficients, piece, since),
            _values(rate, piece, since),
            _values(_derivative(rate), piece, since),
        )


def _derivative(coefficients: FloatArray) -> FloatArray:
    """Return the derivatives (m - 1, k) of polynomials (m, k), the highest power first."""
    powers = np.arange(len(coefficients) - 1, 0, -1.0)
    return coefficients[:-1] * powers[:, None]


def _values(coefficients: FloatArray, piece: IntArray, x: FloatArray) -> FloatArray:
    """Return the values (n,) of polynomials (m, k), the highest power first, of the pieces (n,) at ``x`` (n,)."""
    value, power = np.zeros_like(x), np.ones_like(x)
    for one in coefficients[::-1]:
        value += one[piece] * power
        power *= x
    return value


@dataclass(frozen=True, slots=True)
class Wander:
    """A sum of sines with random frequencies in a band: tremor, or slow unsteadiness."""

    amplitude: float
    """Amplitude of each sine, rad or m."""
    frequency_hz: FloatArray
    """(k,) frequency of each sine."""
    phase: FloatArray
    """(k,) phase of each sine, rad."""

    def at(self, t: FloatArray) -> Motion:
        """Return the motion at times ``t`` (n,) in s."""
        value, rate, acceleration = np.zeros_like(t), np.zeros_like(t), np.zeros_like(t)
        for frequency, phase in zip(self.frequency_hz, self.phase, strict=True):
            omega = 2.0 * np.pi * frequency
            angle = omega * t + phase
            sine = np.sin(angle)
            value += sine
            rate += omega * np.cos(angle)
            acceleration -= omega * omega * sine
        return Motion(value, rate, acceleration).scaled(self.amplitude)


def wander(rms: float, band_hz: tuple[float, float], rng: np.random.Generator) -> Wander:
    """Return a wander of six sines.

    Parameters
    ----------
    rms
        Root mean square, rad or m.
    band_hz
        Lowest and highest frequency.
    rng
        Source of chance.
    """
    count = 6
    return Wander(
        rms * float(np.sqrt(2.0 / count)),
        rng.uniform(band_hz[0], band_hz[1], count),
        rng.uniform(0.0, 2.0 * np.pi, count),
    )
