"""The widgets of Train: they show and describe the values that they are given."""

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.models.body_scenes import Scene
from gui.models.train_view import PhaseSpan
from gui.pages.train.curve_item import CurveItem
from gui.pages.train.far_view import FarFrame, FarView
from gui.pages.train.marked_strip import MarkedStrip
from gui.pages.train.phase_panel import PhasePanel, PhaseText
from gui.pages.train.plan_panel import PlanLine, PlanPanel
from gui.pages.train.rep_tile import RepTile
from gui.pages.train.rep_tiles import RepTiles
from gui.pages.train.tempo_bar import TempoBar
from gui.pages.train.time_plot import BandName, TimePlot
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme
from processing.types import Phase
from sensor.types import BoolArray, FloatArray
from tests.gui.colour_vision import luminance, pixels

THEME = Theme()


def shown(qtbot: QtBot, widget: QWidget, wide: int, high: int) -> FloatArray:
    """Return the luminances (height, width) of ``widget`` on the ground of a card."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setStyleSheet(f"background: {THEME.palette.panel};")
    widget.setParent(holder)
    widget.resize(wide, high)
    holder.resize(wide, high)
    picture = luminance(pixels(holder.grab()))
    # The widget lives longer than its holder.
    widget.setParent(None)
    qtbot.addWidget(widget)
    return picture


def _linear(color: str) -> FloatArray:
    dot = QPixmap(1, 1)
    dot.fill(THEME.color(color))
    return pixels(dot)


def inked(picture: FloatArray) -> BoolArray:
    mask: BoolArray = np.abs(picture - picture[0, 0]) > 0.02
    return mask


def test_the_tempo_bar_fills_with_its_share(qtbot: QtBot) -> None:
    shares = []
    for elapsed_s in (0.0, 1.0, 2.0, 4.0, 9.0):
        bar = TempoBar(THEME)
        bar.show_tempo(elapsed_s, 4.0, "toes_pointed")
        line = shown(qtbot, bar, 400, 46)[36]
        shares.append(float((line > 0.25).mean()))
    assert shares == pytest.approx([0.0, 0.25, 0.5, 1.0, 1.0], abs=0.03)


def test_the_tempo_bar_describes_its_seconds(qtbot: QtBot) -> None:
    bar = TempoBar(THEME)
    qtbot.addWidget(bar)
    bar.show_tempo(2.7, 4.0, "toes_pointed")
    assert bar.accessibleDescription() == "2.7 s / 4.0 s"
    bar.show_tempo(65.0, 150.0, "muted", ("1:05", "2:30"))
    assert bar.accessibleDescription() == "1:05 / 2:30"


def test_words_that_do_not_fit_become_smaller_and_are_not_cut(qtbot: QtBot) -> None:
    words = PhasePanel(THEME)
    words.show_words(
        PhaseText("A WORD THAT IS MUCH TOO LONG FOR THIS", "and so is the instruction")
    )
    mask = inked(shown(qtbot, words, 240, 140))
    assert mask.any()
    assert not mask[:, -1].any()


def test_screen_readers_get_the_words(qtbot: QtBot) -> None:
    words = PhasePanel(THEME)
    qtbot.addWidget(words)
    words.show_words(
        PhaseText("LOWER", "toes pointed", "text", "32°", "text", "pointed", "target 22°")
    )
    assert words.accessibleDescription() == "LOWER, toes pointed, 32°, pointed, target 22°"


@pytest.mark.parametrize("scene", [Scene.LYING, Scene.SEATED, Scene.KNEELING, Scene.HINGE])
@pytest.mark.parametrize("mirrored", [False, True])
def test_no_pose_of_the_leg_leaves_its_picture(qtbot: QtBot, scene: Scene, mirrored: bool) -> None:
    for curl_deg in (0.0, 40.0, 90.0, 115.0):
        for ankle_deg in (-50.0, 0.0, 20.0):
            leg = FigureWidget(THEME)
            leg.show_scene(scene, mirrored=mirrored)
            leg.show_pose(LegPose(ankle_deg, curl_deg, hip_deg=curl_deg))
            mask = inked(shown(qtbot, leg, 400, 300))
            edges = (mask[0], mask[-1], mask[:, 0], mask[:, -1])
            assert mask.any()
            assert not any(edge.any() for edge in edges), (curl_deg, ankle_deg)


def test_an_unknown_knee_pales_the_leg_and_not_the_foot(qtbot: QtBot) -> None:
    def painted(curl_deg: float | None, *, knee: bool) -> FloatArray:
        leg = FigureWidget(THEME)
        leg.show_pose(LegPose(-40.0, curl_deg, knee=knee))
        return shown(qtbot, leg, 400, 300)

    # 30 degrees is the curl that is drawn while none is known.
    known, lost, silent = (
        painted(30.0, knee=True),
        painted(None, knee=True),
        painted(None, knee=False),
    )
    paler = known - lost > 0.02
    foot = (known - silent > 0.02) & ~paler
    assert paler.any()
    # The foot is the part furthest to the right; it keeps its colour while the ankle is known.
    columns = np.flatnonzero(paler.any(axis=0))
    assert foot.any()
    assert np.flatnonzero(foot.any(axis=0)).max() > columns.max()


def test_the_foot_in_the_picture_turns_with_the_ankle(qtbot: QtBot) -> None:
    """With the shin upright in a lying curl, pointed toes reach higher than toes that are up."""
    tops = []
    for ankle_deg in (20.0, 0.0, -40.0):
        leg = FigureWidget(THEME)
        leg.show_pose(LegPose(ankle_deg, 90.0))
        rows = np.flatnonzero(inked(shown(qtbot, leg, 400, 300)).any(axis=1))
        tops.append(int(rows[0]))
    assert tops[2] < min(tops[:2])


def test_tiles_show_the_newest_reps_when_there_is_no_room(qtbot: QtBot) -> None:
    tiles = RepTiles(THEME)
    qtbot.addWidget(tiles)
    tiles.resize(500, 142)
    tiles.show_tiles([RepTile(n, Mark.GOOD, 4.0, 4.0) for n in range(1, 13)])
    assert tiles._first + tiles._room == 12
    coming = [RepTile(n) for n in range(3, 13)]
    tiles.show_tiles([RepTile(n, Mark.GOOD, 4.0, 4.0) for n in (1, 2)] + coming)
    assert tiles._first == 0


def test_a_partial_rep_is_fainter(qtbot: QtBot) -> None:
    peaks = []
    for partial in (False, True):
        tiles = RepTiles(THEME)
        tiles.show_tiles([RepTile(1, Mark.GOOD, 4.0, 4.0, partial=partial)])
        peaks.append(float(shown(qtbot, tiles, 900, 142).max()))
    assert peaks[1] < 0.7 * peaks[0]


def test_the_plan_scrolls_to_the_present_set(qtbot: QtBot) -> None:
    panel = PlanPanel(THEME)
    panel.show_lines([PlanLine(n, "40 kg × 8", now=n == 6) for n in range(1, 8)])
    picture = shown(qtbot, panel, 300, 95)
    assert "6: 40 kg × 8" in panel.accessibleDescription()
    # Only the line of the present set has its own ground.
    selected = float(luminance(_linear("selected"))[0, 0])
    lit = (np.abs(picture - selected) < 0.002).mean(axis=1) > 0.5
    assert 20 < int(np.count_nonzero(lit)) < 40


def test_an_alarm_is_named_and_cleared(qtbot: QtBot) -> None:
    strip = MarkedStrip(THEME)
    strip.say("Foot sensor lost")
    assert strip.accessibleName() == "Foot sensor lost"
    assert inked(shown(qtbot, strip, 400, 34)).any()
    strip.say("")
    assert strip.accessibleName() == ""
    assert not inked(shown(qtbot, strip, 400, 34)).any()


def test_the_view_from_afar_has_no_more_than_five_marks(qtbot: QtBot) -> None:
    view = FarView(THEME)
    shapes = (Mark.GOOD,) * 9
    view.show_far(FarFrame(rep="9", planned="/12", marks=shapes, load="40 kg"))
    # The row of the marks, left of the word for simulated data.
    row = inked(shown(qtbot, view, 1280, 720))[640, :800]
    runs = int(np.count_nonzero(np.diff(row.astype(int)) == 1))
    assert runs == 5


def samples(seconds: float = 30.0) -> tuple[FloatArray, FloatArray]:
    t = np.arange(0.0, seconds, 0.01)
    return t, 20.0 * np.sin(t)


def test_a_plot_draws_the_angle_at_its_height(qtbot: QtBot) -> None:
    plot = TimePlot(THEME, name="Ankle", low=-50.0, high=30.0)
    t = np.arange(0.0, 20.0, 0.01)
    plot.show_angle(t, np.full(len(t), 10.0), 20.0)
    low = shown(qtbot, plot, 600, 300)
    plot.show_angle(t, np.full(len(t), -30.0), 20.0)
    high = luminance(pixels(plot.grab()))
    rows = [int(np.flatnonzero((p[:, 150:500] > 0.6).mean(axis=1) > 0.9)[0]) for p in (low, high)]
    # 40 of the 80 degrees that are shown: half of the height of the plot.
    assert 0.35 < (rows[1] - rows[0]) / 300 < 0.5


def test_a_gap_in_the_data_is_a_gap_in_the_curve(qtbot: QtBot) -> None:
    plot = TimePlot(THEME, name="Ankle", low=-50.0, high=30.0)
    t = np.arange(0.0, 20.0, 0.01)
    angle = np.where((t > 8.0) & (t < 12.0), np.nan, 10.0)
    plot.show_angle(t, angle, 20.0)
    picture = shown(qtbot, plot, 600, 300)
    row = picture[int(np.argmax((picture > 0.6).sum(axis=1)))] > 0.6
    drawn = np.flatnonzero(row)
    assert np.diff(drawn).max() == pytest.approx(0.2 * (drawn[-1] - drawn[0]), rel=0.1)


def test_phases_are_drawn_behind_the_curve_with_their_bands(qtbot: QtBot) -> None:
    plot = TimePlot(THEME, name="Ankle", low=-50.0, high=30.0)
    before = shown(qtbot, plot, 600, 300)
    plot.show_phases([PhaseSpan(Phase.ECCENTRIC, 10.0, 18.0, (-50.0, -22.0))], 20.0)
    after = luminance(pixels(plot.grab()))
    columns = np.flatnonzero((np.abs(after - before) > 0.005).any(axis=0))
    # 8 of the 20 seconds.
    assert (columns[-1] - columns[0]) / 520 == pytest.approx(0.4, abs=0.05)


def test_names_of_bands_do_not_overlap(qtbot: QtBot) -> None:
    plot = TimePlot(THEME, name="Ankle", low=-50.0, high=30.0)
    qtbot.addWidget(plot)
    narrow = plot.axis_width
    plot.show_names([BandName(10.0, "a rather long name of a band", "toes_up")])
    assert plot.axis_width > narrow
    labels = [text for _, text in plot._names]
    assert all(label.sizeHint().width() <= plot.axis_width for label in labels)


def test_thinning_keeps_the_same_samples_in_every_frame(qtbot: QtBot) -> None:
    plot = TimePlot(THEME, name="Ankle", low=-50.0, high=30.0)
    qtbot.addWidget(plot)
    t, angle = samples()
    taken: list[set[float]] = []
    for first in (0, 1, 2):
        plot.show_angle(t[first : first + 2500], angle[first : first + 2500], 0.0)
        taken.append({round(x, 4) for x in _curve(plot)._x.tolist()})
    assert taken[0] & taken[1] == {x for x in taken[0] if x >= min(taken[1])}
    assert len(taken[2]) < 1001


def _curve(plot: TimePlot) -> CurveItem:
    return plot._curve


def _names(widgets: Sequence[QObject]) -> list[str]:
    return [w.accessibleName() for w in widgets if isinstance(w, QWidget)]


def test_every_widget_has_a_name(qtbot: QtBot) -> None:
    widgets: list[QWidget] = [
        TempoBar(THEME),
        PhasePanel(THEME),
        FigureWidget(THEME),
        RepTiles(THEME),
        PlanPanel(THEME),
        FarView(THEME),
    ]
    for widget in widgets:
        qtbot.addWidget(widget)
    assert all(_names(widgets))
