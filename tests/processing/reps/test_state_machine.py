"""The table of states: complete, without dead ends, and the only way to change a state."""

import numpy as np

from processing.reps.state_machine import RepMachine
from processing.reps.transitions import TRANSITIONS, Arming, State, Trigger


def test_every_state_is_reached_and_left() -> None:
    for state in State:
        assert any(target is state for target in TRANSITIONS.values())
        assert any(
            source is state for source, trigger in TRANSITIONS if trigger is not Trigger.DISARM
        )


def test_a_mark_ends_any_state() -> None:
    for state in State:
        assert TRANSITIONS[state, Trigger.DISARM] is State.IDLE


def test_every_trigger_leads_somewhere() -> None:
    assert {trigger for _, trigger in TRANSITIONS} == set(Trigger)


def test_a_disarmed_machine_stays_idle() -> None:
    machine = RepMachine(None)
    machine.arm(Arming.OFF)
    t = np.linspace(0.0, 5.0, 501)
    still = np.zeros(501)
    assert machine.follow(t, still, still, still, 0, 500) == (500, None)
    machine.arm(Arming.MARKED)
    assert machine.follow(t, still, still, still, 500, 501) == (500, Trigger.READY)
