"""Bands of the ankle angle from a person's own range: where a phase asks the toes to be.

Published norms of dorsiflexion differ by a factor of two between tables and people, so an absolute
target is out of reach for many. A band is a share of what this ankle can do actively, with the knee
bent as in training.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

import numpy as np

from sensor.errors import SettingError
from sensor.types import BoolArray, FloatArray


class Band(StrEnum):
    """A range of ankle angles."""

    DORSIFLEXED = "DF"
    NEUTRAL = "neutral"
    PLANTARFLEXED = "PF"


@dataclass(frozen=True, slots=True)
class BandRule:
    """The rule by which a person's bands follow from their active range."""

    df_percent: float = 40.0
    """Share of the active dorsiflexion that must be reached, 20 to 90 %."""
    pf_percent: float = 50.0
    """Share of the active plantarflexion that must be reached, 30 to 90 %."""
    df_least_deg: float = 3.0
    """Toes up never begin below this, however small the range."""
    pf_least_deg: float = 15.0
    """Toes pointed never begin above this, however small the range."""
    # 40 % of the 12.6 degrees that Boone and Azen measured (1979).
    df_fallback_deg: float = 5.0
    """Toes up begin here where no range was measured."""
    pf_fallback_deg: float = 20.0
    """Toes pointed begin here where no range was measured."""
    hard_pf: bool = False
    """Ask for 75 % of the plantarflexion. Off by default: pointed toes cramp."""
    dwell_s: float = 0.12
    """A band is entered after this long inside it, s."""
    hysteresis_deg: float = 2.0
    """A band is left when the angle is outside by this, or by the angle's uncertainty."""
    least_separation_deg: float = 15.0
    """Bands closer together cannot be distinguished."""

    def __post_init__(self) -> None:
        for key, value, low, high in (
            ("df_percent", self.df_percent, 20.0, 90.0),
            ("pf_percent", self.pf_percent, 30.0, 90.0),
            ("df_least_deg", self.df_least_deg, 0.0, 30.0),
            ("pf_least_deg", self.pf_least_deg, 0.0, 60.0),
            ("df_fallback_deg", self.df_fallback_deg, 0.0, 30.0),
            ("pf_fallback_deg", self.pf_fallback_deg, 0.0, 60.0),
            ("dwell_s", self.dwell_s, 0.0, 1.0),
            ("hysteresis_deg", self.hysteresis_deg, 0.0, 10.0),
            ("least_separation_deg", self.least_separation_deg, 0.0, 60.0),
        ):
            if not low <= value <= high:
                raise SettingError(key, value, f"a number from {low:g} to {high:g}")


PresetName: TypeAlias = Literal["relaxed", "standard", "strict"]
STANDARD: PresetName = "standard"
"""The preset where neither the protocol nor the person names one."""
PRESETS: dict[str, BandRule] = {
    "relaxed": BandRule(df_percent=30.0, pf_percent=40.0),
    STANDARD: BandRule(),
    "strict": BandRule(df_percent=60.0, pf_percent=70.0),
}
"""The choices for a person who does not set numbers."""
HARD_PF_PERCENT = 75.0
"""Share of the active plantarflexion that hard pointing asks for, %."""
HARD_PF_FALLBACK_DEG = 35.0
"""Hard pointing begins here where no range was measured."""
UNCERTAINTIES_APART = 4.0
"""Bands must lie this many uncertainties of the angle apart."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of one person."""

    dorsiflexed: float
    """Toes are up from here upwards, rad."""
    plantarflexed: float
    """Toes are pointed from here downwards, rad; negative."""
    hysteresis: float
    """A band is left when the angle is outside by this, rad."""
    dwell_s: float = 0.12
    """A band is entered after this long inside it, s."""
    too_small: bool = False
    """Whether the bands are too close together: the ankle is shown but not judged."""
    reach: tuple[float, float] | None = None
    """The active range, from pointed (negative) to up, rad; None where it was not measured."""


@dataclass(frozen=True, slots=True)
class BandChange:
    """The entry of the ankle into a band."""

    t: float
    """When it entered, s; dated back by the dwell."""
    band: Band
    """The band."""
    noticed_t: float
    """When that was certain, s."""


