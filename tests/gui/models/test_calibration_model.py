"""The state of a calibration, from the events of a session."""

import asyncio
import math

import pytest

from gui.models.calibration import CalibrationModel, StepState, failed_steps
from processing.calibration.calibration_steps import FULL, CalibrationStep, StepEnded, StepProgress
from processing.calibration.changes import CalibrationFailed
from processing.calibration.grade import CalibrationGrade
from processing.calibration.troubles import FewMovements, SensorMoves
from processing.motion.calibrated import CalibrationError, CalibrationFault
from processing.pipeline.guided_calibration import GuideEnded
from processing.session import Session, SessionOutput
from processing.types import SessionEvent
from sensor.simulation import SimulationParameters, simulate
from sensor.sources import open_source
from sensor.types import EventKind, Segment

SESSION = "sim:protocol=B,sets=0"


@pytest.fixture(scope="module")
def updates() -> list[SessionOutput]:
    """The output of a simulated session with a calibration."""
    outputs: list[SessionOutput] = []
    asyncio.run(Session(open_source(SESSION, speed=None), outputs.extend, batch_s=1.0).run())
    return outputs


def event(t: float, kind: str, step: str, **more: bool) -> SessionEvent:
    return SessionEvent(t, kind, {"step": step, **more})


def test_a_simulated_calibration_goes_through_its_steps_in_order(
    updates: list[SessionOutput],
) -> None:
    model = CalibrationModel()
    seen: list[tuple[CalibrationStep | None, float]] = []
    for update in updates:
        model.take(update)
        if not seen or seen[-1][0] is not model.running:
            seen.append((model.running, model.progress))
        assert 0.0 <= model.progress <= 1.0
    assert [step for step, _ in seen if step] == list(FULL)
    assert set(model.states.values()) == {StepState.DONE}
    assert model.next is None
    assert model.grade is CalibrationGrade.GOOD


def test_the_numbers_are_those_of_the_simulated_leg(updates: list[SessionOutput]) -> None:
    model = CalibrationModel()
    for update in updates:
        model.take(update)
    truth = simulate(SimulationParameters(sets=0)).truth
    ankle_deg = [math.degrees(angle) for angle in (truth.ankle.min(), truth.ankle.max())]
    numbers = {n.what: n.value for step in FULL for n in model.numbers(step)}
    assert numbers["pointed"] == pytest.approx(-ankle_deg[0], abs=5.0)
    assert numbers["up"] == pytest.approx(ankle_deg[1], abs=5.0)
    assert numbers["range"] == pytest.approx(math.degrees(truth.shin_turn.max()), abs=8.0)
    assert {n.unit for step in FULL for n in model.numbers(step)} == {"°", "°/s"}


def test_a_new_still_pose_restarts_and_a_refused_step_is_open(
    updates: list[SessionOutput],
) -> None:
    model = CalibrationModel()
    for update in updates:
        model.take(update)
    model.take(event(90.0, EventKind.CALIBRATION_START, "pumps"))
    assert model.running is CalibrationStep.PUMPS
    assert model.states[CalibrationStep.CURLS] is StepState.DONE
    model.take(event(92.0, EventKind.CALIBRATION_END, "pumps", accepted=False))
    assert model.next is CalibrationStep.PUMPS
    model.take(event(95.0, EventKind.CALIBRATION_START, "still"))
    assert model.states[CalibrationStep.CURLS] is StepState.TO_DO
    model.clear()
    assert model.grade is None


@pytest.mark.parametrize(
    ("where", "steps"),
    [
        ("still pose", (CalibrationStep.STILL,)),
        ("foot sensor, pumps", (CalibrationStep.PUMPS,)),
        ("shin sensor, curls", (CalibrationStep.CURLS,)),
        ("foot sensor", FULL),
    ],
)
def test_a_failure_names_the_steps_to_repeat(
    where: str, steps: tuple[CalibrationStep, ...]
) -> None:
    error = CalibrationError(CalibrationFault.NOT_STILL, where, "it moved")
    assert failed_steps(error) == steps
    model = CalibrationModel()
    for at, step in enumerate(FULL):
        model.take(event(at, EventKind.CALIBRATION_START, step))
        model.take(event(at + 0.5, EventKind.CALIBRATION_END, step))
    model.take(CalibrationFailed(5.0, error))
    assert model.next is steps[0]
    assert model.states[steps[0]] is StepState.FAILED


MOVES = SensorMoves(Segment.FOOT, on_bench=False)


def test_the_guide_shows_the_progress_and_the_trouble_of_a_step() -> None:
    model = CalibrationModel()
    model.take(StepProgress(CalibrationStep.STILL, 1.0, 0.0, 9.0, "°/s", MOVES))
    assert (model.leading, model.trouble) == (True, MOVES)
    model.take(event(2.0, EventKind.CALIBRATION_START, "still"))
    model.take(StepProgress(CalibrationStep.STILL, 2.5, 0.4, 0.5, "°/s"))
    assert (model.progress, model.trouble) == (0.4, None)
    model.take(StepEnded(CalibrationStep.STILL, 3.0, accepted=True, value=0.5, unit="°/s"))
    assert model.running is None
    assert model.next is CalibrationStep.PUMPS
    model.take(event(3.0, EventKind.CALIBRATION_END, "still", accepted=True))
    assert [(n.value, n.unit) for n in model.numbers(CalibrationStep.STILL)] == [(0.5, "°/s")]
    model.take(event(3.0, EventKind.CALIBRATION_START, "pumps"))
    model.take(StepEnded(CalibrationStep.PUMPS, 9.0, False, 20.0, "°", FewMovements(1, 3)))
    model.take(event(9.0, EventKind.CALIBRATION_END, "pumps", accepted=False))
    assert (model.trouble, model.next) == (FewMovements(1, 3), CalibrationStep.PUMPS)
    model.take(GuideEnded())
    assert not model.leading


def test_events_of_unknown_steps_are_ignored() -> None:
    model = CalibrationModel()
    model.take(event(1.0, EventKind.CALIBRATION_START, "rezero"))
    model.take(event(1.0, EventKind.CALIBRATION_START, "handstand"))
    model.take(SessionEvent(1.0, EventKind.KEY, {"key": "space"}))
    assert model.running is None
