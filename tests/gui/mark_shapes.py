"""Recognises the shape of a mark in a picture by luminance and geometry alone."""

import numpy as np
from scipy import ndimage

from sensor.types import BoolArray, FloatArray
from tests.gui.colour_vision import contrast

LEAST_LIKENESS = 0.72
"""Least share of common pixels among those that either shape covers; marks are 12 pixels high."""
FAINTEST, LEAST_CONTRAST = 1.3, 2.0
"""Contrast with the ground from which a pixel belongs to a mark, and that its middle must reach."""


def shape_of(picture: FloatArray) -> str:
    """Return the name of the only shape in ``picture``, luminances (height, width)."""
    (found,) = shapes_of(picture)
    return found


def shapes_of(picture: FloatArray) -> list[str]:
    """Return the names of the shapes side by side in ``picture``, from left to right.

    Raises
    ------
    AssertionError
        If one cannot be distinguished from its ground, or is similar to none of the shapes.
    """
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    ground = float(np.median(edge))
    away = np.abs(np.log((picture + 0.05) / (ground + 0.05)))
    parts, count = ndimage.label(away > np.log(FAINTEST), structure=np.ones((3, 3)))
    found = []
    for number in range(1, count + 1):
        part: BoolArray = parts == number
        own = np.where(part, np.abs(picture - ground), 0.0)
        peak = picture.flat[own.argmax()]
        assert contrast(float(peak), ground) > LEAST_CONTRAST
        first_column = int(np.flatnonzero(part.any(axis=0))[0])
        found.append((first_column, _named(_cut(own > 0.5 * own.max()))))
    return [name for _, name in sorted(found)]


def _cut(inside: BoolArray) -> BoolArray:
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    cut: BoolArray = inside[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return cut


def _named(inside: BoolArray) -> str:
    likeness = {name: _likeness(inside, ideal) for name, ideal in _ideals(inside.shape).items()}
    best = max(likeness, key=likeness.__getitem__)
    assert likeness[best] > LEAST_LIKENESS, likeness
    return best


def _likeness(one: BoolArray, other: BoolArray) -> float:
    return float((one & other).sum() / (one | other).sum())


def _ideals(shape: tuple[int, ...]) -> dict[str, BoolArray]:
    """Return each shape drawn to fill a box of ``shape`` pixels."""
    high, wide = shape
    y, x = np.mgrid[0:high, 0:wide]
    y, x = (y + 0.5) / high * 2.0 - 1.0, (x + 0.5) / wide * 2.0 - 1.0
    radius = np.hypot(x, y)
    return {
        "disc": radius <= 1.0,
        "ring": (radius <= 1.0) & (radius >= 0.64),
        "triangle": np.abs(x) <= 0.5 * (y + 1.0),
        "square": np.ones(shape, dtype=bool),
        # Half a pixel more, because the pixels at the tips are half covered.
        "diamond": np.abs(x) + np.abs(y) <= 1.0 + 1.0 / max(shape),
    }
