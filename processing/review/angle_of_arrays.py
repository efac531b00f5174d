"""The ankle angle of your own arrays or frame, in one call.

    >>> angles = ankle_angle(t, shin_acc, shin_gyr, foot_acc, foot_gyr)  # doctest: +SKIP
    >>> np.degrees(angles.ankle)  # doctest: +SKIP

For a stream use :class:`processing.pipeline.pipeline.Pipeline`; its live angles are the same. For reps and
verdicts make a recording of a frame with :func:`sensor.table_import.import_table`.
"""

from typing import cast, overload

import numpy as np
import numpy.typing as npt

from processing.calibration.fit import calibrate, self_calibrate
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.pipeline.pairing import Pairing
from processing.types import AngleBlock, PairedBlock, join_blocks, slice_block
from sensor.errors import SettingError
from sensor.table_import.frames import Frame, is_frame, read_arrays, read_frame
from sensor.table_import.samples import TableSamples, check
from sensor.table_import.stops import at_stops
from sensor.types import ImuBlock, Segment, frozen, frozen_bool

Times = tuple[float, float]
"""Start and end, s."""


@overload
def ankle_angle(
    t: Frame,
    *,
    still: Times | None = None,
    pumps: Times | None = None,
    curls: Times | None = None,
    calibration: Calibration | None = None,
    offline: bool = False,
) -> AngleBlock: ...
@overload
def ankle_angle(
    t: npt.ArrayLike,
    shin_acc: npt.ArrayLike,
    shin_gyr: npt.ArrayLike,
    foot_acc: npt.ArrayLike,
    foot_gyr: npt.ArrayLike,
    *,
    foot_t: npt.ArrayLike | None = None,
    still: Times | None = None,
    pumps: Times | None = None,
    curls: Times | None = None,
    calibration: Calibration | None = None,
    offline: bool = False,
) -> AngleBlock: ...
def ankle_angle(
    t: npt.ArrayLike | Frame,
    shin_acc: npt.ArrayLike | None = None,
    shin_gyr: npt.ArrayLike | None = None,
    foot_acc: npt.ArrayLike | None = None,
    foot_gyr: npt.ArrayLike | None = None,
    *,
    foot_t: npt.ArrayLike | None = None,
    still: Times | None = None,
    pumps: Times | None = None,
    curls: Times | None = None,
    calibration: Calibration | None = None,
    offline: bool = False,
) -> AngleBlock:
    """Return the ankle and curl angle of one recording on a grid of 100 Hz.

    Parameters
    ----------
    t
        (n,) s, strictly increasing; or dates. Dates, times beyond a day and negative times count from
        the first. Or a pandas or polars frame, or a mapping of names to columns, with the columns of an
        imported table (``t_s``, ``shin_acc_x_mps2`` … ``foot_gyr_z_radps``, other units by name).
    shin_acc, foot_acc
        (n, 3) specific force in m/s², each in its sensor's own frame.
    shin_gyr, foot_gyr
        (n, 3) angular rate in rad/s.
    foot_t
        (m,) times of the foot's samples on the same clock; None if they are ``t``.
    still, pumps, curls
        Times of the calibration movements, s: ``still`` with one of the others or both. ``still`` alone
        is the zero of a recording that calibrates itself from its own movement. Without any, and without
        ``calibration``, the zero and the sign of the angles are a convention.
    calibration
        A calibration of the same strapping, used instead of the movements.
    offline
        Whether to return the offline angles instead of the live ones.

    Raises
    ------
    TableError
        If a column or an array is missing, has no numbers, another shape or another unit, or time does
        not increase. It names array, row and remedy.
    SettingError
        If arguments do not fit together.
    CalibrationError
        If the calibration movements cannot be used.
    """
    arrays = {
        "shin_acc": shin_acc, "shin_gyr": shin_gyr, "foot_acc": foot_acc, "foot_gyr": foot_gyr
    }  # fmt: skip
    if is_frame(t):
        tables = _tables_of_frame(t, arrays, foot_t)
    else:
        tables = _tables(cast("npt.ArrayLike", t), arrays, foot_t)
    paired, shift_s = _paired(tables), tables[0].shift_s
    marked = {"still": still, "pumps": pumps, "curls": curls}
    moves = {
        name: _between(paired, name, (span[0] + shift_s, span[1] + shift_s))
        for name, span in marked.items()
        if span is not None
    }
    if calibration is None:
        calibration = _calibration(paired, moves)
    elif moves:
        raise SettingError(
            "calibration", "given", f"alone, or left out: {next(iter(moves))} is given"
        )
    if offline:
        return estimate_offline(paired, calibration)
    return AngleEstimator(calibration).feed(paired)


