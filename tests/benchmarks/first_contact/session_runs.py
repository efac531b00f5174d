"""Simulated sessions through the whole path, live and from their recordings, with an independent judge.

A session runs with its coach and is recorded, as in a gym; the recording is analysed afterwards. The
independent judge reads the true curves, the calibrated ranges and the true losses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.calibration.changes import Calibrated
from processing.coach.coach import Coach
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.judge.recount import FinishedSet
from processing.judge.verdict import RestJudged, Verdict
from processing.motion.calibrated import Calibration
from processing.review.analysis import analyse
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.session import SessionOutput
from processing.types import Rep
from sensor.simulation import SimulatedSession, SimulationParameters, TrueRep, Truth, simulate
from sensor.types import Event, EventKind
from tests.independent_judge.motions import Array
from tests.independent_judge.prescription import Prescription, SetKind
from tests.independent_judge.verdicts import JudgedRep, judge_reps
from tests.independent_judge.visible import VisibleRep
from tests.processing.coach.session_output import session_output

SET_MARKS = (EventKind.SET_START, EventKind.SET_END)
"""The events that mark sets."""
LEAD_S = 2.0
"""The time of a set begins this long before its first lift, and ends with that of the next set."""
NEAR_S = 0.5
"""The lowest angles of a rep are looked for this far around its movements."""
PROTOCOL_TEMPO = {"B": (4.0, 0.0, 1.0, 1.0), "DF": (3.0, 0.0, 1.0, 0.0), "PF": (3.0, 0.0, 1.0, 0.0)}
"""Lowering, bottom, lift and top in s that a protocol asks of a set of each type."""


@dataclass(frozen=True)
class SessionRun:
    """A simulated session with all that the product said about it."""

    parameters: SimulationParameters
    """The simulated session."""
    marked: bool
    """Whether the sets were marked: the marks carry the tempo of the session."""
    simulated: SimulatedSession
    """The session and its truth."""
    outputs: tuple[SessionOutput, ...]
    """The live output."""
    sets: tuple[JudgedSet, ...]
    """The sets of the recording."""
    ratio: float | None
    """The ratio of the loads that the coach has learned, None where it learns none."""

    @property
    def truth(self) -> Truth:
        """The true angles and reps."""
        return self.simulated.truth

    @cached_property
    def calibration(self) -> Calibration | None:
        """The first calibration, None if there is none."""
        made = (o.calibration for o in self.outputs if isinstance(o, Calibrated))
        return next(made, None)

    @property
    def calibrated_s(self) -> float | None:
        """When the first calibration took effect, in s; None if there is none."""
        return next((o.t for o in self.outputs if isinstance(o, Calibrated)), None)

    @cached_property
    def live(self) -> tuple[Verdict, ...]:
        """The live verdicts on whole reps, with the rests after them as far as these were known."""
        verdicts: list[Verdict] = []
        for output in self.outputs:
            if isinstance(output, Verdict):
                verdicts.append(output)
            elif isinstance(output, RestJudged):
                verdicts[-1] = output.verdict
        return tuple(verdict for verdict in verdicts if not verdict.rep.partial)

    @cached_property
    def finished(self) -> tuple[FinishedSet, ...]:
        """The sets as the coach judged them at their ends."""
        return tuple(o for o in self.outputs if isinstance(o, FinishedSet))

    @cached_property
    def final(self) -> tuple[Verdict, ...]:
        """The verdicts on whole reps of the recording."""
        verdicts = (verdict for each in self.sets for verdict in each.verdicts)
        return tuple(verdict for verdict in verdicts if not verdict.rep.partial)

    @cached_property
    def windows(self) -> tuple[tuple[float, float], ...]:
        """The time of each set, which includes what the person does after it, in s."""
        first: dict[int, float] = {}
        for rep in self.truth.reps:
            first.setdefault(rep.set_index, rep.t_start - LEAD_S)
        starts = [first[index] for index in sorted(first)]
        return tuple(zip(starts, [*starts[1:], np.inf], strict=True))

    def true_reps(self, index: int) -> tuple[TrueRep, ...]:
        """Return the whole reps of a set."""
        return tuple(r for r in self.truth.reps if r.set_index == index and not r.partial)

    def judged(self, index: int) -> tuple[JudgedRep, ...]:
        """Return the verdicts of the independent judge on a set."""
        calibration = self.calibration
        if calibration is None:
            return ()
        curl = np.rad2deg(self.truth.shin_turn)
        reps = [visible_rep(self.truth, curl, rep) for rep in self.true_reps(index)]
        own = next(rep.set_type for rep in self.truth.reps if rep.set_index == index)
        asked_s = PROTOCOL_TEMPO[own]
        if self.marked:
            p = self.parameters
            asked_s = (p.lower_s, p.bottom_s, p.lift_s, p.top_s)
        asked = prescription(own, asked_s, calibration)
        ankle = np.rad2deg(self.truth.ankle)
        return judge_reps(self.truth.t, curl, ankle, reps, asked, losses(self.truth))


def run_session(
    parameters: SimulationParameters, *, marked: bool = True, protocol: str = ""
) -> SessionRun:
    """Simulate a session, run it with a coach, record and analyse it.

    Parameters
    ----------
    parameters
        The session.
    marked
        Whether the starts and ends of the sets are marked; the calibration always is.
    protocol
        Name of the coach's protocol; that of the session if none is given.
    """
    simulated = simulate(parameters)
    items = [
        item
        for item in simulated.items
        if marked or not (isinstance(item, Event) and item.kind in SET_MARKS)
    ]
    protocol = str(parameters.protocol)
    coach = Coach(
        built_in(protocol if protocol in ("A", "B") else "free"), Athlete(weeks_trained=10.0)
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "session.mcap"
        outputs = session_output(simulated.header, items, coach, path)
        sets = judge_sets(analyse(path))
    ratio = coach.plan.ratio
    return SessionRun(parameters, marked, simulated, tuple(outputs), sets, ratio)


def prescription(
    set_type: str, tempo_s: tuple[float, float, float, float], calibration: Calibration
) -> Prescription:
    """Return what is asked of a set.

    Parameters
    ----------
    set_type
        DF, PF or B.
    tempo_s
        Lowering, bottom, lift and top in s.
    calibration
        The ranges that the product measured.
    """
    lower_s, bottom_s, lift_s, top_s = tempo_s
    return Prescription(
        kind=SetKind(set_type),
        lower_s=lower_s,
        dorsiflexion_max_deg=float(np.rad2deg(calibration.dorsiflexion_max or 0.0)),
        plantarflexion_max_deg=float(np.rad2deg(calibration.plantarflexion_max or 0.0)),
        reference_deg=float(calibration.reference_rom_deg or 0.0),
        lift_s=lift_s,
        top_s=top_s,
        bottom_s=bottom_s,
    )


def visible_rep(truth: Truth, curl_deg: Array, rep: TrueRep) -> VisibleRep:
    """Return a true rep with its extremes, read from the true curve."""

    def part(start: float, stop: float) -> Array:
        first, last = np.searchsorted(truth.t, (start, stop))
        return curl_deg[first : max(int(last), int(first) + 1)]

    return VisibleRep(
        t_lift=rep.t_start,
        t_top=rep.t_top,
        t_lower=rep.t_ecc,
        t_bottom=rep.t_bottom,
        t_next=rep.t_end,
        low_deg=float(part(rep.t_start - NEAR_S, rep.t_top).min()),
        high_deg=float(part(rep.t_start, rep.t_bottom).max()),
        end_deg=float(part(rep.t_ecc, rep.t_bottom + NEAR_S).min()),
    )


def losses(truth: Truth) -> list[tuple[float, float]]:
    """Return start and end in s of each run of lost samples of a sensor."""
    found = []
    for sensor in truth.sensors:
        arrived = sensor.sample_t[sensor.delivered]
        step = float(np.median(np.diff(sensor.sample_t)))
        wide = np.flatnonzero(np.diff(arrived) > 1.5 * step)
        found += [(float(arrived[i]) + step, float(arrived[i + 1])) for i in wide]
    return found


def within(reps: Sequence[Rep], window: tuple[float, float]) -> list[Rep]:
    """Return the reps that start in the time of a set."""
    return [rep for rep in reps if window[0] <= rep.t_start < window[1]]
