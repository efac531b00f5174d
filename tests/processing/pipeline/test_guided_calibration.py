"""The calibration guide in a session: its decisions are recorded, and a replay needs no guide."""

import asyncio
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from processing.calibration.calibration_steps import FULL, CalibrationStep, StepEnded
from processing.calibration.changes import Calibrated
from processing.calibration.grade import CalibrationGrade, grade, worst
from processing.pipeline.guided_calibration import GuideEnded
from processing.session import Session, SessionOutput
from processing.types import AngleBlock, SessionEvent
from sensor.sources import open_source
from sensor.types import EventKind
from tests.paced_session import PacedSource, play_in_steps

UNMARKED = "sim:protocol=B,sets=0,marks=no"


class Guided:
    """A session of a simulated leg without marks, with the guide."""

    def __init__(self, recording: Path) -> None:
        self.outputs: list[SessionOutput] = []
        self._began = False
        self._source = PacedSource(UNMARKED)
        self.session = Session(self._source, self._listen, recording=recording)

    def _listen(self, outputs: Sequence[SessionOutput]) -> None:
        if not self._began:
            self._began = True
            self.session.guide()
        self.outputs += outputs

    def run(self) -> None:
        asyncio.run(play_in_steps(self.session, self._source))

    def steps(self) -> list[tuple[str, object]]:
        """Return the steps in the events of the session, and whether each was accepted."""
        return [
            (str(one.data["step"]), one.data["accepted"])
            for one in self.outputs
            if isinstance(one, SessionEvent) and one.kind == EventKind.CALIBRATION_END
        ]

    def calibrations(self) -> list[Calibrated]:
        return [one for one in self.outputs if isinstance(one, Calibrated)]


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Guided, Path]:
    path = tmp_path_factory.mktemp("guided") / "session.mcap"
    run = Guided(path)
    run.run()
    return run, path


def test_the_guide_records_the_steps_of_a_session_without_marks(
    guided: tuple[Guided, Path],
) -> None:
    run, _ = guided
    assert run.steps() == [(step.value, True) for step in FULL]
    assert sum(isinstance(one, GuideEnded) for one in run.outputs) >= 1
    (made,) = run.calibrations()
    assert worst(grade(made.calibration)) is CalibrationGrade.GOOD


def test_the_guide_calibrates_however_fast_the_source_is() -> None:
    outputs: list[SessionOutput] = []

    def listen(batch: Sequence[SessionOutput]) -> None:
        first = not outputs
        outputs.extend(batch)
        if first:
            session.guide()

    session = Session(open_source(UNMARKED, speed=None), listen)
    asyncio.run(session.run())
    (made,) = (one for one in outputs if isinstance(one, Calibrated))
    assert worst(grade(made.calibration)) is CalibrationGrade.GOOD


def test_a_replay_calibrates_from_the_same_samples(guided: tuple[Guided, Path]) -> None:
    run, path = guided
    outputs: list[SessionOutput] = []
    asyncio.run(Session(open_source(f"file:{path}", speed=None), outputs.extend).run())
    assert [one for one in outputs if isinstance(one, Calibrated)] == run.calibrations()
    assert not any(isinstance(one, StepEnded) for one in outputs)


def test_a_guide_that_is_ended_leaves_no_step_open() -> None:
    outputs: list[SessionOutput] = []

    def listen(batch: Sequence[SessionOutput]) -> None:
        first = not outputs
        outputs.extend(batch)
        if first:
            session.guide()
        started = [one for one in batch if isinstance(one, SessionEvent)]
        if any(one.kind == EventKind.CALIBRATION_START for one in started):
            session.end_guide()

    source = PacedSource(UNMARKED)
    session = Session(source, listen)
    asyncio.run(play_in_steps(session, source))
    ends = [
        one.data["accepted"]
        for one in outputs
        if isinstance(one, SessionEvent) and one.kind == EventKind.CALIBRATION_END
    ]
    assert ends == [False]


def test_no_zero_is_set_without_a_calibration() -> None:
    outputs: list[SessionOutput] = []
    session = Session(open_source("sim:sets=0,calibration=no", speed=None), outputs.extend)
    session.guide((CalibrationStep.REZERO,))
    asyncio.run(session.run())
    assert not any(isinstance(one, StepEnded) for one in outputs)


def test_the_new_zero_is_the_held_pose() -> None:
    outputs: list[SessionOutput] = []

    def listen(batch: Sequence[SessionOutput]) -> None:
        outputs.extend(batch)
        ended = [
            one for one in batch if isinstance(one, SessionEvent) and one.kind == EventKind.SET_END
        ]
        if ended:
            session.guide((CalibrationStep.REZERO,))

    source = PacedSource("sim:protocol=B,sets=2,reps=1,rest_s=12,lower_s=1")
    session = Session(source, listen)
    asyncio.run(play_in_steps(session, source))
    made = [at for at, one in enumerate(outputs) if isinstance(one, Calibrated)]
    assert len(made) >= 2
    angles = [one for one in outputs[made[1] :] if isinstance(one, AngleBlock) and one.valid.any()]
    assert abs(math.degrees(float(angles[0].ankle[angles[0].valid][0]))) < 3.0
