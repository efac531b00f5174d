"""Colours, type and spacing. Widgets take theirs from here only.

Meaning is never carried by colour alone; shapes and words go with it (see ``widgets/shapes.py``).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

FONT_FAMILIES = ["Inter", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans", "DejaVu Sans"]
"""The first that the system has: Inter, else the usual one of Windows, macOS or Linux."""

MOST_NAV_PX = 23
"""Most room beside the words of the buttons of the pages: with large text the words need it."""


READ, SEEN = 7.0, 3.0
"""Least contrast of words that are read during a set (WCAG 2.2, 1.4.6), and of the borders of controls (1.4.11)."""
GROUNDS = ("ground", "panel", "raised")
"""The colours on which words and borders stand."""

_APPLIED = "theme"
"""The property of the application that holds the theme it has."""


class ThemeName(StrEnum):
    """The themes that a person can choose."""

    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning, as ``#RRGGBB``.

    The eight that carry a meaning can be distinguished with every common colour-vision deficiency
    (Okabe and Ito's set, adjusted for contrast on the ground).
    """

    ground: str
    """Behind the cards."""
    panel: str
    """The cards."""
    raised: str
    """Buttons and fields on a card."""
    edge: str
    """Borders, grooves and grids."""
    text: str
    """Text of full weight; also the ring of the focus."""
    muted: str
    """Text of less weight."""
    selected: str
    """The ground of what is chosen."""
    toes_up: str
    """Dorsiflexion."""
    toes_pointed: str
    """Plantarflexion."""
    good: str
    """Also for things that are done or on."""
    near: str
    """Also warnings."""
    miss: str
    """Also failures."""
    not_judged: str
    """Also for things that are unknown or still to do."""
    stop: str
    """The ground of buttons that end something."""
    leg: str
    """The shin, and a foot at neutral."""
    thigh: str
    """It stands out less than the shin, which moves."""


DARK = Palette(
    ground="#0F1318",
    panel="#171D24",
    raised="#1F262E",
    edge="#2A333E",
    text="#EEF2F6",
    muted="#93A3B5",
    selected="#243044",
    toes_up="#E69F00",
    toes_pointed="#56B4E9",
    good="#3DA5F4",
    near="#F0A830",
    miss="#E8622C",
    not_judged="#8794A3",
    stop="#3A2022",
    leg="#C9D3DD",
    thigh="#3A4654",
)
LIGHT = Palette(
    ground="#EDF0F4",
    panel="#FFFFFF",
    raised="#F3F5F8",
    edge="#D3DAE2",
    text="#10161D",
    muted="#4A5868",
    selected="#D9E5F5",
    toes_up="#8A5A00",
    toes_pointed="#0B5F94",
    good="#0A62A8",
    near="#8A5600",
    miss="#A83708",
    not_judged="#566273",
    stop="#F8DEDA",
    leg="#5C6B7B",
    thigh="#B9C4D0",
)
PALETTES = {ThemeName.DARK: DARK, ThemeName.LIGHT: LIGHT}


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    coded = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in coded]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def _stronger(palette: Palette, name: str, least: float) -> str:
    """Return a colour with as little of that of the text mixed in as a contrast of ``least`` needs."""
    grounds = [QColor(getattr(palette, ground)) for ground in GROUNDS]
    for percent in range(101):
        mixed = _mixed(QColor(palette.text), QColor(getattr(palette, name)), percent / 100.0)
        if all(contrast(mixed, ground) >= least for ground in grounds):
            break
    return mixed.name()


