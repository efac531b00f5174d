"""Tests of the six faces on a simulated table, against the true offsets of the simulation."""

from collections.abc import Sequence

import numpy as np
import pytest

from sensor.accelerometer.six_faces import (
    FACES,
    FaceDone,
    FaceRefused,
    FacesError,
    FacesFault,
    SixFaces,
    fit_trim,
)
from sensor.assembler import Assembler
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, ImuBlock, Segment, frozen


def blocks_of(text: str, segment: Segment) -> tuple[list[ImuBlock], FloatArray]:
    """Return the samples of one sensor, and its true offset."""
    session = simulate(parse_simulation(text))
    assembler = Assembler(session.header.sensors, session.header.start_ns)
    blocks = [b for item in session.items for b in assembler.feed(item) if b.segment is segment]
    (truth,) = [s for s in session.truth.sensors if s.segment is segment]
    return blocks, truth.acc_offset


def watched(blocks: Sequence[ImuBlock]) -> tuple[SixFaces, list[FaceDone | FaceRefused]]:
    faces = SixFaces(100.0)
    return faces, [result for block in blocks for result in faces.add(block)]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("part", ["WT901BLE67", "MPU6050"])
def test_the_fitted_offset_is_the_true_one(seed: int, part: str) -> None:
    for segment in (Segment.SHIN, Segment.FOOT):
        blocks, offset = blocks_of(f"sim:table=faces,seed={seed},part={part}", segment)
        faces, results = watched(blocks)
        assert [one.face for one in results if isinstance(one, FaceDone)][-1:] != []
        assert faces.missing == ()
        trim = faces.trim()
        assert np.abs(np.array(trim.offset_mps2) - offset).max() < 0.02
        assert trim.offset_sd_mps2 < 0.02


def test_any_split_of_the_samples_gives_the_same() -> None:
    blocks, _ = blocks_of("sim:table=faces,seed=4", Segment.SHIN)
    t, acc, gyr, clipped = (
        np.concatenate([getattr(b, name) for b in blocks])
        for name in ("t", "acc", "gyr", "clipped")
    )
    whole = ImuBlock(Segment.SHIN, t, acc, gyr, clipped)
    one, results_of_one = watched([whole])
    many, results_of_many = watched(blocks)
    assert one.trim() == many.trim()
    assert results_of_one == results_of_many


def test_a_face_that_is_missing_is_named() -> None:
    blocks, _ = blocks_of("sim:table=faces,seed=1", Segment.FOOT)
    faces, results = watched([b for b in blocks if b.t[0] < 25.0])
    done = {one.face for one in results if isinstance(one, FaceDone)}
    (left,) = set(FACES) - done
    with pytest.raises(FacesError, match=rf"\{left} up") as caught:
        faces.trim()
    assert caught.value.fault is FacesFault.MISSING


def test_a_sensor_that_is_moved_too_early_is_refused() -> None:
    blocks, _ = blocks_of("sim:table=faces,seed=1", Segment.FOOT)
    shaken = [
        b._replace(gyr=frozen(b.gyr + np.radians(30.0) * (np.arange(len(b.t)) % 2)[:, None]))
        if 1.2 < b.t[0] < 1.6
        else b
        for b in blocks
    ]
    _, results = watched(shaken)
    assert isinstance(results[0], FaceRefused)
    assert "moved" in results[0].detail


def poses(offset: Sequence[float], scale: Sequence[float]) -> FloatArray:
    """Return the values of an accelerometer on six faces, on a table 4 degrees off level."""
    tilt = np.radians(4.0)
    shown = []
    for axis in range(3):
        for sign in (1.0, -1.0):
            up = np.zeros(3)
            up[axis], up[(axis + 1) % 3] = sign * np.cos(tilt), np.sin(tilt)
            shown.append(STANDARD_GRAVITY_MPS2 * up * scale + offset)
    return np.array(shown)


def test_the_scale_is_fitted_if_it_is_well_determined() -> None:
    trim = fit_trim(poses((0.2, -0.1, 0.05), (1.01, 0.99, 1.0)))
    np.testing.assert_allclose(trim.offset_mps2, (0.2, -0.1, 0.05), atol=0.003)
    np.testing.assert_allclose(trim.scale, (1.01, 0.99, 1.0), atol=0.0005)


def test_the_scale_stays_1_if_it_is_not_well_determined() -> None:
    trim = fit_trim(poses((0.2, -0.1, 0.05), (1.0, 1.0, 1.0)), noise_mps2=0.2)
    assert trim.scale == (1.0, 1.0, 1.0)


def test_values_that_no_accelerometer_shows_are_refused() -> None:
    with pytest.raises(FacesError) as caught:
        fit_trim(poses((0.0, 0.0, 3.0), (1.0, 1.0, 1.0)))
    assert caught.value.fault is FacesFault.IMPLAUSIBLE
