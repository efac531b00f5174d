"""The readiness for a set in German: sensors, calibration, sound and batteries in one line."""

from typing import assert_never

from gui.models.readiness import Heard, NotReady, Readiness
from gui.texts.de_sensors import place, sensor_of

_UNJUDGED = "Wdh. werden gezählt, nicht gewertet"


def readiness(found: Readiness) -> str:
    """Return whether all is ready for a set, in one line."""
    missing = [_missing(one, found) for one in found.missing]
    facts = [f"{found.streaming} von {found.worn} Sensoren"]
    if found.calibrated_s is not None:
        facts.append(age(found.calibrated_s))
    if found.heard is Heard.ON:
        facts.append("Ton an")
    elif found.heard is Heard.OFF:
        facts.append("Ton aus")
    if found.battery is not None and NotReady.BATTERY not in found.missing:
        facts.append(f"Akku {found.battery[1]:.0f} %")
    line = " · ".join([*missing, *facts])
    return line[:1].upper() + line[1:] if missing else f"Bereit: {line}"


def age(seconds: float) -> str:
    """Return how long ago the calibration was made."""
    minutes = int(seconds // 60.0)
    if not minutes:
        return "eben kalibriert"
    return f"vor {minutes} min kalibriert"


def _missing(what: NotReady, found: Readiness) -> str:
    match what:
        case NotReady.SENSOR:
            where = sensor_of(found.silent) if found.silent is not None else "ein Sensor"
            return f"{where} stumm: {_UNJUDGED}"
        case NotReady.STRAPPED:
            return f"neu angelegt, erst kalibrieren: {_UNJUDGED}"
        case NotReady.NOT_CALIBRATED:
            return f"nicht kalibriert: {_UNJUDGED}"
        case NotReady.NOT_USABLE:
            return f"Kalibrierung unbrauchbar: {_UNJUDGED}"
        case NotReady.BATTERY:
            if found.battery is None:
                return "Akku bald laden"
            return f"Akku {place(found.battery[0])} {found.battery[1]:.0f} %, bald laden"
        case NotReady.SOUND:
            return "kein Ton: siehe Einstellungen"
        case _:
            assert_never(what)
