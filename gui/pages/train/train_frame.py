"""One frame of Train: what its model means for the widgets, as values, colours and words."""

import math
from dataclasses import replace

from gui.models.chosen_exercise import variant_of
from gui.models.figure import drawn_curl, drawn_hip
from gui.models.questions import Question
from gui.models.ranges import kinds_of
from gui.models.readiness import Heard, readiness
from gui.models.settings import Settings
from gui.models.train import TrainModel
from gui.models.train_plan import Stage
from gui.models.train_view import Alarm, Face, Glance, RepView, SetProgress
from gui.pages.train.far_view import FarFrame
from gui.pages.train.notice_words import NoticeWords
from gui.pages.train.phase_panel import PhaseText
from gui.pages.train.plan_panel import PlanLine
from gui.pages.train.rep_tile import RepTile
from gui.pages.train.rest_words import RestWords
from gui.pages.train.train_words import TrainWords
from gui.translations import texts
from gui.widgets.figure import LegPose
from gui.widgets.shapes import MARKS, Mark
from processing.coach.loads import SCALE_END
from processing.coach.protocol import SetType
from processing.coach.set_fields import read_number
from processing.exercises.exercise import LEG_CURL, Exercise
from processing.judge.bands import Band
from processing.library.own_weeks import Aim
from processing.types import Phase

COLORS = {Band.DORSIFLEXED: "toes_up", Band.PLANTARFLEXED: "toes_pointed"}
_PHASE_COLORS = {Phase.CONCENTRIC: "toes_up", Phase.ECCENTRIC: "toes_pointed"}
RING_S, RING_STEPS = 0.7, 20
"""Length of the ring of a good rep: seen from the corner of an eye, over before the next lift."""
_WITH_ANGLE = (Face.IN_SET, Face.READY, Face.SETTING_UP)


