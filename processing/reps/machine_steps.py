"""The steps of the state machine, sample by sample: what each state waits for.

``x``, ``marks`` and ``bounds`` are those of :mod:`.machine_values`; the first two are changed. ``t`` is the time of
a sample in s, ``curl`` its driving angle in rad, ``speed`` its smoothed rate and ``net`` its net speed over the last
:data:`.rep_limits.LANDED_S`, rad/s, not a number if not known. A state's function returns the trigger that changes
the state, 0 if none does.
"""

import math

from processing.reps.landing import begin_lowering, is_landed
from processing.reps.machine_values import (
    ANCHOR,
    ANCHOR_T,
    ARMING,
    ARRIVAL,
    ARRIVE,
    ARRIVES,
    BOUNCES,
    BOUNCES_UP,
    COUNTED_T,
    CREST,
    EXPIRES,
    FASTEST_DOWN,
    FASTEST_UP,
    FINDS,
    FLOOR,
    IN_CON,
    IN_ECC,
    IN_END,
    IN_IDLE,
    IN_LOST,
    IN_TOP,
    IS_MARKED,
    IS_OFF,
    LANDS,
    LEAVE,
    LEAVES,
    LEFT_WHOLE,
    LIFT_T,
    LIFTS,
    LONGEST_S,
    LOW,
    LOWERS,
    MOST_BOUNCES,
    MOST_BOUNCES_MARKED,
    MOVE_IN,
    MOVED_TO,
    MOVES_IN,
    NEAR_T,
    NO_TRIGGER,
    PEAK,
    PEAK_T,
    POSE_ANGLE,
    READIES,
    REFERENCE,
    REPS,
    RESTS,
    RESUMED_T,
    SAME,
    SEEN,
    SEEN_T,
    SETTLE,
    SETTLES,
    START,
    STATE,
    TURN,
    TURNS,
    UNMARKED,
    VALLEY,
    VALLEY_T,
)
from processing.reps.movements import hold_speed
from processing.reps.rep_limits import (
    BOUNCE_FRACTION,
    HOLD_FRACTION,
    LANDED_S,
    MARKED_BACK_FRACTION,
    MARKED_STILL_S,
    MOVE_IN_S,
    REST_SPEED_DPS,
    SETTLE_S,
    STEP_S,
    STILL_DEG,
    STILL_S,
    TOUCHED_S,
)
from processing.reps.set_life import MARKED_REST_S, RESUME_S
from processing.reps.start_pose import goes_on, is_above, is_left, is_of_set, rest
from sensor.compiled import compiled
from sensor.types import FloatArray, IntArray

_STILL = math.radians(STILL_DEG)
_LEAST_REST_S = min(MOVE_IN_S, SETTLE_S)
"""A shorter rest within a lift is none."""
_REST_SPEED = math.radians(REST_SPEED_DPS)


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8, f8, f8)")
def step(
    x: FloatArray,
    marks: IntArray,
    bounds: FloatArray,
    t: float,
    curl: float,
    speed: float,
    net: float,
) -> int:
    """Take one sample; return the trigger that changes the state, 0 if none does."""
    x[SEEN_T], x[SEEN] = t, curl
    moved = curl - x[ANCHOR]
    # Stillness is measured from where the leg came to rest, so that a slow creep ends it.
    if not -_STILL <= moved <= _STILL or x[ANCHOR_T] > t:
        x[ANCHOR] = x[FLOOR] = curl
        x[ANCHOR_T] = t
    state = marks[STATE]
    if state == IN_IDLE:
        return _idle(x, marks, bounds, t, curl)
    if state == IN_CON:
        return _lifting(x, marks, bounds, t, curl, speed)
    if state == IN_TOP:
        return _holding(x, marks, bounds, t, curl, net)
    if state == IN_ECC:
        return _lowering(x, marks, bounds, t, curl, speed, net)
    if state == IN_LOST:
        return _finding(x, marks, bounds, t, curl, speed)
    return _resting(x, marks, bounds, t, curl)


