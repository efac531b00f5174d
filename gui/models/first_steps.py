"""The first steps of a new person, one after the other: they can be skipped, resumed and begun again. No Qt."""

from enum import StrEnum
from typing import TYPE_CHECKING

from gui.models.readiness import BLOCKS_JUDGING, Heard, NotReady, readiness

if TYPE_CHECKING:  # It loads the session, which the first paint does not wait for.
    from gui.models.train import TrainModel


class FirstStep(StrEnum):
    """A step, as the settings name it."""

    SENSORS = "sensors"
    CALIBRATE = "calibrate"
    TRAIN = "train"
    DONE = "done"
    """All steps are done or were ended: none is shown."""


STEPS = (FirstStep.SENSORS, FirstStep.CALIBRATE, FirstStep.TRAIN)
"""The steps that are shown, in their order."""
_ORDER = (*STEPS, FirstStep.DONE)


def after(step: FirstStep) -> FirstStep:
    """Return the step after ``step``; after the last one it is DONE."""
    return _ORDER[min(_ORDER.index(step) + 1, len(_ORDER) - 1)]


def reached(step: FirstStep, train: "TrainModel") -> FirstStep:
    """Return the first step from ``step`` on that a running session with real sensors has not done yet.

    Parameters
    ----------
    step
        The step in hand.
    train
        The session.
    """
    missing = set(readiness(train.live, train.now, Heard.OFF).missing)
    done = {
        FirstStep.SENSORS: bool(train.live.sensors) and NotReady.SENSOR not in missing,
        FirstStep.CALIBRATE: not BLOCKS_JUDGING & missing,
        FirstStep.TRAIN: any(one.t_end is not None for one in train.sets),
        FirstStep.DONE: False,
    }
    while done[step]:
        step = after(step)
    return step
