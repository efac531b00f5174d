"""Leads through a calibration on the command line."""

import asyncio
from collections.abc import Mapping, Sequence

from gui.texts.catalogue import ENGLISH
from processing.calibration.calibration_steps import (
    CalibrationStep,
    StepEnded,
    StepProgress,
    StepStarted,
)
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.grade import worst
from processing.calibration.troubles import StepTrouble
from processing.session import Session, SessionOutput
from sensor.types import JsonValue

_TEXTS = ENGLISH.calibration
"""The command line is in English, as its help is."""

ASKED = {
    CalibrationStep.BENCH: "lay both sensors on something that does not move, and let go of them",
    CalibrationStep.STILL: "strapped on: sit, foot flat, shin upright, and hold still",
    CalibrationStep.PUMPS: "lift the foot a little: toes up, toes down, three times",
    CalibrationStep.CURLS: "two curls without load, beginning with the knee straight",
    CalibrationStep.HINGES: "stand, then bend at the hips with straight knees and come up, twice",
    CalibrationStep.REZERO: "hold the neutral pose",
}
"""The request of each step."""


class CalibrationPrinter:
    """A listener that prints the steps of a calibration and their results.

    Attributes
    ----------
    made
        The calibration, once there is one.
    has_output
        Set with every batch of output.
    """

    def __init__(self) -> None:
        self.made: Calibrated | None = None
        self.has_output = asyncio.Event()
        self._asked: CalibrationStep | None = None
        self._trouble: StepTrouble | None = None

    def take(self, outputs: Sequence[SessionOutput]) -> None:
        """Print ``outputs``."""
        for one in outputs:
            if isinstance(one, StepStarted | StepProgress) and one.step is not self._asked:
                self._asked = one.step
                self._say(one.t, f"{one.step}: {ASKED[one.step]}")
            # A trouble is printed once, not with every look at the samples.
            if isinstance(one, StepProgress) and one.trouble not in (None, self._trouble):
                self._trouble = one.trouble
                self._say(one.t, _TEXTS.trouble(one.trouble))
            elif isinstance(one, StepEnded):
                self._trouble = None
                why = one.trouble
                how = "done" if why is None else f"once more: {_TEXTS.trouble(why)}"
                self._say(one.t, f"{one.step}: {how} ({one.value:.1f} {one.unit})")
            elif isinstance(one, CalibrationFailed):
                self._say(one.t, f"it did not work: {one.error}")
            elif isinstance(one, Calibrated):
                self.made = one
                self._result(one)
        self.has_output.set()

    def _result(self, made: Calibrated) -> None:
        quality = made.calibration.quality
        self._say(
            made.t,
            f"calibrated, {worst(made.remarks)}: axis fits to {quality.axis_fit_deg:.1f}°, "
            f"movement left {quality.still_dps:.1f} °/s",
        )
        for remark in made.remarks:
            self._say(made.t, _TEXTS.remark(remark))

    def _say(self, t: float, text: str) -> None:
        print(f"{t:7.1f} s  {text}", flush=True)


async def lead(
    session: Session,
    printer: CalibrationPrinter,
    steps: Sequence[CalibrationStep],
    data: Mapping[str, JsonValue],
) -> None:
    """Run ``session`` and lead through ``steps`` until it is calibrated or the session ends."""
    running = asyncio.create_task(session.run())
    begun = False
    try:
        while not running.done() and printer.made is None:
            waiting = asyncio.create_task(printer.has_output.wait())
            await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            printer.has_output.clear()
            # Only after the first output: then the source is open and the session knows its sensors.
            if not begun:
                begun = True
                session.guide(steps, data)
    finally:
        running.cancel()
        # The session closes its recording and stops its sensors.
        await asyncio.wait({running})
    if not running.cancelled():
        running.result()
