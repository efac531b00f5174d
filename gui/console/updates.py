"""Prints updates as they come: the command line's view of a running session."""

import math
from collections.abc import Sequence
from typing import assert_never

from gui.console.tables import ankle_words
from gui.texts.catalogue import ENGLISH
from gui.texts.en_speech import cue
from processing.calibration.calibration_steps import StepEnded, StepProgress, StepStarted
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.grade import worst
from processing.coach.count_watch import CannotCount
from processing.coach.cues import SUGGEST_QUALITY_PERCENT, SUGGEST_SETS, Cue, Level
from processing.coach.plan_change import PlanChange
from processing.coach.stop_rule import StopReached
from processing.judge.recount import FinishedSet
from processing.judge.verdict import RestJudged, Verdict
from processing.pipeline.guided_calibration import GuideEnded
from processing.pipeline.shin_ahead import ShinAhead
from processing.session import SessionOutput, SessionReport
from processing.types import (
    AngleBlock,
    Dropout,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
)
from sensor.recording import RecordingMoved
from sensor.types import Segment

_PLAN = ENGLISH.plan


class UpdatePrinter:
    """A listener that prints a line for each rep, and everything else that a person must know."""

    def __init__(self) -> None:
        self._angles = 0
        self._valid = 0
        self._reps = 0
        self._slow: set[Segment] = set()

    def show(self, outputs: Sequence[SessionOutput]) -> None:
        """Print ``outputs``."""
        for update in outputs:
            if isinstance(update, AngleBlock):
                self._angles += len(update.t)
                self._valid += int(update.valid.sum())
                continue
            if isinstance(update, Rep):
                self._reps += not update.partial
            lines = (
                self._slow_lines(update) if isinstance(update, SensorStatus) else lines_of(update)
            )
            for line in lines:
                # Flushed, so that a program that reads along gets each line when it happens.
                print(line, flush=True)

    def _slow_lines(self, status: SensorStatus) -> list[str]:
        """Say, once each time it begins, that a sensor sends far less than it was asked for."""
        if not status.too_slow:
            # Forgotten, so that the next time is printed again.
            self._slow.discard(status.segment)
            return []
        if status.segment in self._slow:
            return []
        self._slow.add(status.segment)
        line = (
            f"{status.t:7.1f} s  {status.segment} sensor: {status.arriving_hz:.0f} of "
            f"{status.asked_hz:.0f} samples a second arrive; switch it off and on, or come nearer, "
            "then connect it again"
        )
        return [line]

    @property
    def measured(self) -> bool:
        """Whether any angle was valid: never without a calibration."""
        return self._valid > 0

    def close(self, report: SessionReport) -> None:
        """Print the last line."""
        share = 100.0 * self._valid / self._angles if self._angles else 0.0
        print(
            f"{self._reps} reps; angles valid in {share:.1f} % of {self._angles} grid samples"
            + (" · simulated data" if report.header.simulated else "")
        )


def lines_of(update: SessionOutput) -> list[str]:
    """Return what there is to read of an update, in lines; often nothing."""
    lines: list[str] = []
    match update:
        case Rep():
            lines = [rep_line(update)]
        case Calibrated(t=t, remarks=remarks):
            lines = [
                f"{t:7.1f} s  calibrated: {worst(remarks)}",
                *(f"{'':11}{ENGLISH.calibration.remark(r)}" for r in remarks),
            ]
        case CalibrationFailed(t=t, error=error):
            lines = [f"{t:7.1f} s  calibration failed: {error}"]
        case Dropout(segment=segment, lost=lost, t_start=t_start, t_end=t_end):
            gap_s = t_end - t_start
            lines = [f"{t_end:7.1f} s  {segment} sensor: {lost} samples lost in {gap_s:.2f} s"]
        case Cue(t=t, kind=kind):
            lines = [f"{t:7.1f} s  {kind.value}: {cue(update)}"]
        case FinishedSet():
            lines = [recount_line(update)] if update.recount.differences else []
        case PlanChange():
            lines = _plan_lines(update)
        case CannotCount(t=t, why=trouble):
            lines = [f"{t:7.1f} s  {_PLAN.cannot_count(trouble)}"]
        case RecordingMoved():
            lines = [_PLAN.recording_moved(update)]
        case StopReached(t=t):
            lines = [f"{t:7.1f} s  {_PLAN.stop_reached(update)}"]
        case (
            AngleBlock()
            | PhaseChange()
            | Verdict()
            | RestJudged()
            | SensorSilent()
            | SensorStatus()
            | RevisedAngles()
            | SessionEvent()
            | ShinAhead()
            | StepStarted()
            | StepProgress()
            | StepEnded()
            | GuideEnded()
        ):
            pass
        case _:
            assert_never(update)
    return lines


def _plan_lines(change: PlanChange) -> list[str]:
    why = "" if change.why is None else f" ({_PLAN.plan_reason(change.why)})"
    lines = [f"{change.t:7.1f} s  session: {change.state.value}{why}"]
    following = change.next_set
    if following is not None and following.ratio is not None:
        lines.append(f"{'':11}{_PLAN.load_ratio(following.ratio, following.ratio_waves)}")
    return lines


def source_of(text: str) -> str:
    """Return the source that a person names: a bare path is a recording."""
    scheme = text.partition(":")[0]
    # Not every colon ends a scheme: ``C:\\session.mcap`` is a path.
    return text if scheme in ("file", "sim", "ble") else f"file:{text}"


def recount_line(result: FinishedSet) -> str:
    """Return how the count of a set came out, and why, as a line of text."""
    recount = result.recount
    why = ", ".join(_PLAN.difference(one) for one in recount.differences)
    return f"{result.t_end:7.1f} s  set: {_PLAN.count_change(recount.live, recount.final)}: {why}"


def level_line(level: Level, suggested: Level) -> str:
    """Return the line that offers to say less, empty where ``level`` is still right."""
    if suggested is level:
        return ""
    return (
        f"suggested: say less (--level {suggested}): of the last {SUGGEST_SETS} sets "
        f"each had at least {SUGGEST_QUALITY_PERCENT:.0f} % good reps\n"
    )


def rep_line(rep: Rep) -> str:
    """Return one rep as a line of text."""
    what = "partial rep" if rep.partial else f"rep {rep.number}"
    why = rep.withheld
    note = "" if why is None else f"  not judged: {ENGLISH.verdicts.withheld(why)}"
    con, ecc = (
        ankle_words(math.degrees(a) if math.isfinite(a) else None)
        for a in (rep.ankle_con, rep.ankle_ecc)
    )
    return (
        f"{rep.t_bottom:7.1f} s  {what}: lift {rep.t_top - rep.t_start:.1f} s ({con}), "
        f"lower {rep.t_bottom - rep.t_ecc:.1f} s ({ecc}), "
        f"curl {math.degrees(rep.rom):.0f}°{note}"
    )
