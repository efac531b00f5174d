"""Sets drawn from motions of people, without sensors: true curves and what an estimator would see."""

from dataclasses import dataclass

import numpy as np

from tests.independent_judge.drawn_ankle import FAULTS, AnkleFault, Stretch, ankle_curve
from tests.independent_judge.motions import LIFTS, LOWERINGS, RATE_HZ, Array, lasting
from tests.independent_judge.prescription import Prescription, SetKind
from tests.independent_judge.verdicts import JudgedRep, judge_set
from tests.independent_judge.visible import TOLERANCE_DEG, VisibleRep, visible_reps

LOWER_S = {"normal": (1.0, 6.0), "slow": (6.0, 12.0)}
"""Least and most duration of the lowerings at each free tempo, in s."""
PROTOCOL = "protocol"
"""The tempo of the protocols: 3-0-1-0 where one position is held, 4-0-1-1 with a switch."""


@dataclass(frozen=True)
class DrawnSet:
    """A set with its true curves and the measured ones; times in s, angles in deg."""

    kind: str
    """Kind of its lowerings."""
    asked: Prescription
    """The demands on the person."""
    t: Array
    """Times of the samples."""
    curl_deg: Array
    """Commanded driving angle, without tremor or noise."""
    ankle_deg: Array
    """True ankle angle."""
    measured_curl_deg: Array
    """Driving angle with tremor and the errors of an estimator."""
    measured_dps: Array
    """Its rate, as a gyroscope measures it."""
    measured_ankle_deg: Array
    """Ankle angle with the errors of an estimator."""
    start_s: float
    """When the set was marked to start."""
    end_s: float
    """When it was marked to end; the person gets off afterwards."""
    reps: int
    """Number of reps that were commanded."""

    def visible(self) -> tuple[VisibleRep, ...]:
        """Return the visible reps between the marks."""
        inside = self._inside()
        return visible_reps(self.t[inside], self.curl_deg[inside], self.asked.reference_deg)

    def judged(self) -> tuple[JudgedRep, ...]:
        """Return the verdicts of the independent judge on the reps between the marks."""
        inside = self._inside()
        curves = self.t[inside], self.curl_deg[inside], self.ankle_deg[inside]
        return judge_set(*curves, self.asked)

    def _inside(self) -> slice:
        return slice(*np.searchsorted(self.t, (self.start_s, self.end_s)).tolist())


def drawn_set(
    seed: int, kind: str, *, tempo: str = "normal", rest_pauses: bool = False, faults: bool = False
) -> DrawnSet:
    """Return a set whose person, tempo, tremor and errors depend on the seed.

    Parameters
    ----------
    seed
        Seed of everything random.
    kind
        Key of :data:`~tests.independent_judge.motions.LOWERINGS`.
    tempo
        Key of :data:`LOWER_S`, or :data:`PROTOCOL`.
    rest_pauses
        Whether the person rests for 2-25 s before about a third of the reps.
    faults
        Whether about a third of the reps have a fault of range, tempo or toes.
    """
    rng = np.random.default_rng([seed, list(LOWERINGS).index(kind), len(tempo), rest_pauses])
    asked = _asked(seed, tempo, rng)
    reps = int(rng.integers(5, 11))
    lift = LIFTS[int(rng.integers(len(LIFTS)))]
    parts, at = [_held(0.0, float(rng.uniform(3.0, 6.0)))], 0.0
    stretches, ankle_faults = [], []
    for number in range(reps):
        wrong = faults and rng.random() < 1.0 / 3.0
        fault = str(rng.choice(["range", "tempo", "ankle"])) if wrong else ""
        ankle = str(rng.choice(FAULTS[asked.kind])) if fault == "ankle" else "none"
        size = float(rng.uniform(0.65, 0.85) if fault == "range" else rng.uniform(0.93, 1.06))
        top = asked.reference_deg * size
        bottom = float(rng.normal(0.0, 0.01)) * asked.reference_deg
        seconds = np.array([asked.lift_s or 1.0, asked.top_s, asked.lower_s, asked.bottom_s])
        lift_s, top_s, lower_s, bottom_s = seconds * rng.normal(1.0, 0.05, 4)
        lower_s *= float(rng.uniform(0.4, 1.9)) if fault == "tempo" else 1.0
        if rest_pauses and number + 1 < reps and rng.random() < 1.0 / 3.0:
            bottom_s = float(rng.uniform(2.0, 25.0))
        edge = TOLERANCE_DEG / (top - at)
        parts.append(at + (top - at) * lasting(lift, lift_s, edge, rng))
        # A soft beginning and end look like a part of the hold.
        parts.append(_held(top, top_s - float(rng.uniform(0.1, 0.4))))
        parts.append(top + (bottom - top) * lasting(LOWERINGS[kind], lower_s, edge, rng))
        parts.append(_held(bottom, bottom_s))
        edges = np.cumsum([part.size for part in parts])[-5:]
        stretches.append(Stretch(*edges.tolist()))
        ankle_faults.append(AnkleFault(ankle))
        at = bottom
    parts.append(_held(at, float(rng.uniform(1.0, 4.0))))
    end_s = sum(part.size for part in parts) / RATE_HZ
    parts.append(_held(at, float(rng.uniform(0.5, 2.0))))
    parts.append(_gets_off(at, rng))
    curl = np.concatenate(parts)
    t = np.arange(curl.size) / RATE_HZ
    toes = ankle_curve(curl.size, tuple(stretches), tuple(ankle_faults), asked, rng)
    measured, rate = _measured(t, curl, rng)
    seen = toes + rng.normal(0.0, 0.5) + _error(curl.size, 0.5, 3.0, rng)
    return DrawnSet(kind, asked, t, curl, toes, measured, rate, seen, 1.0, end_s, reps)


