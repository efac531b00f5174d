"""The state of a recording: complete, or what is damaged and missing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the file that cannot be trusted and was left out."""

    offset: int
    """Position of its first byte in the file."""
    length: int
    """Its length, in bytes."""
    reason: str
    """The fault that was found there."""
    after_s: float = 0.0
    """Time of the last item before it, in s since the start of the session."""


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a recording."""

    closed: bool
    """Whether the recording was ended properly. If not, it stopped without notice (the process was
    killed, the disk was full, the file was cut), and up to its last second may be missing."""
    items: int
    """Number of recovered items."""
    lost_items: int
    """Number of items that are known to be missing between recovered ones."""
    lost_s: float
    """Time that the missing stretches between recovered items span, in s."""
    end_s: float
    """Time of the last recovered item, in s since the start of the session."""
    damages: tuple[Damage, ...] = ()
    """The stretches that were left out, in the order of the file."""

    @property
    def complete(self) -> bool:
        """Whether everything that was ever written is there."""
        return self.closed and not self.damages and self.lost_items == 0

    @property
    def damaged_bytes(self) -> int:
        """The number of bytes that were left out."""
        return sum(damage.length for damage in self.damages)

    @property
    def summary(self) -> str:
        """The state in one or two sentences for a person."""
        if self.complete:
            return f"complete: {self.items} items, {self.end_s:.1f} s"
        parts = [f"recovered {self.items} items up to {self.end_s:.1f} s"]
        if not self.closed:
            parts.append("the recording was not closed, anything after that is missing")
        if self.lost_items:
            parts.append(f"{self.lost_items} items lost in between, {self.lost_s:.1f} s")
        if self.damages:
            places = f" in {len(self.damages)} places" if len(self.damages) > 1 else ""
            first = self.damages[0]
            parts.append(
                f"{self.damaged_bytes} damaged bytes left out{places}, the first after "
                f"{first.after_s:.1f} s ({first.reason})"
            )
        return "; ".join(parts)
