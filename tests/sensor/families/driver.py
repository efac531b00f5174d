"""Runs a family's configuration against a virtual device, without radio, time or threads."""

from collections import deque
from dataclasses import dataclass, field

from sensor.families.base import Family, Message, Peripheral
from sensor.families.steps import Configured, Expect, Pause, Read, Script, Step, Subscribe, Write
from sensor.types import StreamSettings


@dataclass
class Conversation:
    """What was said between a configuration and a device."""

    peripheral: Peripheral
    steps: list[Step] = field(default_factory=list)
    subscribed: set[str] = field(default_factory=set)
    unread: deque[Message] = field(default_factory=deque)

    def answer(self, step: Step) -> bytes:
        """Do ``step`` and return its answer."""
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
    """Run the configuration to its end; return that and the conversation that led to it."""
    talk = Conversation(peripheral or family.peripheral())
    return _played(family.configure(settings), talk), talk


def _played(script: Script, talk: Conversation) -> Configured:
    step = next(script)
    while True:
        answer = talk.answer(step)
        try:
            step = script.send(answer)
        except StopIteration as end:
            configured: Configured = end.value
            return configured


def connectable(family: Family) -> bool:
    """Whether the family streams from a radio: not refused, and not a file's."""
    return family.capabilities.refused is None and bool(family.services)


def stream_settings(family: Family) -> StreamSettings:
    """Return the settings a stream of the family runs with by default, as the device has it."""
    default = family.capabilities.default
    return configure(family, default)[0].settings if connectable(family) else default
