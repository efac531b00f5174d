"""The cues of one set as it runs: sparse, phase-locked, at most one correction a rep."""

import math
from collections import deque
from typing import TypeAlias, assert_never

from processing.coach.cues import Cue, CueConfig, CueKind, Level, Sound, heard
from processing.coach.earned_silence import EarnedSilence
from processing.coach.facts import Facts, facts_of
from processing.coach.lift_prediction import LiftPredictor
from processing.coach.speech import SILENCE, Key, PauseMark, Phrase, Speech, sensor_lost
from processing.coach.stop_rule import StopReached, StopRule, StopWatch, stop_cue
from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.judge.bands import Band, BandTracker
from processing.judge.checks import Grade, Target
from processing.judge.reasons import CheckKey, Correction
from processing.judge.tempo import EXPLOSIVE_S
from processing.judge.verdict import Verdict
from processing.types import AngleBlock, Dropout, Phase, PhaseChange, Rep, SensorSilent
from sensor.types import Segment

Seen: TypeAlias = AngleBlock | PhaseChange | Rep | SensorSilent | Dropout | Verdict

_KEPT_S = 3.0
"""Samples are kept for this long, s: a lift is noticed after it has begun."""
_STALE_S = 0.25
"""A sound that belongs to a moment is dropped if it would come later than this, s."""
_LATE_TICK_S = 0.1
"""A tick that comes later than this breaks the rhythm of the seconds, s."""
_SPOKEN_STALE_S = 1.5
"""The same for words, which may wait for the sentence before them, s."""
_RISING_S = 0.1
"""Time over which the speed of a lift is taken, s."""
_RISING = math.radians(10.0)
"""A lift that is slower than this over the time above (rad/s) rests: it is at its top."""
_LANDED = 0.25
"""A leg that is nearer to the bottom than this share of the plateau is lowered, although its phase lasts on.

The phase lasts until the lowering is certainly over."""
_OCTAVE = math.radians(20.0)
"""An ankle this far out of its band makes the ticks sink by an octave, the most they do."""
_ASSUMED_LIFT_S = 1.5
"""Duration of the first lift where the tempo does not give it, s."""
_MOST_ADDED = 1
"""From the second set on, a good rep has its number and this many more sounds."""
_LAST_REPS = {2: Phrase.TWO_MORE, 1: Phrase.LAST_ONE}
"""The phrase for each number of planned reps that are left."""


