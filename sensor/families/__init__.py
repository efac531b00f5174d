"""The sensor makes that Toepoint can read: one module a family, found by being in this folder.

A module of this package that defines ``FAMILY`` (see :mod:`sensor.families.base`) is a family.
"""

import importlib
import pkgutil
from functools import cache

from sensor.errors import SettingError
from sensor.families.base import Advertisement, Family


@cache
def families() -> dict[str, Family]:
    """Return every family by its name, in the order of the names."""
    found: dict[str, Family] = {}
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        family: Family | None = getattr(module, "FAMILY", None)
        if family is not None:
            found[family.name] = family
    return found


def family_named(name: str) -> Family:
    """Return the family called ``name``.

    Raises
    ------
    SettingError
        If there is none of that name.
    """
    try:
        return families()[name]
    except KeyError:
        raise SettingError("family", name, "one of " + ", ".join(families())) from None


def recognise(advertisement: Advertisement) -> Family | None:
    """Return the family that is surest of ``advertisement``, or None."""
    scored = [(f.recognise(advertisement), f) for f in families().values()]
    score, best = max(scored, key=lambda pair: pair[0])
    return best if score > 0 else None
