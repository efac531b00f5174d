"""What a session is judged by, and what a person wants it to be judged by. No Qt."""

from dataclasses import dataclass, fields

from processing.judge.bands import BandRule
from processing.judge.thresholds import Thresholds
from processing.review.edits import EditKind
from processing.review.judged_sets import JudgedSet

_BAND_RANGES = {"df_percent": (20.0, 90.0), "pf_percent": (30.0, 90.0)}


@dataclass(frozen=True, slots=True)
class Limit:
    """A band (its share of the person's range) or a threshold, by its ``key``, and its ``value``."""

    kind: EditKind
    key: str
    value: float

    @property
    def range(self) -> tuple[float, float]:
        """Return from and to what it may be set."""
        if self.key in _BAND_RANGES:
            return _BAND_RANGES[self.key]
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
"""The kind and the key of every limit that the window offers; the others are for files."""


def limits_of(judged: JudgedSet | None) -> tuple[Limit, ...]:
    """Return the limits that a set is judged by."""
    rule = BandRule() if judged is None else judged.band_rule
    thresholds = Thresholds() if judged is None else judged.target.thresholds
    return tuple(
        Limit(kind, key, getattr(rule if kind is EditKind.BANDS else thresholds, key))
        for kind, key in EDITABLE
    )
