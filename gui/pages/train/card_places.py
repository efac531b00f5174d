"""The places of the cards of Train, by the size of the page, the chosen view and the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

Cell = tuple[int, int, int, int]
"""Row, column, rows and columns of a grid."""


class CardName(Enum):
    """The cards of Train."""

    GLANCE = auto()
    ANKLE = auto()
    DRIVING = auto()
    SET = auto()
    PLAN = auto()
    REST = auto()
    """The clock, the result and the reserve, in the rest."""
    PICTURE = auto()
    """The curves of the set that is over."""
    NEXT = auto()
    """The next set, in place of the plan."""


_N = CardName


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the cards; those without a cell are hidden.

    Lengths are in pixels at 100 % text size.
    """

    cells: Mapping[CardName, Cell]
    """The cell of each card."""
    heights: Mapping[CardName, int] = field(default_factory=dict)
    """Least height of a card, 0 for those that are not named."""
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
    fills: CardName | None = None
    """The card that is as high as the page; the others are then reached by scrolling."""


WIDE_PX, HIGH_PX = 980, 570
"""Least width and height of a page that shows all cards at once."""
_BESIDE_PX = 640
"""From this width on the set and the plan are beside the glance."""

_WIDE = Places(
    {
        _N.GLANCE: (0, 0, 2, 1),
        _N.ANKLE: (0, 1, 1, 2),
        _N.DRIVING: (1, 1, 1, 2),
        _N.SET: (2, 0, 1, 2),
        _N.PLAN: (2, 2, 1, 1),
    },
    heights={_N.SET: 178, _N.PLAN: 178},
    rows=(34, 24, 18, 0, 0),
    flat=False,
    leg_share=74,
)
_SHORT = Places(
    {
        _N.GLANCE: (0, 0, 1, 3),
        _N.ANKLE: (2, 0, 1, 3),
        _N.DRIVING: (3, 0, 1, 3),
        _N.SET: (1, 0, 1, 2),
        _N.PLAN: (1, 2, 1, 1),
    },
    heights={_N.GLANCE: 254, _N.ANKLE: 260, _N.DRIVING: 190, _N.SET: 190, _N.PLAN: 190},
)
_TIGHT = Places(
    {
        _N.GLANCE: (0, 0, 2, 1),
        _N.ANKLE: (2, 0, 1, 3),
        _N.DRIVING: (3, 0, 1, 3),
        _N.SET: (0, 1, 1, 2),
        _N.PLAN: (1, 1, 1, 2),
    },
    heights={_N.GLANCE: 300, _N.ANKLE: 260, _N.DRIVING: 190, _N.SET: 170, _N.PLAN: 132},
    rows=(50, 50, 0, 0, 0),
    columns=(54, 23, 23),
    last_px=0,
    flat=False,
    leg_share=60,
    tight=True,
    fills=_N.GLANCE,
)
_NARROW = Places(
    {
        _N.GLANCE: (0, 0, 1, 3),
        _N.ANKLE: (3, 0, 1, 3),
        _N.DRIVING: (4, 0, 1, 3),
        _N.SET: (1, 0, 1, 3),
        _N.PLAN: (2, 0, 1, 3),
    },
    heights={_N.GLANCE: 254, _N.ANKLE: 260, _N.DRIVING: 190, _N.SET: 190, _N.PLAN: 210},
    last_px=0,
    below=True,
)
_PICTURE = Places(
    {_N.GLANCE: (0, 0, 1, 3), _N.SET: (1, 0, 1, 2), _N.PLAN: (1, 2, 1, 1)},
    heights={_N.GLANCE: 230, _N.SET: 172, _N.PLAN: 172},
    rows=(74, 26, 0, 0, 0),
    leg_share=60,
)
_TIGHT_PICTURE = Places(
    {_N.GLANCE: (0, 0, 2, 1), _N.SET: (0, 1, 1, 2), _N.PLAN: (1, 1, 1, 2)},
    heights={_N.GLANCE: 300, _N.SET: 170, _N.PLAN: 132},
    rows=(56, 44, 0, 0, 0),
    columns=(54, 23, 23),
    last_px=0,
    flat=False,
    leg_share=60,
    tight=True,
)
_NARROW_PICTURE = Places(
    {_N.GLANCE: (0, 0, 1, 3), _N.SET: (1, 0, 1, 3), _N.PLAN: (2, 0, 1, 3)},
    heights={_N.GLANCE: 300, _N.SET: 190, _N.PLAN: 210},
    last_px=0,
    flat=False,
    leg_share=60,
    below=True,
)
_WIDE_REST = Places(
    {
        _N.REST: (0, 0, 1, 1),
        _N.PICTURE: (0, 1, 1, 2),
        _N.SET: (1, 0, 1, 2),
        _N.NEXT: (1, 2, 1, 1),
    },
    heights={_N.SET: 190, _N.NEXT: 190},
    rows=(76, 24, 0, 0, 0),
)
_SHORT_REST = Places(
    _WIDE_REST.cells,
    heights={_N.REST: 340, _N.PICTURE: 340, _N.SET: 190, _N.NEXT: 190},
)
_TIGHT_REST = Places(
    {
        _N.REST: (0, 0, 1, 1),
        _N.PICTURE: (0, 1, 1, 2),
        _N.NEXT: (1, 0, 1, 3),
        _N.SET: (2, 0, 1, 3),
    },
    heights={_N.REST: 270, _N.NEXT: 176, _N.SET: 190},
    columns=(52, 24, 24),
    last_px=0,
    tight=True,
    fills=_N.REST,
)
_NARROW_REST = Places(
    {
        _N.REST: (0, 0, 1, 3),
        _N.PICTURE: (1, 0, 1, 3),
        _N.NEXT: (2, 0, 1, 3),
        _N.SET: (3, 0, 1, 3),
    },
    heights={_N.REST: 220, _N.PICTURE: 260, _N.NEXT: 176, _N.SET: 210},
    last_px=0,
    below=True,
    fills=_N.REST,
)


def places_for(width: float, height: float, *, picture: bool, rest: bool = False) -> Places:
    """Return the places for a page of that size, in pixels at 100 % text size.

    Parameters
    ----------
    width, height
        Of the page.
    picture
        Whether the leg is shown in place of the plots.
    rest
        Whether the set that is over is shown.
    """
    if width < _BESIDE_PX:
        return _NARROW_REST if rest else _NARROW_PICTURE if picture else _NARROW
    if width < WIDE_PX:
        return _TIGHT_REST if rest else _TIGHT_PICTURE if picture else _TIGHT
    if rest:
        return _WIDE_REST if height >= HIGH_PX else _SHORT_REST
    if picture:
        return _PICTURE
    return _WIDE if height >= HIGH_PX else _SHORT
