"""The thresholds by which a rep is judged, each with its unit and the range it may be set to."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sensor.errors import SettingError


def _within(default: float, low: float, high: float) -> Any:
    # Any as its type, because a field stands here for its value.
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The limits of green and near. Heights are shares of the rep's range."""

    hold_good_percent: float = _within(80.0, 0.0, 100.0)
    """Green from this share of the time with the toes in their band."""
    hold_near_percent: float = _within(60.0, 0.0, 100.0)
    """Near from this share."""
    lift_from_height: float = _within(0.15, 0.0, 0.5)
    """The judged part of the lift begins at this height."""
    lift_to_height: float = _within(0.85, 0.5, 1.0)
    """The judged part of the lift ends at this height."""
    switch_good_height: float = _within(0.80, 0.0, 1.0)
    """Green if the toes are pointed while the leg is still this high."""
    switch_near_height: float = _within(0.65, 0.0, 1.0)
    """Near if they are pointed while it is still this high."""
    hold_end_height: float = _within(0.10, 0.0, 0.5)
    """Pointed toes are judged down to this height."""
    last_third_height: float = _within(0.33, 0.1, 0.9)
    """The last third of the lowering begins at this height."""
    rom_good_percent: float = _within(85.0, 10.0, 150.0)
    """Green from this share of the reference range."""
    rom_near_percent: float = _within(70.0, 10.0, 150.0)
    """Near from this share."""
    eccentric_under_s: float = _within(0.5, 0.0, 5.0)
    """Green down to this much below the target."""
    eccentric_over_s: float = _within(1.5, 0.0, 10.0)
    """Green up to this much above the target."""
    eccentric_least_percent: float = _within(75.0, 10.0, 100.0)
    """Shorter than this share of the target is too fast."""
    eccentric_most_percent: float = _within(200.0, 100.0, 500.0)
    """Longer than this share of the target is slower than needed."""
    eccentric_longest_s: float = _within(8.0, 1.0, 30.0)
    """Longer than this is slower than needed, whatever the target is."""
    concentric_good_s: float = _within(0.5, 0.0, 5.0)
    """Green within this of the target."""
    concentric_near_s: float = _within(1.0, 0.0, 10.0)
    """Near within this of the target."""
    explosive_s: float = _within(1.5, 0.2, 5.0)
    """Green up to this where the target is X; the limit of near lies as far above as elsewhere."""
    pause_good_s: float = _within(0.5, 0.0, 5.0)
    """Green up to this above the target."""
    pause_near_s: float = _within(1.0, 0.0, 10.0)
    """Near up to this above the target."""
    knee_deg: float = _within(15.0, 1.0, 90.0)
    """In an exercise with knees that stay as they are, a larger change of the knee is noted."""
    return_s: float = _within(0.5, 0.0, 5.0)
    """The pause at the bottom may be this much longer where the foot must turn back before the lift."""
    drop_good_ratio: float = _within(2.5, 1.0, 10.0)
    """Green up to this ratio of the fastest stretch to the mean speed of the lowering."""
    drop_near_ratio: float = _within(3.5, 1.0, 20.0)
    """Near up to this ratio."""
    drop_window_s: float = _within(0.25, 0.05, 1.0)
    """Length of that stretch."""
    drop_from_height: float = _within(0.9, 0.5, 1.0)
    """The lowering is watched for a drop below this height."""
    drop_to_height: float = _within(0.15, 0.0, 0.5)
    """The lowering is watched for a drop above this height."""
    break_pace_ratio: float = _within(1.5, 1.05, 10.0)
    """Control of a lowering may be lost where it is faster than its planned mean pace by this factor."""
    break_hold_s: float = _within(0.15, 0.02, 1.0)
    """Control is lost if the leg is that fast for this long."""
    break_return_s: float = _within(0.3, 0.0, 2.0)
    """It is not lost if the leg comes back to that pace within this time after it."""
    rest_counted_s: float = _within(2.0, 0.0, 30.0)
    """A rest at the bottom is time under tension up to this."""
    least_rate_percent: float = _within(50.0, 1.0, 100.0)
    """A rep is judged from this share of the nominal sample rate."""
    slip_deg: float = _within(8.0, 1.0, 45.0)
    """A rep is judged while the zero pose has moved less than this."""

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):
            low, high = item.metadata["low"], item.metadata["high"]
            value = getattr(self, item.name)
            # A bool is an int to Python, but no number to a person.
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not (number and low <= value <= high):
                raise SettingError(item.name, value, f"a number from {low:g} to {high:g}")
        for better, worse, upwards in (
            ("hold_good_percent", "hold_near_percent", True),
            ("switch_good_height", "switch_near_height", True),
            ("rom_good_percent", "rom_near_percent", True),
            ("concentric_good_s", "concentric_near_s", False),
            ("pause_good_s", "pause_near_s", False),
            ("drop_good_ratio", "drop_near_ratio", False),
        ):
            good, near = getattr(self, better), getattr(self, worse)
            if (good < near) if upwards else (good > near):
                side = "at most" if upwards else "at least"
                raise SettingError(worse, near, f"{side} {better} = {good:g}")

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Return the defaults with what ``table`` says instead.

        Raises
        ------
        SettingError
            If a key is unknown or a value is not allowed.
        """
        # A misspelt key would leave the default in force without a word.
        known = {item.name for item in dataclasses.fields(cls)}
        for key, value in table.items():
            if key not in known:
                raise SettingError(key, value, "left out: there is no such threshold")
        return cls(**table)
