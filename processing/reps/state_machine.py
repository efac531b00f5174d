"""The states of a set and the transitions between them: one table, advanced sample by sample.

Reps are found by hysteresis of position, not of speed: a lowering of 12 s over 100° stalls, and any
speed threshold would take a stall for its end. A movement comes to rest when it is slow against its
own mean speed so far, near a turning point that position has confirmed.
"""

import math
from collections.abc import Callable, Mapping
from enum import Enum, auto

from processing.reps import rep_limits as limits
from processing.reps.movements import hold_speed
from processing.reps.net_speed import NetSpeed
from sensor.errors import SettingError


class State(Enum):
    """The state of the leg within a set."""

    IDLE = auto()
    ARMED = auto()
    CON = auto()
    TOP = auto()
    ECC = auto()
    BOT = auto()
    END = auto()


class Trigger(Enum):
    """An event in the movement that changes the state."""

    READY = auto()
    """The leg is in the start pose of a marked set, or has lain still there."""
    LEAVE = auto()
    """The leg left the start pose the wrong way: the person gets up or settles down."""
    LIFT = auto()
    """The leg rises from a hold."""
    SETTLE = auto()
    """An apparent lift came to rest low: it was a change of pose."""
    ARRIVE = auto()
    """The lift slows down near the top."""
    LOWER = auto()
    """The leg comes down from the peak."""
    BOUNCE = auto()
    """The leg rises again before it was half down: the same rep."""
    TURN = auto()
    """The leg rises again from low down without a hold: the next rep."""
    LAND = auto()
    """The lowering slows down near the bottom."""
    EXPIRE = auto()
    """The movement takes too long for a rep."""
    REST = auto()
    """The leg lay at the bottom for so long that the set is over."""
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
    """The condition on which a set begins."""

    STILL = auto()
    """The leg lies still in the start pose: nobody marks sets."""
    MARKED = auto()
    """The start of a set was marked: lying still or the start pose is enough."""
    OFF = auto()
    """No set begins: the marked one is over, or a calibration runs."""


