"""What a recording says about its own soundness."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the file that cannot be trusted and was left out.

    ``offset`` and ``length`` are in bytes of the file; ``reason`` says what was found there.
    """

    offset: int
    length: int
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """How much of a recording is there.

    Attributes
    ----------
    closed
        Whether the recording was ended properly. If not, it stopped without notice (the process
        was killed, the disk was full, the file was cut); up to a second before the end of what
        was written may be missing.
    items
        Number of items that were recovered.
    lost_items
        Number of items that are known to be missing between recovered ones.
    lost_s
        Time that the missing stretches between recovered items span, in seconds.
    end_s
        Time of the last recovered item, in seconds since the start of the session.
    damages
        What was left out, in the order of the file.
    """

    closed: bool
    items: int
    lost_items: int
    lost_s: float
    end_s: float
    damages: tuple[Damage, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that was ever written is there."""
        return self.closed and not self.damages and self.lost_items == 0

    @property
    def damaged_bytes(self) -> int:
        """How many bytes were left out."""
        return sum(damage.length for damage in self.damages)

    @property
    def summary(self) -> str:
        """The whole in one or two sentences for a person."""
        if self.complete:
            return f"complete: {self.items} items, {self.end_s:.1f} s"
        parts = [f"recovered {self.items} items up to {self.end_s:.1f} s"]
        if not self.closed:
            parts.append("the recording was not closed, what came after that is missing")
        if self.damages:
            parts.append(
                f"{self.damaged_bytes} damaged bytes left out, from byte {self.damages[0].offset} "
                f"on ({self.damages[0].reason})"
            )
        if self.lost_items:
            parts.append(f"{self.lost_items} items lost in between, {self.lost_s:.1f} s")
        return "; ".join(parts)
