"""The limits by which the reps of one exercise are found. The defaults are those of the leg curl.

Where a pair ends in ``_deg`` and ``_percent``, the larger of the two counts; the percentage is of the
range of a whole rep. "First version" marks a limit of the rules that the project began with, which no
measurement of this repository supports or contradicts. Limits that hold for every exercise are constants of
:mod:`processing.reps.rep_limits`.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from sensor.errors import SettingError

Degrees: TypeAlias = Annotated[float, Meta(ge=0.5, le=120.0)]
Percent: TypeAlias = Annotated[float, Meta(ge=0.0, le=100.0)]
Seconds: TypeAlias = Annotated[float, Meta(ge=0.1, le=60.0)]
Times: TypeAlias = Annotated[int, Meta(ge=0, le=20)]
FirstName: TypeAlias = Literal["lift", "lowering"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepLimits:
    """The limits of the reps of an exercise: the table ``[reps]`` of its file."""

    first: FirstName = "lift"
    """The movement with which a rep begins: from the start pose up, or down and up again.

    With ``"lowering"`` the start pose is the top, and everything else holds the other way up: a rep starts
    when the driving angle has fallen.
    """
    start_deg: Degrees = 8.0
    """A rep starts when the driving angle has risen this far from the last bottom.

    First version. Twice the ringing of soft tissue with which counting is tested (4°).
    """
    start_percent: Percent = 10.0
    """See :attr:`start_deg`."""
    turn_deg: Degrees = 5.0
    """The direction has changed when the angle has gone this far back.

    First version. More than soft tissue rings (4°), so that a stall in a slow lowering is no turn.
    """
    turn_percent: Percent = 6.0
    """See :attr:`turn_deg`."""
    leave_deg: Degrees = 3.0
    """The hold at the top is over when the leg falls, and is this far below.

    Less than :attr:`turn_deg`, since the hold is evidence in itself. First version.
    """
    leave_percent: Percent = 4.0
    """See :attr:`leave_deg`."""
    plateau_deg: Annotated[float, Meta(ge=0.2, le=10.0)] = 2.0
    """A movement begins and ends this far from the plateaus: less is not seen.

    It is also more than a tremor of the leg and the noise of the driving angle (0.3°). Where the range is
    small, it must be less: of 15°, the first and last 2° take a third of the time.
    """
    smallest_deg: Degrees = 30.0
    """The range of a rep that counts while the range of a whole one is not known.

    First version. Half of the shortest curls that are simulated (60°).
    """
    usual_deg: Degrees = 90.0
    """The range of an ordinary rep, by which a switch or a fall is announced until one was measured."""
    whole_percent: Percent = 60.0
    """A rep with less than this share of the range of a whole one is partial. First version."""
    shortest_s: Seconds = 0.45
    """A rep whose lift, hold and lowering together are shorter is partial.

    Times are measured between the holds, so a quick rep of 0.6 s from rest to rest reads less.
    """
    longest_s: Seconds = 20.0
    """A rep that takes longer is partial, and the set is over.

    Longer than the slowest rep that is tested: 2 s up, 12 s down, pauses of 4 s.
    """
    sure_lowering_s: Annotated[float, Meta(ge=0.0, le=5.0)] = 0.5
    """From a pose in which no rep was done before, only lowerings of this length show that there is a set.

    In walking the shin swings back in 0.3 s.
    """
    pose_deg: Degrees = 15.0
    """Rests within this angle have one start pose; a rep that ends further above has not come back to it.

    First version.
    """
    left_deg: Degrees = 15.0
    """The start pose is left when the driving angle is this far below it. First version."""
    below_deg: Degrees = 8.0
    """The same below the lowest bottom, once two reps have shown where the bottoms are.

    Twice the ringing of soft tissue with which counting is tested (4°); the pad lets no knee go further.
    """
    move_in_deg: Annotated[float, Meta(ge=0.0, le=120.0)] = 0.0
    """A lift that rested was a change of pose if it then goes on by this much, or by a whole rep if that is more.

    0: a whole rep is enough, where it is as large as those of the knee.
    """
    most_bounces: Times = 2
    """A leg that bounces more often within one rep walks, unless the set is marked.

    Chosen on simulated sessions with walking between the sets.
    """
    most_bounces_marked: Times = 4
    """The same in a marked set: a stepped lowering may rise again a few times."""
    most_shin_percent: Annotated[float, Meta(ge=10.0, le=300.0)] | None = None
    """A movement in which the shin turns by more than this share of the angle, with it, is no rep. None: any may.

    For angles of the ankle, which change too when the shin tilts over a foot on the floor.
    """

    @property
    def lowers_first(self) -> bool:
        """Whether a rep begins with the lowering."""
        return self.first == "lowering"

    def __post_init__(self) -> None:
        for key, value, other, most in (
            ("turn_deg", self.turn_deg, "start_deg", self.start_deg),
            ("leave_deg", self.leave_deg, "turn_deg", self.turn_deg),
            ("start_deg", self.start_deg, "smallest_deg", self.smallest_deg),
            ("shortest_s", self.shortest_s, "longest_s", self.longest_s),
        ):
            if value > most:
                raise SettingError(key, value, f"at most {other} = {most:g}")


LEG_CURL_LIMITS = RepLimits()
"""The limits of the leg curl."""
