"""The position of a replay in time. No Qt: it is told the time and says where it stands."""

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


class Player:
    """Plays a stretch of a session.

    Attributes
    ----------
    start, end
        The stretch, in s of the session.
    t
        Where it stands.
    speed
        1 is as fast as it was.
    loop
        From and to which time it goes round, or None.
    """

    def __init__(self) -> None:
        self.speed = 1.0
        self.load(0.0, 0.0)

    def load(self, start: float, end: float) -> None:
        """Stand at the start of another stretch, and stop."""
        self.start, self.end, self.t = start, end, start
        self.loop: tuple[float, float] | None = None
        self._since: tuple[float, float] | None = None

    def stretch(self, start: float, end: float, now_s: float) -> None:
        """Take other ends of the same stretch; it goes on where it is."""
        self.start, self.end = start, end
        self.seek(self.t, now_s)

    @property
    def playing(self) -> bool:
        """Whether it moves."""
        return self._since is not None

    def play(self, now_s: float) -> None:
        """Go on at ``now_s``, a clock's time; from the start if it stands at the end."""
        if self.t >= self.end:
            self.t = self.start
        self._since = (now_s, self.t)

    def pause(self) -> None:
        """Stop where it stands."""
        self._since = None

    def seek(self, t: float, now_s: float) -> None:
        """Stand at ``t``, within the stretch; it plays on if it played."""
        self.t = min(max(t, self.start), self.end)
        if self.playing:
            self._since = (now_s, self.t)

    def set_speed(self, speed: float, now_s: float) -> None:
        """Play at another speed from now on."""
        self.advance(now_s)
        self.speed = speed
        self.seek(self.t, now_s)

    def advance(self, now_s: float) -> float:
        """Return where it stands at ``now_s``."""
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
