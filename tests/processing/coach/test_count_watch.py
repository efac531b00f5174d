"""The person hears within ten seconds why reps are not counted, and nothing while they are."""

import dataclasses

import numpy as np

from processing.coach.coach import Coach
from processing.coach.count_watch import CannotCount, CountTrouble
from processing.coach.cues import Cue, CueKind
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.coach.speech import PauseMark, Phrase
from processing.reps.rep_detector import RepDetector
from processing.types import AngleBlock, SessionEvent, slice_block
from sensor.types import Event, EventKind
from tests.processing.reps.curves import Curve, lying


def troubles(angles: AngleBlock) -> list[tuple[float, CountTrouble]]:
    """Return what a coach says about a marked set; every notice has its cue."""
    coach, detector = Coach(built_in("B"), Athlete(weeks_trained=10.0)), RepDetector(100.0)
    out = coach.begin() + coach.feed(SessionEvent(0.0, EventKind.SET_START, {}))
    detector.feed(Event(0, EventKind.SET_START))
    for start in range(0, len(angles.t), 10):
        block = slice_block(angles, start, min(start + 10, len(angles.t)))
        for update in (block, *detector.feed(block)):
            out += coach.feed(update)
    found = [(one.t, one.why) for one in out if isinstance(one, CannotCount)]
    cues = [one.t for one in out if isinstance(one, Cue) and one.kind is CueKind.NOT_COUNTED]
    assert cues == [t for t, _ in found]
    return found


def test_a_leg_that_never_rests_is_told() -> None:
    curve = Curve()
    for _ in range(8):
        curve.to(100.0, 1.2).to(-10.0, 1.2)
    rocking = curve.angles()
    # A minimum-jerk stroke nearly rests at its end; this one turns at full speed.
    t = rocking.t
    curl = np.deg2rad(55.0 - 55.0 * np.cos(2.0 * np.pi * t / 2.0))
    angles = dataclasses.replace(rocking, driving=curl, driving_rate=np.gradient(curl, t))
    ((noticed_t, why),) = troubles(angles)
    assert why is CountTrouble.NOT_STILL
    assert noticed_t <= 10.0


def test_a_set_without_angles_is_told() -> None:
    angles = lying(n=3).angles()
    nothing = dataclasses.replace(angles, driving_valid=np.zeros_like(angles.valid))
    ((noticed_t, why),) = troubles(nothing)
    assert why is CountTrouble.NOT_CALIBRATED
    assert noticed_t <= 10.0


def test_angles_that_stop_in_a_set_are_no_lack_of_a_calibration() -> None:
    angles = Curve().hold(40.0).angles()
    stopped = dataclasses.replace(angles, driving_valid=angles.t < 2.0)
    coach = Coach(built_in("B"), Athlete(weeks_trained=10.0))
    out = coach.begin() + coach.feed(slice_block(stopped, 0, 200))
    out += coach.feed(SessionEvent(2.0, EventKind.SET_START, {}))
    out += coach.feed(slice_block(stopped, 200, len(stopped.t)))
    cues = [one.speech for one in out if isinstance(one, Cue) and one.kind is CueKind.NOT_COUNTED]
    assert cues == [(Phrase.NOT_COUNTED, PauseMark.COMMA, Phrase.CHECK_SENSORS)]


def test_a_set_that_is_counted_is_left_alone() -> None:
    assert not troubles(lying(n=4).hold(20.0).angles(noise_deg=0.1))
    # Standing, sitting down, a minute until the first lift.
    assert not troubles(Curve(-90.0).hold(3.0).to(0.0, 1.2).hold(60.0).rep().hold(2.0).angles())
