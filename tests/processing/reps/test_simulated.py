"""Reps and phases in simulated sessions, against the truth of the simulation."""

import dataclasses
import functools
from collections.abc import Sequence

import numpy as np
import pytest

from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import segment_sets
from processing.types import AngleBlock, PhaseChange, Rep
from sensor.simulation.choices import (
    RestActivity,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
)
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.simulated_session import SimulatedSession, simulate
from sensor.simulation.truth import TrueRep
from sensor.types import Event, EventKind
from tests.processing.reps.curves import block, durations
from tests.processing.stage_contract import cut

FAULTS = (
    SimulatedFault.PARTIAL,
    SimulatedFault.BOUNCE,
    SimulatedFault.STALL,
    SimulatedFault.PAUSE,
    SimulatedFault.FAST,
    SimulatedFault.DROP,
)


@functools.cache
def session(seed: int, *, marks: bool = True, lower_s: float | None = None) -> SimulatedSession:
    """Return two sets whose tempo, range, machine and faults depend on the seed."""
    rng = np.random.default_rng(seed)
    return simulate(
        SimulationParameters(
            seed=seed,
            protocol=SimulatedProtocol.B if seed % 2 else SimulatedProtocol.A,
            sets=2,
            reps=5,
            lower_s=lower_s or float(rng.choice([0.4, 1.0, 3.0, 4.0, 8.0])),
            lift_s=float(rng.choice([0.4, 1.0, 2.0])),
            top_s=float(rng.choice([0.0, 0.3, 1.0])),
            bottom_s=float(rng.choice([0.0, 0.5, 1.0])),
            rest=RestActivity(str(rng.choice(["still", "fidget", "walk"]))),
            # Longer than a rest-pause, so that these are two sets even if nobody marks them.
            rest_s=30.0,
            faults=FAULTS if seed % 3 == 0 else (),
            marks=marks,
            free_s=10.0,
            person=PersonParameters(
                exercise=SimulatedExercise(str(rng.choice(["lying", "seated", "standing"]))),
                rom_deg=float(rng.uniform(60.0, 125.0)),
            ),
        )
    )


def angles_of(simulated: SimulatedSession, seed: int) -> AngleBlock:
    """Return the true curl with an error that wanders by some tenths of a degree."""
    truth = simulated.truth
    rng = np.random.default_rng(seed)
    curl = np.rad2deg(truth.shin_turn)
    rate = np.asarray(np.gradient(curl, truth.t), dtype=np.float64)
    wander = np.cumsum(0.02 * rng.standard_normal(truth.t.size))
    noise = 0.3 * rng.standard_normal(truth.t.size)
    angles = block(truth.t, curl + wander - wander.mean(), rate + noise, np.rad2deg(truth.ankle))
    # As in the pipeline, no angles are valid before the calibration.
    calibrated = [
        _session_time(simulated, item)
        for item in simulated.items
        if isinstance(item, Event) and item.kind == EventKind.CALIBRATION_END
    ]
    return dataclasses.replace(angles, valid=angles.t > max(calibrated, default=-1.0))


def _session_time(simulated: SimulatedSession, event: Event) -> float:
    return (event.t_ns - simulated.header.start_ns) * 1e-9


def live(
    angles: AngleBlock, simulated: SimulatedSession, reference_deg: float
) -> list[PhaseChange | Rep]:
    """Return the detector's output for the angles, with the session's events in between."""
    detector, outputs, done = RepDetector(reference_deg), [], 0
    for event in (item for item in simulated.items if isinstance(item, Event)):
        until = int(np.searchsorted(angles.t, _session_time(simulated, event)))
        outputs += detector.feed(cut(angles, done, until))
        outputs += detector.feed(event)
        done = until
    return outputs + detector.feed(cut(angles, done, angles.t.size))


def marked(simulated: SimulatedSession) -> list[tuple[float, float]]:
    times: dict[str, list[float]] = {EventKind.SET_START: [], EventKind.SET_END: []}
    for item in simulated.items:
        if isinstance(item, Event) and item.kind in times:
            times[item.kind].append(_session_time(simulated, item))
    return list(zip(times[EventKind.SET_START], times[EventKind.SET_END], strict=True))


def reference_of(simulated: SimulatedSession) -> float:
    rom = max(rep.rom for rep in simulated.truth.reps)
    return float(np.rad2deg(rom))


def whole(reps: Sequence[Rep] | Sequence[TrueRep]) -> int:
    return sum(not rep.partial for rep in reps)


