"""The reserve of a stream: how much sound is handed over but not yet played, and how much is wanted."""

SHORTEST_S = 0.03
"""The reserve of a quiet machine: a shorter one runs dry when the window is busy, a longer one makes
every cue later."""
LONGEST_S = 0.24
"""The reserve of a machine that let the shortest one run dry; a cue that is later is no help in a set."""
EMPTY_SHARE = 0.1
"""Below this share the reserve counts as dry: what the device takes at once is not known exactly."""
BLOCK_SHARE = 0.25
"""A busy machine gives the stream little time, and mixing a few long blocks takes less of it."""
FORGET_S = 10.0
"""The fullest moment of the last so many seconds counts as full: a device's clock runs apart from ours
by some 0.1 ms a second."""
STARTING_S = 3.0
"""A stream that was just opened may wait this long until its device takes samples evenly."""


class Reserve:
    """The reserve of a running stream, known from the times at which samples are asked for.

    A device plays evenly, so samples that are asked for late have left a reserve that is lower by as
    much. Used by the thread of the stream.
    """

    def __init__(self, length_s: float = SHORTEST_S) -> None:
        self.length_s = length_s
        self._opened_s: float | None = None
        self._ahead: list[tuple[float, float]] = []
        """(time, s of sound handed over minus s passed) of the fullest moments, falling."""

    @property
    def block_s(self) -> float:
        """The sound to mix at once, s: a share of a long reserve, 0 with the shortest."""
        return BLOCK_SHARE * self.length_s if self.length_s > SHORTEST_S else 0.0

    def asked(self, handed_s: float, now_s: float) -> bool:
        """Note a request at ``now_s``, before which ``handed_s`` of sound were handed over.

        Returns whether the reserve was dry, so that a tear may have been heard.
        """
        if self._opened_s is None:
            self._opened_s = now_s
        ahead_s = handed_s - now_s
        while self._ahead and self._ahead[-1][1] <= ahead_s:
            self._ahead.pop()
        self._ahead.append((now_s, ahead_s))
        while self._ahead[0][0] < now_s - FORGET_S:
            self._ahead.pop(0)
        missing_s = self._ahead[0][1] - ahead_s
        dry = missing_s > (1.0 - EMPTY_SHARE) * self.length_s
        if dry:
            # From here on the device plays later by what was missing: one stall is one tear.
            self._ahead = [(now_s, ahead_s)]
        return dry and now_s > self._opened_s + STARTING_S

    def longer(self) -> "Reserve | None":
        """Return the longest reserve, for a stream that is opened again; None if this is the longest."""
        return Reserve(LONGEST_S) if self.length_s < LONGEST_S else None
