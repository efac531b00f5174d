"""Lets the guide of the calibration listen to a live session; what it decides becomes events.

The guide itself is no part of the pipeline: it does what a person's finger on a key would do. Its
events are recorded, so that a replay calibrates from the same samples without a guide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from processing.calibration.guide import CalibrationGuide, GuideConfig
from processing.calibration.steps import (
    FULL,
    WITH_BENCH,
    GuideUpdate,
    Step,
    StepEnded,
    StepStarted,
)
from processing.motion.calibrated import Calibration
from processing.pipeline.pairing import PAIRED_SEGMENTS, Pairing
from sensor.types import EventKind, ImuBlock, JsonValue, Segment


@dataclass(frozen=True, slots=True)
class GuideEnded:
    """The guide asks for nothing any more: all steps are done, or it was let go."""


class Guiding:
    """One run through ``steps``, beside a session.

    The pipeline makes the calibration, from the events; the guide does not make it a second time.
    ``said`` is what the person told of the calibration: see ``EventKind.CALIBRATION_START``.
    """

    def __init__(
        self,
        steps: Sequence[Step] = FULL,
        calibration: Calibration | None = None,
        said: Mapping[str, JsonValue] | None = None,
        segments: Sequence[Segment] = PAIRED_SEGMENTS,
    ) -> None:
        self.said = dict(said or {})
        self._pairing = Pairing(segments=segments)
        self._guide = CalibrationGuide(GuideConfig(calibrates=False), steps, calibration)
        self._open: Step | None = None

    def is_done(self) -> bool:
        """Return whether no step is left."""
        return self._guide.step is None

    @property
    def open_step(self) -> Step | None:
        """The step whose samples are being taken."""
        return self._open

    def redo(self, step: Step) -> None:
        """Do ``step`` once more; bench and still pose ask for all that follows them, too."""
        self._open = None
        after = {Step.BENCH: WITH_BENCH, Step.STILL: FULL}
        for one in after.get(step, (step,)):
            self._guide.redo(one)

    def feed(self, blocks: Sequence[ImuBlock]) -> list[GuideUpdate]:
        """Take samples in their order of arrival; return what the guide says to them."""
        paired = self._pairing.feed(blocks)
        updates = self._guide.feed(paired) if paired is not None else []
        for update in updates:
            if isinstance(update, StepStarted):
                self._open = update.step
            elif isinstance(update, StepEnded):
                self._open = None
        return updates


def as_input(
    update: GuideUpdate, said: Mapping[str, JsonValue]
) -> tuple[EventKind, Mapping[str, JsonValue]] | None:
    """Return the event that ``update`` becomes, as its kind and data; None for mere news.

    ``said`` is what the person told of the calibration: it stands in the event that begins a step.
    """
    if isinstance(update, StepStarted):
        return EventKind.CALIBRATION_START, {"step": update.step.value, **said}
    if isinstance(update, StepEnded):
        return EventKind.CALIBRATION_END, {"step": update.step.value, "accepted": update.accepted}
    return None