class RepMachine:
    """The state of a set, moved through :data:`TRANSITIONS` by the driving angle.

    Parameters
    ----------
    reference_rom_deg
        The range of an unloaded rep, None if not known.
    arming
        On which condition a set begins.

    Raises
    ------
    SettingError
        If the range is not a number above 0.

    Attributes
    ----------
    state
        The present state.
    reference
        The range of a whole rep in rad, None if not known.
    low
        The driving angle at the bottom before the present rep, rad.
    peak, peak_t
        Its highest angle, rad, and when that was, s.
    valley, valley_t
        Its lowest angle after the peak, rad, and when that was, s.
    """

    def __init__(self, reference_rom_deg: float | None, arming: Arming = Arming.STILL) -> None:
        if reference_rom_deg is not None and not 0.0 < reference_rom_deg < math.inf:
            raise SettingError("reference_rom_deg", reference_rom_deg, "a number above 0")
        self.unloaded_rom = None if reference_rom_deg is None else math.radians(reference_rom_deg)
        self.reset(arming)

    def reset(self, arming: Arming = Arming.STILL) -> None:
        """Forget everything that the samples changed."""
        self.state = State.IDLE
        self.arming = arming
        self.low = self.peak = self.valley = 0.0
        self.lift_t = self.peak_t = self.valley_t = -math.inf
        self._home = 0.0
        self._arrival = self._crest = 0.0
        self._bounces = 0
        self._lower_t = self._near_t = -math.inf
        self._anchor = self._floor = 0.0
        self._anchor_t = math.inf
        self._net = NetSpeed(limits.LANDED_S)
        self._guard = self._guards()[self.state]
        self.use_reference(self.unloaded_rom)

    def use_reference(self, rom: float | None) -> None:
        """Take ``rom`` (rad) as the range of a whole rep from here on; None: not known."""
        self.reference = rom
        known = 0.0 if rom is None else rom
        whole = math.radians(limits.SMALLEST_ROM_DEG) if rom is None else rom
        self._start = max(math.radians(limits.START_DEG), limits.START_FRACTION * known)
        self._turn = max(math.radians(limits.TURN_DEG), limits.TURN_FRACTION * known)
        self._leave = max(math.radians(limits.LEAVE_DEG), limits.LEAVE_FRACTION * known)
        self._arrive = limits.ARRIVE_FRACTION * whole
        self._settle = max(math.radians(limits.POSE_DEG), limits.REST_FRACTION * known)
        self._still = math.radians(limits.STILL_DEG)
        self._pose = math.radians(limits.POSE_DEG)

    def arm(self, arming: Arming) -> None:
        """Change on which condition a set begins; what was under way is over."""
        self.arming = arming
        self._go(Trigger.DISARM)

    def resume(self, t: float) -> None:
        """Continue at ``t`` s after a gap, in which the leg may have moved: stillness counts again."""
        self._anchor_t = t
        self._net.reset()

    def step(self, t: float, curl: float, speed: float) -> Trigger | None:
        """Advance by one sample; return the trigger that changed the state, None if none did.

        Parameters
        ----------
        t
            Its time, s.
        curl
            The driving angle, rad.
        speed
            Its smoothed rate, rad/s.
        """
        moved = curl - self._anchor
        # Stillness is measured from where the leg came to rest, so that a slow creep ends it.
        if not -self._still <= moved <= self._still or self._anchor_t > t:
            self._anchor = self._floor = curl
            self._anchor_t = t
        self._net.feed(t, curl)
        trigger = self._guard(t, curl, speed)
        if trigger is not None:
            self._go(trigger)
        return trigger

    def _go(self, trigger: Trigger) -> None:
        """Change the state. This is the only place where it changes."""
        self.state = TRANSITIONS[self.state, trigger]
        # A new set may begin in another pose; at first that is expected near zero.
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
        still = t - self._anchor_t >= limits.STILL_S
        in_pose = abs(curl - self._home) <= self._pose
        marked = self.arming is Arming.MARKED
        # A mark says that the person is in place, so either sign is enough: this also tolerates a
        # zero that is off. Without a mark it takes both.
        if (still or in_pose) if marked else (still and in_pose):
            self.low = self._home = curl
            return Trigger.READY
        return None

    def _resting(self, t: float, curl: float, _speed: float) -> Trigger | None:
        quiet = t - self._anchor_t
        self._floor = min(self._floor, curl)
        if quiet >= limits.STILL_S:
            # The bottom follows a leg that sinks while it rests, but not a slow lift's first degrees.
            self.low = self._home = self._floor
        self.low = min(self.low, curl)
        if curl < self._home - self._pose:
            return Trigger.LEAVE
        if curl - self.low >= self._start:
            self._lift(t, curl)
            return Trigger.LIFT
        if quiet >= limits.END_S and self.state is State.BOT:
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
        height = curl - self.low
        if speed < hold_speed(height, t - self.lift_t):
            # A stall further down is no top.
            if height >= self._arrive:
                self._arrival = curl
                return Trigger.ARRIVE
            settled = t - self._anchor_t >= limits.SETTLE_S
            if settled and self.peak - self.low < self._settle:
                self.low = self._home = curl
                return Trigger.SETTLE
        return self._expiry(t)

    def _holding(self, t: float, curl: float, _speed: float) -> Trigger | None:
        if curl > self.peak:
            self.peak, self.peak_t = curl, t
            if curl - self._arrival >= self._turn:
                self._crest = curl
                return Trigger.LIFT
        else:
            drop, net = self.peak - curl, self._net.value
            # A leg that sags in its hold does so more slowly than any lowering.
            falls = net is not None and net < -math.radians(limits.REST_SPEED_DPS)
            slow_exit = limits.HOLD_FRACTION * (self.peak - self.low)
            if drop >= self._leave and (falls or drop >= slow_exit):
                return self._lower(t, curl)
        return self._expiry(t)

    def _lower(self, t: float, curl: float) -> Trigger:
        self.valley, self.valley_t = curl, t
        self._lower_t = self._near_t = t
        return Trigger.LOWER

    def _lowering(self, t: float, curl: float, _speed: float) -> Trigger | None:
        if curl < self.valley:
            self.valley, self.valley_t = curl, t
        elif curl - self.valley >= self._turn:
            # Position, not speed: a stall in the lowering rises by less.
            return self._rise(t, curl)
        if self.arming is Arming.STILL and curl < self._home - self._pose:
            # A thigh on the pad lets no knee go on below straight: this leg walks.
            return Trigger.LEAVE
        if self._landed(t, curl):
            self.low = self.valley
            return Trigger.LAND
        return self._expiry(t)

    def _landed(self, t: float, curl: float) -> bool:
        """Return whether the leg rests at the bottom, for long enough to know where that is."""
        height, lift = curl - self.low, self.peak - self.low
        if height <= limits.HOLD_FRACTION * lift:
            net = self._net.value
            return (
                t - self._near_t >= limits.LANDED_S
                and net is not None
                and net > -math.radians(limits.REST_SPEED_DPS)
            )
        self._near_t = t
        # Higher up, a stall is only known to be the bottom if the lowering does not go on.
        is_low = height <= limits.REST_FRACTION * lift
        return is_low and t - self._anchor_t >= limits.LOW_REST_S

    def _rise(self, t: float, curl: float) -> Trigger:
        if self.lowered_enough():
            self.low = self.valley
            self._lift(t, curl)
            return Trigger.TURN
        self._crest = curl
        # Walking bends the knee in quick succession; a curl bounces once or twice.
        self._bounces += 1
        walks = self.arming is Arming.STILL and self._bounces > limits.MOST_BOUNCES
        return Trigger.LEAVE if walks else Trigger.BOUNCE

    def lowered_enough(self) -> bool:
        """Return whether the leg has come down far enough for a rep.

        Without a mark it must be back near the start pose, because the knee bends in walking too.
        """
        if self.arming is Arming.STILL and self.valley > self._home + 2.0 * self._pose:
            return False
        lift = self.peak - self.low
        return self.peak - self.valley >= limits.BOUNCE_FRACTION * lift

    def _expiry(self, t: float) -> Trigger | None:
        return Trigger.EXPIRE if t - self.lift_t > limits.MAX_REP_S else None
