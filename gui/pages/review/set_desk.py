"""The desk: loops, replay and table of one set, always showing the same rep."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gui.models.height_curves import at_moment
from gui.models.player import Player
from gui.models.rep_loops import on_loop
from gui.models.review import ReviewedSession, ReviewModel, band_of, worst_rep
from gui.models.set_picture import SetPicture, set_picture, shown_over_time
from gui.models.settings import Settings
from gui.pages.review.clip_export import DrawnMoment
from gui.pages.review.clip_sound import cue_sound
from gui.pages.review.moment_words import moment_words
from gui.pages.review.replay_panel import ReplayPanel, pose_of
from gui.pages.review.set_words import (
    count_words,
    height_words,
    pace_words,
    set_title,
    version_words,
)
from gui.pages.review.video_bench import VideoBench
from gui.translations import texts
from gui.widgets.card import Card, label
from gui.widgets.columns import Columns
from gui.widgets.figure import FigureWidget
from gui.widgets.height_plot import HeightPlot
from gui.widgets.loop_plot import LoopPlot
from gui.widgets.rep_table import RepTable
from gui.widgets.theme import Theme
from processing.exercises.exercise import Driving
from processing.review.judged_sets import JudgedSet
from processing.review.session_numbers import bests_before

WITHOUT_VIDEO, WITH_VIDEO = (0, 62, 38), (50, 54, 46)
"""Shares of the width of video, plot and leg."""
LEAST_COLUMN_PX = 280
"""Least width of the video, a plot or the leg beside each other, at 100 % text size."""
NUDGE_S = 0.1
"""Step of the replay by the arrow keys with the control key."""


class SetDesk(QWidget):
    """The chosen set of a :class:`ReviewModel`, with a replay.

    The page chooses the set and calls :meth:`show_set`. The arrow keys move from rep to rep.
    """

    other_set = Signal()
    """A step went beyond the end of the set: another set is chosen now."""
    other_rep = Signal()
    """Another rep is chosen."""

    def __init__(self, theme: Theme, model: ReviewModel, video: VideoBench) -> None:
        super().__init__()
        px = theme.px
        self._theme = theme
        self.model = model
        self.earlier_best: Callable[[JudgedSet], float | None] = lambda _: None
        """Returns the largest height of a set's leg in earlier sessions, rad; None if there is none."""
        self.settings = Settings()
        """Those of the person: the unit of loads, the voice of clips."""
        self.player = Player()
        self._picture = SetPicture(False)
        self._shown: tuple[Path, int] | None = None
        self.loops, self.heights = LoopPlot(theme), HeightPlot(theme)
        self.heights.hide()
        self.loop_card = Card(theme, self.tr("Ankle against curl, all reps"))
        self.pace = label("", "muted")
        self.pace.setWordWrap(True)
        self.loop_card.body.addWidget(self.loops, 1)
        self.loop_card.body.addWidget(self.heights, 1)
        self.loop_card.body.addWidget(self.pace)
        self.replay = ReplayPanel(theme)
        self.table = RepTable(theme)
        self.table.setMinimumHeight(px(118))
        self.table_card = Card(theme, " ", " ")
        self.table_card.body.addWidget(self.table)
        self.video = video
        middle = self._make_middle()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(14))
        layout.addWidget(middle, 6)
        layout.addWidget(self.table_card, 4)
        self.table.chosen.connect(self.choose_rep)
        for plot in (self.loops, self.heights):
            plot.chosen.connect(self.choose_rep)
            plot.pointed_at.connect(self.loop_card.set_note)
        self.replay.step_wanted.connect(self.step_rep)
        self.replay.slider.moved.connect(self.seek)
        self.replay.play_wanted.connect(self.play)
        self.replay.loop_wanted.connect(self.loop)
        self.replay.speed_wanted.connect(self.set_speed)
        video.seek_wanted.connect(self.seek)
        video.aligning.connect(self._show_stretch)
        video.clip_wanted.connect(self.ask_clip)
        self._add_keys(video)

    def _make_middle(self) -> Columns:
        """Return video, plot and leg side by side; without a video, plot and leg."""
        middle = Columns(self._theme, WITHOUT_VIDEO)
        for at, card in enumerate((self.video, self.loop_card, self.replay)):
            middle.column(at).addWidget(card)
        middle.set_shares(WITHOUT_VIDEO)

        def share(shown: bool) -> None:
            if shown:
                middle.set_shares(WITH_VIDEO, LEAST_COLUMN_PX)
            else:
                middle.set_shares(WITHOUT_VIDEO)
            self._name_plot()

        self.video.shown.connect(share)
        return middle

    def _add_keys(self, video: VideoBench) -> None:
        for keys, do in (
            ("Left", lambda: self.step_rep(-1)),
            ("Right", lambda: self.step_rep(1)),
            ("Ctrl+Left", lambda: self.seek(self.player.t - NUDGE_S)),
            ("Ctrl+Right", lambda: self.seek(self.player.t + NUDGE_S)),
            ("Alt+Left", lambda: video.shift_frames(-1)),
            ("Alt+Right", lambda: video.shift_frames(1)),
            ("Alt+Shift+Left", lambda: video.shift(-NUDGE_S)),
            ("Alt+Shift+Right", lambda: video.shift(NUDGE_S)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            # Fields outside of the desk keep their arrow keys.
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def show_set(self) -> None:
        """Show the chosen set of the model from its chosen rep.

        If more of the same set is known now, its replay continues.
        """
        model, session, current = self.model, self.model.session, self.model.current
        if session is None or current is None:
            return
        start, end = model.span()
        which = (session.recording.path, current.number)
        same, self._shown = which == self._shown, which
        # The rest of a long session arrives while its first set plays.
        if same and self.player.playing:
            self.player.stretch(start, end, time.monotonic())
        else:
            self.player.load(start, end)
        self.replay.show_exercise(current.source.exercise)
        self._show_stretch(self.video.align_button.isChecked())
        knee = session.knows_knee
        self.table.show_set(current, session.versions, knee=knee, best=self._best())
        self._show_curves(current, session)
        self.pace.setText(pace_words(current))
        self.pace.setVisible(bool(self.pace.text()))
        self.table_card.set_title(set_title(current, self.settings.unit))
        words = [
            height_words(current),
            count_words(current),
            version_words(current, session.versions),
        ]
        self.table_card.set_note(" · ".join(word for word in words if word))
        if model.selected is not None and not self.player.playing:
            self.seek(model.selected.rep.t_start)
        self.show_choice()

    def _show_curves(self, current: JudgedSet, session: ReviewedSession) -> None:
        """Show the ankle against the driving angle; where nothing is asked of the toes, the height over time."""
        self._picture = set_picture(current, session.analysis.offline_angles)
        self.loops.setVisible(not self._picture.over_time)
        self.heights.setVisible(self._picture.over_time)
        self._name_plot()
        self.loops.show_bands(self._picture.bands)

    def _name_plot(self) -> None:
        """Name the plot, in short beside a video."""
        current, session = self.model.current, self.model.session
        if current is None or session is None:
            return
        exercise = current.source.exercise
        if shown_over_time(current):
            long, short = self.tr("Height over time, all reps"), self.tr("Height over time")
            if exercise.driving is not Driving.PLANTARFLEXION:
                angle = exercise.words_in(QLocale().name()[:2]).angle
                angle = angle[:1].upper() + angle[1:]
                long = self.tr("{angle} over time, all reps").format(angle=angle)
                short = self.tr("{angle} over time").format(angle=angle)
        elif exercise.driving not in (Driving.CURL, Driving.KNEE):
            angle = exercise.words_in(QLocale().name()[:2]).angle
            long = self.tr("Ankle against {angle}, all reps").format(angle=angle)
            short = self.tr("Ankle against {angle}").format(angle=angle)
        elif session.knows_knee:
            long, short = self.tr("Ankle against knee, all reps"), self.tr("Ankle against knee")
        else:
            long, short = self.tr("Ankle against curl, all reps"), self.tr("Ankle against curl")
        self.loop_card.set_title(long if self.video.isHidden() else short)

    def _best(self) -> float | None:
        """Return the largest height of the leg before the chosen set, rad; None if there is none."""
        current, session = self.model.current, self.model.session
        if current is None or session is None:
            return None
        known = (bests_before(session.sets)[self.model.set_index], self.earlier_best(current))
        return max((one for one in known if one is not None), default=None)

    def show_choice(self) -> None:
        """Show the chosen rep and the worst rep."""
        current, session = self.model.current, self.model.session
        if current is None or session is None:
            return
        worst = worst_rep(current)
        word = ""
        if worst is not None and worst.reason is not None:
            word = self.tr("rep {number}: {why}").format(
                number=worst.rep.number, why=texts().verdicts.correction(worst.reason.correction)
            )
        at = current.verdicts.index(worst) if worst is not None else None
        chosen, picture = self.model.rep_index, self._picture
        if picture.over_time:
            self.heights.show_curves(
                picture.heights, chosen=chosen, worst=at, worst_word=word, asked=picture.asked
            )
        else:
            self.loops.show_loops(picture.loops, chosen=chosen, worst=at, worst_word=word)
        self.table.mark(self.model.rep_index)
        self.other_rep.emit()

    def refresh(self) -> None:
        """Show the next moment of the replay."""
        model, session, current = self.model, self.model.session, self.model.current
        if session is None or current is None:
            return
        moment = model.moment(self.player.advance(time.monotonic()))
        self.video.refresh(moment.t, self.player)
        running = model.rep_at(moment.t)
        # In a loop the rep of the loop stays chosen, although the end belongs to the next one.
        if running is not None and running != model.rep_index and self.player.loop is None:
            model.choose_rep(running)
            self.show_choice()
        band = band_of(current.target, moment.phase)
        self.replay.show_moment(moment, band, knee=session.knows_knee)
        self.replay.show_playing(
            self.player.playing, self.player.loop is not None, self.player.speed
        )
        angles = session.analysis.offline_angles
        if shown_over_time(current):
            self.heights.show_position(at_moment(current, angles, running, moment.t))
        else:
            height = on_loop(current, angles, moment.driving_deg)
            self.loops.show_position(height, moment.ankle_deg)

    def choose_rep(self, index: int) -> None:
        """Choose a rep of the set and move the replay to it."""
        if index >= 0:
            self.model.choose_rep(index)
            self._go_to_rep()

    def step_rep(self, step: int) -> None:
        """Choose the next rep (1) or the previous one (-1)."""
        before = self.model.current
        self.model.step_rep(step)
        if self.model.current is not before:
            self.other_set.emit()
        self._go_to_rep()

    def seek(self, t: float) -> None:
        """Move the replay to ``t`` s of the session."""
        self.player.seek(t, time.monotonic())

    def play(self) -> None:
        """Play or pause."""
        if self.player.playing:
            self.player.pause()
        else:
            self.player.play(time.monotonic())

    def loop(self, wanted: bool) -> None:
        """Repeat the chosen rep, or stop repeating."""
        self.player.loop = None
        selected = self.model.selected
        if wanted and selected is not None:
            self.player.loop = (selected.rep.t_begin, selected.rep.t_end)
            self.seek(selected.rep.t_start)
            self.player.play(time.monotonic())

    def set_speed(self, speed: float) -> None:
        """Set the speed; 1 is that of the session."""
        self.player.set_speed(speed, time.monotonic())

    def ask_clip(self, what: str) -> None:
        """Ask where to write a clip of the chosen ``rep`` or ``set``, and write it."""
        session, current, selected = self.model.session, self.model.current, self.model.selected
        if session is None or current is None:
            return
        stretch, name = self.model.span(), f"set{current.number}"
        if what == "rep" and selected is not None:
            stretch = selected.rep.t_begin, selected.rep.t_end
            name += f"_rep{selected.rep.number}"
        path = session.recording.path
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write a clip"),
            str(path.with_name(f"{path.stem}_{name}.mp4")),
            self.tr("Videos (*.mp4)"),
        )
        # Empty after Cancel.
        if chosen:
            self.write_clip(Path(chosen), stretch)

    def write_clip(self, path: Path, stretch: tuple[float, float]) -> None:
        """Write a clip of a ``stretch`` of the chosen set, session time in s."""
        session, current = self.model.session, self.model.current
        if session is None or current is None:
            return
        # The person may choose another set meanwhile.
        model = ReviewModel()
        model.show(session)
        model.choose_set(self.model.set_index)
        exercise, knee = current.source.exercise, session.knows_knee
        figure = FigureWidget(self._theme)
        self.replay.show_scene_on(figure)

        def drawn(t: float) -> DrawnMoment:
            moment = model.moment(t)
            band = band_of(current.target, moment.phase)
            words = moment_words(exercise, moment)
            return moment, words, pose_of(exercise, moment, band, knee=knee)

        cues = partial(cue_sound, session, self.settings)
        self.video.write_clip(path, stretch, figure, drawn, cues)

    def _show_stretch(self, aligning: bool) -> None:
        """Let the replay reach the whole session while a video is aligned: a tap is before the sets."""
        session, current = self.model.session, self.model.current
        if session is None or current is None:
            return
        stretch = (0.0, session.recording.duration_s) if aligning else self.model.span()
        # The tools need its room, and the reps are in the slider too.
        self.table_card.setHidden(aligning)
        self.player.stretch(*stretch, time.monotonic())
        self.replay.slider.show_set(*stretch, current.verdicts)

    def _go_to_rep(self) -> None:
        selected = self.model.selected
        if selected is None:
            return
        if self.player.loop is not None:
            self.player.loop = (selected.rep.t_begin, selected.rep.t_end)
        self.seek(selected.rep.t_start)
        self.show_choice()
