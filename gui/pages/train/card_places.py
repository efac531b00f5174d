"""Where the cards of Train stand, by the room that there is and by what a person looks at."""

from dataclasses import dataclass

Cell = tuple[int, int, int, int]
"""Row, column, rows and columns of a grid."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where glance, ankle, curl, set and plan stand; None: not at all.

    ``heights`` are their least ones and ``last_px`` that of the last column's width, in pixels at
    100 % text size; ``rows`` and ``columns`` share out what there is beyond. ``flat`` puts leg and
    words side by side, of which ``leg_share`` % is the leg's. With ``below`` the keys of the set
    stand in a line of their own; with ``tight`` they are in a menu, and the glance says less. With ``fills`` the glance is as high as
    the page, and what does not fit is below it.
    """

    cells: tuple[Cell, Cell | None, Cell | None, Cell, Cell]
    heights: tuple[int, ...] = (0, 0, 0, 0, 0)
    rows: tuple[int, ...] = (0, 0, 0, 0, 0)
    columns: tuple[int, int, int] = (540, 443, 320)
    last_px: int = 310
    flat: bool = True
    leg_share: int = 42
    below: bool = False
    tight: bool = False
    fills: bool = False


WIDE_PX, HIGH_PX = 980, 570
"""Where the page is narrower or shorter, not everything is in sight at once."""
_BESIDE_PX = 640
"""From this width on the set and the plan stand beside the glance."""

_WIDE = Places(
    ((0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 2), (2, 0, 1, 2), (2, 2, 1, 1)),
    heights=(0, 0, 0, 178, 178),
    rows=(34, 24, 18, 0, 0),
    flat=False,
    leg_share=74,
)
_SHORT = Places(
    ((0, 0, 1, 3), (2, 0, 1, 3), (3, 0, 1, 3), (1, 0, 1, 2), (1, 2, 1, 1)),
    heights=(254, 260, 190, 190, 190),
)
_TIGHT = Places(
    ((0, 0, 2, 1), (2, 0, 1, 3), (3, 0, 1, 3), (0, 1, 1, 2), (1, 1, 1, 2)),
    heights=(300, 260, 190, 170, 132),
    rows=(50, 50, 0, 0, 0),
    columns=(54, 23, 23),
    last_px=0,
    flat=False,
    leg_share=60,
    tight=True,
    fills=True,
)
_NARROW = Places(
    ((0, 0, 1, 3), (3, 0, 1, 3), (4, 0, 1, 3), (1, 0, 1, 3), (2, 0, 1, 3)),
    heights=(254, 260, 190, 190, 210),
    last_px=0,
    below=True,
)
_PICTURE = Places(
    ((0, 0, 1, 3), None, None, (1, 0, 1, 2), (1, 2, 1, 1)),
    heights=(230, 0, 0, 172, 172),
    rows=(74, 26, 0, 0, 0),
    leg_share=60,
)
_TIGHT_PICTURE = Places(
    ((0, 0, 2, 1), None, None, (0, 1, 1, 2), (1, 1, 1, 2)),
    heights=(300, 0, 0, 170, 132),
    rows=(56, 44, 0, 0, 0),
    columns=(54, 23, 23),
    last_px=0,
    flat=False,
    leg_share=60,
    tight=True,
)
_NARROW_PICTURE = Places(
    ((0, 0, 1, 3), None, None, (1, 0, 1, 3), (2, 0, 1, 3)),
    heights=(300, 0, 0, 190, 210),
    last_px=0,
    flat=False,
    leg_share=60,
    below=True,
)


def places_for(width: float, height: float, *, picture: bool) -> Places:
    """Return the places for a page of that size, in pixels at 100 % text size.

    With ``picture`` the leg takes the place of the plots.
    """
    if width < _BESIDE_PX:
        return _NARROW_PICTURE if picture else _NARROW
    if width < WIDE_PX:
        return _TIGHT_PICTURE if picture else _TIGHT
    if picture:
        return _PICTURE
    return _WIDE if height >= HIGH_PX else _SHORT