class TrainFrame:
    """A view of the model of Train, shared by every widget that shows it.

    Call :meth:`update` once a frame; the other methods return the values of that moment. It stands
    beside the widgets and not among the models: it returns values that only they know.
    """

    def __init__(self, model: TrainModel, words: TrainWords) -> None:
        self.model = model
        self.text = words
        self._notices = NoticeWords(words)
        self.rest_words = RestWords(model, words)
        self.update(0.0)

    def update(self, wall_s: float) -> None:
        """Read the model at ``wall_s`` s of the monotonic clock."""
        self.glance: Glance = self.model.glance(wall_s)
        self.set_view: SetProgress = self.model.set_view()
        exercise = self.model.exercise
        self.exercise: Exercise = exercise.as_done(variant_of(self.model.plan.settings, exercise))
        self.text.use(self.exercise)

    @property
    def face(self) -> Face:
        """The state of the page that the person sees at one glance."""
        return self.glance.face

    @property
    def rests(self) -> bool:
        """Whether the set that is over is shown in place of the leg."""
        return self.face in (Face.RESTING, Face.DONE) and self.rest_words.current is not None

    @property
    def lost(self) -> bool:
        """Whether there is no angle because a sensor is silent."""
        trouble = self.glance.trouble
        return trouble is not None and trouble.alarm is Alarm.LOST

    def pose(self) -> LegPose:
        """Return the pose of the leg with its bands."""
        glance = self.glance
        hip_deg = drawn_hip(self.exercise, glance.driving_deg)
        path = self.model.live.recent_path() if glance.ankle_deg is not None else ()
        return LegPose(
            glance.ankle_deg,
            drawn_curl(self.exercise, glance.curl_deg),
            hip_deg=hip_deg,
            band=glance.band,
            other_band=glance.other_band,
            sensors=self.model.live.worn,
            knee=self.model.live.knows_knee,
            ring=self.ring(),
            path=tuple(
                (ankle, drawn_curl(self.exercise, curl) or 0.0, hip_deg or 0.0)
                for ankle, curl in path
            ),
        )

    def words(self) -> PhaseText:
        """Return the phase, the instruction, and the angle or the rest of the pause."""
        glance, text = self.glance, self.text
        word, instruction = text.phase(glance), text.instruction(glance, self.set_view)
        # An old angle would look like a measured one. The clock of the rest goes on.
        if self.lost and glance.face is not Face.RESTING:
            in_set = self.model.in_set
            return PhaseText(
                text.keep_going() if in_set else text.wait(),
                text.until_back() if in_set else text.connecting_again(),
                "text",
                text.angle(glance.ankle_deg),
                "muted",
                text.way(glance.ankle_deg),
            )
        if glance.face is Face.RESTING:
            return PhaseText(
                word,
                instruction,
                "text",
                *self._rest_numbers(),
            )
        if glance.face is Face.REFUSED and self.model.refusal is not None:
            instruction = texts().plan.plan_reason(self.model.refusal)
        if glance.face not in _WITH_ANGLE:
            return PhaseText(word, instruction, "muted")
        color = COLORS.get(glance.wanted or Band.NEUTRAL, "text")
        if not self.asks_toes:
            return PhaseText(
                word,
                instruction,
                color,
                text.degrees(glance.driving_deg),
                "text",
                text.angle_name(),
                text.aim_angle(self._aim),
            )
        return PhaseText(
            word,
            instruction,
            color,
            text.angle(glance.ankle_deg),
            self.ankle_color(),
            text.way_within(glance.ankle_deg, self.model.live.uncertainty_deg),
            text.target(glance),
        )

    @property
    def asks_toes(self) -> bool:
        """Whether the exercise is judged by its toes: then the ankle is the number that is shown."""
        return self.exercise.asks_toes

    @property
    def _aim(self) -> Aim | None:
        """The person's own aim for the set in hand; None without one."""
        return self.model.plan.aim(self.model.planned.prescription.type)

    def ankle_color(self) -> str:
        """Return the colour of the angle: that of the band while the toes are in it."""
        glance = self.glance
        return COLORS[glance.wanted] if glance.wanted in COLORS and glance.held else "text"

    def _rest_numbers(self) -> tuple[str, str, str, str]:
        text, model, settings = self.text, self.model, self.model.plan.settings
        rest = model.rest()
        left_s = rest.left_s if rest is not None else 0.0
        clock = text.clock(math.ceil(left_s)) if left_s > 0.0 else f"+{text.clock(left_s)}"
        until = text.until(model.number, over=left_s <= 0.0)
        return clock, "text", until, text.row_of(model.planned, settings.unit)

    def tempo(self) -> tuple[float | None, float, str, tuple[str, str] | None]:
        """Return the tempo bar: elapsed and target in s, its colour, and its words."""
        glance = self.glance
        if glance.face is Face.RESTING:
            total, left_s = glance.target_s, glance.target_s - (glance.elapsed_s or 0.0)
            clocks = self.text.clock(math.ceil(max(left_s, 0.0))), self.text.clock(total)
            # It empties like the bar of the rest.
            return max(left_s, 0.0), total, "leg", clocks
        color = COLORS.get(glance.wanted or Band.NEUTRAL) or _PHASE_COLORS.get(glance.phase, "text")
        words = None
        if glance.fast and glance.elapsed_s is not None:
            words = self.text.seconds(glance.elapsed_s), self.text.fast()
        return glance.elapsed_s, glance.target_s, color, words

    def head(self, settings: Settings) -> tuple[str, str]:
        """Return the protocol, or for a moment what was taken; and the set with its load."""
        notice = self.notice(settings.unit)
        if self.exercise.in_trials:
            return notice or self.text.exercise_name(), ""
        if notice:
            return notice, self.text.place(self.set_view, settings.unit)
        protocol, view = self.model.plan.protocol, self.set_view
        kind = self.model.planned.prescription.type
        what = self.text.set_type(kind)
        if self.model.exercise.key == LEG_CURL or kind is not SetType.FREE:
            # Protocols of leg curls are known by their letter; other plans are named on Home.
            what = f"{protocol.name} · {what}"
        return what, self.text.place(view, settings.unit)

    def notice(self, unit: str) -> str:
        """Return for a moment what was taken; else nothing."""
        words = self.notice_words(unit)
        return f"✓ {words}" if words else ""

    def notice_words(self, unit: str) -> str:
        """Return for a moment what was taken, in words alone; else nothing."""
        notice = self.glance.notice
        return "" if notice is None else self._notices.text(notice, unit)

    def alarm(self) -> tuple[str, Mark]:
        """Return an alarm and its shape; an empty text for none."""
        trouble = self.glance.trouble
        if trouble is None:
            return "", Mark.MISS
        marks = {Alarm.LOST: Mark.MISS, Alarm.STOP: Mark.NEAR}
        mark = marks.get(trouble.alarm, Mark.NOT_JUDGED)
        return self.text.trouble(trouble, in_set=self.model.in_set), mark

    def readiness(self, heard: Heard) -> tuple[str, Mark]:
        """Return before the first rep of a set whether all is ready, and its shape; else an empty text."""
        model = self.model
        if self.face not in (Face.READY, Face.SETTING_UP):
            return "", Mark.GOOD
        found = readiness(model.live, model.now, heard)
        mark = Mark.NOT_JUDGED if not found.judged else Mark.NEAR if found.missing else Mark.GOOD
        return texts().ready.readiness(found), mark

    def tiles(self) -> list[RepTile]:
        """Return a tile a rep; where ranges are measured, none."""
        if self.exercise.in_trials:
            return []
        tiles = [self._tile(rep) for rep in self.set_view.reps]
        current = self.rest_words.current
        if self.rests and current is not None and current.fault is not None:
            # The reps that are done come first.
            worst = current.fault.index
            tiles[worst] = replace(tiles[worst], worst=True)
        return tiles

    def _tile(self, rep: RepView) -> RepTile:
        running = rep.grade is None and rep.phase is not Phase.IDLE
        # The clock of the phase runs on, but nobody knows whether the leg still moves.
        blind = running and self.lost
        lowering_s = None if blind else rep.lowering_s
        return RepTile(
            rep.number,
            MARKS[rep.grade] if rep.grade is not None else None,
            # Tenths are written; anything finer would paint the tile at every frame.
            round(lowering_s, 1) if lowering_s is not None else None,
            rep.target_s,
            self.text.toes(rep.ankle_deg) if self.asks_toes else self.text.range(rep.range_deg),
            self.text.no_data() if blind else self.text.rep(rep),
            running=running,
            partial=rep.partial,
            ring=self._ring(rep),
            color=COLORS.get(self.model.planned.prescription.lower or Band.NEUTRAL, "muted"),
            spoken=self.text.spoken(rep),
        )

    def ring(self) -> float | None:
        """Return how far the ring of the newest rep has grown; None without one."""
        done = [rep for rep in self.set_view.reps if rep.grade is not None]
        return self._ring(done[-1]) if done else None

    def _ring(self, rep: RepView) -> float | None:
        """Return how far the ring of a rep that was just good has grown; None without one."""
        model = self.model
        calm = model.plan.settings.reduced_motion or not model.in_set or self.lost
        if calm or rep.noticed_t is None or rep.grade is None or rep.partial:
            return None
        if MARKS[rep.grade] is not Mark.GOOD:
            return None
        # By the time of the session: a replay shows the same ring at the same moment.
        share = (model.live.shown_t - rep.noticed_t) / RING_S
        return round(share * RING_STEPS) / RING_STEPS if 0.0 <= share < 1.0 else None

    def far(self, *, simulated: bool) -> FarFrame:
        """Return the values of the far view."""
        glance, view, text = self.glance, self.set_view, self.text
        words, (elapsed_s, target_s, color, tempo_words) = self.words(), self.tempo()
        resting = glance.face is Face.RESTING
        time = (
            tempo_words[0]
            if tempo_words
            else text.seconds(elapsed_s)
            if elapsed_s is not None
            else ""
        )
        return FarFrame(
            rep=str(view.count),
            planned=f"/{view.planned}" if view.planned else "",
            ankle=words.number,
            way=words.under,
            ankle_color=words.number_color,
            ankle_deg=None if resting or not self.asks_toes else glance.ankle_deg,
            band=glance.band,
            band_color=COLORS.get(glance.wanted or Band.NEUTRAL, "muted"),
            range_deg=self.model.drawn.range,
            phase=words.word,
            elapsed_s=elapsed_s,
            target_s=target_s,
            phase_color=color,
            time=text.result(view) if resting else time,
            advice=self.rest_words.advice() if self.rests else "",
            advice_color=self.rest_words.advice_color(),
            marks=tuple(
                MARKS[rep.grade] for rep in view.reps if rep.grade is not None and not rep.partial
            ),
            ring=self.ring(),
            load=text.load(view.load, self.model.plan.settings.unit),
            note=text.lost() if self.lost else text.simulated() if simulated else "",
        )

    def set_title(self) -> str:
        """Return the title of the set; where ranges are measured, their name."""
        if self.exercise.in_trials:
            return self.text.exercise_name()
        return self.text.set_title(self.set_view)

    def set_note(self) -> str:
        """Return the progress of the set; after it the change of its count, and a question."""
        if self.exercise.in_trials:
            return ""
        change = self.text.recount(self.set_view.recount)
        resting = self.face in (Face.RESTING, Face.DONE) and self.model.question is None
        aim = self.text.aim(self._aim)
        # The card of the rest has the count of a set that is over.
        unit = self.model.plan.settings.unit
        first = self.rest_words.set_note(unit) if resting else self.text.set_note(self.set_view)
        if aim and not resting and not self.set_view.count:
            # Where there is little room, the aim is read before the first rep.
            first, aim = aim, ""
        offer = self.text.offer_level(self.model.offered_level) if resting else ""
        parts = [
            self.text.zero_waits() if self.model.inputs.rezero.waiting else "",
            first,
            offer,
            change,
            "" if self.model.in_set else self.text.ratio(self.model.planned),
            "" if resting else aim,
        ]
        return " · ".join(part for part in parts if part)

    def warning(self) -> str:
        """Return that the plan would be a jump of the dose after soreness; empty once a set has begun."""
        model = self.model
        if not model.running or model.sets:
            return ""
        answer = read_number(model.inputs.questions.answers.get(Question.SORENESS), SCALE_END)
        jump = model.before.jump(answer, *model.plan.planned_dose())
        return "" if jump is None else texts().weeks.dose_jump(jump)

    def plan_lines(self, settings: Settings) -> list[PlanLine]:
        """Return the lines of the plan; where ranges are measured, the measures."""
        if self.exercise.in_trials:
            names = [texts().ranges.measure(kind) for kind in kinds_of(self.exercise)]
            return [PlanLine(at, name) for at, name in enumerate(names, 1)]
        lines: list[PlanLine] = []
        for row in self.model.plan_rows():
            done, now = row.stage is Stage.DONE, row.stage is Stage.NOW
            note = self.text.plan_note(row, in_set=self.model.in_set)
            lines.append(
                PlanLine(row.number, self.text.row(row, settings.unit), note, now=now, done=done)
            )
        return lines

    def rest(self) -> str:
        """Return the rest: the time that is left, or its planned length."""
        rest = self.model.rest()
        if rest is None:
            return self.text.rest_planned(self.model.planned.prescription.rest_s)
        return self.text.rest_left(rest.left_s)

    def load(self, settings: Settings) -> str:
        """Return the load with its unit, in short: it stands between two buttons."""
        load = self.model.planned.load
        if load is not None and not load and self.exercise.lifts_body:
            return f"+0 {self.text.unit(settings.unit)}"
        return self.text.load(load, settings.unit)
