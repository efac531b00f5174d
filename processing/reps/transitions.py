"""The states of a set, the triggers that change them and the conditions on which a set begins: one table."""

from collections.abc import Mapping
from enum import Enum, auto


class State(Enum):
    """The state of the leg within a set."""

    IDLE = auto()
    ARMED = auto()
    CON = auto()
    TOP = auto()
    ECC = auto()
    BOT = auto()
    LOST = auto()
    """Somewhere above the bottom, after a gap that may have hidden the end of a rep."""
    END = auto()


class Trigger(Enum):
    """An event in the movement that changes the state."""

    READY = auto()
    """The leg has come to rest: that is the start pose."""
    LEAVE = auto()
    """The leg left the start pose the wrong way: the person gets up or settles down."""
    LIFT = auto()
    """The leg rises from a hold."""
    SETTLE = auto()
    """An apparent lift came to rest low: it was a change of pose."""
    MOVE_IN = auto()
    """A whole lift begins where an apparent one came to rest: that was a change of pose."""
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
    LOSE = auto()
    """A gap was so long that the leg may have been down and up again in it, or that a set began in it."""
    FIND = auto()
    """After such a gap the leg lies at the bottom."""
    EXPIRE = auto()
    """The movement takes too long for a rep."""
    REST = auto()
    """The leg lay at the bottom for so long that no lift goes on with the set."""
    DISARM = auto()
    """A set was marked as begun or ended, or a calibration began."""


TRANSITIONS: Mapping[tuple[State, Trigger], State] = {
    (State.IDLE, Trigger.READY): State.ARMED,
    (State.IDLE, Trigger.LOSE): State.LOST,
    (State.ARMED, Trigger.LEAVE): State.IDLE,
    (State.ARMED, Trigger.LIFT): State.CON,
    (State.ARMED, Trigger.REST): State.END,
    (State.CON, Trigger.SETTLE): State.ARMED,
    (State.CON, Trigger.MOVE_IN): State.CON,
    (State.CON, Trigger.ARRIVE): State.TOP,
    (State.CON, Trigger.LOWER): State.ECC,
    (State.CON, Trigger.EXPIRE): State.IDLE,
    (State.TOP, Trigger.LIFT): State.CON,
    (State.TOP, Trigger.MOVE_IN): State.CON,
    (State.TOP, Trigger.LOWER): State.ECC,
    (State.TOP, Trigger.EXPIRE): State.IDLE,
    (State.ECC, Trigger.BOUNCE): State.CON,
    (State.ECC, Trigger.TURN): State.CON,
    (State.ECC, Trigger.LAND): State.BOT,
    (State.ECC, Trigger.LEAVE): State.IDLE,
    (State.ECC, Trigger.EXPIRE): State.IDLE,
    (State.CON, Trigger.LOSE): State.LOST,
    (State.TOP, Trigger.LOSE): State.LOST,
    (State.ECC, Trigger.LOSE): State.LOST,
    (State.LOST, Trigger.LIFT): State.CON,
    (State.LOST, Trigger.FIND): State.BOT,
    (State.LOST, Trigger.LEAVE): State.IDLE,
    (State.LOST, Trigger.EXPIRE): State.IDLE,
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
    """The leg lies still for long enough: nobody marks sets."""
    MARKED = auto()
    """The start of a set was marked: a moment of rest is enough."""
    OFF = auto()
    """No set begins: the marked one is over, or a calibration runs."""
