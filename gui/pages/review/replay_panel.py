"""The replay of a set: the leg, its angle, and the controls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from gui.models.figure import drawn_curl, drawn_hip, scene_of
from gui.models.player import SPEEDS
from gui.models.review import Moment
from gui.models.settings import Posture
from gui.pages.review.moment_words import moment_words
from gui.pages.review.rep_slider import RepSlider
from gui.translations.decimals import decimal, plain
from gui.widgets.card import Card, label
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.picker import Picker
from gui.widgets.plain_text import PlainLabel
from gui.widgets.theme import Theme
from processing.exercises.exercise import LEG_CURL, Exercise
from processing.exercises.exercise_file import built_in


class ReplayPanel(Card):
    """A card that shows a :class:`Moment` and has the controls of the replay."""

    play_wanted = Signal()
    """Play or pause."""
    step_wanted = Signal(int)
    """Choose the next rep (1) or the previous one (-1)."""
    loop_wanted = Signal(bool)
    speed_wanted = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Replay"), " ")
        # Its text changes with every frame; a fixed width keeps the head still.
        self.note.setMinimumWidth(theme.px(124))
        self._posture: Posture = "lying"
        self._mirrored = False
        self._exercise = built_in(LEG_CURL)
        self.leg = FigureWidget(theme)
        self.leg.setMinimumSize(theme.px(150), theme.px(96))
        self.leg.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.slider = RepSlider(theme)
        self._angle = PlainLabel("–")
        self._angle.setFont(theme.font(40, bold=True))
        self._angle.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._way = label("", "muted")
        self._way.setAlignment(Qt.AlignmentFlag.AlignRight)
        # Beside a video the card is narrow.
        self._way.setWordWrap(True)
        self._target = label("", "muted")
        self._target.setAlignment(Qt.AlignmentFlag.AlignRight)
        numbers = QVBoxLayout()
        numbers.setSpacing(0)
        for text in (self._angle, self._way, self._target):
            text.setMinimumWidth(theme.px(100))
            numbers.addWidget(text)
        numbers.addStretch(1)
        picture = QHBoxLayout()
        picture.addWidget(self.leg, 1)
        picture.addLayout(numbers)
        self.body.addLayout(picture, 1)
        self.body.addWidget(self.slider)
        self.body.addLayout(self._controls(theme))

    def use(self, posture: Posture, *, mirrored: bool) -> None:
        """Set the posture of leg curls, and whether the picture faces the other way."""
        self._posture, self._mirrored = posture, mirrored

    def show_exercise(self, exercise: Exercise) -> None:
        """Draw the body in the position of the exercise."""
        self._exercise = exercise
        self.show_scene_on(self.leg)

    def show_scene_on(self, leg: FigureWidget) -> None:
        """Let a leg be drawn in the position of the exercise, as it is here."""
        leg.show_scene(scene_of(self._exercise, self._posture), mirrored=self._mirrored)

    def show_moment(
        self, moment: Moment, band: tuple[float, float] | None, *, knee: bool = False
    ) -> None:
        """Show a moment.

        Parameters
        ----------
        moment
            The moment.
        band
            The band of its phase, low and high end in degrees; None for none.
        knee
            Whether the curl is the angle of the knee, because a sensor was worn on the thigh.
        """
        self.leg.show_pose(pose_of(self._exercise, moment, band, knee=knee))
        words = moment_words(self._exercise, moment)
        self._angle.setText(words.angle or "–")
        way = (words.way, words.phase) if words.angle else (self.tr("no data"),)
        self._way.setText(" · ".join(filter(None, way)))
        limit = min(map(abs, band)) if band is not None else 0.0
        target = self.tr("target {limit}°").format(limit=f"{limit:.0f}")
        within = moment.uncertainty_deg if self._exercise.asks_toes else None
        parts = (
            "" if within is None else f"± {within:.0f}°",
            target if band is not None else "",
        )
        self._target.setText(" · ".join(filter(None, parts)))
        minutes, seconds = divmod(moment.t, 60.0)
        rep = "" if moment.rep is None else self.tr("rep {number}").format(number=moment.rep)
        self.set_note(
            " · ".join(filter(None, (rep, f"{minutes:.0f}:{decimal(seconds).rjust(4, '0')}")))
        )
        self.slider.show_time(moment.t)

    def show_playing(self, playing: bool, loop: bool, speed: float) -> None:
        """Show whether the replay runs or loops, and its speed."""
        word = self.tr("Pause") if playing else self.tr("Play")
        # Called with every frame: a screen reader must not read the same name again.
        if self._play.text() != word:
            self._play.setText(word)
            self._play.setAccessibleName(word)
        self._loop.setChecked(loop)
        self._speed.setCurrentIndex(SPEEDS.index(speed))

    def _controls(self, theme: Theme) -> FlowLayout:
        self._before = QPushButton("◀")
        self._before.setAccessibleName(self.tr("Previous rep"))
        self._before.setToolTip(self.tr("Previous rep (left arrow)"))
        self._play = QPushButton(self.tr("Play"))
        self._play.setProperty("strong", True)
        self._play.setToolTip(self.tr("Play or pause (space)"))
        self._next = QPushButton("▶")
        self._next.setAccessibleName(self.tr("Next rep"))
        self._next.setToolTip(self.tr("Next rep (right arrow)"))
        self._loop = QPushButton(self.tr("Loop"))
        self._loop.setCheckable(True)
        self._loop.setToolTip(self.tr("Repeat the chosen rep (Ctrl+L)"))
        self._speed = Picker(theme)
        self._speed.setMinimumContentsLength(2)
        self._speed.setAccessibleName(self.tr("Speed"))
        for speed in SPEEDS:
            self._speed.addItem(f"{plain(speed)}×")
        self._before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.step_wanted.emit(1))
        self._play.clicked.connect(self.play_wanted)
        self._loop.clicked.connect(self.loop_wanted)
        self._speed.activated.connect(lambda at: self.speed_wanted.emit(SPEEDS[at]))
        self.video_button = QPushButton(self.tr("Video…"))
        self.video_button.setToolTip(self.tr("Attach a video of this session"))
        for button in (self._before, self._play, self._next, self._loop, self.video_button):
            button.setProperty("role", "tool")
        return FlowLayout(
            theme.px(6),
            self._before,
            self._play,
            self._next,
            self._loop,
            self._speed,
            self.video_button,
        )


def pose_of(
    exercise: Exercise, moment: Moment, band: tuple[float, float] | None, *, knee: bool
) -> LegPose:
    """Return the drawn pose of a moment; the parameters are those of :meth:`ReplayPanel.show_moment`."""
    return LegPose(
        moment.ankle_deg,
        drawn_curl(exercise, moment.curl_deg),
        hip_deg=drawn_hip(exercise, moment.driving_deg),
        band=band,
        knee=knee,
    )
