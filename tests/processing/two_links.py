"""A leg of two links, computed from geometry alone, and the table that its sensors would write."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.spatial.transform import Rotation

from processing.types import PairedBlock
from sensor.types import FloatArray

RATE_HZ = 100.0
GRAVITY = 9.80665

Move = tuple[float, float]
"""Target level in degrees and duration in s; a move to the same level is a rest."""


def drawn(moves: Sequence[Move], level: float = 0.0) -> FloatArray:
    """Return a curve of minimum-jerk moves (Flash & Hogan 1985) from ``level``, in rad."""
    parts = []
    for to, seconds in moves:
        s = np.arange(round(seconds * RATE_HZ)) / (seconds * RATE_HZ)
        parts.append(level + (to - level) * s**3 * (10.0 - 15.0 * s + 6.0 * s * s))
        level = to
    return np.radians(np.concatenate(parts))


def sensed(
    turn: Rotation, place: FloatArray, mount: Rotation, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Return the readings of a sensor at ``place`` (n, 3) m on a link turned by ``turn``."""
    t = np.arange(len(place)) / RATE_HZ
    force = CubicSpline(t, place).derivative(2)(t) + np.array([0.0, 0.0, GRAVITY])
    own = turn * mount
    rate = (own[:-1].inv() * own[1:]).as_rotvec() * RATE_HZ
    rate = np.vstack([rate[:1], 0.5 * (rate[1:] + rate[:-1]), rate[-1:]])
    noise = rng.normal(0.0, [[0.03], [0.002]], (2, 3 * len(t))).reshape(2, len(t), 3)
    return own.inv().apply(force) + noise[0], rate + noise[1]


def two_links(shin: FloatArray, ankle: FloatArray, seed: int) -> PairedBlock:
    """Return the readings on a leg whose shin hangs down at 0 and turns back by ``shin`` rad.

    x is forward, y to the left, z up. The ankle axis is 8 degrees from the knee's; the sensors sit
    on the links anyhow.
    """
    rng = np.random.default_rng(seed)
    mounts = Rotation.random(2, random_state=seed)
    knee, hinge = np.array([0.0, 1.0, 0.0]), np.array([0.09, -0.985, 0.14])
    hinge /= np.linalg.norm(hinge)
    lower = Rotation.from_rotvec(shin[:, None] * knee)
    foot = lower * Rotation.from_rotvec(ankle[:, None] * hinge)
    shin_acc, shin_gyr = sensed(lower, lower.apply([0.04, 0.02, -0.2]), mounts[0], rng)
    place = lower.apply([0.0, 0.0, -0.4]) + foot.apply([0.1, -0.01, -0.05])
    foot_acc, foot_gyr = sensed(foot, place, mounts[1], rng)
    n = len(shin)
    yes, no = np.ones(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    t = np.arange(1, n + 1) / RATE_HZ
    return PairedBlock(t, shin_acc, shin_gyr, foot_acc, foot_gyr, yes, yes, no, no)


def write_table(path: Path, block: PairedBlock) -> None:
    """Write ``block`` as a CSV that ``toepoint import`` reads."""
    sensors = {
        "shin": (block.shin_acc, block.shin_gyr),
        "foot": (block.foot_acc, block.foot_gyr),
    }
    names = [
        f"{segment}_{quantity}_{axis}_{unit}"
        for segment in sensors
        for quantity, unit in (("acc", "mps2"), ("gyr", "radps"))
        for axis in "xyz"
    ]
    values = np.hstack([block.t[:, None], *(part for both in sensors.values() for part in both)])
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["t_s", *names])
        table.writerows(np.round(values, 5).tolist())
