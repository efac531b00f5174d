"""Run a family's configuration against a virtual device, without radio, time or threads."""

from collections import deque
from dataclasses import dataclass, field

from sensor.families.base import Family, Message, Peripheral
from sensor.families.steps import Configured, Expect, Pause, Read, Script, Step, Subscribe, Write
from sensor.types import StreamSettings


@dataclass
class Conversation:
    """The exchange between a configuration and a virtual device."""

    peripheral: Peripheral
    """The virtual device."""
    steps: list[Step] = field(default_factory=list)
    """The steps so far."""
    subscribed: set[str] = field(default_factory=set)
    """Characteristics whose notifications are on."""
    unread: deque[Message] = field(default_factory=deque)
    """Notifications that no step has waited for yet."""

    def answer(self, step: Step) -> bytes:
        """Perform ``step`` and return its answer."""
        self.steps.append(step)
        match step:
            case Subscribe(characteristic):
                self.subscribed.add(characteristic)
            case Write(characteristic, data):
                # What arrives before the subscription is lost, as on a real link.
                answers = self.peripheral.write(characteristic, data)
                self.unread.extend(a for a in answers if a[0] in self.subscribed)
            case Read(characteristic, optional):
                value = self.peripheral.read(characteristic)
                assert value or optional, f"the virtual device has nothing to read for {step}"
                return value
            case Expect():
                return self._expected(step)
            case Pause(seconds):
                assert 0.0 < seconds < 20.0
        return b""

    def _expected(self, step: Expect) -> bytes:
        while self.unread:
            characteristic, payload = self.unread.popleft()
            if characteristic == step.characteristic and payload.startswith(step.prefix):
                return payload
        assert step.optional, f"the virtual device never sent what {step} waits for"
        return b""


def configure(
    family: Family, settings: StreamSettings, peripheral: Peripheral | None = None
) -> tuple[Configured, Conversation]:
    """Run the configuration to its end; return its result and the conversation."""
    conversation = Conversation(peripheral or family.peripheral())
    return _played(family.configure(settings), conversation), conversation


def _played(script: Script, conversation: Conversation) -> Configured:
    step = next(script)
    while True:
        answer = conversation.answer(step)
        try:
            step = script.send(answer)
        except StopIteration as end:
            configured: Configured = end.value
            return configured


def connectable(family: Family) -> bool:
    """Return whether the family streams from a radio: not refused, and not a file's."""
    return family.capabilities.refused is None and bool(family.services)


def stream_settings(family: Family) -> StreamSettings:
    """Return the settings in force after a default configuration of the virtual device."""
    default = family.capabilities.default
    return configure(family, default)[0].settings if connectable(family) else default
