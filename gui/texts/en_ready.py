"""The readiness for a set in English: sensors, calibration, sound and batteries in one line."""

from typing import assert_never

from gui.models.readiness import Heard, NotReady, Readiness

_UNJUDGED = "reps are counted, not judged"


def readiness(found: Readiness) -> str:
    """Return whether all is ready for a set, in one line."""
    missing = [_missing(one, found) for one in found.missing]
    facts = [f"{found.streaming} of {found.worn} sensors"]
    if found.calibrated_s is not None:
        facts.append(age(found.calibrated_s))
    if found.heard is Heard.ON:
        facts.append("sound on")
    elif found.heard is Heard.OFF:
        facts.append("sound off")
    if found.battery is not None and NotReady.BATTERY not in found.missing:
        facts.append(f"battery {found.battery[1]:.0f} %")
    line = " · ".join([*missing, *facts])
    return line[:1].upper() + line[1:] if missing else f"Ready: {line}"


def age(seconds: float) -> str:
    """Return how long ago the calibration was made."""
    minutes = int(seconds // 60.0)
    if not minutes:
        return "calibrated just now"
    return f"calibrated {minutes} min ago"


def _missing(what: NotReady, found: Readiness) -> str:
    match what:
        case NotReady.SENSOR:
            where = f"{found.silent.value} sensor" if found.silent is not None else "a sensor"
            return f"{where} silent: {_UNJUDGED}"
        case NotReady.STRAPPED:
            return f"strapped on again, calibrate first: {_UNJUDGED}"
        case NotReady.NOT_CALIBRATED:
            return f"not calibrated: {_UNJUDGED}"
        case NotReady.NOT_USABLE:
            return f"calibration not usable: {_UNJUDGED}"
        case NotReady.BATTERY:
            if found.battery is None:
                return "charge the batteries soon"
            return f"{found.battery[0].value} battery {found.battery[1]:.0f} %, charge it soon"
        case NotReady.SOUND:
            return "no sound: see Settings"
        case _:
            assert_never(what)
