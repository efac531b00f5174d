"""Where the toes shall be, in the degrees that are drawn. No Qt."""

import math
from dataclasses import dataclass

from processing.judge.bands import BandRule, Bands, Zone, personal_bands
from processing.motion.calibrated import Calibration

DF_SHOWN_DEG, PF_SHOWN_DEG = 25.0, 50.0
"""How far the bands are drawn for a person of whom no range is known."""
BEYOND_DEG = 5.0
"""How far they are drawn beyond a range that is known."""
LOW_DEG, HIGH_DEG = -52.0, 28.0


@dataclass(frozen=True, slots=True)
class DrawnBands:
    """A person's bands, and how far they are drawn: ``df_deg`` up, ``pf_deg`` down."""

    bands: Bands
    df_deg: float
    pf_deg: float

    def band(self, zone: Zone | None) -> tuple[float, float] | None:
        """Return the band of ``zone`` from low to high, None where nothing is asked for."""
        if self.bands.too_small:
            return None
        if zone is Zone.DORSIFLEXED:
            return math.degrees(self.bands.dorsiflexed), self.df_deg
        if zone is Zone.PLANTARFLEXED:
            return -self.pf_deg, math.degrees(self.bands.plantarflexed)
        return None

    def threshold(self, zone: Zone | None) -> float | None:
        """Return where the band of ``zone`` begins."""
        band = self.band(zone)
        if band is None:
            return None
        return band[0] if zone is Zone.DORSIFLEXED else band[1]

    @property
    def range(self) -> tuple[float, float]:
        """What a plot must show."""
        return min(LOW_DEG, -self.pf_deg - 1.0), max(HIGH_DEG, self.df_deg + 1.0)


def drawn_bands(calibration: Calibration | None, rule: BandRule) -> DrawnBands:
    """Return the bands for the range that ``calibration`` knows, if there is one."""
    df_max = calibration.dorsiflexion_max if calibration is not None else None
    pf_max = calibration.plantarflexion_max if calibration is not None else None
    return DrawnBands(
        personal_bands(df_max, pf_max, rule=rule),
        DF_SHOWN_DEG if df_max is None else math.degrees(df_max) + BEYOND_DEG,
        PF_SHOWN_DEG if pf_max is None else math.degrees(pf_max) + BEYOND_DEG,
    )
