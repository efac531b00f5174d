"""The grid compared with the exact integral of a signal, at any rate of the sensor."""

import math
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from processing.pipeline.pairing import PATIENCE_S, Pairing
from processing.types import PairedBlock, join_blocks
from sensor.types import FloatArray, ImuBlock, Segment, frozen, frozen_bool


def integral(t: FloatArray) -> FloatArray:
    """Return the integral (n, 3) of movements between slow and 2 Hz, as in a curl."""
    return np.column_stack([-np.cos(2.0 * t) / 2.0, np.sin(12.0 * t) / 12.0, 0.15 * t * t])


def samples(t: FloatArray) -> FloatArray:
    """Return the samples of a sensor at ``t``: the derivative of the integral."""
    return np.column_stack([np.sin(2.0 * t), np.cos(12.0 * t), 0.3 * t])


def stream(
    segment: Segment, rate_hz: float, t_end: float, size: int, skip: tuple[float, float] = (0, 0)
) -> list[ImuBlock]:
    """Return blocks of ``size`` samples; those with ``skip[0] < t < skip[1]`` are missing."""
    t = np.arange(int(t_end * rate_hz)) / rate_hz + 0.0013
    kept = (t <= skip[0]) | (t >= skip[1])
    t, values = t[kept], samples(t)[kept]
    return [block(segment, t[i : i + size], values[i : i + size]) for i in range(0, len(t), size)]


def block(
    segment: Segment, t: FloatArray, values: FloatArray, *, clipped: bool = False
) -> ImuBlock:
    """Return a block with ``values`` as acceleration and as angular rate."""
    flags = frozen_bool(np.full(len(t), clipped))
    return ImuBlock(segment, frozen(t), frozen(values), frozen(values), flags)


def by_arrival(*streams: Sequence[ImuBlock]) -> list[ImuBlock]:
    """Return the blocks in the order of their last samples."""
    return sorted((b for s in streams for b in s), key=lambda b: b.t[-1])


def run(groups: Sequence[Sequence[ImuBlock]], patience_s: float = PATIENCE_S) -> PairedBlock:
    """Return the output of a new pairing for ``groups`` of blocks."""
    pairing = Pairing(patience_s)
    parts = [*(pairing.feed(g) for g in groups), pairing.finish()]
    return join_blocks([p for p in parts if p is not None])


def assert_same(one: PairedBlock, other: PairedBlock) -> None:
    """Check equality of every bit."""
    arrays = arrays_of(one)
    assert arrays.keys() == arrays_of(other).keys()
    for name, array in arrays_of(other).items():
        assert arrays[name].tobytes() == array.tobytes(), name


def arrays_of(paired: PairedBlock) -> dict[str, npt.NDArray[Any]]:
    """Return every array of ``paired`` by its name, with those of thigh and pelvis."""
    links = (("", paired), ("thigh ", paired.thigh), ("pelvis ", paired.pelvis))
    return {
        prefix + field.name: getattr(link, field.name)
        for prefix, link in links
        if link is not None
        for field in fields(link)
        if field.name not in ("thigh", "pelvis")
    }


@pytest.mark.parametrize("rate_hz", [52.0, 99.26, 104.0, 198.4, 416.0])
def test_the_whole_rotation_of_a_gyro_is_kept(rate_hz: float) -> None:
    blocks = by_arrival(stream(Segment.SHIN, rate_hz, 20, 4), stream(Segment.FOOT, 100.0, 20, 4))
    paired = run([blocks])
    used = paired.shin_valid
    turned = np.cumsum(paired.shin_gyr[used], axis=0) / 100.0
    expected = integral(paired.t[used]) - integral(paired.t[used][:1] - 0.01)
    # Between the samples of a sensor a 2 Hz movement bends by this much, unseen.
    tolerance = 12.0 / (8.0 * rate_hz**2)
    np.testing.assert_allclose(turned, expected, atol=2.0 * tolerance)
    np.testing.assert_allclose(np.diff(paired.t), 0.01, rtol=1e-9)


