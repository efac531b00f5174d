"""The thresholds by which reps and phases are found."""

import math
from dataclasses import dataclass, fields

from sensor.errors import SettingError


@dataclass(frozen=True, slots=True)
class RepConfig:
    """Parameters of the live detector and of the final segmentation, which follow the same rules.

    Attributes
    ----------
    reference_rom_deg
        The range of an unloaded curl, from the calibration; None while it is not known. The first
        two valid reps of a set replace it.
    smallest_rom_deg
        What counts as a rep while no reference is known.
    valid_fraction, min_rep_s, max_rep_s
        A rep with less of the reference range, or whose lift, hold and lowering together are
        shorter or longer, is partial. (Times are measured between the holds, so that a quick rep
        of 0.6 s from rest to rest reads less than 0.6 s.)
    start_deg, start_fraction
        A rep starts when the curl angle has risen by the larger of the two from the last bottom.
    turn_deg, turn_fraction
        A reversal of direction counts after the larger of the two.
    leave_deg, leave_fraction
        A hold is left when the leg moves away faster than ``hold_speed_dps`` and has moved by the
        larger of the two. Smaller than a turn, since the hold itself is the evidence.
    hold_speed_dps, hold_fraction
        Top and bottom: slower than this within this fraction of the range from the peak, or from
        the bottom.
    bounce_fraction
        A rise after a lowering of less than this fraction of the lift belongs to the same rep.
    most_bounces
        More of these in one rep are no rep, but someone who walks, unless the set is marked.
    arrive_fraction
        Live, a slow moment above this fraction of the reference range is the top.
    rest_fraction
        A leg that lies still lower than this fraction of the range is at the bottom.
    still_s, still_deg
        Still: within this angle for this long.
    settle_s
        A lift that rests this long below ``rest_fraction`` was a change of pose.
    pose_deg
        The start pose: within this angle of where the set began (at first, of zero).
    end_s
        A set ends after this long without movement at the bottom.
    gap_s
        A longer gap in the samples of a lift or lowering makes the rep not judged.
    smoothing_s
        Time constant of the live curl speed.
    window_s
        Length of the Savitzky-Golay window of the final segmentation.
    """

    reference_rom_deg: float | None = None
    smallest_rom_deg: float = 30.0
    valid_fraction: float = 0.6
    min_rep_s: float = 0.5
    max_rep_s: float = 20.0
    start_deg: float = 8.0
    start_fraction: float = 0.10
    turn_deg: float = 5.0
    turn_fraction: float = 0.06
    leave_deg: float = 3.0
    leave_fraction: float = 0.04
    hold_speed_dps: float = 10.0
    hold_fraction: float = 0.10
    bounce_fraction: float = 0.5
    most_bounces: int = 2
    arrive_fraction: float = 0.75
    rest_fraction: float = 0.25
    still_s: float = 1.0
    still_deg: float = 3.0
    settle_s: float = 2.0
    pose_deg: float = 15.0
    end_s: float = 6.0
    gap_s: float = 0.1
    smoothing_s: float = 0.02
    window_s: float = 0.15

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and field.name == "reference_rom_deg":
                continue
            if not (math.isfinite(value) and value > 0.0):
                raise SettingError(field.name, value, "a number above 0")
            if field.name.endswith("_fraction") and value >= 1.0:
                raise SettingError(field.name, value, "between 0 and 1")
        if self.min_rep_s >= self.max_rep_s:
            raise SettingError("min_rep_s", self.min_rep_s, f"below max_rep_s = {self.max_rep_s}")

    @property
    def reference_rom(self) -> float | None:
        """The reference range in rad."""
        degrees = self.reference_rom_deg
        return None if degrees is None else math.radians(degrees)
