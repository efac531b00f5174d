"""The words of the report, in one language; templates have their numbers in braces."""

from collections.abc import Mapping
from dataclasses import dataclass

from processing.judge.checks import Grade


@dataclass(frozen=True, slots=True)
class PictureWords:
    """The words in the picture of a set."""

    title: str
    """``{number}``, ``{reps}``."""
    simulated: str
    """Marks data that no person made."""
    ankle: str
    """Names the ankle angle."""
    ways: str
    """Says which way is up in the plot of the ankle."""
    knee: str
    """Names the driving angle of a leg curl with a sensor on the thigh."""
    from_start: str
    """The unit of the driving angle."""
    since_set: str
    """The axis of time."""
    loops: str
    """``{angle}``."""
    heights: str
    """``{angle}``."""
    degrees: str
    """``{angle}``."""
    since_lowering: str
    """The axis of time of heights."""
    lifting: str
    """Names the lines of the lift."""
    lowering: str
    """Names the lines of the lowering."""
    control_lost: str
    """Names the cross where control is lost."""


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The words of the page."""

    language: str
    """Its code, as ``en``."""
    point: str
    """The sign before the decimals."""
    picture: PictureWords
    """The words in the pictures."""
    set_title: str
    """``{number}``."""
    length: str
    """``{minutes}``, ``{seconds}``."""
    calibrated: Mapping[str, str]
    """The sentence about a calibration by its origin; one of another origin is not spoken of."""
    up: str
    """``{angle}``: an angle has a way and no sign."""
    pointed: str
    """``{angle}``."""
    lowered: str
    """``{pointed}`` of ``{whole}`` seconds."""
    heights: str
    """``{work}``, ``{reps}``, ``{mean}``, ``{best}``."""
    less: str
    """``{percent}``."""
    more: str
    """``{percent}``."""
    pace: str
    """``{pace}``, ``{asked}``, ``{off}``, ``{missed}``, ``{kept}``."""
    good: str
    """``{good}``, ``{judged}``, ``{share}``."""
    tension: str
    """``{seconds}``."""
    control: str
    """``{lost}``, ``{known}``."""
    control_at: str
    """``{lost}``, ``{known}``, ``{angle}``, ``{name}``."""
    heads: tuple[str, ...]
    """Of the table of reps; one has ``{angle}``, the name of the driving angle."""
    grades: Mapping[Grade, str]
    """The verdicts."""
    partial: str
    """A rep that was not whole."""
    held: str
    """Control was never lost."""
    ranges: str
    """The title of the measured ranges."""
    range_heads: tuple[str, ...]
    """Of the table of ranges."""
    none_held: str
    """No trial counts."""
    span: str
    """``{low}``, ``{high}``."""
    knee_contrast: str
    """``{side}``, ``{words}``."""
    footer: str
    """Says what angles these are, and what a report is not."""

    def number(self, value: float, digits: int = 1) -> str:
        """Return a number as it is written in the language."""
        return f"{value:.{digits}f}".replace(".", self.point)

    def ankle(self, degrees: float) -> str:
        """Return an ankle angle in words."""
        way = self.up if degrees > 0.0 else self.pointed
        return way.format(angle=f"{abs(degrees):.0f}")
