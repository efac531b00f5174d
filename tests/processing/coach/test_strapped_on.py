"""Whoever opens a strap after the calibration is not judged by it any more: live and afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from processing.calibration.calibration_steps import CalibrationStep
from processing.coach.coach import Coach
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.judge.verdict import Verdict
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from sensor.recording import open_recording
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, SessionHeader
from tests.processing.coach.played import told_in

SIMULATED = simulate(parse_simulation("sim:protocol=B,sets=2,reps=2,rest_s=8,seed=3"))
FIRST_SET, SECOND_SET = (
    (item.t_ns - SIMULATED.header.start_ns) / 1e9
    for item in SIMULATED.items
    if isinstance(item, Event) and item.kind == EventKind.SET_START
)
BEGUN_T = FIRST_SET + 0.2
PAUSE_T = SECOND_SET - 5.0
WHY = "NotCalibrated"


def happened(t: float, kind: str, **data: str) -> Event:
    return Event(SIMULATED.header.start_ns + round(1e9 * t), kind, data)


def verdicts(events: Sequence[Item], path: Path) -> tuple[list[str], list[str], list[str]]:
    """Return why each rep is not judged, else its grade: live, in a replay and in the review."""

    def live(header: SessionHeader, items: list[Item], to: Path | None) -> list[str]:
        coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
        heard = told_in(header, items, coach, to)
        return [words(one) for one in heard if isinstance(one, Verdict)]

    items = sorted([*SIMULATED.items, *events], key=lambda item: item.t_ns)
    first = live(SIMULATED.header, items, path)
    recording = open_recording(path)
    again = live(recording.header, list(recording.items()), None)
    return first, again, [words(v) for s in judge_sets(analyse(path)) for v in s.verdicts]


def words(verdict: Verdict) -> str:
    check = verdict.check(CheckKey.DATA)
    withheld = verdict.grade is Grade.NOT_JUDGED and check is not None
    return type(check.reason).__name__ if withheld and check is not None else verdict.grade.value


@pytest.mark.parametrize(
    ("events", "withheld"),
    [
        ([happened(PAUSE_T, EventKind.STRAPPED_ON)], [False, True]),
        ([happened(BEGUN_T, EventKind.STRAPPED_ON)], [True, True]),
        # Sensors that lie on a bench are off the leg.
        (
            [happened(PAUSE_T, EventKind.CALIBRATION_START, step=CalibrationStep.BENCH)],
            [False, True],
        ),
        # It was calibrated after that.
        ([happened(0.5, EventKind.STRAPPED_ON)], [False, False]),
        ([happened(PAUSE_T, EventKind.MARK)], [False, False]),
        # A new zero is no new calibration.
        (
            [
                happened(PAUSE_T, EventKind.STRAPPED_ON),
                happened(PAUSE_T + 0.5, EventKind.CALIBRATION_START, step=CalibrationStep.REZERO),
                happened(PAUSE_T + 2.5, EventKind.CALIBRATION_END, step=CalibrationStep.REZERO),
            ],
            [False, True],
        ),
    ],
    ids=["in the pause", "as the first set begins", "bench", "before it", "a mark", "a new zero"],
)
def test_reps_after_the_strap_on_are_not_judged(
    events: list[Event], withheld: list[bool], tmp_path: Path
) -> None:
    expected = [each for each in withheld for _ in range(2)]
    for said in verdicts(events, tmp_path / "session.mcap"):
        assert [text == WHY for text in said] == expected, said


def test_a_new_calibration_ends_it(tmp_path: Path) -> None:
    """The whole session comes once more, with its calibration; the straps were opened in the first."""
    shift_ns = SIMULATED.items[-1].t_ns - SIMULATED.items[0].t_ns + 10**9
    later = [replace(item, t_ns=item.t_ns + shift_ns) for item in SIMULATED.items]
    strapped = happened(PAUSE_T, EventKind.STRAPPED_ON)
    for said in verdicts([strapped, *later], tmp_path / "session.mcap"):
        assert [text == WHY for text in said] == [False] * 2 + [True] * 2 + [False] * 4, said
