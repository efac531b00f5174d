"""A virtual MetaMotion board, for tests and demonstrations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sensor.families.base import Message
from sensor.families.gatt import FIRMWARE_REVISION, SERIAL_NUMBER
from sensor.families.metamotion_packets import (
    ACC,
    BATTERY_STATE,
    BMI160,
    COMMAND,
    GYR,
    GYR_RANGE_CODES,
    INFO,
    NOTIFY,
    PACKED,
    PROCESSOR,
    PROCESSOR_ADDED,
    RATE_CODES,
    SETTINGS,
    SINGLE,
    TIMED,
    Chip,
)
from sensor.types import StreamSettings

Member = TypeVar("Member")

POWER, ENABLE, CONFIG = 0x01, 0x02, 0x03
ADD, DATA, NOTIFY_ON, REMOVE_ALL = 0x02, 0x03, 0x07, 0x08


@dataclass(slots=True)
class MetaMotionPeripheral:
    """A virtual board with the chip's defaults; it keeps its whole state when the link is lost."""

    chip: Chip = BMI160
    """The inertial sensor."""
    revisions: dict[int, int] = field(
        default_factory=lambda: {ACC: 1, GYR: 1, PROCESSOR: 3, SETTINGS: 3}
    )
    """Revision of each module that the board has; 0 on old BMI160 firmware."""
    subscribed: set[tuple[int, int]] = field(default_factory=set)
    """Module and register of each subscription."""
    processors: int = 0
    """Number of data processors that were added."""
    powered: set[int] = field(default_factory=set)
    """The modules that are switched on."""
    enabled: set[int] = field(default_factory=set)
    """The modules whose data are switched on."""
    config: dict[int, tuple[int, int]] = field(
        default_factory=lambda: {ACC: (0x28, 0x0C), GYR: (0x28, 0x00)}
    )
    """The configuration bytes of each sensor: rate and range (100 Hz, 16 g, 2000 °/s)."""

    def write(self, characteristic: str, data: bytes) -> list[Message]:
        """Accept a command; return its answers."""
        if characteristic != COMMAND or len(data) < 2:
            return []
        module, register, rest = data[0], data[1], data[2:]
        if register == INFO:
            return [(NOTIFY, self._info(module))]
        if data == bytes((SETTINGS, 0xCC)):
            return [(NOTIFY, BATTERY_STATE + bytes((99,)) + (4148).to_bytes(2, "little"))]
        if module == PROCESSOR:
            return self._process(register, rest)
        if module in {ACC, GYR}:
            self._sense(module, register, rest)
        return []

    def _info(self, module: int) -> bytes:
        implementations = {
            ACC: self.chip.acc_implementation,
            GYR: self.chip.gyr_implementation,
        }
        head = bytes((module, INFO))
        # A module that the board lacks answers with its head alone.
        if module not in self.revisions:
            return head
        return head + bytes((implementations.get(module, 0), self.revisions[module]))

    def _process(self, register: int, rest: bytes) -> list[Message]:
        if register == ADD:
            self.processors += 1
            return [(NOTIFY, PROCESSOR_ADDED + bytes((self.processors - 1,)))]
        if register == REMOVE_ALL:
            self.processors = 0
            self.subscribed.discard((PROCESSOR, DATA))
        elif register == NOTIFY_ON and len(rest) == 2 and rest[1] and rest[0] < self.processors:
            self.subscribed.add((PROCESSOR, DATA))
        return []

    def _sense(self, module: int, register: int, rest: bytes) -> None:
        if register == POWER and rest:
            _switch(self.powered, module, on=bool(rest[0]))
        elif register == ENABLE and len(rest) == 2:
            _switch(self.enabled, module, on=bool(rest[0]))
        elif register == CONFIG and len(rest) == 2:
            # A code that the chip does not know leaves the old configuration in force.
            ranges = self.chip.acc_range_codes if module == ACC else GYR_RANGE_CODES
            if rest[0] & 0x0F in RATE_CODES.values() and rest[1] in ranges.values():
                self.config[module] = (rest[0], rest[1])
        elif rest:
            _switch(self.subscribed, (module, register), on=bool(rest[0]))

    def read(self, characteristic: str) -> bytes:
        """Return the value of a readable characteristic."""
        return {SERIAL_NUMBER: b"05A3F1", FIRMWARE_REVISION: b"1.5.0"}.get(characteristic, b"")

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force while both sensors run and are subscribed."""
        kind = self._kind()
        if kind is None or not self.powered == self.enabled == {ACC, GYR}:
            return None
        (odr, acc_range), (_, gyr_range) = self.config[ACC], self.config[GYR]
        return StreamSettings(
            rate_hz=_key(RATE_CODES, odr & 0x0F),
            acc_range_g=_key(self.chip.acc_range_codes, acc_range),
            gyr_range_dps=_key(GYR_RANGE_CODES, gyr_range),
            extra={"chip": self.chip.name, "stream": kind},
        )

    def _kind(self) -> str | None:
        if (PROCESSOR, DATA) in self.subscribed:
            return TIMED
        for kind in (PACKED, SINGLE):
            wanted = {
                (ACC, self.chip.acc_registers[kind]),
                (GYR, self.chip.gyr_registers[kind]),
            }
            if wanted <= self.subscribed:
                return kind
        return None


def _switch(members: set[Member], member: Member, *, on: bool) -> None:
    """Add ``member`` to the set, or remove it."""
    (members.add if on else members.discard)(member)


def _key(codes: Mapping[float, int], code: int) -> float:
    return next(value for value, known in codes.items() if known == code)
