"""Curl and ankle curves from geometry, with phases that are known by construction.

A curve is a list of strokes (move to an angle, or hold). In the truth a movement lasts from the last
moment within 2 deg of the angle it leaves until the first moment within 2 deg of the one it reaches, in
the curve without noise, stroke by stroke: it knows which stroke is a lift and needs no detector.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from processing.types import AngleBlock, Rep

Array = npt.NDArray[np.float64]
FINE_HZ = 1000
GRID_HZ = 100
NEAR_DEG = 2.0

TEMPOS: dict[str, dict[str, Any]] = {
    "normal": {},
    "0.6 s": {"up": 0.3, "top": 0.0, "down": 0.3, "bottom": 0.0},
    "explosive": {"up": 0.35, "top": 1.0, "down": 4.0},
    "8 s lowering": {"up": 1.0, "down": 8.0},
    "12 s lowering": {"up": 2.0, "down": 12.0, "cruise": True},
    "long pauses": {"top": 4.0, "bottom": 5.0},
    "range of 40": {"rom": 40.0},
    "range of 130": {"rom": 130.0, "up": 0.5},
}


@dataclass(frozen=True)
class Stroke:
    """A move to ``deg`` within ``seconds``; with ``cruise`` at even speed between short ramps."""

    deg: float
    seconds: float
    cruise: bool = False


@dataclass(frozen=True)
class TrueRep:
    """A rep by construction. Times in s, range in deg."""

    t_start: float
    t_top: float
    t_ecc: float
    t_bottom: float
    rom_deg: float
    whole: bool = True


@dataclass
class Curve:
    """A sequence of strokes from ``start_deg`` that knows which of them are reps."""

    start_deg: float = 0.0
    strokes: list[Stroke] = field(default_factory=list)
    _reps: list[tuple[int, int, int, bool]] = field(default_factory=list)

    def hold(self, seconds: float) -> "Curve":
        return self.to(self._at, seconds)

    def to(self, deg: float, seconds: float, *, cruise: bool = False) -> "Curve":
        self.strokes.append(Stroke(deg, seconds, cruise))
        return self

    def rep(
        self,
        rom: float = 100.0,
        up: float = 1.5,
        top: float = 0.3,
        down: float = 3.0,
        bottom: float = 0.5,
        *,
        whole: bool = True,
        cruise: bool = False,
    ) -> "Curve":
        """Add a lift, a hold, a lowering and a rest."""
        base = self._at
        first = len(self.strokes)
        self.to(base + rom, up)
        if top > 0:
            self.hold(top)
        self.to(base, down, cruise=cruise)
        self._reps.append((first, first, len(self.strokes) - 1, whole))
        if bottom > 0:
            self.hold(bottom)
        return self

    def odd_rep(self, strokes: list[Stroke], *, whole: bool = True) -> "Curve":
        """Add one rep of any strokes, from the first to the last."""
        first = len(self.strokes)
        self.strokes += strokes
        self._reps.append((first, first, len(self.strokes) - 1, whole))
        return self

    @property
    def _at(self) -> float:
        return self.strokes[-1].deg if self.strokes else self.start_deg

    def fine(self) -> tuple[Array, Array, list[int]]:
        """Return time (s) and angle (deg) at 1 kHz, and the sample at which each stroke begins."""
        parts, begins, at, n = [], [], self.start_deg, 0
        for stroke in self.strokes:
            count = max(1, round(stroke.seconds * FINE_HZ))
            begins.append(n)
            tau = (np.arange(count) + 1) / count
            parts.append(at + (stroke.deg - at) * (_cruise(tau) if stroke.cruise else _jerk(tau)))
            at, n = stroke.deg, n + count
        curl = np.concatenate([[self.start_deg], *parts])
        return np.arange(curl.size) / FINE_HZ, curl, [*begins, n]

    def truth(self) -> list[TrueRep]:
        """Return the reps of the curve, from the angles that its strokes leave and reach."""
        t, curl, begins = self.fine()
        reps = []
        for first, _, last, whole in self._reps:
            a, z = begins[first], begins[last + 1]
            peak = a + int(np.argmax(curl[a : z + 1]))
            rise, fall = curl[a : peak + 1], curl[peak : z + 1]
            at = (
                a + np.flatnonzero(rise <= curl[a] + NEAR_DEG)[-1],
                a + np.flatnonzero(rise >= curl[peak] - NEAR_DEG)[0],
                peak + np.flatnonzero(fall >= curl[peak] - NEAR_DEG)[-1],
                peak + np.flatnonzero(fall <= curl[z] + NEAR_DEG)[0],
            )
            times = [float(t[i]) for i in at]
            rom = float(curl[peak] - curl[a])
            reps.append(TrueRep(times[0], times[1], times[2], times[3], rom, whole))
        return reps

    def angles(
        self,
        *,
        ankle_deg: float = 0.0,
        noise_deg: float = 0.0,
        wobble_deg: float = 0.0,
        seed: int = 0,
        t0: float = 0.0,
    ) -> AngleBlock:
        """Return the curve on the grid, with white noise and the ringing of soft tissue.

        The wobble is the acceleration of the leg through a resonance at 6 Hz, scaled to the given
        peak; it is in the angle and, as in a gyro, in the rate.
        """
        t, curl, _ = self.fine()
        rng = np.random.default_rng(seed)
        if wobble_deg:
            curl = curl + _ringing(curl) * wobble_deg
        rate = np.gradient(curl, t)
        step = FINE_HZ // GRID_HZ
        t, curl, rate = t[::step], curl[::step], rate[::step]
        n = t.size
        curl = curl + noise_deg * rng.standard_normal(n)
        rate = rate + 10.0 * noise_deg * rng.standard_normal(n)
        return block(t + t0, curl, rate, np.full(n, ankle_deg))


def block(t: Array, curl_deg: Array, rate_dps: Array, ankle_deg: Array) -> AngleBlock:
    """Return an angle block from degrees, all samples valid."""
    n = t.size
    return AngleBlock(
        t=np.ascontiguousarray(t),
        ankle=np.deg2rad(ankle_deg),
        curl=np.deg2rad(curl_deg),
        ankle_rate=np.zeros(n),
        curl_rate=np.deg2rad(rate_dps),
        valid=np.ones(n, dtype=np.bool_),
        uncertainty=np.full(n, np.deg2rad(3.0)),
    )


def lying(*, n: int = 6, **rep: Any) -> Curve:
    """Return a set of ``n`` equal reps after two seconds without movement."""
    curve = Curve().hold(2.0)
    for _ in range(n):
        curve.rep(**rep)
    return curve.hold(7.0)


def walking(seconds: float, start_deg: float, seed: int) -> AngleBlock:
    """Return the pitch of a shin in irregular walking, with a still moment at each end."""
    rng = np.random.default_rng(seed)
    t = np.arange(0.0, seconds, 0.01)
    phase = 2.0 * np.pi * np.cumsum(0.9 + 0.1 * np.sin(0.3 * t)) * 0.01
    swing = 10.0 + 28.0 * np.sin(phase) + 10.0 * np.sin(2.0 * phase + 0.7)
    swing += 0.02 * np.cumsum(rng.standard_normal(t.size))
    curl = start_deg + np.concatenate([np.zeros(300), swing, np.zeros(300)])
    t = np.arange(curl.size) / GRID_HZ
    return block(t, curl, np.asarray(np.gradient(curl, t), dtype=np.float64), np.zeros_like(t))


def with_gap(angles: AngleBlock, start: float, stop: float) -> AngleBlock:
    """Return the angles with a silent sensor at the shin between two times (s)."""
    silent = (angles.t >= start) & (angles.t < stop)
    held, known = np.where(silent, 0.0, angles.curl), angles.valid & ~silent
    return dataclasses.replace(
        angles, curl=held, driving=held, valid=known, curl_valid=known, driving_valid=known
    )


def without_ankle(angles: AngleBlock, start: float, stop: float) -> AngleBlock:
    """Return the angles with a silent sensor at the foot between two times (s)."""
    silent = (angles.t >= start) & (angles.t < stop)
    return dataclasses.replace(
        angles, ankle=np.where(silent, 0.0, angles.ankle), valid=angles.valid & ~silent
    )


def durations(rep: Rep | TrueRep) -> tuple[float, float, float]:
    """Return the times (s) of lift, hold at the top and lowering."""
    return rep.t_top - rep.t_start, rep.t_ecc - rep.t_top, rep.t_bottom - rep.t_ecc


def _jerk(tau: Array) -> Array:
    """Return the minimum-jerk movement from 0 to 1 (Flash and Hogan 1985)."""
    return tau**3 * (10.0 - 15.0 * tau + 6.0 * tau**2)


def _cruise(tau: Array) -> Array:
    """Return a movement of even speed, with raised-cosine ramps over a tenth at each end."""
    ramp = 0.1
    edge = np.clip(np.minimum(tau, 1.0 - tau) / ramp, 0.0, 1.0)
    speed = 0.5 - 0.5 * np.cos(np.pi * edge)
    path = np.cumsum(speed)
    return np.asarray(path / path[-1], dtype=np.float64)


def _ringing(curl: Array) -> Array:
    """Return a damped 6 Hz oscillator driven by the curve's acceleration, peak 1."""
    dt, omega, damping = 1.0 / FINE_HZ, 2.0 * np.pi * 6.0, 0.2
    drive = np.gradient(np.gradient(curl, dt), dt)
    position = velocity = 0.0
    out = np.empty_like(curl)
    for i, push in enumerate(drive.tolist()):
        acceleration = -push - 2.0 * damping * omega * velocity - omega * omega * position
        velocity += acceleration * dt
        position += velocity * dt
        out[i] = position
    peak = np.max(np.abs(out))
    return out / peak if peak > 0 else out