@compiled("UniTuple(i8, 2)(f8[::1], i8[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], i8, i8)")
def follow(
    x: FloatArray,
    marks: IntArray,
    bounds: FloatArray,
    t: FloatArray,
    curl: FloatArray,
    speed: FloatArray,
    net: FloatArray,
    first: int,
    last: int,
) -> tuple[int, int]:
    """Take the samples from ``first`` to before ``last`` of (n,); stop at a trigger and return where, and it."""
    for i in range(first, last):
        trigger = step(x, marks, bounds, t[i], curl[i], speed[i], net[i])
        if trigger:
            return i, trigger
    return last, NO_TRIGGER


@compiled("b1(f8[::1], i8[::1], f8[::1], f8)")
def is_high(x: FloatArray, marks: IntArray, bounds: FloatArray, bottom: float) -> bool:
    """Return whether ``bottom`` (rad) is above the start pose, in a set that nobody marked."""
    return bool(marks[ARMING] != IS_MARKED and is_above(x, bounds, bottom))


@compiled("b1(f8[::1], i8[::1], f8[::1])")
def lowered_enough(x: FloatArray, marks: IntArray, bounds: FloatArray) -> bool:
    """Return whether the leg has come down far enough for a rep.

    It must be back near the start pose, because the knee bends in walking too. A mark says that
    these are reps, so there a lowering that ends early is enough.
    """
    back = bounds[SAME]
    if marks[ARMING] == IS_MARKED:
        back = max(back, MARKED_BACK_FRACTION * bounds[REFERENCE])
    if x[VALLEY] > x[POSE_ANGLE] + back:
        return False
    lift = x[PEAK] - x[LOW]
    return bool(x[PEAK] - x[VALLEY] >= BOUNCE_FRACTION * lift)


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8)")
def _idle(x: FloatArray, marks: IntArray, bounds: FloatArray, t: float, curl: float) -> int:
    if marks[ARMING] == IS_OFF:
        return NO_TRIGGER
    marked = marks[ARMING] == IS_MARKED
    # The rest before the first lift decides, wherever the leg lies: people calibrate in one pose
    # and train in another. A mark says that the person is in place, so a moment is enough.
    again = goes_on(x, bounds, t, curl)
    got_off = marks[REPS] > 0 and not again
    soon = again or (marked and not got_off)
    if t - x[ANCHOR_T] < (MARKED_STILL_S if soon else STILL_S):
        return NO_TRIGGER
    if marked and got_off:
        # Whatever follows belongs to no marked set, until the mark of the next one.
        marks[ARMING] = marks[UNMARKED]
    if not rest(x, marks, bounds, curl):
        return NO_TRIGGER
    x[LOW] = curl
    return READIES


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8)")
def _resting(x: FloatArray, marks: IntArray, bounds: FloatArray, t: float, curl: float) -> int:
    quiet = t - x[ANCHOR_T]
    x[FLOOR] = min(x[FLOOR], curl)
    if quiet >= STILL_S:
        # The bottom follows a leg that sinks while it rests, but not a slow lift's first degrees.
        x[LOW] = x[POSE_ANGLE] = x[FLOOR]
    x[LOW] = min(x[LOW], curl)
    if is_left(x, marks, bounds, curl):
        return LEAVES
    if curl - x[LOW] >= bounds[START]:
        _lift(x, marks, t, curl)
        return LIFTS
    longest_s, since_t = RESUME_S, x[COUNTED_T]
    if marks[ARMING] == IS_MARKED:
        # Reps may have been done in a gap, so it is no rest that ends the set.
        longest_s = MARKED_REST_S
        since_t = max(since_t, x[RESUMED_T]) if since_t > -math.inf else since_t
    if marks[STATE] != IN_END and longest_s <= t - since_t < math.inf:
        return RESTS
    return NO_TRIGGER


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8, f8)")
def _finding(
    x: FloatArray, marks: IntArray, bounds: FloatArray, t: float, curl: float, speed: float
) -> int:
    x[VALLEY] = min(x[VALLEY], curl)
    if is_left(x, marks, bounds, curl):
        return LEAVES
    if curl - x[LOW] < bounds[START] and speed > -_REST_SPEED:
        return FINDS
    if curl - x[VALLEY] >= bounds[TURN]:
        if not marks[REPS]:
            # Nothing but the lowest angle so far tells where this set begins.
            x[LOW] = x[POSE_ANGLE] = x[VALLEY]
        _lift(x, marks, t, curl)
        return LIFTS
    return _expiry(x, bounds, t)


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8, f8)")
def _lifting(
    x: FloatArray, marks: IntArray, bounds: FloatArray, t: float, curl: float, speed: float
) -> int:
    x[FASTEST_UP] = max(x[FASTEST_UP], speed)
    if _moves_in(x, marks, bounds, t, curl):
        return MOVES_IN
    if curl > x[CREST]:
        x[CREST] = curl
        if curl > x[PEAK]:
            x[PEAK], x[PEAK_T] = curl, t
    elif x[CREST] - curl >= bounds[TURN]:
        return _lower(x, t, curl)
    height = curl - x[LOW]
    if speed < hold_speed(height, t - x[LIFT_T]):
        # A stall further down is no top.
        if height >= bounds[ARRIVE]:
            x[ARRIVAL] = curl
            return ARRIVES
        if t - x[ANCHOR_T] >= SETTLE_S and x[PEAK] - x[LOW] < bounds[SETTLE]:
            x[LOW] = x[POSE_ANGLE] = curl
            return SETTLES
    return _expiry(x, bounds, t)


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8, f8)")
def _holding(
    x: FloatArray, marks: IntArray, bounds: FloatArray, t: float, curl: float, net: float
) -> int:
    if _moves_in(x, marks, bounds, t, curl):
        return MOVES_IN
    if curl > x[PEAK]:
        x[PEAK], x[PEAK_T] = curl, t
        if curl - x[ARRIVAL] >= bounds[TURN]:
            x[CREST] = curl
            return LIFTS
    else:
        drop = x[PEAK] - curl
        # A leg that sags in its hold does so more slowly than any lowering.
        falls = net < -_REST_SPEED
        slow_exit = HOLD_FRACTION * (x[PEAK] - x[LOW])
        if drop >= bounds[LEAVE] and (falls or drop >= slow_exit):
            return _lower(x, t, curl)
    return _expiry(x, bounds, t)


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8, f8, f8)")
def _lowering(
    x: FloatArray,
    marks: IntArray,
    bounds: FloatArray,
    t: float,
    curl: float,
    speed: float,
    net: float,
) -> int:
    x[FASTEST_DOWN] = max(x[FASTEST_DOWN], -speed)
    if t - x[ANCHOR_T] >= _LEAST_REST_S:
        _note_rest(x, bounds, t)
    if curl < x[VALLEY]:
        x[VALLEY], x[VALLEY_T] = curl, t
    elif curl - x[VALLEY] >= bounds[TURN]:
        # Position, not speed: a stall in the lowering rises by less.
        return _rise(x, marks, bounds, t, curl)
    if is_left(x, marks, bounds, curl) and not _finds_bottom(x, marks, t):
        # A thigh on the pad lets no knee go on below straight: this person gets off, or walks.
        whole = x[COUNTED_T] > -math.inf and lowered_enough(x, marks, bounds)
        whole = whole and not is_high(x, marks, bounds, x[LOW])
        marks[LEFT_WHOLE] = whole and t - x[NEAR_T] >= TOUCHED_S
        return LEAVES
    # A rep that has taken its longest is over where it is, if that is near the bottom.
    expiry = _expiry(x, bounds, t)
    landed = is_landed(x, t, curl - x[LOW], x[PEAK] - x[LOW], net, t - x[ANCHOR_T])
    if landed or (expiry and t - x[NEAR_T] >= LANDED_S):
        _rest_at_valley(x)
        return LANDS
    return expiry


