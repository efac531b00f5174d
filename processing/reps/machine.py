"""The states of a set and what leads from one to the next: one table, fed sample by sample.

Reps are found by hysteresis of position, not of speed: a lowering of 12 s over 100 degrees has
stalls that any threshold of speed would take for an end. Speed only says where a hold begins and
ends, next to a turning point that position has confirmed.
"""

import math
from collections.abc import Callable, Mapping
from enum import Enum, auto

from processing.reps.config import RepConfig


class State(Enum):
    """Where in a set the leg is."""

    IDLE = auto()
    ARMED = auto()
    CON = auto()
    TOP = auto()
    ECC = auto()
    BOT = auto()
    END = auto()


class Trigger(Enum):
    """What can happen."""

    READY = auto()
    """The leg is in the start pose of a marked set, or has lain still there."""
    LEAVE = auto()
    """The leg left the start pose the wrong way: the person gets up or settles down."""
    LIFT = auto()
    """The leg rises from a hold."""
    SETTLE = auto()
    """What looked like a lift came to rest low: it was a change of pose."""
    ARRIVE = auto()
    """The lift slows down near the top."""
    LOWER = auto()
    """The leg comes down from the peak."""
    BOUNCE = auto()
    """It rises again before it was half down: the same rep."""
    TURN = auto()
    """It rises again from low down without a hold: the next rep."""
    LAND = auto()
    """The lowering slows down near the bottom."""
    EXPIRE = auto()
    """This takes too long for a rep."""
    REST = auto()
    """No movement at the bottom for long: the set is over."""
    DISARM = auto()
    """A set was marked as begun or ended, or a calibration began."""


TRANSITIONS: Mapping[tuple[State, Trigger], State] = {
    (State.IDLE, Trigger.READY): State.ARMED,
    (State.ARMED, Trigger.LEAVE): State.IDLE,
    (State.ARMED, Trigger.LIFT): State.CON,
    (State.CON, Trigger.SETTLE): State.ARMED,
    (State.CON, Trigger.ARRIVE): State.TOP,
    (State.CON, Trigger.LOWER): State.ECC,
    (State.CON, Trigger.EXPIRE): State.IDLE,
    (State.TOP, Trigger.LIFT): State.CON,
    (State.TOP, Trigger.LOWER): State.ECC,
    (State.TOP, Trigger.EXPIRE): State.IDLE,
    (State.ECC, Trigger.BOUNCE): State.CON,
    (State.ECC, Trigger.TURN): State.CON,
    (State.ECC, Trigger.LAND): State.BOT,
    (State.ECC, Trigger.LEAVE): State.IDLE,
    (State.ECC, Trigger.EXPIRE): State.IDLE,
    (State.BOT, Trigger.LIFT): State.CON,
    (State.BOT, Trigger.LEAVE): State.IDLE,
    (State.BOT, Trigger.REST): State.END,
    (State.END, Trigger.LIFT): State.CON,
    (State.END, Trigger.LEAVE): State.IDLE,
    **{(state, Trigger.DISARM): State.IDLE for state in State},
}


class Arming(Enum):
    """How a set may begin."""

    STILL = auto()
    """By lying still in the start pose: nobody marks sets."""
    MARKED = auto()
    """A set was marked as begun: the start pose is enough."""
    OFF = auto()
    """Not at all: the marked set is over, or a calibration runs."""


