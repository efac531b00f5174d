"""Measure the differences between repeated calibrations of the same simulated person.

Each time the sensors are strapped on again, in another orientation, and have other offsets. The
person always takes the same still pose; a real person's posture would add to the differences.
"""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from processing.calibration.changes import Calibrated
from processing.types import AngleBlock, join_blocks
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from tests.processing.pipeline_run import updates_of

TIMES = range(1, 11)
NOISY = "acc_offset_mg=20/-20/15,gyr_offset_dps=1/-1/0.5,soft_tissue_deg=1.5"
SESSIONS = {
    "lying": f"sim:exercise=lying,{NOISY}",
    "seated": f"sim:exercise=seated,{NOISY}",
    "standing": f"sim:exercise=standing,{NOISY}",
    "lying, left, axis 10° off": f"sim:exercise=lying,side=left,ankle_turn_deg=16,{NOISY}",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The results of a calibration in degrees; ``zero`` is the mean error of the angle after it."""

    zero: float
    dorsiflexion: float
    plantarflexion: float
    range_of_motion: float


def main() -> None:
    """Print the mean and the spread of ten calibrations of each person."""
    print("simulated; zero: SD (worst) of ten; the rest: largest less smallest of ten (truth)")
    with ProcessPoolExecutor(2) as pool:
        for name, text in SESSIONS.items():
            found = list(pool.map(calibrated, [text] * len(TIMES), TIMES))
            zero = [one.zero for one in found]
            print(
                f"{name:28} zero {np.std(zero):.2f}° ({max(zero, key=abs):+.2f}°)  "
                f"DFmax {spread(f.dorsiflexion for f in found):.1f}° (15)  "
                f"PFmax {spread(f.plantarflexion for f in found):.1f}° (45)  "
                f"curl {spread(f.range_of_motion for f in found):.1f}° (105)"
            )


def spread(values: Iterable[float]) -> float:
    """Return the difference between the largest and the smallest value."""
    return float(np.ptp(list(values)))


def calibrated(text: str, seed: int) -> Found:
    """Return a calibration of the person ``text`` with the mounting of ``seed``."""
    session = simulate(parse_simulation(f"{text},sets=1,reps=2,lower_s=2,seed={seed}"))
    updates = updates_of(session)
    made = next(u.calibration for u in updates if isinstance(u, Calibrated))
    angles = join_blocks([u for u in updates if isinstance(u, AngleBlock)])
    truth = np.interp(angles.t, session.truth.t, session.truth.ankle)
    error = (angles.ankle - truth)[angles.valid]
    ranges = (made.dorsiflexion_max, made.plantarflexion_max, made.reference_rom)
    degrees = [float(np.degrees(r)) if r is not None else float("nan") for r in ranges]
    return Found(float(np.degrees(error.mean())), *degrees)


if __name__ == "__main__":
    main()
