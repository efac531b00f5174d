"""The movements of a person on the feet that are no rep: shifting weight, small steps, walking."""

import numpy as np

from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.script import SWAY, Script
from sensor.simulation.stances import Stance

_STRIDE_M = 1.3
"""Way of a foot in one stride, a usual one."""
_STRIDE_DEG = {
    Coordinate.HEEL: (
        (0.15, 2.0), (0.37, 58.0), (0.5, 62.0), (0.65, -8.0), (0.75, -20.0), (0.85, 0.0), (1.0, 0.0),
    ),
    Coordinate.LEAN: (
        (0.15, 12.0), (0.37, 42.0), (0.5, 52.0), (0.65, -10.0), (0.75, -22.0), (0.85, -8.0), (1.0, 5.0),
    ),
    Coordinate.KNEE: (
        (0.15, 5.0), (0.37, 40.0), (0.5, 62.0), (0.65, 12.0), (0.75, 5.0), (0.85, 18.0), (1.0, 10.0),
    ),
}  # fmt: skip
"""Share of the stride, from mid-stance, and angle: heel-off, toe-off, swing, heel strike, foot flat. The
angles are those of published gait curves (knee 5 to 62°, ankle 10° up and 18° down)."""
_STRIDE_RISE_M = ((0.37, 0.0), (0.5, 0.05), (0.65, 0.04), (0.75, 0.055), (0.85, 0.0))
"""The same of the height of the ball of the foot."""


def shift_weight(script: Script, stance: Stance, rng: np.random.Generator) -> None:
    """Shift the weight to one side, perhaps with a bent knee, and back; the foot stays flat."""
    start_t, seconds = script.now, float(rng.uniform(0.6, 1.4))
    bend = float(np.deg2rad(rng.uniform(0.0, 18.0)))
    script.move(
        seconds,
        subtalar=float(np.deg2rad(rng.uniform(-6.0, 6.0))),
        knee=stance.knee + bend,
        lean=stance.lean + 0.5 * bend + float(np.deg2rad(rng.uniform(-2.0, 2.0))),
        trunk=stance.trunk + float(np.deg2rad(rng.uniform(-5.0, 5.0))),
    )
    script.wait(seconds + float(rng.uniform(0.5, 4.0)))
    script.move(seconds, subtalar=0.0, knee=stance.knee, lean=stance.lean, trunk=stance.trunk)
    script.wait(seconds + float(rng.uniform(0.0, 1.0)))
    script.record("shifting weight", start_t)


def small_step(
    script: Script, stance: Stance, rng: np.random.Generator, *, turn: float = 0.0
) -> None:
    """Take a small step on the spot, with the heel leaving the ground first, to the stance's height."""
    start_t, half_s = script.now, float(rng.uniform(0.25, 0.45))
    bend = float(np.deg2rad(rng.uniform(15.0, 35.0)))
    high = max(script.target(Coordinate.RISE), stance.rise) + float(rng.uniform(0.02, 0.06))
    script.move(
        half_s,
        heel=float(np.deg2rad(rng.uniform(10.0, 35.0))),
        knee=stance.knee + bend,
        lean=stance.lean + 0.6 * bend,
        rise=high,
        advance=script.target(Coordinate.ADVANCE) + float(rng.uniform(-0.12, 0.12)),
        heading=script.target(Coordinate.HEADING) + turn,
    )
    script.wait(half_s)
    script.move(half_s, **stance.pose())
    script.jolt(float(rng.uniform(0.0002, 0.001)), after_s=half_s)
    script.wait(half_s + float(rng.uniform(0.0, 0.4)))
    script.record("a small step", start_t)


def turn_round(script: Script, stance: Stance, rng: np.random.Generator) -> None:
    """Turn round with some steps on the spot."""
    steps = int(rng.integers(2, 5))
    turn = float(rng.choice([-1.0, 1.0])) * float(rng.uniform(1.5, 3.2)) / steps
    for _ in range(steps):
        small_step(script, stance, rng, turn=turn)


def walk_about(script: Script, stance: Stance, seconds: float, rng: np.random.Generator) -> None:
    """Walk for about ``seconds``, and stand again."""
    start_t, end = script.now, script.now + seconds
    script.move(0.5, **{SWAY: 0.3})
    pace = float(rng.uniform(1.0, 1.3))
    while True:
        _stride(script, pace * float(rng.uniform(0.95, 1.05)), rng)
        if script.now >= end:
            break
    script.move(0.6, **stance.pose(), **{SWAY: stance.sway})
    script.wait(1.0)
    script.record("walking", start_t)


def _stride(script: Script, stride_s: float, rng: np.random.Generator) -> None:
    """Take one stride, from mid-stance to mid-stance."""
    size = float(rng.uniform(0.85, 1.1))
    for coordinate, extremes_deg in _STRIDE_DEG.items():
        shares = [(share, size * float(np.deg2rad(angle))) for share, angle in extremes_deg]
        _through(script, coordinate, stride_s, shares)
    _through(script, Coordinate.RISE, stride_s, _STRIDE_RISE_M)
    ahead = script.target(Coordinate.ADVANCE) + size * _STRIDE_M
    script.move(0.4 * stride_s, after_s=0.35 * stride_s, advance=ahead)
    heading = script.target(Coordinate.HEADING) + float(rng.uniform(-0.2, 0.2))
    script.move(0.4 * stride_s, after_s=0.35 * stride_s, heading=heading)
    script.jolt(float(rng.uniform(0.0005, 0.002)), after_s=0.75 * stride_s)
    script.wait(stride_s)


def _through(
    script: Script,
    coordinate: Coordinate,
    seconds: float,
    values: "list[tuple[float, float]] | tuple[tuple[float, float], ...]",
) -> None:
    """Move ``coordinate`` through values, each with its share of ``seconds``."""
    before = 0.0
    for share, value in values:
        script.move((share - before) * seconds, after_s=before * seconds, **{coordinate: value})
        before = share