def personal_bands(
    df_max: float | None,
    pf_max: float | None,
    uncertainty: float = math.radians(3.0),
    rule: BandRule | None = None,
) -> Bands:
    """Return the bands for a person's active range.

    Parameters
    ----------
    df_max, pf_max
        Largest active dorsiflexion and plantarflexion, both counted positive, in rad; None where
        it was not measured.
    uncertainty
        Of the ankle angle, rad.
    rule
        How the bands follow from the range.
    """
    rule = rule or BandRule()
    pf_percent = HARD_PF_PERCENT if rule.hard_pf else rule.pf_percent
    pf_fallback = HARD_PF_FALLBACK_DEG if rule.hard_pf else rule.pf_fallback_deg
    upper = _threshold(df_max, rule.df_percent, rule.df_least_deg, rule.df_fallback_deg)
    lower = -_threshold(pf_max, pf_percent, rule.pf_least_deg, pf_fallback)
    # The least is a floor for judging, not a wish: beyond the person's own range it asks for what
    # the ankle cannot do.
    beyond = (df_max is not None and upper > df_max) or (pf_max is not None and -lower > pf_max)
    apart = upper - lower
    separation = max(math.radians(rule.least_separation_deg), UNCERTAINTIES_APART * uncertainty)
    return Bands(
        dorsiflexed=upper,
        plantarflexed=lower,
        # Within its uncertainty an angle cannot show that it has left a band.
        hysteresis=max(math.radians(rule.hysteresis_deg), uncertainty),
        dwell_s=rule.dwell_s,
        too_small=beyond or apart < separation,
        reach=None if df_max is None or pf_max is None else (-pf_max, df_max),
    )


def _threshold(reach: float | None, percent: float, least_deg: float, fallback_deg: float) -> float:
    if reach is None:
        return math.radians(fallback_deg)
    return max(math.radians(least_deg), 0.01 * percent * reach)


class BandTracker:
    """The band of the ankle, sample by sample: dwell on the way in, hysteresis on the way out.

    It uses earlier samples only, and any split of the input gives the same result. Invalid samples
    change nothing.

    Attributes
    ----------
    band
        The band that the ankle is held in; None before the first sample.
    candidate
        The band of the newest sample, which may not have dwelt there yet.
    """

    def __init__(self, bands: Bands) -> None:
        self.bands = bands
        self.reset()

    def reset(self) -> None:
        """Forget all samples."""
        self.band: Band | None = None
        self.candidate: Band | None = None
        self._since = 0.0

    def feed(self, t: FloatArray, ankle: FloatArray, valid: BoolArray) -> list[BandChange]:
        """Take samples at ``t`` (n,) s of ``ankle`` (n,) rad; return the changes they make."""
        samples = zip(t.tolist(), ankle.tolist(), valid.tolist(), strict=True)
        changes = (self.step(time, angle) for time, angle, good in samples if good)
        return [change for change in changes if change is not None]

    def step(self, t: float, ankle: float) -> BandChange | None:
        """Take one valid sample, in s and rad; return the change it makes."""
        band = self._band_at(ankle)
        if band is not self.candidate:
            self.candidate, self._since = band, t
        # Half a microsecond for the rounding of sample times.
        dwelt = t - self._since >= self.bands.dwell_s - 5e-7
        # The first sample comes from no other band, so it needs no dwell.
        if band is self.band or not (dwelt or self.band is None):
            return None
        self.band = band
        return BandChange(self._since, band, t)

    def _band_at(self, angle: float) -> Band:
        bands = self.bands
        slack = bands.hysteresis
        if angle >= bands.dorsiflexed - (slack if self.band is Band.DORSIFLEXED else 0.0):
            return Band.DORSIFLEXED
        if angle <= bands.plantarflexed + (slack if self.band is Band.PLANTARFLEXED else 0.0):
            return Band.PLANTARFLEXED
        return Band.NEUTRAL


def in_band(t: FloatArray, changes: list[BandChange], band: Band) -> BoolArray:
    """Return where, at the times ``t`` (n,) in s, the ankle was held in ``band``."""
    starts = np.array([-np.inf, *(change.t for change in changes)])
    inside = np.array([False, *(change.band is band for change in changes)])
    return np.asarray(inside[np.searchsorted(starts, t, side="right") - 1], dtype=np.bool_)
