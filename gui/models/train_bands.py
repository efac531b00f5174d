"""The bands of the toes, in degrees, as they are drawn. No Qt."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gui.models.train_view import PhaseSpan
from processing.judge.bands import Band, BandRule, Bands, personal_bands
from processing.motion.calibrated import Calibration
from processing.types import Phase, PhaseChange

DF_SHOWN_DEG, PF_SHOWN_DEG = 25.0, 50.0
"""Ends of the drawn bands for a person whose range is not known."""
BEYOND_DEG = 5.0
"""The drawn bands reach this far beyond a known range."""
LOW_DEG, HIGH_DEG = -52.0, 28.0
"""The plot shows at least this range."""


@dataclass(frozen=True, slots=True)
class DrawnBands:
    """The bands of a person with the ends to which they are drawn."""

    bands: Bands
    """The bands by which reps are judged."""
    df_deg: float
    """Upper end of the band of toes up."""
    pf_deg: float
    """Lower end of the band of toes pointed, as a positive angle."""

    def band(self, asked: Band | None) -> tuple[float, float] | None:
        """Return low and high end of the ``asked`` band in degrees; None where nothing is asked."""
        if self.bands.too_small:
            return None
        if asked is Band.DORSIFLEXED:
            return math.degrees(self.bands.dorsiflexed), self.df_deg
        if asked is Band.PLANTARFLEXED:
            return -self.pf_deg, math.degrees(self.bands.plantarflexed)
        return None

    def threshold(self, asked: Band | None) -> float | None:
        """Return the edge at which the ``asked`` band begins, in degrees."""
        band = self.band(asked)
        if band is None:
            return None
        return band[0] if asked is Band.DORSIFLEXED else band[1]

    @property
    def range(self) -> tuple[float, float]:
        """Low and high end of the plot, in degrees."""
        return min(LOW_DEG, -self.pf_deg - 1.0), max(HIGH_DEG, self.df_deg + 1.0)


def drawn_bands(calibration: Calibration | None, rule: BandRule) -> DrawnBands:
    """Return the bands for the range of a calibration; the usual ones without a range."""
    df_max = calibration.dorsiflexion_max if calibration is not None else None
    pf_max = calibration.plantarflexion_max if calibration is not None else None
    return DrawnBands(
        personal_bands(df_max, pf_max, rule=rule),
        DF_SHOWN_DEG if df_max is None else math.degrees(df_max) + BEYOND_DEG,
        PF_SHOWN_DEG if pf_max is None else math.degrees(pf_max) + BEYOND_DEG,
    )


def phase_spans(
    changes: Sequence[PhaseChange],
    bands: Mapping[Phase, tuple[float, float] | None],
    t_start: float,
    t_end: float,
) -> list[PhaseSpan]:
    """Return the phases that ended after ``t_start``, with their bands.

    Parameters
    ----------
    changes
        The changes of phase, oldest first.
    bands
        The band of each phase, in degrees.
    t_start
        Session time, s; the first phase may have begun earlier.
    t_end
        The end of the last phase, s.
    """
    spans: list[PhaseSpan] = []
    for change in reversed(changes):
        if change.phase is not Phase.IDLE:
            spans.append(PhaseSpan(change.phase, change.t, t_end, bands.get(change.phase)))
        t_end = change.t
        if t_end < t_start:
            break
    return spans[::-1]
