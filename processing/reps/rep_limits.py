"""The limits by which reps and phases are found in every exercise, live and offline alike.

Those that depend on the exercise are in :class:`.RepLimits`. A fraction is of the reference range. "First
version" marks a limit of the rules that the project began with, which no
measurement of this repository supports or contradicts.
"""

HOLD_S = 0.3
"""A stall near the top or the bottom that lasts at least this long is a hold.

Shorter ones are not seen as a stop: they belong to the movement.
"""
HOLD_FRACTION = 0.10
"""Nearness of a hold to the peak or the bottom, as a fraction of the rep's range. First version."""
HOLD_SPEED_FRACTION = 0.2
"""A hold is slower than this fraction of the mean speed of its own movement.

Any fixed speed takes the soft end of a slow lowering for a hold: a minimum-jerk lowering of 100° in
10 s is slower than 10°/s for 3.6 s.
"""
HOLD_SPEED_DPS = 10.0
"""No hold is faster than this, however quick the movement. First version."""
REST_SPEED_DPS = 1.0
"""A leg that is slower than this is held, however slow the movement.

The rate of a gyroscope whose offset changed since the calibration is wrong by some tenths of this.
"""
LANDED_S = 0.5
"""The lowering is over when the leg rested at the bottom for this long: its plateau is then known.

Longer than :data:`HOLD_S`, so that no stall is taken for the bottom which is not one.
"""
LANDED_FRACTION = 0.1
"""The same as a share of the lowering; the longer counts: a slow leg sinks long before it rests."""
SETTLING_S = 1.0
"""The bottom of a rep is looked for until this long after its lowering was noticed as over, s.

What a leg at rest does later, sinking or getting up, is no part of the lowering.
"""
LOW_REST_S = 3.0
"""The same above a tenth of the range but below :data:`REST_FRACTION`, where slow lowerings stall."""
LOW_REST_FRACTION = 0.5
"""See :data:`LOW_REST_S`; a share of the lowering so far. In three steps a rest takes up to a third of it."""
REST_KEPT_S = 6.0
"""So much of the rest before a lift is noticed is looked at for its start.

Longer than a slow lift, which is noticed within a second, and the hold before it.
"""
BOUNCE_FRACTION = 0.5
"""A rise after less than this fraction of the lift has been lowered belongs to the same rep."""
ARRIVE_FRACTION = 0.75
"""Live, a slow moment above this fraction of the reference range is the top. First version."""
REST_FRACTION = 0.25
"""A leg that lies still below this fraction of the range may be at the bottom. First version."""
STILL_S = 1.0
"""The leg is still when it stayed within :data:`STILL_DEG` for this long. First version."""
STILL_DEG = 3.0
"""See :data:`STILL_S`. First version."""
MOVE_IN_S = 1.2
"""Before the first rep, a lift that rests this long and then goes on by a whole range was none.

Longer than a stall within a lift, which lasts up to 1 s.
"""
SETTLE_S = 2.0
"""A lift that rests this long below :data:`REST_FRACTION` was a change of pose.

Chosen on drawn curves of someone settling on the machine.
"""
MARKED_STILL_S = 0.3
"""In a marked set the leg is in its start pose after this long within :data:`STILL_DEG`.

The shin of a walker turns by more than twice that angle meanwhile, even while its foot is on the floor.
"""
BOTTOMS_KNOWN = 2
"""After so many reps their bottoms tell where the start pose ends."""
SAME_POSE_FACTOR = 2.0
"""Twice :attr:`.RepLimits.pose_deg` around a start pose is the same pose: a person who shifts lies a bit otherwise.

Standing up from the pad turns the shin by about 90°.
"""
MARKED_BACK_FRACTION = 0.4
"""In a marked set a rep is over when the leg is back within this fraction of the reference range.

Above it, in the swing of a person who walks away from a seated machine, stays the shin: about 65 of
100° that the machine asks.
"""
TOUCHED_S = 0.3
"""A lowering that goes on below the start pose was a rep's if it lingered at the bottom for so long.

The shortest hold; a leg that only passes is there for less than 0.2 s.
"""
STEADY_SHIN_DEG = 6.0
"""A shin that turns by less stays where it is: a person who rises on the toes leans by up to 5°."""
FREE_SHIN = 3.0
"""A shin that was held turns freely when it turns by this many times :data:`STEADY_SHIN_DEG`.

In walking and squatting it turns by 25° and more.
"""
MOST_SWAY = 2.0
"""A shin that sways may turn further than one that moves with the ankle, by this factor."""
STEP_S = 1.5
"""A movement that is over sooner may be a step."""
GAP_S = 0.1
"""A rep with a longer gap in its lift or lowering is not judged.

In an ordinary lift of 60 °/s the leg turns by 6° meanwhile, unseen.
"""
QUICK_S = 0.5
"""A gap may hide that the leg goes through its whole range in this time, until its pace is known.

The quickest lift that is tested takes 0.3 s, but it begins and ends at rest.
"""
HURRY = 1.2
"""A gap may hide that the leg is faster by this factor than in the reps that were seen whole."""
SMOOTHING_S = 0.02
"""Time constant of the low pass of the live driving speed.

Chosen on drawn curves with soft tissue that rings (0.03 s before).
"""
WINDOW_S = 0.15
"""Length of the Savitzky-Golay window of the offline driving angle and speed. First version."""
