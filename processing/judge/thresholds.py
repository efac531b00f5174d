"""Every threshold by which a rep is judged, with its unit and the range it may be set to."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sensor.errors import SettingError


def _within(default: float, low: float, high: float) -> Any:
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When a check is green, near or missed. Heights are shares of the rep's range.

    Attributes
    ----------
    hold_good_percent, hold_near_percent
        Share of the time with the toes where they belong.
    lift_from_height, lift_to_height
        The part of the lift whose median ankle angle is judged.
    switch_good_height, switch_near_height
        How high the leg still is when the toes are pointed.
    hold_end_height, last_third_height
        Pointed toes are judged down to the first; the last third of the lowering begins at the
        second.
    rom_good_percent, rom_near_percent
        Of the reference range.
    eccentric_under_s, eccentric_over_s
        Green: this much shorter or longer than the target.
    eccentric_least_percent, eccentric_most_percent, eccentric_longest_s
        Shorter is too fast; longer is slower than needed.
    concentric_good_s, concentric_near_s, explosive_s
        Distance from the target; the limit where the target is X.
    pause_good_s, pause_near_s
        Above the target.
    return_s
        How much longer the bottom may last where the foot must turn back before the next lift.
    drop_good_ratio, drop_near_ratio
        Fastest stretch of ``drop_window_s`` of the lowering against its mean speed, between the
        heights ``drop_from_height`` and ``drop_to_height``.
    rest_counted_s
        A longer rest at the bottom is not under tension beyond this.
    least_rate_percent
        Of the nominal sample rate, to judge at all.
    slip_deg
        How far the zero pose may have moved, to judge at all.
    """

    hold_good_percent: float = _within(80.0, 0.0, 100.0)
    hold_near_percent: float = _within(60.0, 0.0, 100.0)
    lift_from_height: float = _within(0.15, 0.0, 0.5)
    lift_to_height: float = _within(0.85, 0.5, 1.0)
    switch_good_height: float = _within(0.80, 0.0, 1.0)
    switch_near_height: float = _within(0.65, 0.0, 1.0)
    hold_end_height: float = _within(0.10, 0.0, 0.5)
    last_third_height: float = _within(0.33, 0.1, 0.9)
    rom_good_percent: float = _within(85.0, 10.0, 150.0)
    rom_near_percent: float = _within(70.0, 10.0, 150.0)
    eccentric_under_s: float = _within(0.5, 0.0, 5.0)
    eccentric_over_s: float = _within(1.5, 0.0, 10.0)
    eccentric_least_percent: float = _within(75.0, 10.0, 100.0)
    eccentric_most_percent: float = _within(200.0, 100.0, 500.0)
    eccentric_longest_s: float = _within(8.0, 1.0, 30.0)
    concentric_good_s: float = _within(0.5, 0.0, 5.0)
    concentric_near_s: float = _within(1.0, 0.0, 10.0)
    explosive_s: float = _within(1.5, 0.2, 5.0)
    pause_good_s: float = _within(0.5, 0.0, 5.0)
    pause_near_s: float = _within(1.0, 0.0, 10.0)
    return_s: float = _within(0.5, 0.0, 5.0)
    drop_good_ratio: float = _within(2.5, 1.0, 10.0)
    drop_near_ratio: float = _within(3.5, 1.0, 20.0)
    drop_window_s: float = _within(0.25, 0.05, 1.0)
    drop_from_height: float = _within(0.9, 0.5, 1.0)
    drop_to_height: float = _within(0.15, 0.0, 0.5)
    rest_counted_s: float = _within(2.0, 0.0, 30.0)
    least_rate_percent: float = _within(50.0, 1.0, 100.0)
    slip_deg: float = _within(8.0, 1.0, 45.0)

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):
            low, high = item.metadata["low"], item.metadata["high"]
            value = getattr(self, item.name)
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
        known = {item.name for item in dataclasses.fields(cls)}
        for key, value in table.items():
            if key not in known:
                raise SettingError(key, value, "left out: there is no such threshold")
        return cls(**table)
