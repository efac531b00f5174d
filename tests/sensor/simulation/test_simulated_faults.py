"""Each fault of a simulated rep is where it was asked for, and as large."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sensor.simulation import (
    PersonParameters,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSession,
    SimulationParameters,
    TrueRep,
    simulate,
)
from sensor.types import FloatArray
from tests.sensor.simulation.short_session import SHORT, ankle_deg


@cache
def faulty(
    fault: SimulatedFault, protocol: SimulatedProtocol = SimulatedProtocol.B, seed: int = 7
) -> SimulatedSession:
    """Return a set whose second and fourth reps have the fault."""
    return simulate(
        SimulationParameters(
            seed=seed, protocol=protocol, sets=1, reps=4, faults=(fault,), calibration=False
        )
    )


def lowering_s(rep: TrueRep) -> float:
    return rep.t_bottom - rep.t_ecc


def test_a_clean_rep_of_protocol_b_follows_the_protocol() -> None:
    session = simulate(replace(SHORT, reps=6))
    for rep in session.truth.reps:
        assert rep.fault == ""
        # Of a gliding lowering of 4 s, a coach sees 0.3 s less.
        assert lowering_s(rep) == pytest.approx(3.7, abs=0.5)
        assert np.median(ankle_deg(session, rep.t_start + 0.15, rep.t_top)) > 6.0
        lowering = ankle_deg(session, rep.t_ecc + 0.2, rep.t_bottom - 0.4)
        assert lowering.max() < -22.5


def test_each_fault_is_in_the_requested_reps() -> None:
    for fault in SimulatedFault:
        assert [rep.fault for rep in faulty(fault).truth.reps] == ["", fault, "", fault]


def test_fast_reps_are_lowered_in_less_than_three_quarters_of_the_time() -> None:
    clean, fast, *_ = faulty(SimulatedFault.FAST).truth.reps
    assert lowering_s(fast) < 0.75 * 4.0 * 0.75
    assert lowering_s(clean) > 3.5


def fastest_share(session: SimulatedSession, rep: TrueRep) -> float:
    """Return the fastest 250 ms of a lowering relative to its average, from 0.9 to 0.15 of it."""
    t, curl = session.truth.t, session.truth.shin_turn
    inside = (t >= rep.t_ecc) & (t <= rep.t_bottom)
    share = curl[inside] / rep.rom
    part = curl[inside][(share < 0.9) & (share > 0.15)]
    return float((part[:-25] - part[25:]).max() / 0.25 / (rep.rom / lowering_s(rep)))


def test_a_drop_is_uneven_and_a_clean_lowering_is_not() -> None:
    session = faulty(SimulatedFault.DROP)
    clean, dropped, *_ = session.truth.reps
    assert fastest_share(session, dropped) > 3.5
    assert fastest_share(session, clean) < 1.5


def first_pointed_share(session: SimulatedSession, rep: TrueRep) -> float:
    """Return the height (1 is the top) at which the foot first reaches its band on the way down."""
    t, ankle = session.truth.t, np.rad2deg(session.truth.ankle)
    pointed = np.flatnonzero((t >= rep.t_top) & (t <= rep.t_bottom) & (ankle < -22.5))
    return float(session.truth.shin_turn[pointed[0]] / rep.rom) if pointed.size else 0.0


def test_a_late_switch_happens_on_the_way_down() -> None:
    session = faulty(SimulatedFault.LATE)
    clean, late, *_ = session.truth.reps
    assert first_pointed_share(session, clean) > 0.9
    assert 0.1 < first_pointed_share(session, late) < 0.6


def lift_angles_deg(session: SimulatedSession, rep: TrueRep) -> FloatArray:
    """Return the ankle angles of a lift between 15 and 85 % of its height."""
    t, height = session.truth.t, session.truth.shin_turn / rep.rom
    rising = (t > rep.t_start) & (t < rep.t_top) & (height > 0.15) & (height < 0.85)
    return np.rad2deg(session.truth.ankle[rising])


def test_toes_that_point_early_or_stay_pointed_are_seen_in_the_lift() -> None:
    session = faulty(SimulatedFault.EARLY)
    clean, early, *_ = session.truth.reps
    assert lift_angles_deg(session, clean).min() > 6.0
    # Not pointed at first, but before 85 % of the height.
    assert lift_angles_deg(session, early)[0] > -15.0
    assert (lift_angles_deg(session, early) < -22.5).sum() > 12
    session = faulty(SimulatedFault.POINTED)
    clean, pointed, *_ = session.truth.reps
    assert np.median(lift_angles_deg(session, pointed)) < -22.5
    assert np.median(lift_angles_deg(session, clean)) > 6.0


def test_a_short_rep_is_no_partial_one() -> None:
    clean, short, *_ = faulty(SimulatedFault.SHORT).truth.reps
    assert 0.62 < np.rad2deg(short.rom) / 105.0 < 0.69
    assert not short.partial
    assert np.rad2deg(clean.rom) > 90.0


def test_toes_that_are_never_pointed_stay_near_neutral() -> None:
    session = faulty(SimulatedFault.NEVER)
    never = session.truth.reps[1]
    assert first_pointed_share(session, never) == 0.0
    assert np.median(ankle_deg(session, never.t_start + 0.15, never.t_top)) > 6.0


@pytest.mark.parametrize(
    ("protocol", "held"), [(SimulatedProtocol.PF, -22.5), (SimulatedProtocol.DF, 6.0)]
)
def test_in_protocol_a_the_foot_is_held_except_with_a_fault(
    protocol: SimulatedProtocol, held: float
) -> None:
    for fault in (SimulatedFault.NEVER, SimulatedFault.SLIP):
        session = faulty(fault, protocol)
        clean, bad, *_ = session.truth.reps
        good = ankle_deg(session, clean.t_start, clean.t_bottom) * np.sign(held)
        assert (good > abs(held)).mean() > 0.95
        lost = ankle_deg(session, bad.t_start, bad.t_bottom) * np.sign(held)
        assert (lost > abs(held)).mean() < 0.8


def test_toes_that_slip_are_pointed_at_first() -> None:
    session = faulty(SimulatedFault.SLIP)
    slipped = session.truth.reps[1]
    assert first_pointed_share(session, slipped) > 0.9
    assert ankle_deg(session, slipped.t_bottom - 1.0, slipped.t_bottom - 0.5).min() > -15.0


def test_a_partial_rep_has_less_than_six_tenths_of_the_range() -> None:
    reps = faulty(SimulatedFault.PARTIAL).truth.reps
    assert [rep.partial for rep in reps] == [False, True, False, True]
    assert reps[1].rom < 0.6 * reps[0].rom


def test_pauses_and_stalls_take_time_but_add_no_rep() -> None:
    paused, stalled = faulty(SimulatedFault.PAUSE), faulty(SimulatedFault.STALL)
    assert len(paused.truth.reps) == len(stalled.truth.reps) == 4
    rep = paused.truth.reps[1]
    assert 3.8 < rep.t_end - rep.t_bottom < 6.0
    assert lowering_s(stalled.truth.reps[1]) > lowering_s(stalled.truth.reps[0]) + 1.2


def test_a_bounce_stays_below_the_threshold_of_a_rep() -> None:
    session = faulty(SimulatedFault.BOUNCE)
    rep = session.truth.reps[1]
    t = session.truth.t
    rebound = session.truth.shin_turn[(t > rep.t_bottom + 0.1) & (t < rep.t_end - 0.1)] / rep.rom
    rises = ((rebound[1:] > 0.045) & (rebound[:-1] <= 0.045)).sum()
    assert rises == 2
    assert rebound.max() < 0.1


@pytest.mark.parametrize(
    "fault",
    [
        SimulatedFault.FAST,
        SimulatedFault.DROP,
        SimulatedFault.LATE,
        SimulatedFault.NEVER,
        SimulatedFault.SLIP,
        SimulatedFault.EARLY,
    ],
)
def test_a_weak_fault_stays_within_the_limits_of_a_good_rep(fault: SimulatedFault) -> None:
    """Compare with the rules of the verdict: tempo, drop, switch and hold, each just within."""
    weak = SimulationParameters(
        seed=7,
        sets=1,
        reps=4,
        faults=(fault,),
        fault_strength_percent=10.0,
        calibration=False,
        person=PersonParameters(spread_percent=0.0),
    )
    session = simulate(weak)
    rep = session.truth.reps[1]
    assert rep.fault == fault
    assert lowering_s(rep) > 0.93 * lowering_s(session.truth.reps[0])
    assert fastest_share(session, rep) < 2.5
    assert first_pointed_share(session, rep) > 0.8
    assert ankle_deg(session, rep.t_ecc + 0.4, rep.t_bottom - 0.4).max() < -22.5


@pytest.mark.parametrize("lower_s", [0.6, 12.0])
def test_the_tempo_can_be_very_fast_and_very_slow(lower_s: float) -> None:
    session = simulate(replace(SHORT, protocol=SimulatedProtocol.DF, lower_s=lower_s, top_s=0.0))
    for rep in session.truth.reps:
        assert 0.7 * lower_s < lowering_s(rep) < 1.15 * lower_s
