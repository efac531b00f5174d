"""The calibration movements of a session while they run, as Train shows them. No Qt."""

from processing.calibration.calibration_steps import CalibrationStep
from processing.types import SessionEvent
from sensor.types import EventKind


class RunningCalibration:
    """The movement that a person is asked for.

    Attributes
    ----------
    running
        Whether movements are asked for, or their calibration is being computed.
    movement
        The step that is done now; empty between two steps.
    """

    def __init__(self) -> None:
        self.running = False
        self.movement = ""
        self._accepted = False
        self._rezero = False

    def take(self, event: SessionEvent) -> None:
        """Follow the marks of the movements."""
        if event.kind == EventKind.CALIBRATION_START:
            self.running, self._accepted = True, False
            self.movement = str(event.data.get("step", ""))
            self._rezero = self.movement == CalibrationStep.REZERO
        elif event.kind == EventKind.CALIBRATION_END:
            self._accepted = event.data.get("accepted", True) is True
            self.movement = ""

    def end_guide(self) -> None:
        """Take that nobody asks any more: an accepted movement still becomes a calibration."""
        self.running = self.running and self._accepted

    def finish(self) -> bool:
        """Take the calibration, or that there is none; return whether it was a new zero."""
        rezero, self._rezero = self._rezero, False
        self.running = False
        return rezero