class SetCues:
    """The cues of one set.

    :meth:`feed` takes the updates of the pipeline in their order, and each verdict after its rep.

    Parameters
    ----------
    target
        What the reps are judged against.
    config
        The settings of the cues.
    planned_reps
        How many reps are planned, None if open.
    earned
        The sounds that the session's reps so far have earned; None for the first set.
    first_set
        Whether the session has no set yet: later ones have fewer sounds.
    own
        The limits of the exercise.
    stop
        When to announce the last rep before the planned one; None for never.
    """

    def __init__(
        self,
        target: Target,
        config: CueConfig | None = None,
        planned_reps: int | None = None,
        earned: EarnedSilence | None = None,
        *,
        first_set: bool = True,
        own: RepLimits = LEG_CURL_LIMITS,
        stop: StopRule | None = None,
    ) -> None:
        self.target = target
        self.config = config or CueConfig()
        self.planned_reps = planned_reps
        self._earned = earned or EarnedSilence()
        self._first_set = first_set
        self._stop = StopWatch(stop or StopRule())
        self.stops: list[StopReached] = []
        self.off_pace: Correction | None = None
        """The change of pace that is told with the next rep."""
        tempo = target.tempo
        lift_s = _ASSUMED_LIFT_S
        if tempo is not None:
            lift_s = EXPLOSIVE_S if tempo.concentric_s is None else tempo.concentric_s
        self._own = own
        # Distance from the bottom at which a lift begins, rad.
        self._plateau = math.radians(own.plateau_deg)
        self._rom = target.reference_rom or math.radians(own.usual_deg)
        self._predictor = LiftPredictor(lift_s, self._rom)
        self._tracker = BandTracker(target.bands)
        self._recent: deque[tuple[float, float]] = deque()
        self._window: deque[tuple[float, float]] = deque()
        self._phase, self._phase_t = Phase.IDLE, 0.0
        self._t = 0.0
        self._band_t = 0.0
        self._low = 0.0
        self._lift: list[tuple[float, float]] = []
        self._corrected = self._switch_cued = False
        self._switch_missed = self._asked_higher = False
        self._ticks = self._added = self._counted = 0
        self._lost: set[Segment] = set()

    def feed(self, seen: Seen) -> list[Cue]:
        """Take the next update or verdict; return the cues that it causes."""
        missed = isinstance(seen, Verdict) and (seen.grade is Grade.MISS or seen.rep.partial)
        return [heard(cue, self.config, missed=missed) for cue in self._called_for(seen)]

    def _called_for(self, seen: Seen) -> list[Cue]:
        cues: list[Cue] = []
        match seen:
            case AngleBlock():
                cues = self._samples(seen)
            case PhaseChange():
                cues = self._phase_change(seen)
            case Verdict():
                cues = self._verdict(seen)
            case SensorSilent():
                cues = self._sensor_lost(seen.segment, (("silent_since_s", seen.t_start),))
            case Dropout():
                cues = self._dropout(seen)
            case Rep():
                self._learn(seen)
            case _:
                assert_never(seen)
        return cues

    def _learn(self, rep: Rep) -> None:
        """Predict the tops to come from the lift of a whole rep."""
        if not rep.partial and self._lift:
            self._predictor.learn(*zip(*self._lift, strict=True))
            self._rom = self.target.reference_rom or rep.rom

    def _samples(self, block: AngleBlock) -> list[Cue]:
        cues: list[Cue] = []
        for t, curl, ankle, valid in zip(
            block.t.tolist(),
            block.driving.tolist(),
            block.ankle.tolist(),
            block.both_judged.tolist(),
            strict=True,
        ):
            self._t = t
            if not valid:
                continue
            self._recent.append((t, curl))
            while self._recent[0][0] < t - _KEPT_S:
                self._recent.popleft()
            change = self._tracker.step(t, ankle)
            if change is not None:
                self._band_t = change.t
            if self._phase is Phase.CONCENTRIC:
                self._lift.append((t, curl))
                cues += self._switch(t, curl)
                if self._rises(t, curl):
                    cues += self._left_band(t, curl, self.target.lift)
            elif self._phase is Phase.ECCENTRIC and curl - self._low > _LANDED * self._plateau:
                cues += self._tick(t, ankle)
                cues += self._too_fast(t, curl)
                # Where the judged part of the lowering ends, the foot may relax.
                if curl - self._low > self.target.thresholds.hold_end_height * self._rom:
                    cues += self._left_band(t, curl, self.target.lower)
        return cues

    def _phase_change(self, change: PhaseChange) -> list[Cue]:
        before, self._phase, self._phase_t = self._phase, change.phase, change.t
        # A lift that goes on after a hold or a bounce is the same rep, with its one correction.
        if self._own.lowers_first:
            self._from_the_top(change, before)
        elif change.phase is Phase.CONCENTRIC and before in (Phase.BOTTOM, Phase.IDLE):
            # A change of phase is dated back, so the lift began in samples that have passed.
            self._lift = [sample for sample in self._recent if sample[0] >= change.t]
            # It began where the plateau at the bottom was left.
            self._low = self._lift[0][1] - self._plateau if self._lift else self._low
            self._predictor.begin(self._low)
            self._corrected = self._switch_cued = False
            self._added = 0
        if change.phase is Phase.ECCENTRIC:
            self._ticks = 0
            self._window.clear()
        elif change.rests and before is Phase.IDLE:
            ready = (Phrase.READY,)
            return [self._now(CueKind.READY, ready, Sound.RISING_PAIR, ready, ())]
        return []

    def _from_the_top(self, change: PhaseChange, before: Phase) -> None:
        """Follow a rep that begins with the lowering."""
        passed = [sample for sample in self._recent if sample[0] >= change.t]
        if change.phase is Phase.ECCENTRIC and before in (Phase.TOP, Phase.IDLE):
            # The bottom is not known yet, but the range of a rep is.
            self._low = passed[0][1] + self._plateau - self._rom if passed else self._low
            self._corrected = self._switch_cued = False
            self._added = 0
        elif change.phase is Phase.CONCENTRIC:
            self._lift = passed
            self._predictor.begin(self._low)

    def _switch(self, t: float, curl: float) -> list[Cue]:
        """Say "switch foot" just before the top, while it is new or was late last time."""
        if self._switch_cued or not self.target.switches or not self._may_add():
            return []
        config = self.config
        # Not on every rep for ever: less is said as the person learns.
        is_new = config.level is Level.LEARN and config.sessions_done < config.switch_sessions
        is_new = is_new and self._earned.switch
        wanted = is_new or (self._switch_missed and config.level is not Level.TEST)
        remaining = self._predictor.remaining(t, curl)
        if not wanted or remaining is None or remaining > config.audio_delay_s + 0.02:
            return []
        self._switch_cued = True
        self._added += 1
        # Earlier by the delay of the output: a Bluetooth headphone plays 0.1 to 0.3 s late.
        at = max(t, t + remaining - config.audio_delay_s)
        return [
            Cue(
                CueKind.SWITCH,
                at,
                at + _STALE_S,
                sound=Sound.HIGH_TICK,
                screen=(Phrase.SWITCH_FOOT,),
                why=(("top_in_s", remaining),),
            )
        ]

    def _tick(self, t: float, ankle: float) -> list[Cue]:
        """Tick the seconds of the lowering, from where this person began it.

        The pitch may show, without a word, how far the ankle is out of its band.
        """
        tempo = self.target.tempo
        if tempo is None or self.config.level is not Level.LEARN or not self._earned.ticks:
            return []
        second = self._ticks + 1
        due = self._phase_t + second - self.config.audio_delay_s
        if second > tempo.eccentric_s or t < due:
            return []
        self._ticks = second
        # Later one is enough, a second before the end: the leg is still on its way then.
        wanted = self._first_set or second == max(1, math.ceil(tempo.eccentric_s) - 1)
        # After a gap a tick would count a second that has long passed.
        if not wanted or t > due + _LATE_TICK_S or not self._may_add():
            return []
        self._added += 1
        pitch = 0.5 ** min(self._beyond(ankle) / _OCTAVE, 1.0) if self.config.glide else 1.0
        return [
            Cue(
                CueKind.TICK,
                t,
                due + _STALE_S,
                # For the recording: aloud it would be mistaken for the count of reps.
                speech=(second,),
                sound=Sound.SOFT_TICK,
                why=(("second", second), ("target_s", tempo.eccentric_s)),
                pitch=pitch,
            )
        ]

    def _may_add(self) -> bool:
        """Return whether another sound leaves this rep few enough, should it be a good one."""
        left = None if self.planned_reps is None else self.planned_reps - self._counted - 1
        return self._first_set or self._added + (left in _LAST_REPS) < _MOST_ADDED

    def _beyond(self, ankle: float) -> float:
        """Return how far the ankle is out of the band of the lowering, rad."""
        bands, wanted = self.target.bands, self.target.lower
        if bands.too_small or wanted is None:
            return 0.0
        if wanted is Band.PLANTARFLEXED:
            return max(ankle - bands.plantarflexed, 0.0)
        return max(bands.dorsiflexed - ankle, 0.0)

    def _rises(self, t: float, curl: float) -> bool:
        """Return whether the lift still goes on: what is asked of the foot ends with it.

        The height of the top is not known before the leg reaches it, so no height marks it.
        """
        at = len(self._lift) - 1
        while at > 0 and self._lift[at][0] > t - _RISING_S:
            at -= 1
        past_t, past_curl = self._lift[at]
        return curl - past_curl > _RISING * (t - past_t)

    def _left_band(self, t: float, curl: float, wanted: Band | None) -> list[Cue]:
        """Tell once in a rep that the toes have left their band."""
        if wanted is None or self.target.bands.too_small:
            return []
        # Toes that are back in their band are not corrected, even before their dwell is over.
        if wanted in (self._tracker.band, self._tracker.candidate):
            return []
        # Near the top the foot may still be turning: a switch there is at worst near.
        switching = (
            self.target.switches
            and self._phase is Phase.ECCENTRIC
            and curl - self._low > self.target.thresholds.switch_near_height * self._rom
        )
        out_s = t - max(self._band_t, self._phase_t)
        if switching or out_s <= self.config.zone_grace_s:
            return []
        down = wanted is Band.PLANTARFLEXED
        correction = Correction.POINT_TOES if down else Correction.TOES_UP
        why = ("band", str(self._tracker.band)), ("out_s", out_s)
        sound = Sound.FALLING_LOW if down else Sound.RISING_LOW
        return self._correct(CueKind.LEFT_BAND, sound, correction, why)

    def _too_fast(self, t: float, curl: float) -> list[Cue]:
        """Tell once in a rep that the leg falls, compared with the pace of the target."""
        tempo, limits = self.target.tempo, self.target.thresholds
        height = (curl - self._low) / self._rom
        if tempo is None or not limits.drop_to_height <= height <= limits.drop_from_height:
            return []
        window = self._window
        window.append((t, curl))
        while window[0][0] < t - limits.drop_window_s - 1e-6:
            window.popleft()
        past_t, past_curl = window[0]
        if t - past_t < 0.8 * limits.drop_window_s:
            return []
        # Against the target: the mean speed of this lowering is known only at its end.
        ratio = (past_curl - curl) / (t - past_t) * tempo.eccentric_s / self._rom
        # Near is no fault, so it never makes a sound.
        if ratio <= limits.drop_near_ratio:
            return []
        why = ("pace_ratio", ratio), ("target_s", tempo.eccentric_s)
        return self._correct(CueKind.TOO_FAST, Sound.BEATS, Correction.SLOWER, why)

    def _correct(
        self, kind: CueKind, sound: Sound, correction: Correction, why: Facts
    ) -> list[Cue]:
        if self._corrected or self.config.level is Level.TEST:
            return []
        self._corrected = True
        self._added += 1
        return [self._now(kind, SILENCE, sound, (correction,), why)]

    def _verdict(self, verdict: Verdict) -> list[Cue]:
        # A partial rep has no number to say.
        if verdict.rep.partial:
            return self._half_rep(verdict.rep)
        switch = verdict.check(CheckKey.SWITCH)
        self._switch_missed = switch is not None and switch.grade is Grade.MISS
        praised = self._earned.take(verdict)
        count = self._counted = verdict.rep.number
        speech: Speech = (count,)
        sound = None
        # In a test the count says nothing of the rep. Else the number alone means a good one.
        if self.config.level is not Level.TEST:
            word = self._word(verdict, praised=praised)
            speech = (count,) if word is None else (count, PauseMark.COMMA, word)
            sound = Sound.CLICK if verdict.grade is Grade.NEAR and word is None else None
        cues = [self._now(CueKind.COUNT, speech, sound, (count,), facts_of(verdict.reason))]
        left = self.planned_reps - count if self.planned_reps is not None else 0
        stop = self._stop.feed(self._t, verdict)
        # It says "last one" itself, and after the last planned rep there is none to announce.
        if stop is not None and (left > 0 or self.planned_reps is None):
            self.stops.append(stop)
            cues.append(stop_cue(stop))
        elif left in _LAST_REPS and self.config.level is not Level.TEST:
            why = (("left_reps", left),)
            cues.append(self._now(CueKind.LAST_REPS, (_LAST_REPS[left],), None, SILENCE, why))
        return cues

    def _half_rep(self, rep: Rep) -> list[Cue]:
        """Ask once in a set for the whole range, after a rep that rose by too little."""
        # A rep that a gap or the end of the set cut off was perhaps no half one.
        least = self._own.whole_percent / 100.0 * self._rom
        # One that began with the lowering went not deep enough, for which there is no word.
        low = rep.rom < least and self._phase is Phase.BOTTOM and not rep.lowers_first
        if self._asked_higher or not low or not rep.judged or self.config.level is Level.TEST:
            return []
        self._asked_higher = True
        higher = (Correction.HIGHER,)
        return [self._now(CueKind.COUNT, higher, None, higher, (("rom_rad", rep.rom),))]

    def _word(self, verdict: Verdict, *, praised: bool) -> Key | None:
        """Return the word that follows the number of a rep, None where the number is enough."""
        if praised:
            return Phrase.GOOD
        # Always after a miss, also where a tone corrected it before.
        is_near = verdict.grade is Grade.NEAR
        if self.off_pace is not None and (verdict.reason is None or is_near):
            return self.off_pace
        if verdict.reason is None or (is_near and self.config.level is not Level.LEARN):
            return None
        return verdict.reason.correction

    def _dropout(self, dropout: Dropout) -> list[Cue]:
        # A loss that was not announced while it lasted is reported when the samples return.
        length = dropout.t_end - dropout.t_start
        if length < self.config.sensor_lost_s:
            return []
        return self._sensor_lost(dropout.segment, (("gap_s", length),))

    def _sensor_lost(self, segment: Segment, why: Facts) -> list[Cue]:
        # Once in a set, however often the sensor comes and goes.
        if segment in self._lost:
            return []
        self._lost.add(segment)
        go_on = (Phrase.KEEP_GOING, PauseMark.COMMA, Correction.NOT_JUDGED)
        speech = (*sensor_lost(segment), *go_on)
        return [self._now(CueKind.SENSOR_LOST, speech, Sound.TRIPLE, speech, why)]

    def _now(
        self, kind: CueKind, speech: Speech, sound: Sound | None, screen: Speech, why: Facts
    ) -> Cue:
        stale = _SPOKEN_STALE_S if speech else _STALE_S
        return Cue(kind, self._t, self._t + stale, speech, sound, screen, why)
