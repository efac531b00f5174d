"""A gap of 0.1 to 60 s at random places of five sessions: what it changes outside of itself.

    python -m tests.benchmarks.first_contact.gaps [--gaps 40] [--first-seed 0] [--worst 5]

Notifications of the shin, the foot or both are taken out of a recording, and its analysis is
compared with that of the whole recording. The gaps of a session end at random, some of them while
the person lifts, lowers, walks, turns or gets off.
"""

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np

from processing.calibration.fit import calibrate
from processing.motion.calibrated import Calibration
from processing.review.analysis import Analysis, analyse
from processing.types import AngleBlock, PairedBlock, Rep
from sensor.simulation import (
    PersonParameters,
    RestActivity,
    SensorParameters,
    SimulatedExercise,
    SimulatedProtocol,
    SimulatedSession,
    SimulationParameters,
    save_session,
    simulate,
)
from sensor.types import EventKind, FloatArray, Notification, Segment
from tests.benchmarks.first_contact import seed_options

GAPS = 40
"""Gaps in each of the five sessions: 200 in all."""
SESSIONS = (
    (SimulatedExercise.LYING, SimulatedProtocol.B, RestActivity.STILL),
    (SimulatedExercise.SEATED, SimulatedProtocol.A, RestActivity.FIDGET),
    (SimulatedExercise.STANDING, SimulatedProtocol.B, RestActivity.STILL),
    (SimulatedExercise.LYING, SimulatedProtocol.A, RestActivity.WALK),
    (SimulatedExercise.LYING, SimulatedProtocol.B, RestActivity.OFF),
)
"""The sessions: in two of them the person walks, turns and gets off between the sets."""
TO_REACH_DEG = 0.5
BESIDE_S = 1.0
"""A rep that begins or ends nearer to the gap is counted with it, for the angles must settle first."""
SAME_REP_S = 0.5
"""The tops of the same rep, with and without the gap, differ by less."""


@dataclass(frozen=True, slots=True)
class Change:
    """The largest changes outside a gap, and the reps that it cost."""

    place: str
    """The session and the gap."""
    angles_deg: dict[str, float]
    lost: dict[str, int]
    glued: int
    judged: int


def session(seed: int, place: int) -> SimulatedSession:
    """Return one of the five sessions: two sets of six reps, 30 s of rest."""
    exercise, protocol, rest = SESSIONS[place]
    sensor = SensorParameters(family="movella_dot", soft_tissue_deg=1.5)
    return simulate(
        SimulationParameters(
            seed=seed,
            protocol=protocol,
            sets=2,
            reps=6,
            rest=rest,
            rest_s=30.0,
            person=PersonParameters(exercise=exercise),
            shin=replace(sensor, position_m=(0.04, 0.01, -0.25)),
            foot=replace(sensor, position_m=(0.09, 0.0, -0.03)),
        )
    )


def cut(
    whole: SimulatedSession, start: float, stop: float, segments: set[Segment]
) -> SimulatedSession:
    """Return ``whole`` without the notifications of ``segments`` from ``start`` to ``stop`` s."""
    sources = {s.source for s in whole.header.sensors if s.segment in segments}
    begin_ns = whole.header.start_ns
    kept = [
        item
        for item in whole.items
        if not (
            isinstance(item, Notification)
            and item.source in sources
            and start <= (item.t_ns - begin_ns) / 1e9 < stop
        )
    ]
    return replace(whole, items=tuple(kept))


def remembered() -> Callable[..., Calibration]:
    """Return `calibrate`, done once for the same movements: every gap comes after them."""
    made: dict[bytes, Calibration] = {}

    def once(
        still: PairedBlock, pumps: PairedBlock | None, curls: PairedBlock | None, **options: Any
    ) -> Calibration:
        key = pickle.dumps((still, pumps, curls, sorted(options.items())))
        if key not in made:
            made[key] = calibrate(still, pumps, curls, **options)
        return made[key]

    return once


def analysed(one: SimulatedSession, folder: str) -> Analysis:
    """Return the analysis of a session by way of its recording."""
    path = Path(folder) / "session.mcap"
    save_session(one, path, overwrite=True)
    return analyse(path)


