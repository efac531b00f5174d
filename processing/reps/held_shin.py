"""A shin that the exercise holds: where it turns along, the person has left the machine."""

import math

import numpy as np

from processing.reps import rep_limits as limits
from sensor.types import FloatArray


class HeldShin:
    """The turns of the shin in the reps of a set.

    In a glute-ham raise or a Nordic curl the shin is held, but walking away bends the knee as far as a
    rep does. The first reps of the set show whether the shin is held, so no exercise has to say it.
    """

    def __init__(self) -> None:
        self._turns: list[float] = []

    def new_set(self) -> None:
        """Begin another set: nothing is known of the shin yet."""
        self._turns.clear()

    def is_free(self, t: FloatArray, shin_turn: FloatArray, times: tuple[float, float]) -> bool:
        """Return whether a shin that was held in the reps before turns in a movement.

        Parameters
        ----------
        t, shin_turn
            (n,) s and rad.
        times
            Start and end of the movement, s.
        """
        first = self._turns[: limits.BOTTOMS_KNOWN]
        if len(first) < limits.BOTTOMS_KNOWN or max(first) > math.radians(limits.STEADY_SHIN_DEG):
            return False
        return _turned(t, shin_turn, times) > limits.FREE_SHIN * math.radians(
            limits.STEADY_SHIN_DEG
        )

    def count(self, t: FloatArray, shin_turn: FloatArray, times: tuple[float, float]) -> None:
        """Take note of a whole rep; parameters as for :meth:`is_free`."""
        self._turns.append(_turned(t, shin_turn, times))


def _turned(t: FloatArray, shin_turn: FloatArray, times: tuple[float, float]) -> float:
    first, last = np.searchsorted(t, times).tolist()
    part = shin_turn[first : last + 1]
    return float(np.ptp(part)) if part.size else 0.0
