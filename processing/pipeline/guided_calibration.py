"""Runs the guide of the calibration beside a live session; its decisions become events.

The guide is no part of the pipeline: it does what a person with a key would do. Its events are
recorded, so that a replay calibrates from the same samples without a guide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from processing.calibration.calibration_steps import (
    FULL,
    WITH_BENCH,
    CalibrationStep,
    GuideUpdate,
    StepEnded,
    StepStarted,
)
from processing.calibration.guide import CalibrationGuide
from processing.pipeline.pairing import PAIRED_SEGMENTS, Pairing
from sensor.types import EventKind, ImuBlock, JsonValue, Segment


@dataclass(frozen=True, slots=True)
class GuideEnded:
    """The guide has ended: all steps are done, or it was ended by a person."""


class GuidedCalibration:
    """One run of the guide through the steps of a calibration, beside a session.

    Parameters
    ----------
    steps
        The steps to do.
    data
        What the person stated about the calibration, see ``EventKind.CALIBRATION_START``.
    segments
        The segments that wear a sensor.
    """

    def __init__(
        self,
        steps: Sequence[CalibrationStep] = FULL,
        data: Mapping[str, JsonValue] | None = None,
        segments: Sequence[Segment] = PAIRED_SEGMENTS,
    ) -> None:
        self.data = dict(data or {})
        self._pairing = Pairing(segments=segments)
        self._guide = CalibrationGuide(steps)
        self._open: CalibrationStep | None = None

    def is_done(self) -> bool:
        """Return whether no step is left."""
        return self._guide.step is None

    @property
    def open_step(self) -> CalibrationStep | None:
        """The step that has started and not ended, None if there is none."""
        return self._open

    def redo(self, step: CalibrationStep) -> None:
        """Ask for ``step`` once more; after bench and still pose, for all that follow them too."""
        self._open = None
        # Axes and zero of the later steps depend on the pose.
        later = {CalibrationStep.BENCH: WITH_BENCH, CalibrationStep.STILL: FULL}.get(step)
        for one in (step,) if later is None else (*later, CalibrationStep.HINGES):
            self._guide.redo(one)

    def feed(self, blocks: Sequence[ImuBlock]) -> list[GuideUpdate]:
        """Take samples in their order of arrival; return the updates of the guide."""
        paired = self._pairing.feed(blocks)
        updates = self._guide.feed(paired) if paired is not None else []
        for update in updates:
            if isinstance(update, StepStarted):
                self._open = update.step
            elif isinstance(update, StepEnded):
                self._open = None
        return updates


def as_input(
    update: GuideUpdate, data: Mapping[str, JsonValue]
) -> tuple[EventKind, Mapping[str, JsonValue]] | None:
    """Return kind and data of the event that ``update`` becomes, None for progress.

    ``data`` is what the person stated about the calibration; the event that begins a step has it.
    """
    if isinstance(update, StepStarted):
        return EventKind.CALIBRATION_START, {"step": update.step.value, **data}
    if isinstance(update, StepEnded):
        return EventKind.CALIBRATION_END, {"step": update.step.value, "accepted": update.accepted}
    return None
