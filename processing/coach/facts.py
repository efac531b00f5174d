"""The facts behind what the coach does, as names and numbers for the recording."""

from dataclasses import fields
from typing import TypeAlias

from processing.judge.reasons import Reason

Facts: TypeAlias = tuple[tuple[str, str | float], ...]
"""Names with values; a name ends with the unit of its number."""


def facts_of(reason: Reason | None) -> Facts:
    """Return the check and the numbers of ``reason``; that all is good where there is none."""
    if reason is None:
        return (("check", "good"),)
    numbers = ((f.name, getattr(reason, f.name)) for f in fields(reason))
    return (
        ("check", reason.check.value),
        *((name, value) for name, value in numbers if isinstance(value, int | float)),
    )


def recorded(facts: Facts) -> str:
    """Return ``facts`` as they stand in a recording: ``check eccentric, seconds 2.1``."""
    return ", ".join(
        f"{name} {value if isinstance(value, str) else format(value, '.4g')}"
        for name, value in facts
    )
