"""Lowerings of which control is lost: an even pace down to a break point, and then a fall."""

from dataclasses import dataclass

import numpy as np

from sensor.simulation.courses import Course, from_speeds
from sensor.simulation.movement_parameters import MovementParameters

_SHARE = (0.3, 0.75)
"""Shares of the way between which people lose control, unless the parameters say where."""
_LIMITS = (0.08, 0.95)
"""No break point is nearer to the ends of the way."""
_FALL_DEG_S2 = (150.0, 400.0)
"""Acceleration of the fall. A body that topples over its knees from 45° without any brake has about 500;
muscles that give way still brake."""
_CATCH_S = (0.1, 0.25)
"""Time in which hands, a pad or a stack of weights end the fall."""
_WAVER = 0.15
"""Largest change of the pace before control is lost."""
_LONGEST_FALL_S = 4.0
"""No fall is longer, however slow the pace."""
_BISECTIONS = 30


@dataclass(frozen=True, slots=True)
class ControlLoss:
    """The points at which one person loses control."""

    percent: float
    """Share of the lowerings of which control is lost."""
    share: float | None
    """Share of the way at which it is, on average; None if the angle is given."""
    angle_deg: float | None
    """Angle of the lowering at which it is, on average; None if the share is given."""
    spread_deg: float
    """Standard deviation of the angle from rep to rep."""

    def drawn(self, rom_deg: float, rng: np.random.Generator) -> float | None:
        """Return the share of a way of ``rom_deg`` at which control is lost, None if it is kept."""
        if rng.random() >= 0.01 * self.percent:
            return None
        mean_deg = self.angle_deg
        if mean_deg is None:
            mean_deg = (self.share or 0.0) * rom_deg
        spread = self.spread_deg * float(np.clip(rng.standard_normal(), -2.0, 2.0))
        return float(np.clip((mean_deg + spread) / rom_deg, *_LIMITS))


def draw_control_loss(
    movement: MovementParameters, usual_percent: float, rng: np.random.Generator
) -> ControlLoss | None:
    """Return where a random person loses control, None of one who never does."""
    given = movement.lost_control_percent
    percent = usual_percent if given is None else given
    if percent == 0.0:
        return None
    angle_deg = movement.break_deg
    share = float(rng.uniform(*_SHARE)) if angle_deg is None else None
    return ControlLoss(percent, share, angle_deg, movement.break_spread_deg)


def lost_control(seconds: float, share: float, rom_deg: float, rng: np.random.Generator) -> Course:
    """Return a lowering that is even until a ``share`` of the way, and then falls.

    Parameters
    ----------
    seconds
        Time that the whole lowering would take at its pace.
    share
        Share of the way at which control is lost.
    rom_deg
        Angle of the whole way.
    rng
        Source of chance.
    """
    held = share * seconds
    paces = 1.0 + _WAVER * rng.uniform(-1.0, 1.0, 3)
    # In units of the pace, which is the speed before the fall.
    faster, catch = float(rng.uniform(*_FALL_DEG_S2)) * seconds / rom_deg, rng.uniform(*_CATCH_S)
    ramp = min(0.3, 0.2 * held)
    before_t = [0.0, ramp, *np.linspace(ramp, held, 5)[1:-1].tolist(), held]
    before = [0.0, 1.0, *paces.tolist(), 1.0]
    shorter, longer = 0.0, _LONGEST_FALL_S
    course = from_speeds(before_t, before)
    for _ in range(_BISECTIONS):
        fall = 0.5 * (shorter + longer)
        steps = np.linspace(0.0, fall, 9)[1:]
        speeds = 1.0 + faster * steps
        course = from_speeds(
            [*before_t, *(held + steps).tolist(), held + fall + catch],
            [*before, *speeds.tolist(), 0.0],
        )
        if course.share[len(before_t) - 1] > share:
            shorter = fall
        else:
            longer = fall
    return course
