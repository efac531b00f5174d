"""Calibrate: three short movements, guided by picture and word, each with numbers of its quality."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QVBoxLayout

from gui.models.calibration import StepState
from gui.models.figure import drawn_curl, scene_of, start_curl
from gui.pages.app_state import AppState
from gui.pages.calibrate.calibration_picture import CalibrationPicture
from gui.pages.calibrate.progress_ring import ProgressRing
from gui.pages.calibrate.step_row import StepRow
from gui.pages.calibrate.step_words import StepWords
from gui.pages.page import Page
from gui.pages.page_name import PageName, page_of
from gui.translations import texts
from gui.widgets.announce import announce
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.columns import scrolled_columns
from gui.widgets.figure import LegPose
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.marked_text import MarkedText
from gui.widgets.plain_text import PlainLabel
from gui.widgets.shapes import Mark, MarkWidget
from processing.calibration.calibration_steps import WITH_BENCH, CalibrationStep
from processing.calibration.grade import CalibrationGrade, Remark
from processing.calibration.troubles import LookSwapped, ThighLooksSwapped
from processing.exercises.exercise import Exercise
from processing.pipeline.live_calibration import MAX_NEUTRAL_DEG
from sensor.errors import ToepointError
from sensor.types import EventKind, JsonValue, Segment

_GRADE_MARKS = {
    CalibrationGrade.GOOD: Mark.GOOD,
    CalibrationGrade.USABLE: Mark.NEAR,
    CalibrationGrade.NOT_USABLE: Mark.MISS,
}


class CalibratePage(Page):
    """The page that guides a calibration: the movement on the left, steps and result on the right."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self._words = StepWords()
        columns = scrolled_columns(self, self.theme, (58, 42))
        self._make_now()
        self._make_steps()
        self._make_result()
        columns.column(0).addWidget(self.now_card, 1)
        columns.column(1).addWidget(self.steps_card)
        columns.column(1).addWidget(self.result_card)
        columns.column(1).addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard focus."""
        super().showEvent(event)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start with space and cancel with Esc; space on a button with the focus presses the button."""
        if event.key() == Qt.Key.Key_Space and self.start_button.isVisible():
            self._start()
        elif event.key() == Qt.Key.Key_Escape:
            self._cancel()
        elif event.key() == Qt.Key.Key_S and self._can_strap:
            self._strapped()
        elif event.key() == Qt.Key.Key_X and self.swap_button.isVisible():
            self._swap()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Show the state of the calibration."""
        model = self.state.live.calibration
        model.use(self._exercise)
        step = model.running or model.next
        own = self._own
        self.rows[CalibrationStep.CURLS].show_title(self._words.curls_title(self._exercise))
        for one, row in self.rows.items():
            state = model.states.get(one)
            row.setVisible(state is not None)
            if state is None:
                continue
            redo = own and not model.leading and state is not StepState.TO_DO
            row.show_step(state, model.numbers(one), redo=redo)
        self._show_now(step)
        self._show_result()
        self.start_button.setVisible(own and not model.leading and step is not None)
        # Both choices apply to a new calibration only.
        for choice in (self.bench_button, self.neutral):
            choice.setVisible(self.start_button.isVisibleTo(self))
        self.cancel_button.setVisible(own and model.leading)
        self.sensors_button.setVisible(self.state.session is None)
        done = model.calibration is not None and step is None
        self.accept_button.setVisible(done and self.state.session is not None)
        measures = self._exercise.in_trials
        self.accept_button.setText(
            self.tr("Accept and measure") if measures else self.tr("Accept and train")
        )
        # The other button leads to the same page.
        self.ranges_button.setVisible(not measures)
        self.again_button.setVisible(done and own)
        self.strapped_button.setVisible(self._can_strap)

    @property
    def _exercise(self) -> Exercise:
        """The exercise in hand, without a session that of the settings."""
        return self.state.train.exercise

    @property
    def _can_strap(self) -> bool:
        """Whether there is a calibration that a moved strap would make worthless."""
        played = self.state.source.startswith("file:")
        known = self.state.live.calibration.calibration is not None
        return self.state.session is not None and known and not played

    @property
    def _own(self) -> bool:
        """Whether a person makes the movements: recordings and simulations bring their own."""
        return self.state.session is not None and self.state.source.startswith("ble:")

    @property
    def _swapped(self) -> tuple[Segment, Segment] | None:
        """The places whose sensors look swapped; None for none, and where they cannot be."""
        match self.state.live.calibration.trouble:
            case LookSwapped():
                places = Segment.SHIN, Segment.FOOT
            case ThighLooksSwapped(other=other):
                places = Segment.THIGH, other
            case _:
                return None
        return places if self._own else None

    def _make_now(self) -> None:
        theme, px = self.theme, self.theme.px
        self.now_card = Card(theme, self.tr("Calibrate"), self.tr("under a minute"))
        self.picture = CalibrationPicture(theme)
        self.picture.setMinimumHeight(px(240))
        self.heading = label("", "heading")
        self.words = PlainLabel()
        self.words.setFont(theme.font(18))
        self.ring = ProgressRing(theme)
        for line in (self.heading, self.words):
            line.setWordWrap(True)
        text = QVBoxLayout()
        text.setSpacing(px(8))
        text.addWidget(self.heading)
        text.addWidget(self.words)
        self._trouble = MarkedText(theme, Mark.NEAR)
        self.trouble = self._trouble.text
        text.addWidget(self._trouble)
        text.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(px(20))
        below.addLayout(text, 1)
        below.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        self.start_button = push_button(self.tr("Start · space"), self._start, "primary")
        self.cancel_button = push_button(self.tr("Cancel · Esc"), self._cancel)
        self.bench_button = push_button(self.tr("Begin on the bench"), self._start_on_bench)
        self.neutral = QDoubleSpinBox()
        self.neutral.setRange(-MAX_NEUTRAL_DEG, MAX_NEUTRAL_DEG)
        # A goniometer on an ankle is read to a degree at best.
        self.neutral.setDecimals(0)
        self.neutral.setPrefix(self.tr("Pose at") + " ")
        self.neutral.setSuffix("°")
        self.neutral.setAccessibleName(self.tr("Angle of the still pose"))
        self.neutral.setToolTip(
            self.tr(
                "With a goniometer or the corner of a box, the zero does not depend on how you sit. "
                "Toes up is positive."
            )
        )
        for button in (self.start_button, self.bench_button, self.cancel_button):
            # They appear and disappear; the focus must not move from one to the next under a finger.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sensors_button = push_button(
            self.tr("Go to the sensors"),
            lambda: self.state.page_wanted.emit(PageName.SENSORS),
            "primary",
        )
        self.swap_button = push_button("", self._swap, "primary")
        self.now_card.body.addLayout(below)
        self.now_card.body.addLayout(
            FlowLayout(
                px(10),
                self.swap_button,
                self.start_button,
                self.bench_button,
                self.neutral,
                self.cancel_button,
                self.sensors_button,
            )
        )
        self.now_card.body.addWidget(self.picture, 1)

    def _make_steps(self) -> None:
        self.steps_card = Card(self.theme, self.tr("Steps"))
        titles = {
            CalibrationStep.BENCH: self.tr("Sensors on the bench"),
            CalibrationStep.STILL: self.tr("Hold still"),
            CalibrationStep.PUMPS: self.tr("Three ankle pumps"),
            CalibrationStep.CURLS: self.tr("Two curls without load"),
            CalibrationStep.HINGES: self.tr("Two bends at the hips"),
        }
        steps = (*WITH_BENCH, CalibrationStep.HINGES)
        self.rows = {step: StepRow(self.theme, step, titles[step]) for step in steps}
        for row in self.rows.values():
            row.redo.connect(self._redo)
            self.steps_card.body.addWidget(row)

    def _make_result(self) -> None:
        theme, px = self.theme, self.theme.px
        self.result_card = Card(theme, self.tr("Result"))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        self.grade_mark = MarkWidget(theme, Mark.NOT_JUDGED, 22.0)
        self.grade = label("", "heading")
        head.addWidget(self.grade_mark)
        head.addWidget(self.grade, 1)
        self.meaning = label("", "muted")
        self.meaning.setWordWrap(True)
        self.live_check = PlainLabel()
        self.live_check.setFont(theme.font(20, bold=True))
        self.live_check.setWordWrap(True)
        self.accept_button = push_button(
            self.tr("Accept and train"),
            lambda: self.state.page_wanted.emit(page_of(self._exercise)),
            "primary",
        )
        self.again_button = push_button(self.tr("Calibrate again"), self._start)
        self.ranges_button = push_button(
            self.tr("Measure ranges"), lambda: self.state.page_wanted.emit(PageName.RANGES)
        )
        self.result_card.body.addLayout(head)
        self.result_card.body.addWidget(self.meaning)
        self.result_card.body.addWidget(self.live_check)
        self.strapped_button = push_button(self.tr("Strapped on again · S"), self._strapped)
        self.strapped_button.setToolTip(
            self.tr("A strap was opened or moved: until a new calibration nothing is judged.")
        )
        self.result_card.body.addLayout(
            FlowLayout(
                px(10),
                self.accept_button,
                self.again_button,
                self.ranges_button,
                self.strapped_button,
            )
        )

    def _show_now(self, step: CalibrationStep | None) -> None:
        live, model = self.state.live, self.state.live.calibration
        running, settings = model.running, self.state.settings
        self.picture.use(
            scene_of(self._exercise, settings.posture),
            start_curl_deg=start_curl(self._exercise),
            mirrored=settings.mirrored,
        )
        if step is None:
            curl_deg = drawn_curl(self._exercise, live.curl_deg)
            self.picture.show_measured(
                LegPose(live.ankle_deg, curl_deg, sensors=live.worn, knee=live.knows_knee)
            )
        else:
            since = model.started[running] if running is not None else 0.0
            self.picture.show_step(step, model.now - since, live.worn)
        done = "" if running is None else f"{model.progress:.0%}"
        self.ring.show_progress(model.progress if running is not None else None, done)
        self.ring.setVisible(step is not None and self.state.session is not None)
        heading, words = self._words.instruction(
            step, self._exercise, live, running=self.state.session is not None, own=self._own
        )
        if heading != self.heading.text():
            announce(self, f"{heading}. {words}")
        self.heading.setText(heading)
        self.words.setText(words)
        found = model.trouble
        trouble = "" if found is None else texts().calibration.trouble(found)
        trouble = trouble[:1].upper() + trouble[1:]
        if trouble != self.trouble.text():
            announce(self, trouble, urgent=True)
        self._trouble.say(trouble)
        self._trouble.setVisible(bool(trouble))
        swapped = self._swapped
        self.swap_button.setVisible(swapped is not None)
        if swapped is not None:
            names = [texts().sensors.place(place) for place in swapped]
            words = self.tr("Swap {one} and {other} · X").format(one=names[0], other=names[1])
            self.swap_button.setText(words)
            self.swap_button.setAccessibleName(words)

    def _show_result(self) -> None:
        model, live = self.state.live.calibration, self.state.live
        grade = model.grade
        words = {
            CalibrationGrade.GOOD: (
                self.tr("Good"),
                self.tr("Angles and targets can be relied on."),
            ),
            CalibrationGrade.USABLE: (
                self.tr("Usable"),
                self.tr("The targets are judged with care. Redo a step to improve it."),
            ),
            CalibrationGrade.NOT_USABLE: (
                self.tr("Not usable"),
                self.tr("Only the angles are shown. Tighten the straps and calibrate again."),
            ),
        }
        # In the order of importance: a failure hides an older success.
        if model.error is not None:
            mark, (title, meaning) = Mark.MISS, (self.tr("Did not work"), str(model.error))
        elif live.calibrated is None and live.ankle_deg is not None:
            mark, title = Mark.NOT_JUDGED, self.tr("Self-calibration")
            meaning = self.tr(
                "No movement was marked as a calibration. The joint axes follow from the recording's "
                "own movement; the neutral pose remains a guess, so no rep is judged."
            )
        elif grade is None:
            mark, title = Mark.NOT_JUDGED, self.tr("Not calibrated")
            meaning = self.tr("Until then no angle is shown and no rep is judged.")
        else:
            mark, (title, meaning) = _GRADE_MARKS[grade], words[grade]
            lines = [meaning, *(_remark(remark) for remark in model.remarks)]
            if live.knows_knee:
                lines.insert(1, self.tr("The thigh's sensor shows the true angle of the knee."))
            age_s = live.calibration_age_s(live.now)
            if age_s is not None:
                lines.insert(1, _sentence(texts().ready.age(age_s)))
            meaning = "\n".join(lines)
        self.grade_mark.show_mark(mark)
        if grade is not None and title != self.grade.text():
            announce(self, f"{title}. {meaning}")
        self.grade.setText(title)
        self.meaning.setText(meaning)
        self.live_check.setVisible(grade is not None and live.ankle_deg is not None)
        if live.ankle_deg is not None:
            degrees = round(live.ankle_deg)
            read = self.tr("{angle}° pointed") if degrees < 0 else self.tr("{angle}° up")
            read = read.format(angle=abs(degrees)) if degrees else "0°"
            self.live_check.setText(self.tr("Point your toes: I read {angle}").format(angle=read))

    def _start(self) -> None:
        self._guide(self.state.live.calibration.steps)

    def _start_on_bench(self) -> None:
        self._guide(self.state.live.calibration.with_bench)

    def _guide(self, steps: Sequence[CalibrationStep]) -> None:
        if self._own and self.state.session is not None:
            settings: dict[str, JsonValue] = {
                "side": self.state.settings.side,
                "neutral_deg": self.neutral.value(),
            }
            self.state.session.guide(steps, settings)

    def _swap(self) -> None:
        """Exchange the sensors that look swapped, and connect them again."""
        model, places = self.state.sensors, self._swapped
        if places is None:
            return
        model.swap(*places)
        try:
            self.state.start(model.source_text)
        except ToepointError as error:
            self._trouble.say(str(error))

    def _strapped(self) -> None:
        self.state.add_input(EventKind.STRAPPED_ON)

    def _redo(self, step: CalibrationStep) -> None:
        if self._own and self.state.session is not None:
            self.state.session.redo(step)

    def _cancel(self) -> None:
        if self.state.live.calibration.leading and self.state.session is not None:
            self.state.session.end_guide()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _remark(remark: Remark) -> str:
    """Return what keeps the calibration from being better, and what to do, in one line."""
    return texts().calibration.remark(remark)
