"""The time without angles, by the session's clock and by that of the wall. No Qt."""

from processing.types import AngleBlock

LOST_S = 1.0
"""Without a valid angle for so long, a sensor counts as lost."""


class AngleSilence:
    """Follows the angles of a session.

    Parameters
    ----------
    wall_s
        Time of the monotonic clock at the start of the session, s.

    Attributes
    ----------
    seen_valid
        Whether there was a valid angle.
    valid_t
        Session time at which ankle and curl angle were last known together, s.
    ankle_t
        Session time of the last valid ankle angle, s.
    heard_wall_s
        When the last angles came, valid or not, s of the monotonic clock.
    wall_s
        The newest known time of the monotonic clock, s.
    """

    def __init__(self, wall_s: float) -> None:
        self.seen_valid = False
        self.valid_t = self.ankle_t = 0.0
        self.wall_s = self.heard_wall_s = wall_s

    def take(self, block: AngleBlock) -> None:
        """Take a block that came just now; it is not empty."""
        self.heard_wall_s = self.wall_s
        if block.valid.any():
            self.ankle_t = float(block.t[block.valid][-1])
        both = block.both_valid
        if both.any():
            self.valid_t = float(block.t[both][-1])
            self.seen_valid = True
        elif not self.seen_valid:
            self.valid_t = float(block.t[-1])

    def lost(self, now: float, wall_s: float) -> bool:
        """Return whether a sensor is lost at ``now``, session time in s."""
        return self._silent_s(now, wall_s, self.valid_t) > LOST_S

    def ankle_lost(self, now: float, wall_s: float) -> bool:
        """Return whether a sensor beside the ankle is lost at ``now``, session time in s."""
        return self._silent_s(now, wall_s, self.ankle_t) > LOST_S

    def _silent_s(self, now: float, wall_s: float, known_t: float) -> float:
        # The session clock stops with the last sensor; the clock of the wall goes on.
        return max(now - known_t, wall_s - self.heard_wall_s)

    def now(self, now: float) -> float:
        """Return the session time in s, whose last known one is ``now``: it goes on in silence."""
        silent_s = self.wall_s - self.heard_wall_s
        return now + (silent_s if silent_s > LOST_S else 0.0)
