"""Changes of the plan for some days, as the settings keep them. No Qt."""

from dataclasses import dataclass, replace
from typing import Any

from processing.coach.plan_sets import changed_sets, sets_table
from processing.coach.protocol import Protocol


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """Other sets for a protocol, until they are saved as a protocol or their last day is over."""

    protocol: str
    """The protocol that they change, as the settings name it."""
    until: str
    """The last day for which they hold, as ``2026-11-30``."""
    sets: dict[str, Any]
    """``waves`` and ``set``, as in a file of a protocol."""

    def applied(self, name: str, protocol: Protocol) -> Protocol:
        """Return ``protocol``, which the settings call ``name``, with the changes that are for it."""
        if name != self.protocol:
            return protocol
        # A protocol file may have been changed meanwhile, so that they no longer fit.
        return changed_sets(protocol, self.sets) or protocol


def plan_changes(name: str, protocol: Protocol, until: str) -> PlanChanges:
    """Return the sets of ``protocol`` as changes of the one that the settings call ``name``."""
    return PlanChanges(name, until, sets_table(protocol))


def half_the_sets(protocol: Protocol) -> Protocol:
    """Return ``protocol`` with half of its sets, rounded up: whole waves where it has several."""
    if protocol.waves > 1:
        return replace(protocol, waves=(protocol.waves + 1) // 2)
    return replace(protocol, sets=protocol.sets[: (len(protocol.sets) + 1) // 2])