@pytest.mark.parametrize("seed", range(10))
def test_every_set_is_counted_live_and_offline(seed: int) -> None:
    simulated = session(seed)
    angles, reference_deg = angles_of(simulated, seed), reference_of(simulated)
    expected = [
        whole([rep for rep in simulated.truth.reps if rep.set_index == index]) for index in (0, 1)
    ]
    spans = marked(simulated)
    found = [o for o in live(angles, simulated, reference_deg) if isinstance(o, Rep)]
    counted = [whole([r for r in found if a <= r.t_start <= b]) for a, b in spans]
    assert counted == expected
    assert [whole(reps) for reps in segment_sets(angles, reference_deg, sets=spans)] == expected


def test_movements_before_the_first_mark_hardly_ever_count() -> None:
    # Standing up from the machine and sitting down within 20 s looks like one slow rep.
    false = 0
    for seed in range(10):
        simulated = session(seed)
        outputs = live(angles_of(simulated, seed), simulated, reference_of(simulated))
        first = marked(simulated)[0][0]
        false += whole([o for o in outputs if isinstance(o, Rep) and o.t_start < first])
    assert false <= 1


@pytest.mark.parametrize("seed", range(4))
def test_without_marks_only_the_sets_are_found(seed: int) -> None:
    simulated = session(seed, marks=False)
    angles, reference_deg = angles_of(simulated, seed), reference_of(simulated)
    first = simulated.truth.reps[0].t_start - 2.0
    # The curls of the calibration, which no event marks either, come before.
    angles = cut(angles, int(np.searchsorted(angles.t, first - 15.0)), angles.t.size)
    truth = simulated.truth.reps
    sets = [reps for reps in segment_sets(angles, reference_deg) if reps[-1].t_end > first]
    assert [whole(reps) for reps in sets] == [
        whole([rep for rep in truth if rep.set_index == index]) for index in (0, 1)
    ]
    found = [o for o in RepDetector(reference_deg).feed(angles) if isinstance(o, Rep)]
    assert whole([rep for rep in found if rep.t_start > first]) == whole(truth)


def test_phase_durations_at_normal_tempo_are_exact() -> None:
    errors, delays = [], []
    for seed in (1, 2, 4, 5, 7):
        simulated = session(seed, lower_s=3.0)
        angles, reference_deg = angles_of(simulated, seed), reference_of(simulated)
        truth = [rep for rep in simulated.truth.reps if not rep.partial]
        spans = marked(simulated)
        offline = [r for reps in segment_sets(angles, reference_deg, sets=spans) for r in reps]
        offline = [rep for rep in offline if not rep.partial]
        errors += [_error(a, b) for a, b in zip(offline, truth, strict=True)]
        changes = [o for o in live(angles, simulated, reference_deg) if isinstance(o, PhaseChange)]
        for rep in truth:
            # The bottom is known only after the leg has rested there.
            for t in (rep.t_start, rep.t_top, rep.t_ecc):
                nearest = int(np.argmin([abs(change.t - t) for change in changes]))
                delays.append(changes[nearest].noticed_t - t)
    assert np.abs(np.mean(errors, axis=0)).max() <= 0.02
    assert np.std(errors, axis=0).max() <= 0.05
    assert float(np.median(delays)) <= 0.12


def _error(rep: Rep, true: TrueRep) -> tuple[float, ...]:
    lift, top, lowering = durations(rep)
    return (
        lift - (true.t_top - true.t_start),
        top - (true.t_ecc - true.t_top),
        lowering - (true.t_bottom - true.t_ecc),
    )


@pytest.mark.parametrize("exercise", list(SimulatedExercise))
@pytest.mark.parametrize("reference", [100.0, 60.0, None])
def test_free_movement_gives_no_reps(exercise: SimulatedExercise, reference: float | None) -> None:
    simulated = free_session(exercise)
    angles = angles_of(simulated, 3)
    assert whole([o for o in RepDetector(reference).feed(angles) if isinstance(o, Rep)]) == 0
    assert segment_sets(angles, reference) == []


@functools.cache
def free_session(exercise: SimulatedExercise) -> SimulatedSession:
    """Return five minutes of walking, squatting to the plates and standing."""
    return simulate(
        SimulationParameters(
            seed=3,
            protocol=SimulatedProtocol.FREE,
            free_s=300.0,
            marks=False,
            calibration=False,
            person=PersonParameters(exercise=exercise),
        )
    )