def _tables_of_frame(
    frame: Frame, arrays: dict[str, npt.ArrayLike | None], foot_t: npt.ArrayLike | None
) -> list[TableSamples]:
    for name, array in {**arrays, "foot_t": foot_t}.items():
        if array is not None:
            raise SettingError(name, "an array", "left out beside a frame, which has all columns")
    return [check(None, read_frame(frame))]


def _tables(
    t: npt.ArrayLike, arrays: dict[str, npt.ArrayLike | None], foot_t: npt.ArrayLike | None
) -> list[TableSamples]:
    """Return the samples of shin and foot, on the time of the shin."""
    given: dict[str, npt.ArrayLike] = {}
    for name, array in arrays.items():
        if array is None:
            raise SettingError(name, None, "an array (n, 3); or t a frame with all columns")
        given[name] = array
    shin = read_arrays(Segment.SHIN, t, given["shin_acc"], given["shin_gyr"])
    times = ("t", t) if foot_t is None else ("foot_t", foot_t)
    foot = read_arrays(
        Segment.FOOT,
        times[1],
        given["foot_acc"],
        given["foot_gyr"],
        t_name=times[0],
        zero=np.asarray(t)[:1],
    )
    return [check(None, shin), check(None, foot)]


def _paired(tables: list[TableSamples]) -> PairedBlock:
    """Return the samples on one grid, with the times of the first table."""
    blocks: list[ImuBlock | float] = []
    for table in tables:
        # Times that were counted from the first one: each table has its own first.
        t = frozen(table.t_ns / 1e9 + (tables[0].shift_s - table.shift_s))
        for segment, six in table.measured.items():
            clipped = frozen_bool(at_stops(six, table.stops[segment]))
            blocks.append(ImuBlock(segment, t, frozen(six[:, :3]), frozen(six[:, 3:]), clipped))
    segments = [block.segment for block in blocks if isinstance(block, ImuBlock)]
    # No sample is ever too late here, since all of them are there.
    pairing = Pairing(np.inf, segments)
    parts = [p for p in (pairing.feed(blocks), pairing.finish()) if p is not None]
    if not parts:
        raise SettingError("foot_t", "other times", "times at which the shin has samples too")
    return join_blocks(parts)


def _calibration(paired: PairedBlock, moves: dict[str, PairedBlock]) -> Calibration:
    """Return the calibration that the marked movements give, or the movement as a whole."""
    if "pumps" in moves or "curls" in moves:
        if "still" not in moves:
            raise SettingError("still", None, "given beside pumps and curls: the pose that is 0°")
        return calibrate(moves["still"], moves.get("pumps"), moves.get("curls"))
    return self_calibrate(paired, still=moves.get("still"))


def _between(paired: PairedBlock, name: str, span: Times) -> PairedBlock:
    """Return the samples within ``span``; raise SettingError if there are none."""
    first, last = np.searchsorted(paired.t, span)
    if not paired.t[0] <= span[0] < span[1] or first >= last:
        raise SettingError(name, span, f"within {paired.t[0]:g} to {paired.t[-1]:g} s")
    return slice_block(paired, int(first), int(last))