def _asked(seed: int, tempo: str, rng: np.random.Generator) -> Prescription:
    """Return what is asked: the kinds of sets in turn, the tempo that the person has in mind."""
    kind = tuple(SetKind)[seed % len(SetKind)]
    switches = kind is SetKind.UP_AND_DOWN
    low, high = LOWER_S.get(tempo, (0.0, 0.0))
    of_protocol = tempo == PROTOCOL
    top_s = float(rng.choice([0.0, rng.uniform(0.2, 1.5)]))
    bottom_s = float(rng.choice([0.0, rng.uniform(0.3, 1.5)]))
    lower_s = float(rng.uniform(1.05 * low, 0.95 * high))
    lift_s = float(rng.uniform(0.7, 2.5))
    return Prescription(
        kind=kind,
        lower_s=(4.0 if switches else 3.0) if of_protocol else lower_s,
        dorsiflexion_max_deg=float(rng.uniform(10.0, 20.0)),
        plantarflexion_max_deg=float(rng.uniform(40.0, 60.0)),
        reference_deg=float(rng.uniform(70.0, 120.0)),
        lift_s=1.0 if of_protocol else lift_s,
        top_s=float(switches) if of_protocol else top_s,
        bottom_s=0.0 if of_protocol else bottom_s,
    )


def _held(deg: float, seconds: float) -> Array:
    return np.full(max(0, round(seconds * RATE_HZ)), deg)


def _gets_off(at: float, rng: np.random.Generator) -> Array:
    """Return the shin while the person gets up and walks away: it never rests in the start pose."""
    parts, lying = [], at
    for _ in range(int(rng.integers(2, 5))):
        goal = lying + float(rng.choice([rng.uniform(-60.0, -25.0), rng.uniform(25.0, 110.0)]))
        parts.append(at + (goal - at) * LIFTS[0](float(rng.uniform(0.6, 2.0)), rng))
        parts.append(_held(goal, float(rng.uniform(0.1, 1.5))))
        at = goal
    return np.concatenate([*parts, _held(at, 3.0)])


def _measured(t: Array, true: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return angle and rate with a tremor of 7-11 Hz and a wandering error of about 0.3°."""
    swell = 1.0 + 0.5 * np.sin(2.0 * np.pi * rng.uniform(0.1, 0.4) * t + rng.uniform(0.0, 6.0))
    phase = 2.0 * np.pi * np.cumsum(rng.uniform(7.0, 11.0) + 0.5 * np.sin(t)) / RATE_HZ
    leg = true + rng.choice([0.05, 0.2]) * swell * np.sin(phase)
    rate = np.asarray(np.gradient(leg, t), dtype=np.float64)
    error = _error(t.size, 0.3, 1.5, rng)
    return (
        leg + error + 0.05 * rng.standard_normal(t.size),
        rate + 0.5 * rng.standard_normal(t.size),
    )


def _error(n: int, deg: float, seconds: float, rng: np.random.Generator) -> Array:
    """Return an error in deg that wanders and comes back within a time in s."""
    keep = float(np.exp(-1.0 / (seconds * RATE_HZ)))
    steps, error = rng.standard_normal(n), np.empty(n)
    now = deg * float(steps[0])
    for index in range(n):
        now = keep * now + deg * float(np.sqrt(1.0 - keep**2)) * float(steps[index])
        error[index] = now
    return error