class RepMachine:
    """Follows the curl angle through :data:`TRANSITIONS`.

    Angles in rad, speeds in rad/s, times in s. ``low`` is the bottom before the present rep,
    ``peak`` its highest and ``valley`` its lowest angle after the peak, each with its time.
    """

    def __init__(self, config: RepConfig, arming: Arming = Arming.STILL) -> None:
        self.config = config
        self.reset(arming)

    def reset(self, arming: Arming = Arming.STILL) -> None:
        """Forget everything the samples changed."""
        self.state = State.IDLE
        self.arming = arming
        self.low = self.peak = self.valley = 0.0
        self.lift_t = self.peak_t = self.valley_t = -math.inf
        self._home = 0.0
        self._arrival = self._crest = 0.0
        self._bounces = 0
        self._anchor = self._floor = 0.0
        self._anchor_t = math.inf
        self._guard = self._guards()[self.state]
        self.use_reference(self.config.reference_rom)

    def use_reference(self, rom: float | None) -> None:
        """Take ``rom`` (rad) as the range of a whole rep from here on; None: not known."""
        config = self.config
        self.reference = rom
        known = 0.0 if rom is None else rom
        whole = math.radians(config.smallest_rom_deg) if rom is None else rom
        self._start = max(math.radians(config.start_deg), config.start_fraction * known)
        self._turn = max(math.radians(config.turn_deg), config.turn_fraction * known)
        self._leave = max(math.radians(config.leave_deg), config.leave_fraction * known)
        self._arrive = config.arrive_fraction * whole
        self._settle = max(math.radians(config.pose_deg), config.rest_fraction * known)
        self._hold_speed = math.radians(config.hold_speed_dps)
        self._still = math.radians(config.still_deg)
        self._pose = math.radians(config.pose_deg)

    def arm(self, arming: Arming) -> None:
        """Change how a set may begin; whatever was under way is over."""
        self.arming = arming
        self._go(Trigger.DISARM)

    def resume(self, t: float) -> None:
        """Go on at ``t`` after a gap, across which no one knows that the leg was still."""
        self._anchor_t = t

    def step(self, t: float, curl: float, speed: float) -> Trigger | None:
        """Take one sample; return what it made happen."""
        moved = curl - self._anchor
        if not -self._still <= moved <= self._still or self._anchor_t > t:
            self._anchor = self._floor = curl
            self._anchor_t = t
        trigger = self._guard(t, curl, speed)
        if trigger is not None:
            self._go(trigger)
        return trigger

    def _go(self, trigger: Trigger) -> None:
        """Change the state. This is the only place where it changes."""
        self.state = TRANSITIONS[self.state, trigger]
        if self.state is State.IDLE:
            self._home = 0.0
        self._guard = self._guards()[self.state]

    def _guards(self) -> Mapping[State, Callable[[float, float, float], Trigger | None]]:
        return {
            State.IDLE: self._idle,
            State.ARMED: self._resting,
            State.CON: self._lifting,
            State.TOP: self._holding,
            State.ECC: self._lowering,
            State.BOT: self._resting,
            State.END: self._resting,
        }

    def _idle(self, t: float, curl: float, _speed: float) -> Trigger | None:
        if self.arming is Arming.OFF:
            return None
        still = t - self._anchor_t >= self.config.still_s
        in_pose = abs(curl - self._home) <= self._pose
        marked = self.arming is Arming.MARKED
        # Whoever marks a set says that the person is in place: then either sign will do, which
        # also forgives a zero that is off. Without a mark it takes both.
        if (still or in_pose) if marked else (still and in_pose):
            self.low = self._home = curl
            return Trigger.READY
        return None

    def _resting(self, t: float, curl: float, _speed: float) -> Trigger | None:
        quiet = t - self._anchor_t
        self._floor = min(self._floor, curl)
        if quiet >= self.config.still_s:
            # The bottom follows a leg that rests, but not the first degrees of a slow lift.
            self.low = self._home = self._floor
        self.low = min(self.low, curl)
        if curl < self._home - self._pose:
            return Trigger.LEAVE
        if curl - self.low >= self._start:
            self._lift(t, curl)
            return Trigger.LIFT
        if quiet >= self.config.end_s and self.state is State.BOT:
            return Trigger.REST
        return None

    def _lift(self, t: float, curl: float) -> None:
        self.peak = self._crest = curl
        self.peak_t = self.lift_t = t
        self._bounces = 0

    def _lifting(self, t: float, curl: float, speed: float) -> Trigger | None:
        if curl > self._crest:
            self._crest = curl
            if curl > self.peak:
                self.peak, self.peak_t = curl, t
        elif self._crest - curl >= self._turn:
            return self._lower(t, curl)
        if speed < self._hold_speed:
            if curl - self.low >= self._arrive:
                self._arrival = curl
                return Trigger.ARRIVE
            settled = t - self._anchor_t >= self.config.settle_s
            if settled and self.peak - self.low < self._settle:
                self.low = self._home = curl
                return Trigger.SETTLE
        return self._expiry(t)

    def _holding(self, t: float, curl: float, speed: float) -> Trigger | None:
        if curl > self.peak:
            self.peak, self.peak_t = curl, t
            if speed > self._hold_speed and curl - self._arrival >= self._turn:
                self._crest = curl
                return Trigger.LIFT
        else:
            drop = self.peak - curl
            # Slower than a hold, the lowering has begun where the hold's range ends.
            slow_exit = self.config.hold_fraction * (self.peak - self.low)
            if drop >= self._leave and (speed < -self._hold_speed or drop >= slow_exit):
                return self._lower(t, curl)
        return self._expiry(t)

    def _lower(self, t: float, curl: float) -> Trigger:
        self.valley, self.valley_t = curl, t
        return Trigger.LOWER

    def _lowering(self, t: float, curl: float, speed: float) -> Trigger | None:
        if curl < self.valley:
            self.valley, self.valley_t = curl, t
        elif curl - self.valley >= self._turn:
            return self._rise(t, curl)
        if self.arming is Arming.STILL and curl < self._home - self._pose:
            # A knee on the pad cannot go on below straight: this leg walks.
            return Trigger.LEAVE
        if speed > -self._hold_speed:
            height, lift = curl - self.low, self.peak - self.low
            still = t - self._anchor_t >= self.config.still_s
            if height <= self.config.hold_fraction * lift or (
                still and height <= self.config.rest_fraction * lift
            ):
                self.low = self.valley
                return Trigger.LAND
        return self._expiry(t)

    def _rise(self, t: float, curl: float) -> Trigger:
        if self.lowered_enough():
            self.low = self.valley
            self._lift(t, curl)
            return Trigger.TURN
        self._crest = curl
        self._bounces += 1
        walks = self.arming is Arming.STILL and self._bounces > self.config.most_bounces
        return Trigger.LEAVE if walks else Trigger.BOUNCE

    def lowered_enough(self) -> bool:
        """Return whether the leg has come down far enough for the rep to be one.

        Where nobody marked the set, that is back near the start pose: someone who walks bends the
        knee as well.
        """
        if self.arming is Arming.STILL and self.valley > self._home + 2.0 * self._pose:
            return False
        lift = self.peak - self.low
        return self.peak - self.valley >= self.config.bounce_fraction * lift

    def _expiry(self, t: float) -> Trigger | None:
        return Trigger.EXPIRE if t - self.lift_t > self.config.max_rep_s else None
