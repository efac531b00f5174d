"""The ankle angle from arrays of your own: times, accelerations and turn rates of two sensors."""

import numpy as np

import toepoint

G_MPS2 = 9.81

# A leg that swings and an ankle that moves, both about the sensors' y axis, for half a minute.
t = np.arange(0.0, 30.0, 0.01)
ankle = np.radians(25.0) * np.sin(2.0 * np.pi * 0.3 * t)
shin = np.radians(40.0) * np.sin(2.0 * np.pi * 0.11 * t)


def sensor(angle: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return specific force (n, 3) m/s² and turn rate (n, 3) rad/s of a sensor at ``angle`` rad."""
    still = np.zeros_like(angle)
    acc = G_MPS2 * np.stack([-np.sin(angle), still, np.cos(angle)], axis=1)
    gyr = np.stack([still, np.gradient(angle, t), still], axis=1)
    return acc, gyr


angles = toepoint.ankle_angle(t, *sensor(shin), *sensor(shin + ankle), offline=True)

# Without marked movements the zero and the sign are a convention, so the range is compared.
found, true = np.ptp(np.degrees(angles.ankle[angles.valid])), np.ptp(np.degrees(ankle))
print(f"ankle range {found:.1f} degrees; it was {true:.1f}")
