"""The words of Train in the person's language: one phase word, one instruction, one reason."""

import math

from PySide6.QtCore import QLocale, QObject

from gui.models.train_plan import PlannedSet, PlanRow, Stage
from gui.models.train_view import Alarm, Face, Glance, RepView, SetProgress, Trouble
from gui.translations import texts
from gui.translations.decimals import decimal, plain
from gui.translations.load_words import load_words
from processing.coach.cues import Level
from processing.coach.protocol import SetType
from processing.exercises.exercise import LEG_CURL, Exercise, PoseName, Words
from processing.exercises.exercise_file import built_in
from processing.judge.bands import Band
from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey, Correction, SmallRange
from processing.judge.recount import Recount
from processing.library.own_weeks import Aim
from processing.types import Phase
from sensor.compiled import preparing

LARGE_UNCERTAINTY_DEG = 5.0
"""From here on the ± of the ankle angle is shown: reps are judged by bands that are hardly wider apart."""


class TrainWords(QObject):
    """Says what the model means. Numbers are written as the language writes them."""

    def __init__(self) -> None:
        super().__init__()
        self._exercise = built_in(LEG_CURL)

    def use(self, exercise: Exercise) -> None:
        """Use the words of ``exercise``."""
        self._exercise = exercise

    @property
    def _own(self) -> Words:
        """The words of the exercise in the language of the window."""
        return self._exercise.words_in(QLocale().name()[:2])

    @property
    def _lowers_first(self) -> bool:
        return self._exercise.reps.lowers_first

    def phase_names(self) -> dict[Phase, str]:
        """Return the words of the phases of a rep."""
        own = self._own
        # The other end of a rep is the start pose.
        held = (Phase.BOTTOM, own.bottom) if self._lowers_first else (Phase.TOP, own.top)
        return {Phase.CONCENTRIC: own.lift, held[0]: held[1], Phase.ECCENTRIC: own.lower}

    def exercise_name(self) -> str:
        """Return the name of the exercise."""
        return self._own.name

    def angle_name(self) -> str:
        """Return the name of the driving angle."""
        return self._own.angle

    def phase(self, glance: Glance) -> str:
        """Return the one large word."""
        by_face = {
            Face.NO_SESSION: self.tr("NO SESSION"),
            Face.STARTING: self.tr("STARTING"),
            Face.NOT_CALIBRATED: self.tr("NOT CALIBRATED"),
            Face.CALIBRATING: self.tr("CALIBRATE"),
            Face.SETTING_UP: self.tr("SET UP"),
            Face.READY: self.tr("READY"),
            Face.RESTING: self.tr("REST"),
            Face.STOPPED: self.tr("STOPPED"),
            Face.REFUSED: self.tr("NOT TODAY"),
            Face.DONE: self.tr("ALL DONE"),
            Face.OVER: self.tr("FINISHED"),
            Face.IN_TRIALS: self.tr("MEASURE"),
        }
        if glance.face is Face.IN_SET:
            word = self.phase_names().get(glance.phase)
            return self.tr("READY") if word is None else word.upper()
        return by_face[glance.face]

    def instruction(self, glance: Glance, view: SetProgress) -> str:
        """Return the one thing to do."""
        if glance.face in (Face.RESTING, Face.DONE, Face.OVER):
            return self.summary(view)
        movements = {
            "still": self.tr("foot flat, hold still"),
            "pumps": self.tr("pump the ankle, up and down"),
            "curls": self.tr("curl twice, without load"),
            "hinges": self.tr("bend at the hips twice, without load"),
            "rezero": self.tr("foot flat, hold still"),
            "": self.tr("get ready for the next movement"),
        }
        by_face = {
            Face.NO_SESSION: self.tr("connect your sensors, or try it without"),
            Face.STARTING: self._starting(),
            Face.NOT_CALIBRATED: self.tr("a minute of calibration comes first"),
            Face.CALIBRATING: movements.get(glance.movement, ""),
            Face.STOPPED: self.tr("relax the foot; a set with neutral toes, or end here"),
            Face.REFUSED: self.tr("too sore so soon after the last time: wait, or a neutral set"),
            Face.SETTING_UP: self._start(),
            Face.IN_TRIALS: self.tr("ranges are held, not counted: they have a page of their own"),
        }
        if glance.face in by_face:
            return by_face[glance.face]
        return self._toes(glance)

    def _starting(self) -> str:
        """Return what a session that has not begun waits for."""
        share = preparing()
        if share is None:
            return self.tr("waiting for the sensors")
        return self.tr("preparing for this computer, only once: {percent} %").format(
            percent=round(100.0 * share)
        )

    def _start(self) -> str:
        """Return how to take the start pose."""
        poses: dict[PoseName, str] = {
            "lying": self.tr("lie down, leg straight, hold still"),
            "seated": self.tr("sit down, hold still"),
            "standing": self.tr("stand upright, hold still"),
            "kneeling": self.tr("kneel upright, hold still"),
        }
        pose = poses[self._exercise.start.pose]
        if self._exercise.start.arm == "mark":
            return self.tr("{pose}; space starts the set").format(pose=pose)
        return pose

    def _toes(self, glance: Glance) -> str:
        if self._lowers_first and glance.phase in (Phase.TOP, Phase.IDLE):
            return self.tr("lower when you are ready")
        if not self._lowers_first and glance.phase in (Phase.BOTTOM, Phase.IDLE):
            before = {
                Band.DORSIFLEXED: self.tr("toes up, then lift"),
                Band.PLANTARFLEXED: self.tr("toes pointed, then lift"),
            }
            return before.get(glance.wanted or Band.NEUTRAL, self.tr("lift when you are ready"))
        if glance.wanted is Band.DORSIFLEXED:
            return self.tr("toes up, hold them") if glance.held else self.tr("pull your toes up")
        if glance.wanted is Band.PLANTARFLEXED:
            return self.tr("toes pointed, hold it") if glance.held else self.tr("point your toes")
        if glance.target_s > 0.0:
            return self.tr("take {seconds} s").format(seconds=decimal(glance.target_s))
        return self.tr("at your own pace")

    def way(self, ankle_deg: float | None) -> str:
        """Return on which side the toes are."""
        if ankle_deg is None:
            return self.tr("no angle")
        if round(ankle_deg) == 0:
            return self.tr("level")
        return self.tr("toes up") if ankle_deg > 0 else self.tr("pointed")

    def way_within(self, ankle_deg: float | None, uncertainty_deg: float) -> str:
        """Return on which side the toes are, with the ± of the angle where it is large."""
        way = self.way(ankle_deg)
        if uncertainty_deg < LARGE_UNCERTAINTY_DEG:
            return way
        return f"{way} ± {uncertainty_deg:.0f}°"

    def angle(self, ankle_deg: float | None) -> str:
        """Return the ankle angle without a sign."""
        return "–" if ankle_deg is None else f"{abs(ankle_deg):.0f}°"

    def degrees(self, angle_deg: float | None) -> str:
        """Return a driving angle; one that falls from the start pose is named by how far it has."""
        if angle_deg is None:
            return "–"
        return f"{-angle_deg if self._lowers_first else angle_deg:.0f}°".replace("-0°", "0°")

    def range(self, range_deg: float | None) -> str:
        """Return the range of the driving angle in a rep."""
        if range_deg is None:
            return ""
        if self._exercise.measures_height:
            return self.tr("height {degrees}°").format(degrees=f"{range_deg:.0f}")
        return f"{self._own.angle} {range_deg:.0f}°"

    def target(self, glance: Glance) -> str:
        """Return what the toes shall reach."""
        if glance.target_deg is None:
            return ""
        return self.tr("target {degrees}° or more").format(degrees=round(abs(glance.target_deg)))

    def summary(self, view: SetProgress) -> str:
        """Return a set in one line."""
        if not view.count:
            return ""
        parts = [self.reps(view.count)]
        if view.judged:
            parts.append(self.tr("{count} good").format(count=view.good))
        if view.lowering_s is not None:
            parts.append(self.tr("{seconds} s down").format(seconds=decimal(view.lowering_s)))
        return " · ".join(parts)

    def reps(self, count: int) -> str:
        """Return a number of reps."""
        return self.tr("1 rep") if count == 1 else self.tr("{count} reps").format(count=count)

    def set_title(self, view: SetProgress) -> str:
        """Return which set it is."""
        return self.tr("Set {number}").format(number=view.number)

    def set_note(self, view: SetProgress) -> str:
        """Return how far the set is."""
        text = self.tr("{count} of {planned} reps").format(count=view.count, planned=view.planned)
        if not view.planned:
            text = self.tr("{reps}, until you stop").format(reps=self.reps(view.count))
        heights = [rep.range_deg for rep in view.reps if rep.range_deg and not rep.partial]
        if heights and self._exercise.measures_height:
            best = f"{max(heights):.0f}"
            text += " · " + self.tr("best {degrees}°").format(degrees=best)
        if view.judged:
            text += " · " + self.tr("{count} good").format(count=view.good)
        return text

    def place(self, view: SetProgress, unit: str) -> str:
        """Return which of how many sets, and the load."""
        if view.sets is not None and view.number <= view.sets:
            text = self.tr("set {number} of {sets}").format(number=view.number, sets=view.sets)
        else:
            text = self.tr("set {number}").format(number=view.number)
        load = self.load(view.load, unit)
        return f"{text} · {load}" if load else text

    def load(self, load: float | None, unit: str) -> str:
        """Return a load with its unit, empty where it is not known."""
        if load is None:
            return ""
        return load_words(load, self.unit(unit), self._exercise)

    def unit(self, unit: str) -> str:
        """Return the word of a unit of loads."""
        units = {"kg": self.tr("kg"), "lb": self.tr("lb"), "plates": self.tr("plates")}
        return units[unit]

    def set_type(self, kind: SetType) -> str:
        """Return what is asked of the toes in a set of this kind."""
        kinds = {
            SetType.B: self.tr("toes up to lift, pointed to lower"),
            SetType.DF: self.tr("toes up"),
            SetType.PF: self.tr("toes pointed"),
            SetType.B2: self.tr("lift with both legs, lower with one"),
            SetType.FREE: self.tr("free training"),
        }
        if kind is SetType.FREE and self._exercise.key != LEG_CURL:
            return self._own.name
        return kinds[kind]

    def row(self, row: PlanRow, unit: str) -> str:
        """Return a line of the plan."""
        parts = []
        # Where the body alone is lifted, that is no news in every line.
        body = self._exercise.lifts_body and not row.load
        load = "" if body else self.load(row.load, unit)
        reps = self.reps(row.reps) if row.reps else self.tr("until you stop")
        # A load without reps, and reps without a load, stand for themselves.
        short = f"{load} × {row.reps}" if row.reps else f"{load} · {reps}"
        parts.append(short if load else reps)
        kinds = {SetType.DF: self.tr("toes up"), SetType.PF: self.tr("pointed")}
        if row.type in kinds:
            parts.append(kinds[row.type])
        if row.tempo:
            parts.append(row.tempo)
        return " · ".join(parts)

    def row_of(self, planned: PlannedSet, unit: str) -> str:
        """Return a planned set in one line."""
        row = PlanRow(
            planned.number,
            Stage.NEXT,
            planned.load,
            planned.reps,
            planned.tempo,
            planned.prescription.type,
        )
        return self.row(row, unit)

    def ratio(self, planned: PlannedSet) -> str:
        """Return the ratio that the load of a set follows, and where it comes from; else nothing."""
        if planned.ratio is None:
            return ""
        return texts().plan.load_ratio(planned.ratio, planned.ratio_waves)

    def aim(self, aim: Aim | None) -> str:
        """Return the person's own aim; its lowering is in the tempo already. Nothing without one."""
        parts = []
        if aim is not None and aim.quality_percent is not None:
            parts.append(self.tr("{percent} % good").format(percent=plain(aim.quality_percent)))
        if aim is not None and aim.range_deg is not None:
            parts.append(f"{plain(aim.range_deg)}°")
        return self.tr("aim {aim}").format(aim=", ".join(parts)) if parts else ""

    def aim_angle(self, aim: Aim | None) -> str:
        """Return the range that the person aims at, below the driving angle; nothing without one."""
        if aim is None or aim.range_deg is None:
            return ""
        return self.tr("aim {aim}").format(aim=f"{plain(aim.range_deg)}°")

    def plan_note(self, row: PlanRow, *, in_set: bool) -> str:
        """Return what stands beside a set of the plan."""
        if row.stage is Stage.DONE:
            if not row.judged:
                return self.tr("done")
            return self.tr("{count} good").format(count=row.good)
        if row.stage is Stage.NOW:
            return self.tr("now") if in_set else self.tr("next")
        return ""

    def until(self, number: int, *, over: bool) -> str:
        """Return what the countdown of the rest runs to."""
        if over:
            return self.tr("rest is over")
        return self.tr("until set {number}").format(number=number)

    def rest_planned(self, seconds: float) -> str:
        """Return how long the rest after this set is."""
        return self.tr("rest {time}").format(time=self.clock(math.ceil(seconds)))

    def rest_left(self, seconds: float) -> str:
        """Return how much of the rest is left."""
        if seconds <= 0.0:
            return self.tr("rested, +{time}").format(time=self.clock(math.ceil(seconds)))
        return self.tr("rest {time} left").format(time=self.clock(math.ceil(seconds)))

    def zero_waits(self) -> str:
        """Return that a new zero is taken in the rest."""
        return self.tr("new zero in the rest · Z cancels")

    def keep_going(self) -> str:
        """Return what to do without a sensor."""
        return self.tr("KEEP GOING")

    def offer_level(self, level: Level | None) -> str:
        """Return the offer of fewer cues, empty if there is none."""
        if level is None:
            return ""
        less = {Level.TRAIN: self.tr("only misses"), Level.TEST: self.tr("only the count")}
        return self.tr("good sets: L to hear {less}").format(less=less[level])

    def until_back(self) -> str:
        """Return what a lost sensor means for the set."""
        return self.tr("not judged until it is back")

    def wait(self) -> str:
        """Return what to do without a sensor and without a set."""
        return self.tr("WAIT")

    def connecting_again(self) -> str:
        """Return what happens to a lost sensor outside a set."""
        return self.tr("it is connected again as soon as it answers")

    def lost(self) -> str:
        """Return that a sensor is lost, in two words for the far view."""
        return self.tr("sensor lost")

    def result(self, view: SetProgress) -> str:
        """Return the result of a set, short enough for the far view."""
        if not view.count:
            return ""
        if not view.judged:
            return self.reps(view.count)
        return " · ".join((self.reps(view.count), self.tr("{count} good").format(count=view.good)))

    def no_data(self) -> str:
        """Return what is known of a rep without a sensor."""
        return self.tr("no data")

    def simulated(self) -> str:
        """Return that no one moves."""
        return self.tr("simulated")

    def fast(self) -> str:
        """Return the target of an explosive lift."""
        return self.tr("fast")

    def seconds(self, seconds: float) -> str:
        """Return a short time."""
        return f"{decimal(seconds)} s"

    def clock(self, seconds: float) -> str:
        """Return a time as minutes and seconds."""
        minutes, rest = divmod(int(abs(seconds)), 60)
        return f"{minutes}:{rest:02d}"

    def rep(self, rep: RepView) -> str:
        """Return the one word of a rep: what to change, or what it does now."""
        running = {
            Phase.CONCENTRIC: self.tr("lifting"),
            Phase.TOP: self.tr("holding"),
            Phase.ECCENTRIC: self.tr("lowering"),
            Phase.BOTTOM: self.tr("holding"),
        }
        if self._exercise.key != LEG_CURL:
            running |= self.phase_names()
        if rep.grade is None:
            return running.get(rep.phase, "")
        if rep.grade is Grade.NOT_JUDGED and rep.reason is not None:
            return texts().verdicts.not_judged(rep.reason)
        if rep.grade is Grade.NOT_JUDGED and not rep.partial:
            return texts().verdicts.correction(Correction.NOT_JUDGED)
        if rep.partial:
            return self.tr("partial")
        return texts().verdicts.correction(rep.reason.correction) if rep.reason is not None else ""

    def spoken(self, rep: RepView) -> str:
        """Return number, verdict and reason of a rep that is done, for screen readers; else nothing."""
        if rep.grade is None:
            return ""
        if rep.partial:
            verdict = self.tr("partial")
        else:
            verdict = f"{rep.number}: {texts().verdicts.grade(rep.grade)}"
        if rep.reason is None or rep.grade is Grade.GOOD:
            return verdict
        return f"{verdict}, {texts().verdicts.reason(rep.reason)}"

    def toes(self, ankle_deg: float | None) -> str:
        """Return the ankle of a lowering."""
        if ankle_deg is None:
            return ""
        if ankle_deg > 0:
            return self.tr("toes up {degrees}°").format(degrees=round(ankle_deg))
        return self.tr("toes {degrees}°").format(degrees=round(-ankle_deg))

    def recount(self, recount: Recount | None) -> str:
        """Return how the count changed when the set was over, and why; empty if it did not."""
        if recount is None or recount.live == recount.final:
            return ""
        grew = recount.final > recount.live
        first = next(one for one in recount.differences if one.added is grew)
        plan = texts().plan
        return f"{plan.count_change(recount.live, recount.final)}: {plan.difference(first)}"

    def trouble(self, trouble: Trouble, *, in_set: bool) -> str:
        """Return what is wrong and what to do."""
        if trouble.alarm is Alarm.TOO_SMALL:
            sentence = texts().verdicts.reason(SmallRange(CheckKey.HOLD))
            return sentence[:1].upper() + sentence[1:]
        if trouble.uncounted is not None:
            sentence = texts().plan.cannot_count(trouble.uncounted)
            return sentence[:1].upper() + sentence[1:]
        if trouble.stop is not None:
            sentence = texts().plan.stop_reached(trouble.stop)
            return sentence[:1].upper() + sentence[1:]
        if trouble.alarm is Alarm.STRAPPED:
            return self.tr("Strapped on again: calibrate again, nothing is judged until then")
        if trouble.alarm is Alarm.NO_DRIVING:
            places = " ".join(texts().sensors.worn_on(one) for one in trouble.segments)
            text = self.tr("No sensor {places}: nothing is counted, only the angles are shown")
            return text.format(places=places)
        named = [texts().sensors.sensor_of(segment) for segment in trouble.segments]
        who = named[0] if len(named) == 1 else self.tr("Sensors")
        if in_set:
            text = self.tr("{sensor} lost: keep going, this rep is not judged")
        else:
            text = self.tr(
                "{sensor} lost: bring it near the computer; switch it off and on if it stays away"
            )
        return text.format(sensor=who)
