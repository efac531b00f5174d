"""The places of the cards of Train, by the size of the page and the chosen view."""

from dataclasses import dataclass

Cell = tuple[int, int, int, int]
"""Row, column, rows and columns of a grid."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the five cards: glance, ankle, curl, set and plan.

    Lengths are in pixels at 100 % text size.
    """

    cells: tuple[Cell, Cell | None, Cell | None, Cell, Cell]
    """The cell of each card; None hides it."""
    heights: tuple[int, ...] = (0, 0, 0, 0, 0)
    """Least height of each card."""
    rows: tuple[int, ...] = (0, 0, 0, 0, 0)
    """Shares of the rows in the height that is left over."""
    columns: tuple[int, int, int] = (540, 443, 320)
    """Shares of the columns in the width that is left over."""
    last_px: int = 310
    """Least width of the last column."""
    flat: bool = True
    """Whether leg and words are side by side, else the words are below the leg."""
    leg_share: int = 42
    """Share of the leg in the glance, in percent."""
    below: bool = False
    """Whether the buttons of the set have a line of their own."""
    tight: bool = False
    """Whether the buttons of the set are in a menu and the glance leaves out the set."""
    fills: bool = False
    """Whether the glance is as high as the page; the other cards are then reached by scrolling."""


WIDE_PX, HIGH_PX = 980, 570
"""Least width and height of a page that shows all cards at once."""
_BESIDE_PX = 640
"""From this width on the set and the plan are beside the glance."""

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

    With ``picture`` the leg is shown in place of the plots.
    """
    if width < _BESIDE_PX:
        return _NARROW_PICTURE if picture else _NARROW
    if width < WIDE_PX:
        return _TIGHT_PICTURE if picture else _TIGHT
    if picture:
        return _PICTURE
    return _WIDE if height >= HIGH_PX else _SHORT
