"""The values of the state machine, by their places in arrays: compiled functions know no objects.

``x`` holds what the samples change, ``marks`` the same in whole numbers, ``bounds`` the limits. Angles are in
rad, times in s, speeds in rad/s.
"""

from typing import Final

from processing.reps.transitions import Arming, State, Trigger

# Places in ``x``.
LOW: Final = 0
"""The driving angle at the bottom before the present rep."""
PEAK: Final = 1
"""Its highest angle; when that was: the next one."""
PEAK_T: Final = 2
VALLEY: Final = 3
"""The lowest angle after the peak; when that was: the next one."""
VALLEY_T: Final = 4
LIFT_T: Final = 5
"""The time at which the lift was noticed."""
ARRIVAL: Final = 6
"""The angle at which the lift slowed down near the top."""
CREST: Final = 7
"""The highest angle since the leg last rose."""
MOVED_TO: Final = 8
"""The angle at which an apparent lift came to rest; not a number if it did not."""
ANCHOR: Final = 9
"""The angle at which the leg came to rest; since when, and the lowest one since: the next ones."""
ANCHOR_T: Final = 10
FLOOR: Final = 11
SEEN_T: Final = 12
"""Time and angle of the last sample: this and the next one."""
SEEN: Final = 13
RESUMED_T: Final = 14
"""The time at which the samples went on after the last gap."""
FASTEST_UP: Final = 15
"""The fastest lift and lowering of the set: this and the next one."""
FASTEST_DOWN: Final = 16
USUAL_UP: Final = 17
"""The same of the reps that were seen whole: this and the next one."""
USUAL_DOWN: Final = 18
LOWER_T: Final = 19
"""The time at which the lowering began."""
NEAR_T: Final = 20
"""The last time at which the leg was higher than a hold at the bottom may be."""
SINKING_T: Final = 21
"""The last time at which it sank too fast for a rest."""
POSE_ANGLE: Final = 22
"""The driving angle of the present start pose."""
COUNTED_T: Final = 23
"""The end of the last whole rep of the set; before the first minus infinity."""
SET_ANGLE: Final = 24
"""The start pose of that rep."""
LOWEST: Final = 25
"""The lowest bottom of the set, infinity before the first."""
VALUES: Final = 26

# Places in ``marks``.
STATE: Final = 0
ARMING: Final = 1
UNMARKED: Final = 2
"""The arming after a marked set that the person left."""
BOUNCES: Final = 3
"""The times that the leg rose again within the rep."""
LEFT_WHOLE: Final = 4
"""Whether the rep that the last :attr:`Trigger.LEAVE` ended was lowered all the way."""
REPS: Final = 5
"""Whole reps from the start pose."""
MARKS: Final = 6

# Places in ``bounds``. The first six are those of :class:`.RepScale`.
START: Final = 0
TURN: Final = 1
LEAVE: Final = 2
ARRIVE: Final = 3
SETTLE: Final = 4
MOVE_IN: Final = 5
REFERENCE: Final = 6
"""The range of a whole rep; 0 if it is not known."""
POSE: Final = 7
"""Above the start pose by more is not back."""
LEFT: Final = 8
"""Below the start pose by more is left; the same below known bottoms: the next one."""
BELOW: Final = 9
SAME: Final = 10
"""Angles this close together are the same start pose."""
LONGEST_S: Final = 11
MOST_BOUNCES: Final = 12
MOST_BOUNCES_MARKED: Final = 13
BOUNDS: Final = 14

# States, armings and triggers as numbers.
IN_IDLE: Final[int] = State.IDLE.value
IN_CON: Final[int] = State.CON.value
IN_TOP: Final[int] = State.TOP.value
IN_ECC: Final[int] = State.ECC.value
IN_LOST: Final[int] = State.LOST.value
IN_END: Final[int] = State.END.value
IS_MARKED: Final[int] = Arming.MARKED.value
IS_OFF: Final[int] = Arming.OFF.value
NO_TRIGGER: Final = 0
READIES: Final[int] = Trigger.READY.value
LEAVES: Final[int] = Trigger.LEAVE.value
LIFTS: Final[int] = Trigger.LIFT.value
SETTLES: Final[int] = Trigger.SETTLE.value
MOVES_IN: Final[int] = Trigger.MOVE_IN.value
ARRIVES: Final[int] = Trigger.ARRIVE.value
LOWERS: Final[int] = Trigger.LOWER.value
BOUNCES_UP: Final[int] = Trigger.BOUNCE.value
TURNS: Final[int] = Trigger.TURN.value
LANDS: Final[int] = Trigger.LAND.value
FINDS: Final[int] = Trigger.FIND.value
EXPIRES: Final[int] = Trigger.EXPIRE.value
RESTS: Final[int] = Trigger.REST.value
