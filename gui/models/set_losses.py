"""The losses of each sensor since the current set began. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.types import Dropout
from sensor.types import Segment


@dataclass(frozen=True, slots=True)
class SetLoss:
    """The losses of a sensor in a set."""

    lost: int
    """Missing samples."""
    longest_s: float
    """The longest time between two samples beside a loss, s."""


class SetLosses:
    """Follows the losses of a session; a set that begins starts again from none."""

    def __init__(self) -> None:
        self._of: dict[Segment, SetLoss] = {}

    @property
    def of(self) -> Mapping[Segment, SetLoss]:
        """The losses of each sensor that has any."""
        return self._of

    def take(self, output: Dropout | PlanChange) -> None:
        """Take a loss, or the begin of a set."""
        match output:
            case Dropout():
                before = self._of.get(output.segment, SetLoss(0, 0.0))
                gap_s = output.t_end - output.t_start
                loss = SetLoss(before.lost + output.lost, max(before.longest_s, gap_s))
                self._of[output.segment] = loss
            case PlanChange(state=SessionState.SET, goes_on=False):
                self._of = {}
