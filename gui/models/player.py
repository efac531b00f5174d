"""The position of a replay. No Qt, no clock: the caller passes the time."""

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


class Player:
    """A player of a stretch of a session.

    Attributes
    ----------
    start, end
        The stretch, in s of the session.
    t
        The position, in s of the session.
    speed
        1 is the speed of the session.
    loop
        Start and end of a part that is repeated, or None.
    """

    def __init__(self) -> None:
        self.speed = 1.0
        self.load(0.0, 0.0)

    def load(self, start: float, end: float) -> None:
        """Stop at the start of another stretch."""
        self.start, self.end, self.t = start, end, start
        self.loop: tuple[float, float] | None = None
        self._since: tuple[float, float] | None = None

    def stretch(self, start: float, end: float, now_s: float) -> None:
        """Change the ends of the same stretch; the replay continues."""
        self.start, self.end = start, end
        self.seek(self.t, now_s)

    @property
    def playing(self) -> bool:
        """Whether the replay runs."""
        return self._since is not None

    def play(self, now_s: float) -> None:
        """Play from ``now_s``, the time of a clock; from the start if the position is the end."""
        if self.t >= self.end:
            self.t = self.start
        # The position follows from the start time, so that frames of any length add no error.
        self._since = (now_s, self.t)

    def pause(self) -> None:
        """Stop at the position."""
        self._since = None

    def seek(self, t: float, now_s: float) -> None:
        """Move to ``t``, within the stretch; a running replay continues from there."""
        self.t = min(max(t, self.start), self.end)
        if self.playing:
            self._since = (now_s, self.t)

    def set_speed(self, speed: float, now_s: float) -> None:
        """Change the speed from now on."""
        # The time until now has passed at the old speed.
        self.advance(now_s)
        self.speed = speed
        self.seek(self.t, now_s)

    def advance(self, now_s: float) -> float:
        """Return the position at ``now_s``."""
        if self._since is None:
            return self.t
        since_s, from_t = self._since
        self.t = from_t + (now_s - since_s) * self.speed
        if self.loop is not None and self.t >= self.loop[1]:
            self.seek(self.loop[0], now_s)
        elif self.t >= self.end:
            self.t = self.end
            self.pause()
        return self.t
