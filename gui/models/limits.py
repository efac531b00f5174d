"""The limits by which a session is judged, and those that a person can change. No Qt."""

from dataclasses import dataclass, fields

from processing.judge.bands import BandRule
from processing.judge.thresholds import Thresholds
from processing.review.edits import EditKind
from processing.review.judged_sets import JudgedSet

_BAND_RANGES = {"df_percent": (20.0, 90.0), "pf_percent": (30.0, 90.0)}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the verdicts: a band or a threshold."""

    kind: EditKind
    """BANDS or THRESHOLD."""
    key: str
    """The field of the band rule or of the thresholds."""
    value: float
    """Of a band its share of the person's range, in percent; else in the unit of its key."""

    @property
    def range(self) -> tuple[float, float]:
        """The least and the largest allowed value."""
        if self.key in _BAND_RANGES:
            return _BAND_RANGES[self.key]
        # Thresholds carry their ranges at their fields.
        (item,) = (item for item in fields(Thresholds) if item.name == self.key)
        return item.metadata["low"], item.metadata["high"]


EDITABLE = (
    (EditKind.BANDS, "df_percent"),
    (EditKind.BANDS, "pf_percent"),
    (EditKind.THRESHOLD, "hold_good_percent"),
    (EditKind.THRESHOLD, "eccentric_under_s"),
    (EditKind.THRESHOLD, "eccentric_over_s"),
    (EditKind.THRESHOLD, "eccentric_least_percent"),
)
"""Kind and key of each limit that the window offers; others can only be set in files."""


def limits_of(judged: JudgedSet | None) -> tuple[Limit, ...]:
    """Return the limits of a set; the defaults without one."""
    rule = BandRule() if judged is None else judged.band_rule
    thresholds = Thresholds() if judged is None else judged.target.thresholds
    return tuple(
        Limit(kind, key, getattr(rule if kind is EditKind.BANDS else thresholds, key))
        for kind, key in EDITABLE
    )