def change(whole: Analysis, without: Analysis, place: str, start: float, stop: float) -> Change:
    """Return what the gap from ``start`` to ``stop`` s in the session ``place`` changed."""
    angles = {}
    for name in ("live", "offline"):
        before, after = (getattr(one, f"{name}_angles") for one in (whole, without))
        for angle in ("ankle", "curl"):
            angles[f"{angle} {name}"] = _difference(before, after, angle, start, stop)
    lost = {}
    glued = judged = 0
    for name in ("live", "final"):
        before, after = (_reps(one, live=name == "live") for one in (whole, without))
        outside = [
            rep
            for rep in before
            if rep.t_bottom < start - BESIDE_S or rep.t_start > stop + BESIDE_S
        ]
        tops = np.array([rep.t_top for rep in after])
        lost[name] = sum(not (np.abs(tops - rep.t_top) < SAME_REP_S).any() for rep in outside)
        for rep in after:
            inside = [
                b for b in before if rep.t_start < 0.5 * (b.t_start + b.t_bottom) < rep.t_bottom
            ]
            glued += len(inside) > 1
            moving = ((rep.t_start, rep.t_top), (rep.t_ecc, rep.t_bottom))
            hidden = any(min(stop, b) - max(start, a) > 0.1 for a, b in moving)
            judged += rep.judged and hidden
    return Change(f"{place}, {start:.1f}-{stop:.1f} s", angles, lost, glued, judged)


def _reps(one: Analysis, *, live: bool) -> list[Rep]:
    return [rep for s in one.sets for rep in (s.live if live else s.reps) if not rep.partial]


def _difference(
    before: AngleBlock, after: AngleBlock, name: str, start: float, stop: float
) -> float:
    """Return the largest difference outside the gap where both are known, °."""
    t, at, other = np.intersect1d(
        np.round(before.t * 100.0), np.round(after.t * 100.0), return_indices=True
    )
    flags = "valid" if name == "ankle" else "curl_valid"
    known = getattr(before, flags)[at] & getattr(after, flags)[other]
    used = known & ((t < 100.0 * start) | (t > 100.0 * stop))
    off: FloatArray = np.abs(getattr(before, name)[at] - getattr(after, name)[other])[used]
    return float(np.degrees(off.max(initial=0.0)))


def changes(place: int, *, gaps: int, first_seed: int) -> list[Change]:
    """Return what ``gaps`` gaps in a session change."""
    rng = np.random.default_rng([first_seed, place])
    found: list[Change] = []
    one = session(first_seed + place, place)
    begin_ns = one.header.start_ns
    calibrated = max(
        (e.t_ns - begin_ns) / 1e9
        for e in one.items
        if not isinstance(e, Notification) and e.kind == EventKind.CALIBRATION_END
    )
    with (
        patch("processing.pipeline.live_calibration.calibrate", remembered()),
        TemporaryDirectory() as folder,
    ):
        whole = analysed(one, folder)
        for _ in range(gaps):
            length = 0.1 * 600.0 ** rng.random()
            start = rng.uniform(calibrated, whole.duration_s - length)
            segments = [{Segment.SHIN}, {Segment.FOOT}, {Segment.SHIN, Segment.FOOT}]
            chosen = segments[int(rng.integers(3))]
            without = analysed(cut(one, start, start + length, chosen), folder)
            name = f"session {place}, {' and '.join(sorted(chosen))}"
            found.append(change(whole, without, name, start, start + length))
    return found


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--gaps", type=int, default=GAPS, help="gaps in each session")
    parser.add_argument("--worst", type=int, default=5, help="gaps to name for each angle")
    args = parser.parse_args(arguments)
    each = partial(changes, gaps=args.gaps, first_seed=args.first_seed)
    # A process for each processor, with one thread each, is faster than threads in the matrices.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = [one for some in pool.map(each, range(len(SESSIONS))) for one in some]
    last_seed = args.first_seed + len(SESSIONS) - 1
    print(f"{len(found)} gaps of 0.1-60 s, seeds {args.first_seed}-{last_seed}")
    for name in found[0].angles_deg:
        off = np.array([one.angles_deg[name] for one in found])
        beyond = int((off >= TO_REACH_DEG).sum())
        print(
            f"{name:14} mean {off.mean():.2f}°  worst {off.max():.2f}°  to reach < {TO_REACH_DEG}°"
            f"  beyond it: {beyond} of {len(off)}"
        )
        for at in np.argsort(-off)[: min(beyond, args.worst)].tolist():
            print(f"    {off[at]:.2f}° {found[at].place}")
    for name in found[0].lost:
        print(f"reps lost outside, {name}: {sum(one.lost[name] for one in found)}  to reach 0")
        for one in found:
            if one.lost[name]:
                print(f"    {one.lost[name]} {one.place}")
    print(f"two reps glued: {sum(one.glued for one in found)}  to reach 0")
    print(f"judged over a gap: {sum(one.judged for one in found)}  to reach 0")


if __name__ == "__main__":
    main(sys.argv[1:])
