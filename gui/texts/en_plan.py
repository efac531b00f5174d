"""The course of a session in English: its states, its loads, and counts that changed."""

from typing import assert_never

from processing.coach.count_watch import CountTrouble
from processing.coach.plan_reasons import (
    Gate,
    PlanCause,
    PlanReason,
    ProtocolWarning,
    Refusal,
    ShortRest,
)
from processing.coach.stop_rule import StopKey, StopReached
from processing.judge.recount import CountChange, CountDifference
from processing.types import Ending
from sensor.errors import RecordingFault
from sensor.recording import LeftAsItIs, RecordingMoved


def protocol_title(_name: str, title: str) -> str:
    """Return the title of a built-in protocol: ``title``, as its file words it."""
    # The files of the protocols are in English.
    return title


def plan_reason(why: PlanReason) -> str:
    """Return why the session came into its state."""
    match why:
        case PlanCause():
            return _cause(why)
        case Ending():
            return _ending(why)
        case Refusal(soreness=soreness, hours=hours, wait_h=wait):
            return (
                f"soreness {soreness:g} of 10, {hours:.0f} h after the last session: "
                f"wait until {wait:g} h have passed, or do a neutral set"
            )
        case ShortRest(rested_s=rested):
            return f"rested {rested:.0f} s only"
        case ProtocolWarning(text=text):
            return text
        case Gate():
            return (
                f"{ramp_in_missing(why)} Sets of B take their place."
                if not why.is_open
                else (
                    'lowering above your maximum needs your "I understand": choose its protocol again in the '
                    "settings. Until then sets of B take its place"
                )
            )
        case _:
            assert_never(why)


def _cause(why: PlanCause) -> str:
    match why:
        case PlanCause.MARKED:
            return "marked"
        case PlanCause.KEY:
            return "key"
        case PlanCause.LAY_STILL:
            return "lay still"
        case PlanCause.NOTHING_LIFTED:
            return "nothing was lifted"
        case PlanCause.PACE_LOST:
            return "the pace is lost: the test is over"
        case PlanCause.CRAMP:
            return "cramp: relax the foot to neutral"
        case PlanCause.RESTED:
            return "rested"
        case _:
            assert_never(why)


def _ending(why: Ending) -> str:
    match why:
        case Ending.RESTED:
            return "no movement"
        case Ending.LEFT:
            return "the start pose was left"
        case Ending.EXPIRED:
            return "too long for a rep"
        case Ending.MARKED:
            return "marked"
        case Ending.CALIBRATION:
            return "calibration"
        case _:
            assert_never(why)


def load_ratio(ratio: float, waves: int) -> str:
    """Return the ratio of the pointed to the toes-up load, and what it was learned from."""
    source = f"{waves} wave{'s' if waves != 1 else ''}" if waves else "estimate"
    return f"PF/DF ratio {ratio:.2f} ({source})"


def count_change(live: int, final: int) -> str:
    """Return how the count of a set came out."""
    if live == final:
        return f"{final} reps, as counted live"
    return f"{live} counted live, {final} after the set"


def cannot_count(why: CountTrouble) -> str:
    """Return why no reps are counted, and what to do."""
    match why:
        case CountTrouble.NOT_CALIBRATED:
            return "nothing is counted, because the sensors are not calibrated: calibrate first"
        case CountTrouble.NO_ANGLES:
            return "nothing is counted, because no angles arrive: look whether both sensors are on and near"
        case CountTrouble.NOT_STILL:
            return (
                "nothing is counted, because the leg never came to rest: "
                "straighten it, hold still for a second, then lift"
            )
        case _:
            assert_never(why)


def stop_reached(found: StopReached) -> str:
    """Return which stop rule of the set is reached, and that the next rep should be the last."""
    match found.key:
        case StopKey.CONTROL_LOSS:
            return f"control loss {found.value:.0f} %: last one"
        case StopKey.BREAK_POINT:
            return f"control lost {found.value:.0f}° sooner: last one"
        case StopKey.QUALITY:
            return f"{found.value:.0f} {'rep' if found.value == 1 else 'reps'} missed: last one"
        case _:
            assert_never(found.key)


def difference(found: CountDifference) -> str:
    """Return why the count of a set changed when it was over."""
    number = found.rep.number
    match found.why:
        case CountChange.SEEN_LATER:
            return f"rep {number} was only seen afterwards"
        case CountChange.WHOLE:
            return f"rep {number} was a whole one after all"
        case CountChange.PARTIAL:
            return f"rep {number} fell short of the range"
        case CountChange.NONE:
            return f"what was counted as rep {number} was none"
        case _:
            assert_never(found.why)


def supramaximal_warning() -> str:
    """Return the warning before sets above the person's maximum."""
    return (
        "Above your maximum: both legs lift the load, and the leg with the sensors lowers it. Only with "
        "experience, with someone beside you, and not with pain. Trials found no more gains than below "
        "the maximum."
    )


def ramp_in_missing(gate: Gate) -> str:
    """Return why such sets cannot be chosen yet."""
    return (
        f"Not yet: lowering above your maximum comes after {gate.weeks_needed} weeks of protocol B, and "
        f"you have done {gate.weeks_done}. Train B on until then."
    )


def understood() -> str:
    """Return the words of the button by which a person accepts the warning."""
    return "I understand"


def recording_moved(moved: RecordingMoved) -> str:
    """Return why a recording goes on in another file, and what became of its first part."""
    why = {
        RecordingFault.DISK_FULL: "its disk is full",
        RecordingFault.MISSING: "its file or folder was moved, deleted or disconnected",
    }.get(moved.fault, "its disk fails")
    kept = (
        "Everything recorded until now is there."
        if not moved.lost_bytes
        else f"{moved.lost_bytes} bytes of {moved.old} could not be copied; keep that file."
    )
    return f"The recording goes on in {moved.new}, because {why}. {kept}"


def stays_large(why: LeftAsItIs | RecordingFault) -> str:
    """Return why a recording was not made compact."""
    match why:
        case LeftAsItIs.COMPACT_ALREADY:
            return "The recording is compact already."
        case LeftAsItIs.NOT_SMALLER:
            return "The recording stays as it is, because it would not become smaller."
        case LeftAsItIs.NOT_COMPLETE:
            because = "it is not complete, and a later version of the program may find more in it"
        case LeftAsItIs.FOREIGN:
            because = "another program added to it"
        case LeftAsItIs.BEING_WRITTEN:
            because = "it is being written"
        case RecordingFault.DISK_FULL:
            because = "its disk is full"
        case RecordingFault.MISSING:
            because = "its file or folder was moved, deleted or disconnected"
        case RecordingFault.NOT_WRITABLE | RecordingFault.EXISTS:
            because = "its folder cannot be written"
        case (
            RecordingFault.NOT_READABLE
            | RecordingFault.NOT_A_RECORDING
            | RecordingFault.DAMAGED
            | RecordingFault.NEWER_VERSION
        ):
            because = "it cannot be read"
        case _:
            assert_never(why)
    return f"The recording stays large, because {because}. Nothing of it is lost."
