"""A double tap on a sensor is noticed, and nothing that a leg does in training is one."""

from collections.abc import Sequence

import numpy as np
import pytest

from sensor.accelerometer.double_tap import DoubleTap
from sensor.assembler import Assembler
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import FloatArray, ImuBlock, Segment, frozen, frozen_bool
from tests.shared_data import shared_file

GRAVITY = 9.81


def block(t: FloatArray, acc: FloatArray, gyr: FloatArray) -> ImuBlock:
    """Return samples of a sensor: (n,) s, (n, 3) m/s², (n, 3) rad/s."""
    unclipped = frozen_bool(np.zeros(len(t), np.bool_))
    return ImuBlock(Segment.SHIN, frozen(t), frozen(acc), frozen(gyr), unclipped)


def tapped(
    taps_s: Sequence[float], rate_hz: float, *, seed: int = 0, peak: float = 40.0
) -> ImuBlock:
    """Return a strapped sensor at rest that a finger taps at these times.

    A tap is a pulse of 6 ms that rings out in the strap; the sensor averages over its own sample, as
    the filter before the converter does.
    """
    rng = np.random.default_rng(seed)
    fine = np.arange(0.0, 5.0, 1e-4)
    pulse = np.zeros(len(fine))
    for tap in taps_s:
        after = fine - tap
        hit = (after >= 0.0) & (after < 0.006)
        pulse[hit] += np.sin(np.pi * after[hit] / 0.006)
        ring = after >= 0.006
        pulse[ring] += 0.35 * np.exp(-after[ring] / 0.012) * np.sin(-90.0 * after[ring])
    step = round(1e4 / rate_hz)
    count = len(fine) // step
    mean = pulse[: count * step].reshape(count, step).mean(axis=1) * step / 60.0
    pose, hit_way = rng.normal(size=(2, 3))
    pose, hit_way = pose / np.linalg.norm(pose), hit_way / np.linalg.norm(hit_way)
    acc = GRAVITY * pose + peak * np.outer(mean, hit_way)
    noise = rng.normal(scale=(0.05,), size=(count, 3))
    gyr = np.outer(0.06 * peak * mean, rng.normal(size=3)) + rng.normal(scale=0.01, size=(count, 3))
    return block(np.arange(count) / rate_hz, acc + noise, gyr)


def count(*blocks: ImuBlock) -> int:
    """Return how many double taps are in the samples of one sensor."""
    detector = DoubleTap()
    for one in blocks:
        detector.add(one)
    return detector.count


@pytest.mark.parametrize("rate_hz", [50.0, 100.0, 200.0])
@pytest.mark.parametrize("apart_s", [0.16, 0.25, 0.38])
def test_two_taps_are_one_double_tap(rate_hz: float, apart_s: float) -> None:
    for seed in range(8):
        begun = 2.0 + 0.0037 * seed
        assert count(tapped((begun, begun + apart_s), rate_hz, seed=seed)) == 1


@pytest.mark.parametrize(
    "taps_s",
    [(), (2.0,), (2.0, 2.25, 2.5), (2.0, 3.0), (2.0, 2.2, 2.4, 2.6)],
    ids=["none", "one", "three", "far apart", "four"],
)
def test_other_taps_are_none(taps_s: tuple[float, ...]) -> None:
    for seed in range(8):
        assert count(tapped(taps_s, 100.0, seed=seed)) == 0


def test_any_split_gives_the_same_answer() -> None:
    whole = tapped((2.0, 2.25, 4.0, 4.25), 100.0)
    single = [
        block(whole.t[i : i + 1], whole.acc[i : i + 1], whole.gyr[i : i + 1])
        for i in range(len(whole.t))
    ]
    assert count(whole) == count(*single) == 2


def test_a_gap_between_the_taps_is_no_double_tap() -> None:
    whole = tapped((2.0, 2.3), 100.0)
    kept = np.abs(whole.t - 2.15) > 0.07
    assert count(block(whole.t[kept], whole.acc[kept], whole.gyr[kept])) == 0


@pytest.mark.parametrize(("group", "name"), [("ankle_encoder", ""), ("people", "right_leg")])
def test_real_legs_that_walk_and_train_are_never_tapped(group: str, name: str) -> None:
    folder = shared_file("data", group)
    seconds = 0.0
    for path in sorted(folder.glob(f"{name}*.csv")):
        if "repetitions" in path.name:
            continue
        table = np.genfromtxt(path, delimiter=",", names=True)
        for place in ("shin", "foot", "thigh"):
            names = [n for n in table.dtype.names or () if n.startswith(place)]
            if not names:
                continue
            acc = np.column_stack([table[n] for n in names if "acc" in n][:3])
            gyr = np.column_stack([table[n] for n in names if "gyr" in n][:3])
            (clock,) = [n for n in table.dtype.names or () if n.startswith("t")][:1]
            t = table[clock]
            known = np.isfinite(acc).all(axis=1) & np.isfinite(gyr).all(axis=1) & np.isfinite(t)
            seconds += float(t[known][-1] - t[known][0])
            assert count(block(t[known], acc[known], gyr[known])) == 0, (path.name, place)
    # Minutes of data were looked at.
    assert seconds > 300.0


@pytest.mark.parametrize(
    "text",
    [
        "sim:protocol=B,sets=1,reps=6,seed=11,faults=fast+late",
        "sim:exercise=heel_raise,sets=1,reps=8,seed=12",
        "sim:protocol=B,sets=2,reps=2,seed=13,rest_s=40,rest=walk",
    ],
)
def test_simulated_sets_and_walks_hold_no_double_tap(text: str) -> None:
    session = simulate(parse_simulation(text.removesuffix(",")))
    assembler = Assembler(session.header.sensors, session.header.start_ns)
    detectors = {sensor.segment: DoubleTap() for sensor in session.header.sensors}
    for item in session.items:
        for one in assembler.feed(item):
            detectors[one.segment].add(one)
    assert {place: found.count for place, found in detectors.items()} == dict.fromkeys(detectors, 0)
