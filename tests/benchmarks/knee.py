"""Compare the knee angle of a thigh sensor with the truth of simulated sessions."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.review.analysis import Analysis, analyse
from processing.types import AngleBlock, counted
from sensor.simulation import Truth, simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation

SEEDS = range(1, 6)
NOISY = "thigh=yes,acc_offset_mg=20/-20/15,gyr_offset_dps=1/-1/0.5,soft_tissue_deg=1.5"
SESSIONS = {
    "lying curls": f"sim:exercise=lying,{NOISY}",
    "seated curls": f"sim:exercise=seated,{NOISY}",
    "standing curls": f"sim:exercise=standing,{NOISY}",
    "glute-ham raises": f"sim:shin_held=yes,{NOISY}",
}


def main() -> None:
    """Print the error of the knee angle and of the count of reps."""
    print("simulated, five seeds; RMSE of the knee angle, mean (worst), nothing fitted")
    with ProcessPoolExecutor(2) as pool:
        for name, text in SESSIONS.items():
            found = list(pool.map(score, [text] * len(SEEDS), SEEDS))
            live, offline, ankle, off = (np.array(column) for column in zip(*found, strict=True))
            print(
                f"{name:18} live {live.mean():.2f}° ({live.max():.2f}°)  "
                f"offline {offline.mean():.2f}° ({offline.max():.2f}°)  "
                f"ankle {ankle.mean():.2f}°  reps off {int(off.sum())}"
            )


def score(text: str, seed: int) -> tuple[float, float, float, int]:
    """Return the RMSE of the live and offline knee and of the live ankle in °, and the error of the count."""
    analysis, truth = analysed(f"{text},protocol=B,sets=2,reps=6,seed={seed}")
    counts = len(counted([rep for s in analysis.sets for rep in s.reps]))
    return (
        rmse_deg(analysis.live_angles, truth),
        rmse_deg(analysis.offline_angles, truth),
        _rmse(analysis.live_angles.ankle, analysis.live_angles, truth.t, truth.ankle),
        abs(counts - len(truth.reps)),
    )


def analysed(text: str) -> tuple[Analysis, Truth]:
    """Simulate, record and analyse the session ``text``."""
    session = simulate(parse_simulation(text))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        save_session(session, path)
        return analyse(path), session.truth


def rmse_deg(angles: AngleBlock, truth: Truth) -> float:
    """Return the RMSE of the knee angle in degrees, without any fit."""
    assert truth.knee is not None
    return _rmse(angles.curl, angles, truth.t, truth.knee)


def _rmse(own: np.ndarray, angles: AngleBlock, t: np.ndarray, true: np.ndarray) -> float:
    error = (own - np.interp(angles.t, t, true))[angles.valid]
    return float(np.degrees(np.sqrt(np.mean(error * error))))


if __name__ == "__main__":
    main()
