"""Arduino Science Journal on a Nano 33 BLE Sense: recognised, decoded, but refused.

Its firmware sends acceleration and angular rate in the layout of
:mod:`sensor.families.float_streams`, whenever its loop comes round to them: no clock, no counter,
no rate that could be asked for. The same board streams well with the project's own sketch
(:mod:`sensor.families.board`).

Source: the firmware of the Arduino Science Journal. See ``firmware_notes/adafruit.md``.
"""

import numpy as np

from sensor.families.base import (
    Advertisement,
    Capabilities,
    Characteristic,
    ClockKind,
    ClockModel,
    Family,
    Service,
)
from sensor.families.float_streams import FloatStream, float_decoder, float_encoder
from sensor.families.steps import refuse
from sensor.families.virtual import SilentPeripheral
from sensor.types import STANDARD_GRAVITY_MPS2, StreamSettings

NAME = "arduino_science"

SERVICE = "555a0002-0000-467a-9538-01f0652c74e8"
ACC = "555a0002-0011-467a-9538-01f0652c74e8"
GYR = "555a0002-0012-467a-9538-01f0652c74e8"

ACC_UNIT_MPS2 = STANDARD_GRAVITY_MPS2
"""g, the unit of the board's library; the firmware states none."""
GYR_UNIT_RAD_S = float(np.deg2rad(1.0))
"""°/s, the unit of the board's library; the firmware states none."""

# 99.9 % of the ranges count as full scale.
ACC_STREAM = FloatStream(ACC, ACC_UNIT_MPS2, full_scale=4.0, clipped_from=3.996 * ACC_UNIT_MPS2)
GYR_STREAM = FloatStream(
    GYR, GYR_UNIT_RAD_S, full_scale=2000.0, clipped_from=1998.0 * GYR_UNIT_RAD_S
)

REFUSED = (
    "the Science Journal firmware sends samples without clock, counter or steady rate; "
    "put the sketch of firmware_notes/board_sketch on the same board instead"
)

FAMILY = Family(
    name=NAME,
    title="Arduino Science Journal",
    capabilities=Capabilities(
        models=("Arduino Nano 33 BLE Sense with the Science Journal firmware",),
        rates_hz=(),
        acc_ranges_g=(4.0,),
        gyr_ranges_dps=(2000.0,),
        clock=ClockModel(ClockKind.NONE),
        default=StreamSettings(50.0, 4.0, 2000.0),
        separate_streams=True,
        unconfirmed=("the units of the values (g and °/s are those of the board's library)",),
        refused=REFUSED,
    ),
    services=(
        Service(SERVICE, (Characteristic(ACC, ("notify",)), Characteristic(GYR, ("notify",)))),
    ),
    advertisement=Advertisement("BLESense-0A1B", (SERVICE,)),
    recognise=lambda advertisement: float(SERVICE in advertisement.service_uuids),
    # Recordings that hold its bytes are still decoded: only the radio is refused.
    configure=refuse(NAME, f"another one: {REFUSED}"),
    decoder=lambda _settings: float_decoder(NAME, ACC_STREAM, GYR_STREAM),
    encoder=lambda _settings: float_encoder(ACC_STREAM, GYR_STREAM),
    peripheral=SilentPeripheral,
)
