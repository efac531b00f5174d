"""Tests of what simulated people do around their sets: all of it is told, and none of it is a rep."""

import numpy as np
import pytest

from sensor.simulation import SimulatedExercise, SimulatedSession, simulate
from sensor.types import Event, EventKind


def session(text: str) -> SimulatedSession:
    # The truth does not depend on the rate of the sensors.
    return simulate(f"calibration=no,rate_hz=10,{text}")


def names(simulated: SimulatedSession) -> list[str]:
    return [activity.name for activity in simulated.truth.activities]


def event_times(simulated: SimulatedSession, kind: EventKind) -> list[float]:
    start_ns = simulated.header.start_ns
    return [
        1e-9 * (item.t_ns - start_ns)
        for item in simulated.items
        if isinstance(item, Event) and item.kind == kind
    ]


def turn_deg(simulated: SimulatedSession, start: float, end: float) -> np.ndarray:
    """Return the true shin turn between two times."""
    t = simulated.truth.t
    return np.rad2deg(simulated.truth.shin_turn[(t >= start) & (t <= end)])


@pytest.mark.parametrize("exercise", list(SimulatedExercise))
def test_a_person_gets_off_after_every_set_and_lies_down_a_little_differently(
    exercise: SimulatedExercise,
) -> None:
    simulated = session(f"sets=2,reps=2,rest=off,rest_s=10,marks=no,exercise={exercise}")
    done = names(simulated)
    assert done.count("getting off") == done.count("coming back") == 2
    first = next(a for a in simulated.truth.activities if a.name == "getting off")
    assert 0.2 < first.t_start - simulated.truth.reps[1].t_bottom < 8.0
    # Standing is 98° away from lying, 85° from sitting with the leg out, 9° from standing.
    away = {"lying": -95.0, "seated": 88.0, "standing": -6.0}[exercise]
    assert turn_deg(simulated, first.t_end - 0.2, first.t_end).mean() == pytest.approx(away, abs=3)
    lift = simulated.truth.reps[2].t_start
    assert 0.05 < abs(turn_deg(simulated, lift - 1.5, lift - 1.0).mean()) < 5.0
    # A lift and a lowering of the knee in the set are what they were.
    assert np.rad2deg(simulated.truth.reps[2].rom) == pytest.approx(105.0, rel=0.1)


def test_a_cramp_breaks_a_set_off_and_no_rep_follows_it() -> None:
    simulated = session("sets=1,reps=8,cramp_percent=100,seed=3")
    assert names(simulated)[:3] == ["cramp", "getting off", "stretching the calf"]
    assert 1 <= len(simulated.truth.reps) < 8
    cramp = simulated.truth.activities[0]
    assert simulated.truth.reps[-1].t_bottom < cramp.t_start
    (end,) = event_times(simulated, EventKind.SET_END)
    assert end > simulated.truth.activities[2].t_end - 0.1


def test_a_forgotten_end_is_not_marked() -> None:
    kept, forgotten = session("sets=2,reps=1"), session("sets=2,reps=1,forgotten_ends_percent=100")
    assert len(event_times(kept, EventKind.SET_END)) == 2
    assert event_times(forgotten, EventKind.SET_END) == []
    assert len(event_times(forgotten, EventKind.SET_START)) == 2


def test_settling_in_pad_and_phone_happen_on_the_machine() -> None:
    simulated = session("sets=2,reps=1,rest=pad,settle=yes")
    assert names(simulated) == ["settling in", "adjusting the pad", "settling in"]
    for activity in simulated.truth.activities:
        moved = turn_deg(simulated, activity.t_start, activity.t_end)
        assert 3.0 < np.abs(moved).max() < 60.0
        assert abs(moved[-1]) < 1.0
    phone = session("sets=2,reps=1,rest=phone,rest_s=60,seed=2")
    (held,) = phone.truth.activities
    assert held.name == "phone in hand"
    assert held.t_end - held.t_start >= 60.0


def test_mixed_rests_are_of_several_kinds() -> None:
    done = names(session("sets=8,reps=1,rest=mixed,rest_s=5,seed=2"))
    assert len({"getting off", "adjusting the pad", "phone in hand"} & set(done)) >= 2


def test_everything_but_reps_goes_on_for_the_time_asked_for_and_jolts_the_foot() -> None:
    simulated = session("protocol=FREE,free=everything,free_s=200,seed=5")
    assert simulated.truth.reps == ()
    assert simulated.truth.t[-1] > 200.0
    assert len(set(names(simulated))) >= 5
    again = session("protocol=FREE,free=everything,free_s=200,seed=5")
    assert simulated.items == again.items
    assert simulated.truth.activities == again.truth.activities
