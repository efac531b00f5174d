"""Prints updates as they come: the command line's view of a running session."""

import math
from collections.abc import Sequence

from gui.console.tables import ankle_words
from processing.coach.cues import Cue
from processing.coach.hindsight import SetResult, Why
from processing.coach.loads import describe_ratio
from processing.coach.plan import PlanChange
from processing.motion.grading import worst
from processing.session import SessionReport, Told
from processing.types import AngleBlock, Calibrated, CalibrationFailed, Dropout, Rep


class UpdatePrinter:
    """A listener that prints a line a rep and whatever a person must know."""

    def __init__(self) -> None:
        self._angles = 0
        self._valid = 0
        self._reps = 0

    def show(self, told: Sequence[Told]) -> None:
        """Print what was ``told``."""
        for update in told:
            if isinstance(update, AngleBlock):
                self._angles += len(update.t)
                self._valid += int(update.valid.sum())
            elif isinstance(update, Rep):
                self._reps += not update.partial
                print(rep_line(update), flush=True)
            elif isinstance(update, Calibrated):
                print(f"{update.t:7.1f} s  calibrated: {worst(update.remarks)}", flush=True)
                for remark in update.remarks:
                    print(f"{'':11}{remark}", flush=True)
            elif isinstance(update, CalibrationFailed):
                print(f"{update.t:7.1f} s  calibration failed: {update.error}", flush=True)
            elif isinstance(update, Dropout):
                gap_s = update.t_end - update.t_start
                print(
                    f"{update.t_end:7.1f} s  {update.segment} sensor: {update.lost} samples lost "
                    f"in {gap_s:.2f} s",
                    flush=True,
                )
            elif isinstance(update, Cue):
                print(f"{update.t:7.1f} s  {update.kind.value}: {update}", flush=True)
            elif isinstance(update, SetResult) and update.recount.differences:
                print(recount_line(update), flush=True)
            elif isinstance(update, PlanChange):
                why = f" ({update.why})" if update.why else ""
                print(f"{update.t:7.1f} s  session: {update.state.value}{why}", flush=True)
                following = update.next_set
                if following is not None and following.ratio is not None:
                    print(f"{'':11}{describe_ratio(following.ratio, following.ratio_waves)}")

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


def source_of(text: str) -> str:
    """Return the source that a person names: a bare path is a recording."""
    scheme = text.partition(":")[0]
    return text if scheme in ("file", "sim", "ble") else f"file:{text}"


WHY_WORDS = {
    Why.SEEN_LATER: "only seen in hindsight",
    Why.WHOLE: "a whole rep after all",
    Why.PARTIAL: "short of the range",
    Why.NONE: "no rep",
}


def recount_line(result: SetResult) -> str:
    """Return how the count of a set came out, and why, as a line of text."""
    recount = result.recount
    why = ", ".join(f"at {d.rep.t_top:.1f} s {WHY_WORDS[d.why]}" for d in recount.differences)
    return f"{result.t_end:7.1f} s  set: live {recount.live} → final {recount.final}: {why}"


def rep_line(rep: Rep) -> str:
    """Return one rep as a line of text."""
    what = "partial rep" if rep.partial else f"rep {rep.number}"
    note = "" if rep.judged else f"  not judged: {rep.reason}"
    con, ecc = (
        ankle_words(math.degrees(a) if math.isfinite(a) else None)
        for a in (rep.ankle_con, rep.ankle_ecc)
    )
    return (
        f"{rep.t_bottom:7.1f} s  {what}: lift {rep.t_top - rep.t_start:.1f} s ({con}), "
        f"lower {rep.t_bottom - rep.t_ecc:.1f} s ({ecc}), "
        f"curl {math.degrees(rep.rom):.0f}°{note}"
    )
