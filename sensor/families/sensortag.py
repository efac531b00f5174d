"""TI SensorTag CC2650STK: recognised, decoded, but refused.

Ten samples a second and ±250 °/s cannot follow a leg curl. Its movement data are nine little-endian
int16: angular rate, acceleration, magnetic field (not used).

Sources: TI's CC2650 SensorTag User's Guide; sandeepmistry/node-sensortag. See
``firmware_notes/sensortag.md``.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.errors import DecodeError
from sensor.families._layout import (
    FULL_SCALE_I16,
    counted,
    row_flag,
    scaled_row,
)
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

NAME = "sensortag"

SERVICE = "f000aa80-0451-4000-b000-000000000000"
DATA = "f000aa81-0451-4000-b000-000000000000"
CONFIGURATION = "f000aa82-0451-4000-b000-000000000000"
PERIOD = "f000aa83-0451-4000-b000-000000000000"

MOVEMENT = struct.Struct("<9h")
# The maker's formula; another public reader takes 1/128 °/s, which is 2.4 % more.
GYR_LSB_RAD_S = float(np.deg2rad(500.0)) / 65536.0
GYR_RANGE_DPS = 250.0


@dataclass(frozen=True, slots=True)
class SensorTagDecoder:
    """Notifications to packets of one sample; nothing is remembered."""

    acc_unit_mps2: float

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packet of one sample; see ``base.Decoder``."""
        if characteristic != DATA:
            raise DecodeError(NAME, characteristic, payload, "not the movement data")
        if len(payload) != MOVEMENT.size:
            raise DecodeError(NAME, DATA, payload, f"not the {MOVEMENT.size} bytes of a sample")
        counts = MOVEMENT.unpack(payload)[:6]
        full_scale = max(map(abs, counts)) >= FULL_SCALE_I16 - 1
        acc, gyr = scaled_row(counts[3:], self.acc_unit_mps2), scaled_row(counts[:3], GYR_LSB_RAD_S)
        return [Packet(acc, gyr, row_flag(clipped=full_scale))]


@dataclass(frozen=True, slots=True)
class SensorTagEncoder:
    """The device's movement data."""

    acc_unit_mps2: float
    samples_per_notification: int = 1

    def encode(
        self,
        acc: FloatArray,
        gyr: FloatArray,
        sample_index: int,  # noqa: ARG002  the device sends neither counter nor time
        time_s: float,  # noqa: ARG002
    ) -> list[tuple[str, bytes]]:
        """Return a notification for each sample; see ``base.Encoder``."""
        counts = np.zeros((len(acc), 9), dtype="<i2")
        counts[:, :3] = counted(gyr, GYR_LSB_RAD_S)
        counts[:, 3:6] = counted(acc, self.acc_unit_mps2)
        return [(DATA, row.tobytes()) for row in counts]


CAPABILITIES = Capabilities(
    models=("CC2650STK",),
    rates_hz=(),
    acc_ranges_g=(2.0, 4.0, 8.0, 16.0),
    gyr_ranges_dps=(GYR_RANGE_DPS,),
    clock=ClockModel(ClockKind.NONE),
    default=StreamSettings(10.0, 8.0, GYR_RANGE_DPS),
    unconfirmed=("every byte of a sample: no capture is public",),
    refused="10 samples a second and ±250 °/s are too little for a leg curl",
)

SERVICES = (
    Service(
        SERVICE,
        (
            Characteristic(DATA, ("read", "notify")),
            Characteristic(CONFIGURATION, ("read", "write")),
            Characteristic(PERIOD, ("read", "write")),
        ),
    ),
)

ADVERTISEMENT = Advertisement("CC2650 SensorTag", ())


@dataclass(frozen=True, slots=True)
class SensorTag:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "TI SensorTag"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = SERVICES
    advertisement: Advertisement = ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Judge by the name; the movement service is not always advertised."""
        return (
            1.0
            if "SensorTag" in advertisement.name or SERVICE in advertisement.service_uuids
            else 0.0
        )

    def configure(self, settings: StreamSettings) -> Script:
        """Refuse, with the reason; see ``base.Family``."""
        del settings
        refuse(NAME, CAPABILITIES)

    def stop(self) -> Sequence[Step]:
        """Return nothing: it was never started."""
        return []

    def decoder(self, settings: StreamSettings) -> SensorTagDecoder:
        """Return a decoder for the range of acceleration of ``settings``."""
        return SensorTagDecoder(_acc_unit_mps2(settings))

    def encoder(self, settings: StreamSettings) -> SensorTagEncoder:
        """Return an encoder for the range of acceleration of ``settings``."""
        return SensorTagEncoder(_acc_unit_mps2(settings))

    def peripheral(self) -> QuietPeripheral:
        """Return a device that does nothing."""
        return QuietPeripheral()


def _acc_unit_mps2(settings: StreamSettings) -> float:
    return settings.acc_range_g * STANDARD_GRAVITY_MPS2 / FULL_SCALE_I16


FAMILY = SensorTag()