def _mixed(above: QColor, below: QColor, share: float) -> QColor:
    """Return ``share`` (0 to 1) of one colour on another."""
    parts = (
        (above.red(), below.red()),
        (above.green(), below.green()),
        (above.blue(), below.blue()),
    )
    return QColor(*(round(share * a + (1.0 - share) * b) for a, b in parts))


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette with the size of the text."""

    palette: Palette = DARK
    text_scale: float = 1.0
    """1 is 100 %; lengths grow with the text."""

    def px(self, pixels: float) -> int:
        """Return a length in device-independent pixels, scaled like the text."""
        return round(pixels * self.text_scale)

    def font(self, pixels: float, *, bold: bool = False) -> QFont:
        """Return the font that is ``pixels`` high at 100 % text size."""
        font = QFont()
        # Pixels, not points: points also follow the DPI of the system, and text_scale already
        # scales.
        font.setFamilies(FONT_FAMILIES)
        font.setPixelSize(max(self.px(pixels), 1))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a meaning, for example ``"toes_up"``."""
        color = QColor(getattr(self.palette, name))
        color.setAlphaF(alpha)
        return color

    def mixed(self, name: str, ground: str, share: float) -> QColor:
        """Return ``share`` (0 to 1) of a colour on a ``ground``, without transparency: that is slow."""
        return _mixed(self.color(name), self.color(ground), share)

    def ink(self, name: str) -> QColor:
        """Return the colour of a meaning for words, which are read during a set."""
        return QColor(_stronger(self.palette, name, READ))

    def line(self) -> QColor:
        """Return the colour of the borders of controls."""
        return QColor(_stronger(self.palette, "edge", SEEN))


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Set fonts, colours and the style sheet of the whole application, unless they are set already."""
    # Qt styles every widget again, which takes a quarter of a second: too long at each change of a
    # setting.
    if app.property(_APPLIED) == theme:
        return
    palette = QPalette()
    for role, name in (
        (QPalette.ColorRole.Window, "ground"),
        (QPalette.ColorRole.Base, "panel"),
        (QPalette.ColorRole.AlternateBase, "raised"),
        (QPalette.ColorRole.Button, "raised"),
        (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.WindowText, "text"),
        (QPalette.ColorRole.ButtonText, "text"),
        (QPalette.ColorRole.PlaceholderText, "muted"),
        (QPalette.ColorRole.Highlight, "good"),
        (QPalette.ColorRole.ToolTipBase, "raised"),
        (QPalette.ColorRole.ToolTipText, "text"),
    ):
        palette.setColor(role, theme.color(name))
    # The native styles ignore parts of the style sheet; Fusion looks the same on every system.
    app.setStyle("Fusion")
    app.setPalette(palette)
    app.setFont(theme.font(15))
    app.setStyleSheet(style_sheet(theme))
    app.setProperty(_APPLIED, theme)


def style_sheet(theme: Theme) -> str:
    """Return the style of Qt's own widgets. Ours paint themselves."""
    p, px = theme.palette, theme.px
    quiet, line = theme.ink("muted").name(), theme.line().name()
    # Lengths are scaled here, since a style sheet knows no text scale.
    return f"""
QWidget {{ color: {p.text}; }}
QMainWindow, QDialog, QWidget#page {{ background: {p.ground}; }}
QFrame[card="true"] {{ background: {p.panel}; border-radius: {px(10)}px; }}
QLabel[role="title"] {{ font-weight: bold; font-size: {px(16)}px; }}
QLabel[role="muted"] {{ color: {quiet}; font-size: {px(14)}px; }}
QLabel[role="heading"] {{ font-weight: bold; font-size: {px(26)}px; }}
QPushButton {{
    background: {p.raised}; border: {px(1)}px solid {line}; border-radius: {px(8)}px;
    padding: {px(9)}px {px(16)}px; min-height: {px(22)}px;
}}
QPushButton:hover {{ border-color: {p.text}; }}
QPushButton:focus {{ border: {px(2)}px solid {p.text}; }}
QPushButton:disabled {{ color: {p.muted}; border-color: {p.edge}; }}
QPushButton[role="primary"] {{ background: {p.selected}; font-weight: bold; }}
QPushButton[role="go"] {{ background: {p.good}; color: {p.ground}; font-weight: bold; }}
QPushButton[role="stop"] {{ background: {p.stop}; font-weight: bold; }}
QPushButton[role="nav"] {{
    background: transparent; border: {px(2)}px solid transparent; color: {quiet};
    border-radius: {px(17)}px; padding: {px(5)}px {min(px(18), MOST_NAV_PX)}px;
}}
QPushButton[role="nav"]:checked {{ background: {p.selected}; color: {p.text}; font-weight: bold; }}
QPushButton[role="nav"]:focus {{ border-color: {p.text}; }}
QPushButton[role="place"] {{ padding: {px(4)}px {px(14)}px; }}
QPushButton[role="step"] {{ padding: 0; min-height: 0; }}
QPushButton[role="tool"] {{ padding: {px(7)}px {px(9)}px; }}
QPushButton[role="tool"]:checked, QPushButton[role="tool"][strong="true"] {{
    background: {p.selected}; font-weight: bold;
}}
QPushButton[role="place"]:checked {{
    background: {p.text}; color: {p.ground}; border-color: {p.text}; font-weight: bold;
}}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QTextEdit {{
    background: {p.raised}; border: {px(1)}px solid {line}; border-radius: {px(6)}px;
    padding: {px(6)}px {px(8)}px; selection-background-color: {p.good};
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QTextEdit:focus {{
    border: {px(2)}px solid {p.text};
}}
QComboBox[role="picker"]::drop-down {{ border: none; width: {px(28)}px; }}
QListView, QTableView, QTreeView {{
    background: {p.panel}; border: none; outline: none; gridline-color: {p.edge};
    selection-background-color: {p.selected}; selection-color: {p.text};
}}
QTableView:focus, QListView:focus {{ border: {px(1)}px solid {p.muted}; border-radius: {px(6)}px; }}
QHeaderView::section {{
    background: {p.panel}; color: {quiet}; border: none; padding: {px(6)}px {px(10)}px;
    font-size: {px(13)}px;
}}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: {px(5)}px; min-height: {px(30)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QSlider::groove:horizontal {{ background: {line}; height: {px(5)}px; border-radius: {px(2)}px; }}
QSlider::sub-page:horizontal {{ background: {p.text}; border-radius: {px(2)}px; }}
QSlider::handle:horizontal {{
    background: {p.text}; width: {px(18)}px; margin: -{px(7)}px 0; border-radius: {px(9)}px;
}}
QProgressBar {{
    background: {p.raised}; border: {px(1)}px solid {line}; border-radius: {px(3)}px;
}}
QProgressBar::chunk {{ background: {p.good}; border-radius: {px(2)}px; }}
QSlider:focus {{ border: {px(1)}px solid {p.muted}; border-radius: {px(6)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: {px(1)}px solid {p.text}; border-radius: {px(4)}px; }}
QToolTip {{ background: {p.raised}; color: {p.text}; border: 1px solid {p.edge}; }}
"""