def test_any_split_gives_the_same_bits() -> None:
    shin = stream(Segment.SHIN, 99.3, 30, 4, skip=(12.0, 13.4))
    foot = stream(Segment.FOOT, 52.0, 30, 7)
    blocks = by_arrival(shin, foot)
    whole = run([blocks])
    assert_same(whole, run([[b] for b in blocks]))
    rng = np.random.default_rng(5)
    cuts = np.sort(rng.choice(len(blocks), 40, replace=False))
    assert_same(whole, run([blocks[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]))
    singles = [
        ImuBlock(
            b.segment, b.t[i : i + 1], b.acc[i : i + 1], b.gyr[i : i + 1], b.clipped[i : i + 1]
        )
        for b in blocks
        for i in range(len(b.t))
    ]
    assert_same(whole, run([[b] for b in singles]))


def test_a_gap_is_invalid_and_not_interpolated() -> None:
    foot = stream(Segment.FOOT, 100.0, 10, 4, skip=(4.0, 4.5))
    paired = run([by_arrival(stream(Segment.SHIN, 100.0, 10, 4), foot)])
    missing = ~paired.foot_valid
    inside = (paired.t > 4.02) & (paired.t < 4.5)
    assert missing[inside].all()
    assert not paired.foot_gyr[missing].any()
    assert paired.shin_valid[inside].all()
    assert not missing[(paired.t > 1) & (paired.t < 4.0)].any()
    assert not missing[(paired.t > 4.53) & (paired.t < 9.9)].any()


def test_a_gap_of_up_to_fifty_milliseconds_is_bridged() -> None:
    foot = stream(Segment.FOOT, 100.0, 10, 4, skip=(4.0, 4.04))
    paired = run([by_arrival(stream(Segment.SHIN, 100.0, 10, 4), foot)])
    assert paired.foot_valid[(paired.t > 3) & (paired.t < 5)].all()


@pytest.mark.parametrize(("lost", "bridged"), [(4, True), (5, False)])
def test_the_loss_of_one_message_of_four_samples_is_bridged(lost: int, bridged: bool) -> None:
    before, after = (at / 99.0 + 0.0013 for at in (399, 400 + lost))
    foot = stream(Segment.FOOT, 99.0, 10, 4, skip=(before, after))
    paired = run([by_arrival(stream(Segment.SHIN, 99.0, 10, 4), foot)])
    inside = (paired.t > before + 0.01) & (paired.t < after)
    assert bool(paired.foot_valid[inside].all()) is bridged


def test_a_stall_within_the_patience_loses_no_sample() -> None:
    shin, foot = stream(Segment.SHIN, 100.0, 10, 4), stream(Segment.FOOT, 100.0, 10, 4)
    late = sorted(
        [(b.t[-1], b) for b in shin]
        + [(max(b.t[-1], 5.239) if b.t[-1] > 5.0 else b.t[-1], b) for b in foot],
        key=lambda pair: pair[0],
    )
    assert_same(run([[b] for _, b in late]), run([by_arrival(shin, foot)]))


def test_the_grid_does_not_wait_for_a_longer_stall() -> None:
    shin = stream(Segment.SHIN, 100.0, 10, 4)
    foot = stream(Segment.FOOT, 100.0, 4, 4)
    pairing = Pairing()
    blocks = by_arrival(shin, foot)
    seen = [p for b in blocks if (p := pairing.feed([b])) is not None]
    last = seen[-1]
    assert last.t[-1] > 10 - 0.35
    assert not last.foot_valid.any()
    assert last.shin_valid.all()


def test_the_hosts_clock_moves_the_grid_when_both_are_silent() -> None:
    pairing = Pairing()
    pairing.feed(by_arrival(stream(Segment.SHIN, 100.0, 2, 4), stream(Segment.FOOT, 100.0, 2, 4)))
    silent = pairing.feed([5.0])
    assert silent is not None
    assert silent.t[-1] == pytest.approx(4.7)
    assert not silent.shin_valid[1:].any()
    assert not silent.foot_valid[1:].any()


def test_clipped_samples_mark_the_grid_samples_made_of_them() -> None:
    t = np.arange(400) / 100.0 + 0.0013
    x = samples(t)
    blocks = [block(Segment.SHIN, t, x), block(Segment.FOOT, t[:200], x[:200])]
    blocks += [
        block(Segment.FOOT, t[200:201], x[200:201], clipped=True),
        block(Segment.FOOT, t[201:], x[201:]),
    ]
    paired = run([blocks], np.inf)
    # The sample at 2.0013 s stands for the time from 1.9913 s on.
    assert paired.t[paired.foot_clipped] == pytest.approx([2.00, 2.01])
    assert not paired.shin_clipped.any()


def test_the_input_is_not_changed_and_the_output_is_read_only() -> None:
    blocks = by_arrival(stream(Segment.SHIN, 100.0, 2, 4), stream(Segment.FOOT, 100.0, 2, 4))
    before = [b.gyr.tobytes() for b in blocks]
    paired = run([blocks])
    assert [b.gyr.tobytes() for b in blocks] == before
    for name, array in arrays_of(paired).items():
        assert array.flags.c_contiguous, name
        assert not array.flags.writeable, name
        assert np.isfinite(array).all(), name


def test_no_input_gives_no_output() -> None:
    pairing = Pairing()
    assert pairing.feed([]) is None
    assert pairing.feed([1.0]) is None
    assert pairing.finish() is None


def test_the_patience_changes_nothing_if_both_sensors_keep_up() -> None:
    shin, foot = stream(Segment.SHIN, 100.0, 4.0, 4), stream(Segment.FOOT, 99.0, 4.0, 4)
    pairing = Pairing()
    parts = [pairing.feed(by_arrival(shin, foot)), pairing.finish()]
    endless = run([by_arrival(shin, foot)], np.inf)
    assert_same(join_blocks([p for p in parts if p is not None]), endless)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_where_time_runs_back_the_samples_before_it_are_dropped(size: int) -> None:
    shin, foot = stream(Segment.SHIN, 100.0, 4.0, 4), stream(Segment.FOOT, 100.0, 4.0, 4)
    # For the second before 2 s the foot is placed 80 ms too late, then time runs back.
    placed = [b._replace(t=b.t + 0.08) if 1.0 <= b.t[0] < 2.0 else b for b in foot]
    items = by_arrival(shin, placed)
    pairing = Pairing()
    parts = [pairing.feed(items[i : i + size]) for i in range(0, len(items), size)]
    paired = join_blocks([p for p in [*parts, pairing.finish()] if p is not None])
    assert (np.diff(paired.t) > 0.0).all()
    right = run([by_arrival(shin, foot)])
    after = (paired.t > 2.1) & (paired.t < 3.9)
    assert paired.foot_valid[after].all()
    np.testing.assert_allclose(paired.foot_gyr[after], right.foot_gyr[after], atol=1e-9)
    at_once = Pairing()
    whole = [at_once.feed(items), at_once.finish()]
    assert_same(paired, join_blocks([p for p in whole if p is not None]))


def test_thigh_and_pelvis_are_paired_like_the_others_and_any_split_gives_the_same_bits() -> None:
    worn = (Segment.SHIN, Segment.FOOT, Segment.THIGH, Segment.PELVIS)
    rates = (100.0, 99.0, 101.3, 98.7)
    streams = [stream(s, rate, 3.0, 4) for s, rate in zip(worn, rates, strict=True)]
    blocks = by_arrival(*streams)
    whole = pairing_of([blocks], worn)
    assert whole.thigh is not None
    assert whole.pelvis is not None
    assert min(whole.thigh.valid.mean(), whole.pelvis.valid.mean()) > 0.95
    alike = run([blocks])
    assert (alike.thigh, alike.pelvis) == (None, None)
    assert alike.t.tobytes() == whole.t.tobytes()
    assert_same(whole, pairing_of([[block] for block in blocks], worn))
    # The whole rotation does not depend on the rate of a gyro; the thigh moved as the shin did.
    for link in (whole.thigh, whole.pelvis):
        turned = link.gyr[20:-20].sum(axis=0) - whole.shin_gyr[20:-20].sum(axis=0)
        np.testing.assert_allclose(turned / 100.0, 0.0, atol=1e-3)


def pairing_of(groups: Sequence[Sequence[ImuBlock]], segments: Sequence[Segment]) -> PairedBlock:
    pairing = Pairing(segments=segments)
    parts = [*(pairing.feed(g) for g in groups), pairing.finish()]
    return join_blocks([p for p in parts if p is not None])


def test_a_sensor_that_begins_late_is_waited_for_without_end() -> None:
    shin, foot = stream(Segment.SHIN, 100.0, 4.0, 50), stream(Segment.FOOT, 100.0, 4.0, 50)[2:]
    pairing = Pairing(math.inf)
    assert pairing.feed(shin[:2]) is None
    together = run([[*shin, *foot]], math.inf)
    assert_same(run([shin[:2], [*shin[2:], *foot]], math.inf), together)
    assert not together.foot_valid[:80].any()
    assert together.foot_valid[150:-10].all()
