"""The state of a set, advanced sample by sample.

Reps are found by hysteresis of position, not of speed: a lowering of 12 s over 100° stalls, and any
speed threshold would take a stall for its end. A movement comes to rest when it is slow against its
own mean speed so far, near a turning point that position has confirmed.
"""

import math

import numpy as np

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.reps import machine_values as at
from processing.reps.machine_steps import follow, is_high, lowered_enough
from processing.reps.rep_limits import HURRY, QUICK_S, SAME_POSE_FACTOR
from processing.reps.rep_scale import scale_of
from processing.reps.start_pose import begin_poses, count_bottom, goes_on
from processing.reps.transitions import TRANSITIONS, Arming, State, Trigger
from sensor.errors import SettingError
from sensor.types import FloatArray


class RepMachine:
    """The state of a set, moved through :data:`.transitions.TRANSITIONS` by the driving angle.

    Parameters
    ----------
    reference_rom_deg
        The range of an unloaded rep, None if not known.
    arming
        On which condition a set begins.
    own
        The limits of the exercise.
    unmarked
        On which condition a set begins after a marked one that the person left.

    Raises
    ------
    SettingError
        If the range is not a number above 0.

    Attributes
    ----------
    own
        The limits of the exercise.
    reference
        The range of a whole rep in rad, None if not known.
    x, marks, bounds
        Its values, see :mod:`.machine_values`: what the compiled steps take.
    """

    def __init__(
        self,
        reference_rom_deg: float | None,
        arming: Arming = Arming.STILL,
        own: RepLimits = LEG_CURL_LIMITS,
        unmarked: Arming = Arming.STILL,
    ) -> None:
        if reference_rom_deg is not None and not 0.0 < reference_rom_deg < math.inf:
            raise SettingError("reference_rom_deg", reference_rom_deg, "a number above 0")
        self.own, self._unmarked = own, unmarked
        self.unloaded_rom = None if reference_rom_deg is None else math.radians(reference_rom_deg)
        self.reset(arming)

    def reset(self, arming: Arming = Arming.STILL) -> None:
        """Forget everything that the samples changed."""
        self.x = np.zeros(at.VALUES)
        self.x[list(_LONG_AGO)] = -math.inf
        self.x[at.ANCHOR_T], self.x[at.MOVED_TO] = math.inf, math.nan
        self.marks = np.zeros(at.MARKS, dtype=np.int64)
        self.marks[at.STATE], self.marks[at.UNMARKED] = State.IDLE.value, self._unmarked.value
        self.bounds = _bounds(self.own)
        self.arming = arming
        self.new_set()

    @property
    def state(self) -> State:
        """The present state."""
        return State(self.marks[at.STATE])

    @property
    def arming(self) -> Arming:
        """On which condition a set begins."""
        return Arming(self.marks[at.ARMING])

    @arming.setter
    def arming(self, arming: Arming) -> None:
        self.marks[at.ARMING] = arming.value

    @property
    def low(self) -> float:
        """The driving angle at the bottom before the present rep, rad."""
        return self.x.item(at.LOW)

    @property
    def peak(self) -> float:
        """Its highest angle, rad."""
        return self.x.item(at.PEAK)

    @property
    def peak_t(self) -> float:
        """The time of its highest angle, s."""
        return self.x.item(at.PEAK_T)

    @property
    def valley(self) -> float:
        """Its lowest angle after the peak, rad."""
        return self.x.item(at.VALLEY)

    @property
    def valley_t(self) -> float:
        """The time of its lowest angle after the peak, s."""
        return self.x.item(at.VALLEY_T)

    @property
    def pose_angle(self) -> float:
        """The driving angle of the present start pose, rad."""
        return self.x.item(at.POSE_ANGLE)

    @property
    def left_whole(self) -> bool:
        """Whether the rep that the last :attr:`Trigger.LEAVE` ended was lowered all the way."""
        return bool(self.marks[at.LEFT_WHOLE])

    @property
    def ends_high(self) -> bool:
        """Whether the rep ended above the start pose, in a set that nobody marked.

        Such a turn may be a lowering that ended early, or one of the movements of getting off.
        """
        return is_high(self.x, self.marks, self.bounds, self.valley)

    @property
    def lowered_enough(self) -> bool:
        """Whether the leg has come down far enough for a rep."""
        return lowered_enough(self.x, self.marks, self.bounds)

    def new_set(self) -> None:
        """Begin another set: range and start pose are not known from reps yet."""
        begin_poses(self.x, self.marks)
        self.marks[at.LEFT_WHOLE] = 0
        self.x[at.FASTEST_UP : at.USUAL_DOWN + 1] = 0.0
        self.use_reference(self.unloaded_rom)

    def count(self, t: float) -> None:
        """Take note of a whole rep that ended at ``t`` s: its bottom is the pose of the set."""
        count_bottom(self.x, self.marks, t, self.low)
        self.x[at.USUAL_UP : at.USUAL_DOWN + 1] = self.x[at.FASTEST_UP : at.FASTEST_DOWN + 1]

    def goes_on(self, t: float) -> bool:
        """Return whether a lift at ``t`` s from the present rest goes on with the set."""
        return goes_on(self.x, self.bounds, t, self.pose_angle)

    def use_reference(self, rom: float | None) -> None:
        """Take ``rom`` (rad) as the range of a whole rep from here on; None: not known."""
        self.reference = rom
        scale = scale_of(rom, self.own)
        self.bounds[: at.REFERENCE] = (
            scale.start, scale.turn, scale.leave, scale.arrive, scale.settle, scale.move_in,
        )  # fmt: skip
        self.bounds[at.REFERENCE] = rom or 0.0

    def arm(self, arming: Arming) -> None:
        """Change on which condition a set begins; what was under way is over."""
        self.arming = arming
        self.change(Trigger.DISARM)
        self.new_set()

    def revise(self, since_t: float, too_low: float) -> None:
        """Raise what was seen after ``since_t`` s, which was ``too_low`` rad."""
        x = self.x
        x[at.SEEN] += too_low
        if x[at.ANCHOR_T] > since_t:
            x[at.ANCHOR] += too_low
            x[at.FLOOR] += too_low
        if x[at.PEAK_T] > since_t:
            x[at.PEAK] += too_low
            x[at.CREST] += too_low
        if x[at.VALLEY_T] > since_t:
            x[at.VALLEY] += too_low
            if self.state is State.BOT:
                x[at.LOW] += too_low

    def resume(self, t: float, curl: float) -> Trigger | None:
        """Continue at ``t`` s after a gap, with the leg at ``curl`` rad; return what the gap ended.

        A gap in a rest leaves the rest alone: if the leg moved, the next steps show it. In a rep it
        may hide that the leg came down and rose again; then the rep ends with the gap, so that two
        reps are never taken for one. It may also hide the start of a marked set.
        """
        x = self.x
        x[at.RESUMED_T] = t
        if self.state in (State.ARMED, State.BOT, State.END):
            return None
        x[at.ANCHOR_T] = t
        if self.state is State.IDLE:
            return self._resume_begun(t, curl)
        if self.state not in (State.CON, State.TOP, State.ECC):
            return None
        whole = math.radians(self.own.smallest_deg) if self.reference is None else self.reference
        quick = max(whole, self.peak - self.low) / QUICK_S
        usual = x[at.USUAL_UP : at.USUAL_DOWN + 1].tolist()
        up, down = (HURRY * speed or quick for speed in usual)
        seen_t, seen = x.item(at.SEEN_T), x.item(at.SEEN)
        least_s = max(0.0, seen - self.low) / down + max(0.0, curl - self.low) / up
        if t - seen_t < least_s:
            return None
        return self._lose(t, curl)

    def _resume_begun(self, t: float, curl: float) -> Trigger | None:
        """Continue after a gap in which a marked set may have begun: then the leg is in a rep."""
        begun = self.arming is Arming.MARKED and not self.marks[at.REPS]
        if not begun or curl - self.pose_angle < self.bounds[at.START]:
            return None
        self.x[at.LOW] = self.pose_angle
        return self._lose(t, curl)

    def _lose(self, t: float, curl: float) -> Trigger:
        self.change(Trigger.LOSE)
        self.x[at.VALLEY], self.x[at.LIFT_T] = curl, t
        return Trigger.LOSE

    def follow(
        self,
        t: FloatArray,
        curl: FloatArray,
        speed: FloatArray,
        net: FloatArray,
        first: int,
        last: int,
    ) -> tuple[int, Trigger | None]:
        """Take samples until one changes the state; return its number and the trigger, or ``last`` and None.

        Parameters
        ----------
        t
            (n,) s, their times.
        curl
            (n,) rad, the driving angle.
        speed
            (n,) rad/s, its smoothed rate.
        net
            (n,) rad/s, its net speed over the last :data:`.rep_limits.LANDED_S`; not a number if not known.
        first, last
            The first sample to take, and that before which it stops.
        """
        state = self.x, self.marks, self.bounds
        index, code = follow(*state, t, curl, speed, net, first, last)
        return index, self.change(Trigger(code)) if code else None

    def change(self, trigger: Trigger) -> Trigger:
        """Change the state by ``trigger``, which is returned. This is the only place where it changes."""
        self.marks[at.STATE] = TRANSITIONS[self.state, trigger].value
        return trigger


_LONG_AGO = (
    at.PEAK_T, at.VALLEY_T, at.LIFT_T, at.SEEN_T, at.RESUMED_T, at.LOWER_T, at.NEAR_T, at.SINKING_T,
)  # fmt: skip


def _bounds(own: RepLimits) -> FloatArray:
    """Return the limits of an exercise; those of its scale follow with the range of a rep."""
    bounds = np.zeros(at.BOUNDS)
    bounds[at.POSE] = math.radians(own.pose_deg)
    bounds[at.LEFT] = math.radians(own.left_deg)
    bounds[at.BELOW] = math.radians(own.below_deg)
    bounds[at.SAME] = SAME_POSE_FACTOR * bounds[at.POSE]
    bounds[at.LONGEST_S] = own.longest_s
    bounds[at.MOST_BOUNCES] = own.most_bounces
    bounds[at.MOST_BOUNCES_MARKED] = own.most_bounces_marked
    return bounds
