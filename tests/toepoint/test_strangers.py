"""Fifteen trials of a stranger who has a frame or arrays, and ten lines of Python.

The data are a hinge of known angle: two rigid links, gravity, and rates by differentiation.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import toepoint
from sensor.types import FloatArray

G = 9.81
HZ = 100.0
NAMES = [
    f"{segment}_{quantity}_{axis}_{unit}"
    for segment in ("shin", "foot")
    for quantity, unit in (("acc", "mps2"), ("gyr", "radps"))
    for axis in "xyz"
]
ARRAYS = ("shin_acc", "shin_gyr", "foot_acc", "foot_gyr")


def at(t: FloatArray) -> dict[str, FloatArray]:
    """Return the true ankle angle, and the arrays of both sensors, at times ``t`` (n,) s.

    The leg is still for 3 s; then the ankle moves three times while the shin sways, then both move.
    """
    pumps = np.where((t > 4.0) & (t < 13.0), np.sin(2.0 * np.pi * (t - 4.0) / 3.0), 0.0)
    sway = np.where((t > 4.0) & (t < 13.0), np.sin(2.0 * np.pi * (t - 4.0) / 4.5), 0.0)
    later = np.clip((t - 15.0) / 2.0, 0.0, 1.0)
    ankle = np.radians(25.0) * (pumps + later * np.sin(2.0 * np.pi * 0.3 * (t - 15.0)))
    shin = np.radians(8.0) * sway
    shin += np.radians(40.0) * later * np.sin(2.0 * np.pi * 0.11 * (t - 15.0))
    found = {"ankle": ankle}
    for segment, angle in (("shin", shin), ("foot", shin + ankle)):
        still = np.zeros_like(t)
        found[f"{segment}_acc"] = G * np.stack([-np.sin(angle), still, np.cos(angle)], axis=1)
        found[f"{segment}_gyr"] = np.stack([still, np.gradient(angle, t), still], axis=1)
    return found


T = np.arange(0.0, 45.0, 1.0 / HZ)
TRUE = at(T)


def columns(t: Any = T) -> dict[str, Any]:
    """Return the hinge as named columns."""
    values = np.concatenate([TRUE[name] for name in ARRAYS], axis=1)
    return {"t_s": t, **dict(zip(NAMES, values.T, strict=True))}


def range_error_deg(angles: toepoint.AngleBlock, later_than: float = 20.0) -> float:
    """Return how far the range of the found ankle angle is from the true one."""
    found = np.degrees(angles.ankle[angles.valid & (angles.t > later_than)])
    true = np.degrees(TRUE["ankle"][later_than < T])
    return abs(float(np.ptp(found)) - float(np.ptp(true)))


def arrays(**other: Any) -> list[Any]:
    """Return the five arguments of a stranger with arrays, some of them replaced."""
    return [{"t": T, **TRUE, **other}[name] for name in ("t", *ARRAYS)]


def with_column(name: str, change: Callable[[FloatArray], Any]) -> pd.DataFrame:
    """Return a frame in which one column is changed."""
    frame = pd.DataFrame(columns())
    frame[name] = change(frame[name].to_numpy().copy())
    return frame


def test_1_a_pandas_frame() -> None:
    assert range_error_deg(toepoint.ankle_angle(pd.DataFrame(columns()), offline=True)) < 1.0


def test_2_a_polars_frame_gives_the_same_bits() -> None:
    by_polars = toepoint.ankle_angle(pl.DataFrame(columns()))
    by_pandas = toepoint.ankle_angle(pd.DataFrame(columns()))
    assert np.array_equal(by_polars.ankle, by_pandas.ankle)
    assert np.array_equal(by_polars.ankle, toepoint.ankle_angle(*arrays()).ankle)


def test_3_lists() -> None:
    assert range_error_deg(toepoint.ankle_angle(*(a.tolist() for a in arrays()))) < 1.0


def test_4_single_precision() -> None:
    singles = [a.astype(np.float32) for a in arrays()[1:]]
    assert range_error_deg(toepoint.ankle_angle(T, *singles)) < 1.0


def test_5_dates_as_times() -> None:
    dates = np.datetime64("2026-11-30T18:00") + (T * 1e9).astype("timedelta64[ns]")
    frame = pd.DataFrame({"t": dates, **{n: c for n, c in columns().items() if n != "t_s"}})
    angles = toepoint.ankle_angle(frame)
    assert angles.t[0] == pytest.approx(0.0, abs=0.02)
    assert range_error_deg(angles) < 1.0
    # A foot sensor that began two seconds later, on the same clock.
    late = slice(200, None)
    foot = [TRUE["foot_acc"][late], TRUE["foot_gyr"][late]]
    later = toepoint.ankle_angle(
        dates, TRUE["shin_acc"], TRUE["shin_gyr"], *foot, foot_t=dates[late]
    )
    assert not later.valid[later.t < 1.99].any()
    assert range_error_deg(later) < 1.0


@pytest.mark.parametrize(
    ("trial", "call", "says"),
    [
        ("6 ms for s", lambda: toepoint.ankle_angle(*arrays(t=T * 1e3)), ["column t", "t_ms"]),
        (
            "7 °/s for rad/s",
            lambda: toepoint.ankle_angle(*arrays(foot_gyr=np.degrees(TRUE["foot_gyr"]))),
            ["foot_gyr", "°/s", "_dps"],
        ),
        (
            "8 g for m/s²",
            lambda: toepoint.ankle_angle(*arrays(shin_acc=TRUE["shin_acc"] / G)),
            ["shin_acc", "look like g", "convert"],
        ),
        (
            "9 time that runs back",
            lambda: toepoint.ankle_angle(with_column("t_s", lambda t: t[::-1])),
            ["row 1", "t_s", "backwards"],
        ),
        (
            "10 a missing value",
            lambda: toepoint.ankle_angle(
                with_column("foot_acc_y_mps2", lambda a: np.where(T[77] == T, np.nan, a))
            ),
            ["row 77", "foot_acc_y_mps2", "Leave out"],
        ),
        (
            "11 a missing column",
            lambda: toepoint.ankle_angle(pd.DataFrame(columns()).drop(columns="foot_gyr_z_radps")),
            ["foot_gyr_z_radps"],
        ),
        (
            "a column of text",
            lambda: toepoint.ankle_angle(with_column("shin_gyr_x_radps", lambda a: a.astype(str))),
            ["shin_gyr_x_radps", "no numbers"],
        ),
        ("no frame", lambda: toepoint.read(7), ["neither a frame"]),  # type: ignore[arg-type]
        (
            "a transposed array",
            lambda: toepoint.ankle_angle(*arrays(foot_acc=TRUE["foot_acc"].T)),
            ["foot_acc", "(n, 3)"],
        ),
        (
            "arrays of different lengths",
            lambda: toepoint.ankle_angle(*arrays(shin_gyr=TRUE["shin_gyr"][:-1])),
            ["shin_gyr", "4499", "4500"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_right_is_named_with_its_remedy(
    trial: str, call: Callable[[], object], says: list[str]
) -> None:
    del trial
    with pytest.raises(toepoint.TableError) as caught:
        call()
    for word in says:
        assert word in str(caught.value)


def test_12_a_still_pose_alone_is_the_zero() -> None:
    angles = toepoint.ankle_angle(*arrays(), still=(0.2, 2.8), offline=True)
    still = (angles.t > 0.5) & (angles.t < 2.5)
    assert np.degrees(np.abs(angles.ankle[still])).max() < 1.0


def test_13_pumps_alone_are_refused_and_with_a_pose_give_sign_and_zero() -> None:
    with pytest.raises(toepoint.ToepointError, match="still"):
        toepoint.ankle_angle(*arrays(), pumps=(4.0, 13.0))
    angles = toepoint.ankle_angle(*arrays(), still=(0.2, 2.8), pumps=(3.5, 13.5), offline=True)
    moving = angles.valid & (angles.t > 20.0)
    found = np.degrees(angles.ankle[moving])
    true = np.degrees(np.interp(angles.t[moving], T, TRUE["ankle"]))
    assert float(np.sqrt(np.mean((found - true) ** 2))) < 1.5
    made = toepoint.ankle_angle(*arrays())
    with pytest.raises(toepoint.ToepointError, match="foot_t"):
        toepoint.ankle_angle(pd.DataFrame(columns()), foot_t=T)  # type: ignore[call-overload]
    assert made.t[0] == angles.t[0]


def test_14_sensors_of_60_and_100_hz() -> None:
    slow = np.arange(0.0, 45.0, 1.0 / 60.0)
    shin = at(slow)
    angles = toepoint.ankle_angle(
        slow, shin["shin_acc"], shin["shin_gyr"], TRUE["foot_acc"], TRUE["foot_gyr"], foot_t=T
    )
    assert range_error_deg(angles) < 1.0


def raw_frame(source: str) -> tuple[pd.DataFrame, toepoint.SimulatedSession]:
    """Return the samples of a simulated session as a frame."""
    session = toepoint.simulate(source)
    assembler = toepoint.Assembler(session.header.sensors, session.header.start_ns)
    blocks = [block for item in session.items for block in assembler.feed(item)]
    found: dict[str, FloatArray] = {}
    for segment in (toepoint.Segment.SHIN, toepoint.Segment.FOOT):
        own = [b for b in blocks if b.segment is segment]
        t = np.concatenate([b.t for b in own])
        six = np.concatenate([np.concatenate([b.acc, b.gyr], axis=1) for b in own])
        # One time base for both, as a file of a laboratory has it.
        found.setdefault("t_s", np.arange(1.0, t[-1], 0.01))
        names = [n for n in NAMES if n.startswith(segment)]
        found |= {
            n: np.interp(found["t_s"], t, column) for n, column in zip(names, six.T, strict=True)
        }
    return pd.DataFrame(found), session


def test_15_a_session_as_frames_from_a_recording_and_from_a_frame(tmp_path: Path) -> None:
    source = "protocol=B,sets=1,reps=4,seed=11"
    frame, session = raw_frame(source)
    path = tmp_path / "session.mcap"
    toepoint.save_session(session, path)
    tables = toepoint.read(path)
    assert tables.simulated
    assert tables.calibration == "marked movements"
    reps = tables.reps.to_pandas()
    assert list(reps["number"]) == [1, 2, 3, 4]
    assert reps["eccentric_s"].dtype == np.float64
    # The true reps are the commanded motion.
    true = np.array([rep.t_bottom - rep.t_ecc for rep in session.truth.reps])
    assert np.abs(reps["eccentric_s"].to_numpy() - true).max() < 0.5
    angles = tables.angles.to_polars()
    assert angles["ankle_deg"].dtype == pl.Float64
    assert set(angles["rep"].drop_nulls().unique()) == {1.0, 2.0, 3.0, 4.0}

    start, end = session.truth.reps[0].t_start - 1.0, session.truth.reps[-1].t_end + 1.0
    asked = toepoint.AskedSet(start, end, set_type="B", load_kg=40.0, tempo="4-0-1-1")
    own = toepoint.read(frame, sets=[asked])
    assert own.calibration == "the recording's own movement"
    assert list(own.sets.columns["count"]) == [4]
    assert own.sets.columns["load_kg"] == [40.0]
    with pytest.raises(toepoint.ToepointError, match="set_type"):
        toepoint.AskedSet(0.0, 1.0, set_type="up")
    with pytest.raises(toepoint.ToepointError, match="sets"):
        toepoint.read(path, sets=[asked])
