"""The state of a set, advanced sample by sample.

Reps are found by hysteresis of position, not of speed: a lowering of 12 s over 100° stalls, and any
speed threshold would take a stall for its end. A movement comes to rest when it is slow against its
own mean speed so far, near a turning point that position has confirmed.
"""

import math
from collections.abc import Callable, Mapping

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.reps import rep_limits as limits
from processing.reps.landing import Landing
from processing.reps.movements import hold_speed
from processing.reps.rep_scale import scale_of
from processing.reps.set_life import MARKED_REST_S, RESUME_S
from processing.reps.start_pose import StartPose
from processing.reps.transitions import TRANSITIONS, Arming, State, Trigger
from sensor.errors import SettingError

_STILL = math.radians(limits.STILL_DEG)
_LEAST_REST_S = min(limits.MOVE_IN_S, limits.SETTLE_S)
"""A shorter rest within a lift is none."""
_REST_SPEED = math.radians(limits.REST_SPEED_DPS)


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
    state
        The present state.
    reference
        The range of a whole rep in rad, None if not known.
    pose
        The start pose of the set.
    low
        The driving angle at the bottom before the present rep, rad.
    peak, peak_t
        Its highest angle, rad, and when that was, s.
    valley, valley_t
        Its lowest angle after the peak, rad, and when that was, s.
    left_whole
        Whether the rep that the last :attr:`Trigger.LEAVE` ended was lowered all the way.
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
        self.state = State.IDLE
        self.arming = arming
        self.low = self.peak = self.valley = 0.0
        self.lift_t = self.peak_t = self.valley_t = -math.inf
        self.pose = StartPose(self.own)
        self._arrival = self._crest = 0.0
        self._bounces = 0
        self._landing = Landing()
        self._moved_to: float | None = None
        self._anchor = self._floor = 0.0
        self._anchor_t = math.inf
        self._seen_t, self._seen = -math.inf, 0.0
        self._resumed_t = -math.inf
        self._guard = self._guards()[self.state]
        self.new_set()

    def new_set(self) -> None:
        """Begin another set: range and start pose are not known from reps yet."""
        self.pose.new_set()
        self.left_whole = False
        # The fastest lift and lowering of the set, and those of the reps that were seen whole, rad/s.
        self._fastest = [0.0, 0.0]
        self._usual = (0.0, 0.0)
        self.use_reference(self.unloaded_rom)

    def count(self, t: float) -> None:
        """Take note of a whole rep that ended at ``t`` s: its bottom is the pose of the set."""
        self.pose.count(t, self.low)
        self._usual = (self._fastest[0], self._fastest[1])

    def goes_on(self, t: float) -> bool:
        """Return whether a lift at ``t`` s from the present rest goes on with the set."""
        return self.pose.goes_on(t, self.pose.angle)

    @property
    def ends_high(self) -> bool:
        """Whether the rep ended above the start pose, in a set that nobody marked.

        Such a turn may be a lowering that ended early, or one of the movements of getting off.
        """
        return self._is_high(self.valley)

    def _is_high(self, bottom: float) -> bool:
        return self.arming is not Arming.MARKED and self.pose.is_above(bottom)

    def use_reference(self, rom: float | None) -> None:
        """Take ``rom`` (rad) as the range of a whole rep from here on; None: not known."""
        self.reference = rom
        self._scale = scale_of(rom, self.own)

    def arm(self, arming: Arming) -> None:
        """Change on which condition a set begins; what was under way is over."""
        self.arming = arming
        self._go(Trigger.DISARM)
        self.new_set()

    def revise(self, since_t: float, too_low: float) -> None:
        """Raise what was seen after ``since_t`` s, which was ``too_low`` rad."""
        self._seen += too_low
        if self._anchor_t > since_t:
            self._anchor += too_low
            self._floor += too_low
        if self.peak_t > since_t:
            self.peak += too_low
            self._crest += too_low
        if self.valley_t > since_t:
            self.valley += too_low
            if self.state is State.BOT:
                self.low += too_low

    def resume(self, t: float, curl: float) -> Trigger | None:
        """Continue at ``t`` s after a gap, with the leg at ``curl`` rad; return what the gap ended.

        A gap in a rest leaves the rest alone: if the leg moved, the next steps show it. In a rep it
        may hide that the leg came down and rose again; then the rep ends with the gap, so that two
        reps are never taken for one. It may also hide the start of a marked set.
        """
        self._resumed_t = t
        if self.state in (State.ARMED, State.BOT, State.END):
            return None
        self._anchor_t = t
        if self.state is State.IDLE:
            return self._resume_begun(t, curl)
        if self.state not in (State.CON, State.TOP, State.ECC):
            return None
        whole = math.radians(self.own.smallest_deg) if self.reference is None else self.reference
        quick = max(whole, self.peak - self.low) / limits.QUICK_S
        up, down = (limits.HURRY * usual or quick for usual in self._usual)
        least_s = max(0.0, self._seen - self.low) / down + max(0.0, curl - self.low) / up
        if t - self._seen_t < least_s:
            return None
        return self._lose(t, curl)

    def _resume_begun(self, t: float, curl: float) -> Trigger | None:
        """Continue after a gap in which a marked set may have begun: then the leg is in a rep."""
        begun = self.arming is Arming.MARKED and not self.pose.has_reps
        if not begun or curl - self.pose.angle < self._scale.start:
            return None
        self.low = self.pose.angle
        return self._lose(t, curl)

    def _lose(self, t: float, curl: float) -> Trigger:
        self._go(Trigger.LOSE)
        self.valley, self.lift_t = curl, t
        return Trigger.LOSE

    def step(self, t: float, curl: float, speed: float, net: float) -> Trigger | None:
        """Advance by one sample; return the trigger that changed the state, None if none did.

        Parameters
        ----------
        t
            Its time, s.
        curl
            The driving angle, rad.
        speed
            Its smoothed rate, rad/s.
        net
            Its net speed over the last :data:`.rep_limits.LANDED_S`, rad/s; not a number if not known.
        """
        self._seen_t, self._seen = t, curl
        moved = curl - self._anchor
        # Stillness is measured from where the leg came to rest, so that a slow creep ends it.
        if not -_STILL <= moved <= _STILL or self._anchor_t > t:
            self._anchor = self._floor = curl
            self._anchor_t = t
        trigger = self._guard(t, curl, speed, net)
        if trigger is not None:
            self._go(trigger)
        return trigger

    def _go(self, trigger: Trigger) -> None:
        """Change the state. This is the only place where it changes."""
        self.state = TRANSITIONS[self.state, trigger]
        self._guard = self._guards()[self.state]

    def _guards(self) -> Mapping[State, Callable[[float, float, float, float], Trigger | None]]:
        return {
            State.IDLE: self._idle,
            State.ARMED: self._resting,
            State.CON: self._lifting,
            State.TOP: self._holding,
            State.ECC: self._lowering,
            State.BOT: self._resting,
            State.LOST: self._finding,
            State.END: self._resting,
        }

    def _idle(self, t: float, curl: float, _speed: float, _net: float) -> Trigger | None:
        if self.arming is Arming.OFF:
            return None
        marked = self.arming is Arming.MARKED
        # The rest before the first lift decides, wherever the leg lies: people calibrate in one pose
        # and train in another. A mark says that the person is in place, so a moment is enough.
        again = self.pose.goes_on(t, curl)
        got_off = self.pose.has_reps and not again
        soon = again or (marked and not got_off)
        if t - self._anchor_t < (limits.MARKED_STILL_S if soon else limits.STILL_S):
            return None
        if marked and got_off:
            # Whatever follows belongs to no marked set, until the mark of the next one.
            self.arming = self._unmarked
        if not self.pose.rest(curl):
            return None
        self.low = curl
        return Trigger.READY

    def _resting(self, t: float, curl: float, _speed: float, _net: float) -> Trigger | None:
        quiet = t - self._anchor_t
        self._floor = min(self._floor, curl)
        if quiet >= limits.STILL_S:
            # The bottom follows a leg that sinks while it rests, but not a slow lift's first degrees.
            self.low = self.pose.angle = self._floor
        self.low = min(self.low, curl)
        if self.pose.is_left(curl):
            return Trigger.LEAVE
        if curl - self.low >= self._scale.start:
            self._lift(t, curl)
            return Trigger.LIFT
        longest_s, since_t = RESUME_S, self.pose.counted_t
        if self.arming is Arming.MARKED:
            # Reps may have been done in a gap, so it is no rest that ends the set.
            longest_s = MARKED_REST_S
            since_t = max(since_t, self._resumed_t) if since_t > -math.inf else since_t
        if self.state is not State.END and longest_s <= t - since_t < math.inf:
            return Trigger.REST
        return None

    def _finding(self, t: float, curl: float, speed: float, _net: float) -> Trigger | None:
        self.valley = min(self.valley, curl)
        if self.pose.is_left(curl):
            return Trigger.LEAVE
        if curl - self.low < self._scale.start and speed > -_REST_SPEED:
            return Trigger.FIND
        if curl - self.valley >= self._scale.turn:
            if not self.pose.has_reps:
                # Nothing but the lowest angle so far tells where this set begins.
                self.low = self.pose.angle = self.valley
            self._lift(t, curl)
            return Trigger.LIFT
        return self._expiry(t)

    def _lift(self, t: float, curl: float) -> None:
        self.peak = self._crest = curl
        self.peak_t = self.lift_t = t
        self._bounces = 0
        self._moved_to = None

    def _moves_in(self, t: float, curl: float) -> bool:
        """Return whether the lift begins only here, above an apparent one.

        A person who lies down lifts the shin from standing to lying, rests there, and then lifts it
        once more: no rep rises by a whole range out of a rest at its top. Steps before may have looked
        like a rep, so this holds for later lifts too.
        """
        if t - self._anchor_t >= _LEAST_REST_S:
            self._note_rest(t)
        if self._moved_to is None or curl - self._moved_to < self._scale.move_in:
            return False
        self.low = self.pose.angle = self._moved_to
        self._lift(t, curl)
        return True

    def _note_rest(self, t: float) -> None:
        """Take note of where the leg rests within a lift: that may be another start pose."""
        is_first = self.pose.counted_t == -math.inf
        rested_s = limits.MOVE_IN_S if is_first else limits.SETTLE_S
        if t - self._anchor_t >= rested_s and (is_first or not self.pose.is_of_set(self._floor)):
            self._moved_to = self._floor

    def _lifting(self, t: float, curl: float, speed: float, _net: float) -> Trigger | None:
        self._fastest[0] = max(self._fastest[0], speed)
        if self._moves_in(t, curl):
            return Trigger.MOVE_IN
        if curl > self._crest:
            self._crest = curl
            if curl > self.peak:
                self.peak, self.peak_t = curl, t
        elif self._crest - curl >= self._scale.turn:
            return self._lower(t, curl)
        height = curl - self.low
        if speed < hold_speed(height, t - self.lift_t):
            # A stall further down is no top.
            if height >= self._scale.arrive:
                self._arrival = curl
                return Trigger.ARRIVE
            settled = t - self._anchor_t >= limits.SETTLE_S
            if settled and self.peak - self.low < self._scale.settle:
                self.low = self.pose.angle = curl
                return Trigger.SETTLE
        return self._expiry(t)

    def _holding(self, t: float, curl: float, _speed: float, net: float) -> Trigger | None:
        if self._moves_in(t, curl):
            return Trigger.MOVE_IN
        if curl > self.peak:
            self.peak, self.peak_t = curl, t
            if curl - self._arrival >= self._scale.turn:
                self._crest = curl
                return Trigger.LIFT
        else:
            drop = self.peak - curl
            # A leg that sags in its hold does so more slowly than any lowering.
            falls = net < -_REST_SPEED
            slow_exit = limits.HOLD_FRACTION * (self.peak - self.low)
            if drop >= self._scale.leave and (falls or drop >= slow_exit):
                return self._lower(t, curl)
        return self._expiry(t)

    def _lower(self, t: float, curl: float) -> Trigger:
        self.valley, self.valley_t = curl, t
        self._landing.begin(t)
        return Trigger.LOWER

    def _lowering(self, t: float, curl: float, speed: float, net: float) -> Trigger | None:
        self._fastest[1] = max(self._fastest[1], -speed)
        if t - self._anchor_t >= _LEAST_REST_S:
            self._note_rest(t)
        if curl < self.valley:
            self.valley, self.valley_t = curl, t
        elif curl - self.valley >= self._scale.turn:
            # Position, not speed: a stall in the lowering rises by less.
            return self._rise(t, curl)
        if self.pose.is_left(curl) and not self._finds_bottom(t):
            # A thigh on the pad lets no knee go on below straight: this person gets off, or walks.
            self.left_whole = (
                self.pose.counted_t > -math.inf
                and self.lowered_enough()
                and not self._is_high(self.low)
                and t - self._landing.near_t >= limits.TOUCHED_S
            )
            return Trigger.LEAVE
        # A rep that has taken its longest is over where it is, if that is near the bottom.
        expiry = self._expiry(t)
        landed = self._landing.is_over(
            t,
            curl - self.low,
            self.peak - self.low,
            net=net,
            still_s=t - self._anchor_t,
        )
        if landed or (expiry and t - self._landing.near_t >= limits.LANDED_S):
            self._rest_at_valley()
            return Trigger.LAND
        return expiry

    def _finds_bottom(self, t: float) -> bool:
        """Return whether a leg below its start pose is in the first rep of a marked set.

        The mark may come before the knee is straight. A quick movement is a step.
        """
        first = self.arming is Arming.MARKED and self.pose.counted_t == -math.inf
        return first and t - self.lift_t >= limits.STEP_S

    def _rest_at_valley(self) -> None:
        self.low = self.valley
        # Downwards only: after a lowering that ends early the next one must not look like leaving.
        self.pose.angle = min(self.pose.angle, self.low)

    def _rise(self, t: float, curl: float) -> Trigger:
        if self.lowered_enough():
            self._rest_at_valley()
            self._lift(t, curl)
            return Trigger.TURN
        self._crest = curl
        # Walking bends the knee in quick succession; a curl bounces once or twice.
        self._bounces += 1
        marked = self.arming is Arming.MARKED
        most = self.own.most_bounces_marked if marked else self.own.most_bounces
        # Who came to rest meanwhile no longer walks: a lift out of that rest may be the first of a set.
        if self._bounces <= most or self._moved_to is not None:
            return Trigger.BOUNCE
        self.left_whole = False
        return Trigger.LEAVE

    def lowered_enough(self) -> bool:
        """Return whether the leg has come down far enough for a rep.

        It must be back near the start pose, because the knee bends in walking too. A mark says that
        these are reps, so there a lowering that ends early is enough.
        """
        back = self.pose.same
        if self.arming is Arming.MARKED:
            back = max(back, limits.MARKED_BACK_FRACTION * (self.reference or 0.0))
        if self.valley > self.pose.angle + back:
            return False
        lift = self.peak - self.low
        return self.peak - self.valley >= limits.BOUNCE_FRACTION * lift

    def _expiry(self, t: float) -> Trigger | None:
        return Trigger.EXPIRE if t - self.lift_t > self.own.longest_s else None
