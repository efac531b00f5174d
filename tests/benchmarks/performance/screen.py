"""The curl on the screen behind the simulated leg, sixty frames a second."""

from collections.abc import Iterator

import numpy as np

from gui.models.live import LiveModel
from processing.pipeline.pipeline import Pipeline
from processing.pipeline.shin_ahead import shin_ahead
from sensor.assembler import Assembler
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, FloatArray, ImuBlock
from tests.benchmarks.performance.figures import Figure

SESSIONS = {
    "at 4-0-1-1": ("sim:protocol=B,sets=2,reps=8,tempo=4-0-1-1,seed=7000303", 1.0),
    "in fast lifts": ("sim:protocol=B,sets=2,reps=8,tempo=1-0-0.5-0.2,seed=7000304", 3.0),
}
FRAME_S = 1.0 / 60.0
MOVING_RAD_S = 0.1
"""Only frames of a leg that moves in a rep count."""


def measure() -> Iterator[Figure]:
    """Compare every frame of a moving leg with the pose of the leg at its time."""
    for name, (text, reach) in SESSIONS.items():
        late, ankle = errors_deg(text)
        yield Figure(
            work=f"curl on the screen, error {name}, P95",
            value=float(np.percentile(late, 95)),
            unit="°",
            reach=reach,
            others=f"ankle, not carried on: {np.percentile(ankle, 95):.1f}°",
        )


def errors_deg(text: str) -> tuple[FloatArray, FloatArray]:
    """Return the errors (n,) of the curl and the ankle that are shown, in degrees, frame by frame."""
    session = simulate(parse_simulation(text))
    header, truth = session.header, session.truth
    assembler, pipeline, live = (
        Assembler(header.sensors, header.start_ns),
        Pipeline(header),
        LiveModel(),
    )
    curl_rate = np.gradient(truth.shin_turn, truth.t)
    errors: list[tuple[float, float]] = []
    due_s = 0.0
    for item in session.items:
        now_s = (item.t_ns - header.start_ns) / 1e9
        while due_s < now_s:
            live.carry_on(due_s)
            in_rep = any(rep.t_start <= due_s <= rep.t_bottom for rep in truth.reps)
            moving = in_rep and abs(np.interp(due_s, truth.t, curl_rate)) > MOVING_RAD_S
            if moving and live.curl_deg is not None and live.ankle_deg is not None:
                true = (
                    np.degrees(np.interp(due_s, truth.t, a)) for a in (truth.shin_turn, truth.ankle)
                )
                shown = live.curl_deg, live.ankle_deg
                errors.append(tuple(abs(s - t) for s, t in zip(shown, true, strict=True)))
            due_s += FRAME_S
        blocks: list[ImuBlock | Event] = list(assembler.feed(item))
        live.take(shin_ahead([b for b in blocks if isinstance(b, ImuBlock)], pipeline.calibration))
        if isinstance(item, Event):
            blocks.append(item)
        live.take(pipeline.feed(blocks))
    found = np.array(errors)
    return found[:, 0], found[:, 1]
