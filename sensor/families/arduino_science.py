"""Arduino Science Journal on a Nano 33 BLE Sense: recognised, decoded, but refused.

Its firmware sends acceleration and angular rate as three little-endian floats each, whenever its
loop comes round to them: no clock, no counter, no rate that could be asked for. The same board
streams well with the project's own sketch (:mod:`sensor.families.board`).

Source: the firmware of the Arduino Science Journal. See ``firmware_notes/adafruit.md``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError
from sensor.families._layout import NO_SAMPLES, float_vector
from sensor.families._quiet import QuietPeripheral, refuse
from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Script,
    Service,
    Step,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings

NAME = "arduino_science"

SERVICE = "555a0002-0000-467a-9538-01f0652c74e8"
ACC = "555a0002-0011-467a-9538-01f0652c74e8"
GYR = "555a0002-0012-467a-9538-01f0652c74e8"

# The units are those of the board's library; the firmware states none.
ACC_UNIT_MPS2 = STANDARD_GRAVITY_MPS2
GYR_UNIT_RAD_S = float(np.deg2rad(1.0))
ACC_LIMIT_G = 3.996
GYR_LIMIT_DPS = 1998.0


@dataclass(frozen=True, slots=True)
class ArduinoScienceDecoder:
    """Notifications to packets of one sample; nothing is remembered."""

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return a packet whose one array is empty; see ``base.Decoder``."""
        if characteristic == ACC:
            full_scale = ACC_LIMIT_G * ACC_UNIT_MPS2
            acc, clipped = float_vector(NAME, ACC, payload, ACC_UNIT_MPS2, full_scale)
            return [Packet(acc, NO_SAMPLES, clipped)]
        if characteristic == GYR:
            full_scale = GYR_LIMIT_DPS * GYR_UNIT_RAD_S
            gyr, clipped = float_vector(NAME, GYR, payload, GYR_UNIT_RAD_S, full_scale)
            return [Packet(NO_SAMPLES, gyr, clipped)]
        raise DecodeError(NAME, characteristic, payload, "neither acceleration nor angular rate")


@dataclass(frozen=True, slots=True)
class ArduinoScienceEncoder:
    """The two streams of the firmware."""

    samples_per_notification: int = 1

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the firmware sends neither counter nor time
        time_s: float,  # noqa: ARG002
    ) -> list[tuple[str, bytes]]:
        """Return a notification of each stream for each sample; see ``base.Encoder``."""
        acc_g = np.clip(acc / ACC_UNIT_MPS2, -4.0, 4.0).astype("<f4")
        gyr_dps = np.clip(gyr / GYR_UNIT_RAD_S, -2000.0, 2000.0).astype("<f4")
        return [
            notification
            for acc_row, gyr_row in zip(acc_g, gyr_dps, strict=True)
            for notification in ((ACC, acc_row.tobytes()), (GYR, gyr_row.tobytes()))
        ]


CAPABILITIES = Capabilities(
    models=("Arduino Nano 33 BLE Sense with the Science Journal firmware",),
    rates_hz=(),
    acc_ranges_g=(4.0,),
    gyr_ranges_dps=(2000.0,),
    clock=ClockModel(ClockKind.NONE),
    default=StreamSettings(50.0, 4.0, 2000.0),
    separate_streams=True,
    unconfirmed=("the units of the values (g and °/s are those of the board's library)",),
    refused=(
        "the Science Journal firmware sends samples without clock, counter or steady rate; "
        "put the sketch of firmware_notes/board_sketch on the same board instead"
    ),
)

SERVICES = (Service(SERVICE, (Characteristic(ACC, ("notify",)), Characteristic(GYR, ("notify",)))),)

ADVERTISEMENT = Advertisement("BLESense-0A1B", (SERVICE,))


@dataclass(frozen=True, slots=True)
class ArduinoScience:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "Arduino Science Journal"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = SERVICES
    advertisement: Advertisement = ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Judge by the service."""
        return 1.0 if SERVICE in advertisement.service_uuids else 0.0

    def configure(self, settings: StreamSettings) -> Script:
        """Refuse, with the reason; see ``base.Family``."""
        del settings
        refuse(NAME, CAPABILITIES)

    def stop(self) -> Sequence[Step]:
        """Return nothing: it was never started."""
        return []

    def decoder(self, settings: StreamSettings) -> ArduinoScienceDecoder:
        """Return a decoder."""
        del settings
        return ArduinoScienceDecoder()

    def encoder(self, settings: StreamSettings) -> ArduinoScienceEncoder:
        """Return an encoder."""
        del settings
        return ArduinoScienceEncoder()

    def peripheral(self) -> QuietPeripheral:
        """Return a device that does nothing."""
        return QuietPeripheral()


FAMILY = ArduinoScience()
