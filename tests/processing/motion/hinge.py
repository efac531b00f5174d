"""Two links with one hinge, and the readings of IMUs on them: the truth for tests, in closed form.

The shin turns about the world's y axis through the knee at the origin, the foot about the same axis
through the ankle. Accelerations are second differences of positions, so that no
formula of the code under test is used here.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray, frozen, frozen_bool

RATE_HZ = 100.0
FINE = 10


@dataclass(frozen=True)
class Hinge:
    """A movement: the shin curls and the ankle pumps, after three seconds of standing still.

    The shin rests until ``shin_from_s``. The foot's samples are ``foot_late_ms`` older than their times, up to 10 either way.
    """

    seconds: float = 30.0
    seed: int = 0
    shin_swing_deg: float = 40.0
    ankle_swing_deg: float = 20.0
    noise_dps: float = 0.1
    noise_mps2: float = 0.03
    gyr_offset_dps: float = 0.5
    acc_offset_mps2: float = 0.15
    still_s: float = 3.0
    foot_late_ms: int = 0
    shin_from_s: float = 0.0


def hinge_block(hinge: Hinge) -> tuple[PairedBlock, FloatArray]:
    """Return the samples of both sensors, and the true ankle angle (n,) rad, dorsiflexion up."""
    rng = np.random.default_rng(hinge.seed)
    n = round(hinge.seconds * RATE_HZ)
    t = np.arange(-2 * FINE, n * FINE + 2 * FINE) / (RATE_HZ * FINE)
    go = 1.0 - np.cos(2 * np.pi * 0.35 * np.maximum(t - max(hinge.still_s, hinge.shin_from_s), 0.0))
    curl = np.radians(hinge.shin_swing_deg) * go
    pump = np.sin(2 * np.pi * 0.55 * np.maximum(t - hinge.still_s, 0.0)) ** 3
    ankle = np.radians(hinge.ankle_swing_deg) * pump
    # Flexion is a positive turn about y (left); dorsiflexion the opposite one.
    shin_pitch, foot_pitch = curl, curl - ankle
    shin = Rotation.from_euler("y", shin_pitch[:, None])
    foot = Rotation.from_euler("y", foot_pitch[:, None])
    knee_to_ankle, knee_to_sensor = np.array([0.0, 0.0, -0.42]), np.array([0.05, 0.01, -0.30])
    ankle_to_sensor = np.array([0.10, 0.0, -0.02])
    shin_at = shin.apply(knee_to_sensor)
    foot_at = shin.apply(knee_to_ankle) + foot.apply(ankle_to_sensor)
    mounts = Rotation.random(2, random_state=rng)
    columns: dict[str, FloatArray] = {}
    for name, turn, pitch, at, mount in (
        ("shin", shin, shin_pitch, shin_at, mounts[0]),
        ("foot", foot, foot_pitch, foot_at, mounts[1]),
    ):
        step = 1.0 / (RATE_HZ * FINE)
        force = np.gradient(np.gradient(at, step, axis=0), step, axis=0)
        force += np.array([0.0, 0.0, 9.80665])
        acc = mount.apply(turn.inv().apply(force))
        gyr = mount.apply(np.gradient(pitch, step)[:, None] * [0.0, 1.0, 0.0])
        for kind, values, noise, offset in (
            ("acc", acc, hinge.noise_mps2, hinge.acc_offset_mps2),
            ("gyr", gyr, np.radians(hinge.noise_dps), np.radians(hinge.gyr_offset_dps)),
        ):
            first = 2 * FINE + 1 - (hinge.foot_late_ms if name == "foot" else 0)
            means = values[first : first + n * FINE].reshape(n, FINE, 3).mean(axis=1)
            means += noise * rng.standard_normal((n, 3)) + offset * rng.uniform(-1, 1, 3)
            columns[f"{name}_{kind}"] = means
    yes: BoolArray = np.ones(n, dtype=np.bool_)
    block = PairedBlock(
        frozen(np.arange(1, n + 1) / RATE_HZ),
        frozen(columns["shin_acc"]),
        frozen(columns["shin_gyr"]),
        frozen(columns["foot_acc"]),
        frozen(columns["foot_gyr"]),
        frozen_bool(yes),
        frozen_bool(yes),
        frozen_bool(~yes),
        frozen_bool(~yes),
    )
    return block, frozen(ankle[3 * FINE : 3 * FINE + n * FINE : FINE])