@compiled("void(f8[::1], i8[::1], f8, f8)")
def _lift(x: FloatArray, marks: IntArray, t: float, curl: float) -> None:
    x[PEAK] = x[CREST] = curl
    x[PEAK_T] = x[LIFT_T] = t
    x[MOVED_TO] = math.nan
    marks[BOUNCES] = 0


@compiled("b1(f8[::1], i8[::1], f8[::1], f8, f8)")
def _moves_in(x: FloatArray, marks: IntArray, bounds: FloatArray, t: float, curl: float) -> bool:
    """Return whether the lift begins only here, above an apparent one.

    A person who lies down lifts the shin from standing to lying, rests there, and then lifts it
    once more: no rep rises by a whole range out of a rest at its top. Steps before may have looked
    like a rep, so this holds for later lifts too.
    """
    if t - x[ANCHOR_T] >= _LEAST_REST_S:
        _note_rest(x, bounds, t)
    if not curl - x[MOVED_TO] >= bounds[MOVE_IN]:
        return False
    x[LOW] = x[POSE_ANGLE] = x[MOVED_TO]
    _lift(x, marks, t, curl)
    return True


@compiled("void(f8[::1], f8[::1], f8)")
def _note_rest(x: FloatArray, bounds: FloatArray, t: float) -> None:
    """Take note of where the leg rests within a lift: that may be another start pose."""
    is_first = x[COUNTED_T] == -math.inf
    rested_s = MOVE_IN_S if is_first else SETTLE_S
    if t - x[ANCHOR_T] >= rested_s and (is_first or not is_of_set(x, bounds, x[FLOOR])):
        x[MOVED_TO] = x[FLOOR]


