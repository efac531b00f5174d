"""Reps after the sensors were strapped on again are not judged without a new calibration."""

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
from tests.processing.coach.session_output import session_output

SIMULATED = simulate(parse_simulation("sim:protocol=B,sets=2,reps=2,rest_s=8,seed=3"))
FIRST_SET, SECOND_SET = (
    (item.t_ns - SIMULATED.header.start_ns) / 1e9
    for item in SIMULATED.items
    if isinstance(item, Event) and item.kind == EventKind.SET_START
)
IN_FIRST_SET_T = FIRST_SET + 0.2
REST_T = SECOND_SET - 5.0
WHY = "NotCalibrated"


def event(t: float, kind: str, **data: str) -> Event:
    return Event(SIMULATED.header.start_ns + round(1e9 * t), kind, data)


def coached(header: SessionHeader, items: list[Item], to: Path | None = None) -> list[str]:
    """Return for each rep of a coached session why it is not judged, else its grade."""
    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    outputs = session_output(header, items, coach, to)
    return [words(one) for one in outputs if isinstance(one, Verdict)]


def verdicts(events: Sequence[Item], path: Path) -> tuple[list[str], list[str]]:
    """Return the words of each rep live and reviewed; the session is recorded in ``path``."""
    items = sorted([*SIMULATED.items, *events], key=lambda item: item.t_ns)
    live = coached(SIMULATED.header, items, path)
    return live, [words(v) for s in judge_sets(analyse(path)) for v in s.verdicts]


def words(verdict: Verdict) -> str:
    check = verdict.check(CheckKey.DATA)
    withheld = verdict.grade is Grade.NOT_JUDGED and check is not None
    return type(check.reason).__name__ if withheld and check is not None else verdict.grade.value


@pytest.mark.parametrize(
    ("events", "withheld"),
    [
        ([event(REST_T, EventKind.STRAPPED_ON)], [False, True]),
        ([event(IN_FIRST_SET_T, EventKind.STRAPPED_ON)], [True, True]),
        # Sensors that lie on a bench are off the leg.
        (
            [event(REST_T, EventKind.CALIBRATION_START, step=CalibrationStep.BENCH)],
            [False, True],
        ),
        # The calibration comes after it.
        ([event(0.5, EventKind.STRAPPED_ON)], [False, False]),
        # A new zero does not replace a calibration.
        (
            [
                event(REST_T, EventKind.STRAPPED_ON),
                event(REST_T + 0.5, EventKind.CALIBRATION_START, step=CalibrationStep.REZERO),
                event(REST_T + 2.5, EventKind.CALIBRATION_END, step=CalibrationStep.REZERO),
            ],
            [False, True],
        ),
    ],
    ids=["in the rest", "as the first set begins", "bench", "before it", "a new zero"],
)
def test_reps_after_strapping_on_again_are_not_judged(
    events: list[Event], withheld: list[bool], tmp_path: Path
) -> None:
    expected = [each for each in withheld for _ in range(2)]
    for words_of_reps in verdicts(events, tmp_path / "session.mcap"):
        assert [text == WHY for text in words_of_reps] == expected, words_of_reps


def test_reps_after_a_new_calibration_are_judged(tmp_path: Path) -> None:
    """The session is played twice; the straps are opened in the first, the second calibrates again."""
    shift_ns = SIMULATED.items[-1].t_ns - SIMULATED.items[0].t_ns + 10**9
    later = [replace(item, t_ns=item.t_ns + shift_ns) for item in SIMULATED.items]
    strapped = event(REST_T, EventKind.STRAPPED_ON)
    path = tmp_path / "session.mcap"
    live_and_reviewed = verdicts([strapped, *later], path)
    recording = open_recording(path)
    replayed = coached(recording.header, list(recording.items()))
    for words_of_reps in (*live_and_reviewed, replayed):
        assert [text == WHY for text in words_of_reps] == [False] * 2 + [True] * 2 + [False] * 4, (
            words_of_reps
        )
