"""The session that comes next: its exercise, its plan, and the button that leads to it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.athletes import AthleteEntry
from gui.models.chosen_exercise import usable_exercises, variant_of
from gui.models.figure import scene_of
from gui.models.home import NextSession
from gui.models.settings import Settings
from gui.pages.home.reminder_line import ReminderLine
from gui.translations import texts
from gui.translations.decimals import plain
from gui.translations.set_words import exercise_words
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.ends import Ends
from gui.widgets.figure import FigureWidget
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.picker import Picker
from gui.widgets.stat_tiles import Stat, StatTiles
from gui.widgets.still_pose import still_pose
from gui.widgets.theme import Theme
from processing.ranges.measures import TRIALS

LEG_PX = 150
"""The drawing is no lower, at 100 % text size."""


class NextCard(Card):
    """A card with the :class:`NextSession`, one large button, and ways to change it."""

    exercise_chosen = Signal(str)
    """The key of the exercise that the person chose."""
    athlete_chosen = Signal(str)
    """The key of the athlete who trains now; empty: show all athletes."""

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme)
        px = theme.px
        self.body.setSpacing(px(8))
        self.athlete = Picker(theme)
        self.athlete.setAccessibleName(self.tr("Athlete"))
        self.athlete.activated.connect(
            lambda at: self.athlete_chosen.emit(self.athlete.itemData(at))
        )
        self.when = label("", "muted")
        self.exercise = Picker(theme)
        self.exercise.setAccessibleName(self.tr("Exercise"))
        for key, one in usable_exercises().items():
            self.exercise.addItem(one.words_in(settings.language).name, key)
        # activated, not currentIndexChanged: only a choice of the person is saved.
        self.exercise.activated.connect(
            lambda at: self.exercise_chosen.emit(self.exercise.itemData(at))
        )
        top = Ends(px(10))
        top.left.addWidget(self.athlete)
        top.left.addWidget(self.when)
        top.right.addWidget(self.exercise)
        self.heading = label("", "heading")
        self.heading.setWordWrap(True)
        self.sub = label("", "muted")
        self.sub.setWordWrap(True)
        self.leg = FigureWidget(theme)
        # It takes the room that the rest leaves, so that a long heading pushes no button out of sight.
        self.leg.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.leg.setMinimumHeight(px(LEG_PX))
        self.tiles = StatTiles(theme)
        self.start = push_button("", lambda: None, "go")
        self.start.setMinimumHeight(px(46))
        self.start.setMinimumWidth(px(200))
        self.start.setFont(theme.font(17, bold=True))
        self.plan = push_button(self.tr("Change the plan"), lambda: None)
        self.attempt = push_button(self.tr("Try it without sensors"), lambda: None)
        self.hint = label("", "muted")
        self.hint.setWordWrap(True)
        self.reminders = ReminderLine(theme)
        for part in (top, self.heading, self.sub, self.reminders):
            self.body.addWidget(part)
        self.body.addWidget(self.leg, 1)
        self.body.addWidget(self.tiles)
        self.body.addSpacing(px(4))
        self.body.addLayout(FlowLayout(px(12), self.start, self.plan, self.attempt))
        self.body.addWidget(self.hint)
        # Without the drawing its room is left below the rest.
        self._filler = QWidget()
        self.body.addWidget(self._filler, 1)
        self._filler.hide()

    def show_next(self, following: NextSession, settings: Settings, *, known: bool) -> None:
        """Show the next session.

        Parameters
        ----------
        following
            The session.
        settings
            Name the unit, the side and the posture.
        known
            Whether the earlier sessions are known yet.
        """
        title = texts().plan.protocol_title(following.protocol, following.title)
        if following.exercise.in_trials:
            # There is no plan to follow: each measure takes its trials.
            title = following.exercise.words_in(settings.language).name
            heading = self.tr("Measure: {plan}")
        elif known and following.number == 1:
            heading = self.tr("Your first session: {plan}")
        else:
            heading = self.tr("Continue: {plan}")
        self.heading.setText(heading.format(plan=title))
        self.sub.setText(" · ".join(self._parts(following, settings, known=known)))
        self.plan.setVisible(not following.exercise.in_trials)
        at = self.exercise.findData(settings.exercise)
        if at != self.exercise.currentIndex():
            self.exercise.setCurrentIndex(at)
        scene = scene_of(following.exercise, settings.posture)
        self.leg.show_scene(scene, mirrored=settings.mirrored)
        self.leg.show_pose(still_pose(following.exercise, scene))
        self.tiles.show_stats(self._stats(following, settings))

    def show_athletes(self, everybody: Sequence[AthleteEntry], now: str) -> None:
        """Offer all athletes; ``now`` is the key of the one who trains."""
        shown = [(one.alias or self.tr("me"), one.key) for one in everybody]
        shown.append((self.tr("Athletes…"), ""))
        self.athlete.clear()
        for alias, key in shown:
            self.athlete.addItem(alias, key)
        self.athlete.setCurrentIndex(self.athlete.findData(now))

    def set_low(self, *, low: bool) -> None:
        """Leave out the leg, and put the large button before the numbers."""
        self.leg.setVisible(not low)
        self._filler.setVisible(low)
        self.body.removeWidget(self.tiles)
        at = self.body.indexOf(self._filler) if low else self.body.indexOf(self.leg) + 1
        self.body.insertWidget(at, self.tiles)

    def say_start(self, text: str, hint: str) -> None:
        """Show what the large button does, and what comes after it."""
        words = self.tr("{act} · Enter").format(act=text)
        if self.start.text() != words:
            self.start.setText(words)
            self.start.setAccessibleName(words)
        if self.hint.text() != hint:
            self.hint.setText(hint)
            self.hint.setVisible(bool(hint))

    def _parts(self, one: NextSession, settings: Settings, *, known: bool) -> list[str]:
        parts = []
        if known and one.number > 1:
            week = self.tr("Week {week}")
            if one.of_weeks is not None and one.week <= one.of_weeks:
                week = self.tr("Week {week} of {weeks}")
            parts.append(week.format(week=one.week, weeks=one.of_weeks))
            parts.append(self.tr("session {number}").format(number=one.number))
        parts.append(exercise_words(one.exercise.key))
        words, variant = texts().exercises, variant_of(settings, one.exercise)
        parts += [words.variant(name, value) for name, value in variant.items()]
        left = settings.side == "left"
        parts.append(self.tr("left leg") if left else self.tr("right leg"))
        return parts

    def _stats(self, one: NextSession, settings: Settings) -> list[Stat]:
        if one.exercise.in_trials:
            measures = str(len(one.exercise.measures))
            return [Stat(self.tr("measures"), measures), Stat(self.tr("trials each"), str(TRIALS))]
        least, most = one.reps
        reps = str(least) if least == most else f"{least}–{most}"
        # Nobody knows how many reps there are until the person stops.
        reps = reps if most else self.tr("max")
        if one.sets is None:
            stats = [Stat(self.tr("reps a set"), reps)]
        else:
            stats = [Stat(self.tr("sets × reps"), f"{one.sets} × {reps}")]
        if one.load is not None:
            unit = self.tr("plates") if settings.unit == "plates" else settings.unit
            stats.append(Stat(self.tr("load"), f"{plain(one.load)} {unit}"))
        if one.tempo:
            stats.append(Stat(self.tr("tempo"), one.tempo))
        minutes, seconds = divmod(round(one.rest_s), 60)
        stats.append(Stat(self.tr("rest"), f"{minutes}:{seconds:02d}"))
        if one.minutes is not None:
            about = self.tr("{minutes} min").format(minutes=round(one.minutes))
            stats.append(Stat(self.tr("about"), about))
        return stats
