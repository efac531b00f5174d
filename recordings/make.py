#!/usr/bin/env python3
"""Make the simulated reference sessions again: ``make recordings``.

Each is written beside this file, with its truth and with the result that an analysis must find.
"""

import json
from pathlib import Path

import numpy as np

from sensor.simulation import Truth, simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation

SESSIONS = {
    "a_toes_up": "sim:protocol=DF,seed=11,sets=1,reps=8,tempo=3-0-1-0",
    "a_toes_pointed": "sim:protocol=PF,seed=12,sets=1,reps=8,tempo=3-0-1-0,load_kg=35",
    "b_good": "sim:protocol=B,seed=13,sets=1,reps=6",
    "b_faults": "sim:protocol=B,seed=14,sets=1,reps=10,faults=fast+late+slip+drop+partial",
    "b_dropouts": (
        "sim:protocol=B,seed=15,sets=1,reps=6,foot_dropouts_s=45+2,stalls_per_min=8,"
        "loss_percent=0.5,rate_error_percent=-0.8,foot_rate_error_percent=0.3"
    ),
    "free_movement": "sim:protocol=FREE,seed=16,free_s=40",
}
GAP_S = 0.1
"""A rep with a longer gap in a moving phase is not judged; the same as `GAP_S` of the rep limits."""


def expected_result(source: str, truth: Truth) -> dict[str, object]:
    """Return what an analysis of the session must find, from its truth."""
    return {
        "simulated": True,
        "source": source,
        "reps": [
            {
                "set": rep.set_index + 1,
                "number": rep.number,
                "set_type": rep.set_type,
                "fault": rep.fault,
                "partial": rep.partial,
                "interrupted": is_interrupted(truth, rep.t_start, rep.t_top)
                or is_interrupted(truth, rep.t_ecc, rep.t_bottom),
                "t_start_s": round(rep.t_start, 3),
                "t_top_s": round(rep.t_top, 3),
                "t_ecc_s": round(rep.t_ecc, 3),
                "t_bottom_s": round(rep.t_bottom, 3),
                "rom_deg": round(float(np.rad2deg(rep.rom)), 2),
            }
            for rep in truth.reps
        ],
    }


def is_interrupted(truth: Truth, start: float, end: float) -> bool:
    """Return whether a sensor is silent for longer than ``GAP_S`` between two times in s."""
    for sensor in truth.sensors:
        t = sensor.sample_t[sensor.delivered]
        gaps = np.flatnonzero(np.diff(t) > GAP_S)
        if ((t[gaps] < end) & (t[gaps + 1] > start)).any():
            return True
    return False


def main() -> None:
    """Write all reference sessions."""
    folder = Path(__file__).parent
    for name, source in SESSIONS.items():
        session = simulate(parse_simulation(source))
        path = folder / f"{name}.mcap"
        save_session(session, path, overwrite=True)
        text = json.dumps(expected_result(source, session.truth), indent=1) + "\n"
        path.with_suffix(".expected.json").write_text(text, encoding="utf-8", newline="\n")
        seconds = session.truth.t[-1]
        print(f"{path.name}: simulated, {seconds:.0f} s, {len(session.truth.reps)} reps")


if __name__ == "__main__":
    main()