@compiled("i8(f8[::1], f8, f8)")
def _lower(x: FloatArray, t: float, curl: float) -> int:
    x[VALLEY], x[VALLEY_T] = curl, t
    begin_lowering(x, t)
    return LOWERS


@compiled("b1(f8[::1], i8[::1], f8)")
def _finds_bottom(x: FloatArray, marks: IntArray, t: float) -> bool:
    """Return whether a leg below its start pose is in the first rep of a marked set.

    The mark may come before the knee is straight. A quick movement is a step.
    """
    first = marks[ARMING] == IS_MARKED and x[COUNTED_T] == -math.inf
    return bool(first and t - x[LIFT_T] >= STEP_S)


@compiled("void(f8[::1])")
def _rest_at_valley(x: FloatArray) -> None:
    x[LOW] = x[VALLEY]
    # Downwards only: after a lowering that ends early the next one must not look like leaving.
    x[POSE_ANGLE] = min(x[POSE_ANGLE], x[LOW])


@compiled("i8(f8[::1], i8[::1], f8[::1], f8, f8)")
def _rise(x: FloatArray, marks: IntArray, bounds: FloatArray, t: float, curl: float) -> int:
    if lowered_enough(x, marks, bounds):
        _rest_at_valley(x)
        _lift(x, marks, t, curl)
        return TURNS
    x[CREST] = curl
    # Walking bends the knee in quick succession; a curl bounces once or twice.
    marks[BOUNCES] += 1
    most = bounds[MOST_BOUNCES_MARKED if marks[ARMING] == IS_MARKED else MOST_BOUNCES]
    # Who came to rest meanwhile no longer walks: a lift out of that rest may be the first of a set.
    if marks[BOUNCES] <= most or not math.isnan(x[MOVED_TO]):
        return BOUNCES_UP
    marks[LEFT_WHOLE] = 0
    return LEAVES


@compiled("i8(f8[::1], f8[::1], f8)")
def _expiry(x: FloatArray, bounds: FloatArray, t: float) -> int:
    return EXPIRES if t - x[LIFT_T] > bounds[LONGEST_S] else NO_TRIGGER
