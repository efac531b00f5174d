"""The sensor makes that Toepoint can read, one module a family, and those that you add.

A family is a :class:`sensor.families.base.Family`. To add one without touching this package, build
yours from :mod:`~sensor.families.base`, :mod:`~sensor.families.steps`,
:mod:`~sensor.families.counts`, :mod:`~sensor.families.gatt` and :mod:`~sensor.families.virtual`, and
give it to :func:`register_family` before a session is opened.
"""

import re
from collections.abc import Mapping

from sensor.errors import FamilyClashError, SettingError
from sensor.families import (
    adafruit,
    arduino_science,
    bluest,
    board,
    metamotion,
    movella_dot,
    movesense,
    polar,
    sensortag,
    table,
    thingy52,
    witmotion,
)
from sensor.families.base import Advertisement, Family

BUILT_IN: Mapping[str, Family] = {
    module.FAMILY.name: module.FAMILY
    for module in (
        adafruit,
        arduino_science,
        bluest,
        board,
        metamotion,
        movella_dot,
        movesense,
        polar,
        sensortag,
        table,
        thingy52,
        witmotion,
    )
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_registered: dict[str, Family] = {}


def families() -> dict[str, Family]:
    """Return every family by its name: the built-in ones, then the registered ones."""
    return {**BUILT_IN, **_registered}


def register_family(family: Family) -> None:
    """Add a family of your own for the rest of the process.

    From then on it is found by scans, connected, simulated (``sim:family=NAME``), recorded and
    replayed like a built-in one. A recording of it can be replayed only where it is registered.
    Registering the same value again changes nothing.

    Where a built-in family is as sure of an advertisement, the built-in one is chosen; ``family=NAME``
    in a source string asks for yours.

    Raises
    ------
    FamilyClashError
        If another family has the name.
    SettingError
        If the name is not made of lower-case letters, digits and underscores: it is part of
        source strings such as ``ble:shin=ADDRESS,family=NAME``.
    """
    if not _NAME.fullmatch(family.name):
        allowed = "lower-case letters, digits and underscores, with a letter first"
        raise SettingError("family", family.name, allowed)
    known = families().get(family.name)
    if known is not None and known != family:
        raise FamilyClashError(family.name, known.title)
    if known is None:
        _registered[family.name] = family


def unregister_family(name: str) -> None:
    """Remove a family that was added by :func:`register_family`.

    Raises
    ------
    SettingError
        If no family of that name was registered.
    """
    if _registered.pop(name, None) is None:
        raise SettingError("family", name, "one that was registered")


def family_named(name: str) -> Family:
    """Return the family called ``name``.

    Raises
    ------
    SettingError
        If there is none of that name.
    """
    known = families()
    try:
        return known[name]
    except KeyError:
        raise SettingError("family", name, "one of " + ", ".join(known)) from None


def recognise(advertisement: Advertisement) -> Family | None:
    """Return the family that is surest of ``advertisement``, None if none knows it."""
    scored = [(f.recognise(advertisement), f) for f in families().values()]
    score, best = max(scored, key=lambda pair: pair[0])
    return best if score > 0 else None
