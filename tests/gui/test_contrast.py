"""Words that are read during a set have a contrast of 7:1, borders of controls and focus rings 3:1.

The words are those that are really painted, against the pixels around them (WCAG 2.2, 1.4.6 and 1.4.11).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.models.settings import ColourTheme, Settings
from gui.models.train_view import Face
from gui.pages.page_name import PageName
from gui.shell.window import MainWindow
from gui.widgets.card import Card
from gui.widgets.theme import GROUNDS, PALETTES, READ, SEEN, Theme, ThemeName, style_sheet
from tests.gui.colour_vision import contrast, luminance, pixels
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

FAULTY = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
MEANINGS = ("text", "muted", "toes_up", "toes_pointed", "good", "near", "miss", "not_judged")
ROUNDING = 0.1
"""A colour has 256 steps a part, and a word in small letters may not fill one whole pixel."""
Opener = Callable[[Settings], MainWindow]


@dataclass(frozen=True, slots=True)
class Written:
    """A word that a widget painted."""

    text: str
    ink: QColor
    device: QWidget
    box: QRect


@pytest.fixture(params=["dark", "light"])
def train(request: pytest.FixtureRequest, open_window: Opener) -> TrainWindow:
    """Train without a session, in both themes."""
    look: ColourTheme = request.param
    return TrainWindow(open_window(Settings(first_run_done=True, theme=look)))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Written]:
    """Return the list of what is painted from now on, word by word."""
    found: list[Written] = []
    paint: Callable[..., object] = QPainter.drawText

    def note(painter: QPainter, *what: object) -> object:
        device = painter.device()
        text = next((part for part in reversed(what) if isinstance(part, str)), "")
        if isinstance(device, QWidget) and text.strip():
            where = _box(painter, what, text)
            found.append(Written(text, _over(painter), device, where))
        return paint(painter, *what)

    monkeypatch.setattr(QPainter, "drawText", note)
    return found


def _over(painter: QPainter) -> QColor:
    ink = painter.pen().color()
    ink.setAlphaF(ink.alphaF() * painter.opacity())
    return ink


def _box(painter: QPainter, what: tuple[object, ...], text: str) -> QRect:
    """Return where a text is painted, in pixels of its widget."""
    first = what[0]
    if isinstance(first, QRectF | QRect):
        box = QRectF(first)
    else:
        at = first if isinstance(first, QPointF | QPoint) else QPointF(first, what[1])  # type: ignore[call-overload]
        box = QFontMetricsF(painter.font()).boundingRect(text).translated(QPointF(at))
    return painter.worldTransform().mapRect(box).toAlignedRect()


def ground_of(one: Written, image: QImage) -> float:
    """Return the luminance of the commonest colour around a word."""
    box = one.box.intersected(image.rect())
    step = max(box.width() // 80, 1), max(box.height() // 20, 1)
    colors = Counter(
        image.pixel(x, y)
        for x in range(box.left(), box.right() + 1, step[0])
        for y in range(box.top(), box.bottom() + 1, step[1])
    )
    # The words cover less of it than their ground.
    return _luminance(QColor(colors.most_common(1)[0][0]))


def _luminance(color: QColor) -> float:
    coded = np.array([color.redF(), color.greenF(), color.blueF()])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return float(luminance(linear))


def too_faint(written: list[Written]) -> list[str]:
    """Return the painted words that cannot be read well."""
    faint: list[str] = []
    images = {one.device: one.device.grab().toImage() for one in [*written]}
    for one in written:
        if one.device in images and one.box.intersects(images[one.device].rect()):
            ground = ground_of(one, images[one.device])
            seen = contrast(_luminance(one.ink), ground) if one.ink.alphaF() == 1.0 else 0.0
            if seen < READ - ROUNDING:
                faint.append(f"{type(one.device).__name__} {one.text!r}: {seen:.1f}")
    return faint


def faint_labels(page: QWidget) -> list[str]:
    """Return the labels whose brightest or darkest pixel does not stand out."""
    faint: list[str] = []
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.visibleRegion().isEmpty():
            at = QRect(label.mapTo(page, QPoint(0, 0)), label.size())
            seen = luminance(pixels(page.grab(at)))
            ground = float(np.median(seen))
            best = max(contrast(float(seen.max()), ground), contrast(float(seen.min()), ground))
            if best < READ - ROUNDING:
                faint.append(f"{label.text()!r}: {best:.1f}")
    return faint


def border_contrast(control: QWidget) -> float:
    """Return the contrast of the border of a control with what is beside it."""
    window = control.window()
    middle = control.mapTo(window, QPoint(0, control.height() // 2))
    line = QRect(middle.x() - 4, middle.y(), 10, 1)
    seen = luminance(pixels(window.grab(line)))[0]
    outside = float(seen[1])
    return max(contrast(float(one), outside) for one in seen[3:])


@pytest.mark.parametrize("name", list(ThemeName))
def test_the_inks_of_a_theme_can_be_read_and_its_lines_seen(name: ThemeName) -> None:
    theme = Theme(PALETTES[name])
    for ground in GROUNDS:
        below = _luminance(theme.color(ground))
        for meaning in MEANINGS:
            assert contrast(_luminance(theme.ink(meaning)), below) >= READ - 0.01
        assert contrast(_luminance(theme.line()), below) >= SEEN - 0.01


def play_a_set(train: TrainWindow, face: Face) -> None:
    """Play until Train shows ``face``, with a rep that was missed."""
    batches = session_batches(FAULTY)
    train.begin()
    for at in range(0, len(batches), 10):
        train.play([list(chain.from_iterable(batches[at : at + 10]))])
        misses = train.state.train.set_view()
        if train.state.train.face() is face and misses.judged - misses.good >= 2:
            train.look()
            return
    raise AssertionError(face)


@pytest.mark.parametrize("face", [Face.IN_SET, Face.RESTING])
def test_every_word_of_train_can_be_read(
    train: TrainWindow, written: list[Written], face: Face
) -> None:
    play_a_set(train, face)
    written.clear()
    page = train.page
    page.repaint()
    page.grab()
    assert {"RepTiles"} < {type(one.device).__name__ for one in written}
    assert too_faint(written) == []
    assert faint_labels(page) == []


def test_every_word_of_the_far_view_can_be_read(train: TrainWindow, written: list[Written]) -> None:
    play_a_set(train, Face.IN_SET)
    train.page.show_far_window()
    far = train.page.far_window
    assert far is not None
    train.look()
    written.clear()
    far.content.grab()
    assert len(written) >= 6
    assert too_faint(written) == []


def controls(page: QWidget) -> Iterator[QWidget]:
    """Yield the controls that have a border: those without one are words that say what they do."""
    for control in [*page.findChildren(QPushButton), *page.findChildren(QLineEdit)]:
        bare = control.property("role") in ("nav", "quiet") or not control.isEnabled()
        painted_by_itself = type(control).__module__.startswith("gui") and "paintEvent" in vars(
            type(control)
        )
        inside = isinstance(control.parent(), QWidget) and control.focusProxy() is not None
        if control.isVisible() and not (bare or painted_by_itself or inside):
            yield control


@pytest.mark.parametrize("name", ThemeName)
def test_the_track_of_an_empty_bar_can_be_seen(qtbot: QtBot, name: ThemeName) -> None:
    theme = Theme(PALETTES[name])
    card, bar = Card(theme), QProgressBar()
    card.setStyleSheet(style_sheet(theme))
    bar.setFixedHeight(theme.px(6))
    bar.setTextVisible(False)
    card.body.addWidget(bar)
    qtbot.addWidget(card)
    card.resize(300, 80)
    card.show()
    painted = luminance(pixels(card.grab()))
    ground, middle = float(painted[3, 150]), bar.mapTo(card, bar.rect().center()).x()
    column = painted[bar.y() : bar.y() + bar.height(), middle]
    assert max(contrast(float(one), ground) for one in column) >= SEEN - ROUNDING


@pytest.mark.usefixtures("no_bluetooth")
@pytest.mark.parametrize("look", ["dark", "light"])
@pytest.mark.parametrize(
    "page", [PageName.SENSORS, PageName.SETTINGS, PageName.TRAIN, PageName.PLAN]
)
def test_borders_of_controls_and_focus_rings_can_be_seen(
    open_window: Opener, page: PageName, look: ColourTheme
) -> None:
    window = open_window(Settings(first_run_done=True, theme=look))
    window.resize(1440, 1400)
    window.state._timer.stop()
    window.show_page(page)
    QApplication.processEvents()
    seen = 0
    for control in controls(window.page):
        if control.visibleRegion().boundingRect() != control.rect():
            continue
        seen += 1
        assert border_contrast(control) >= SEEN - ROUNDING, control
        control.setFocus()
        if control.hasFocus():
            assert border_contrast(control) >= SEEN - ROUNDING, control
    assert seen
