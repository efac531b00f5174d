"""MetaMotion: the maker's own test bytes, where the file that quotes them lies beside the repository.

They may not be redistributed, so they are not part of this project.
"""

import struct
from typing import Any

import numpy as np

from sensor.families.metamotion import (
    FAMILY,
    FAST_CONNECTION,
    READ_BATTERY,
    SENSORS_OFF,
    SENSORS_ON,
    acc_config,
    gyr_config,
    subscription,
)
from sensor.families.metamotion_packets import ACC, BMI160, BMI270, GYR, NOTIFY
from sensor.types import StreamSettings
from tests.sensor.families.contract import first_of
from tests.sensor.families.test_metamotion import settings
from tests.shared_data import device_vectors


def of_the_maker(direction: str) -> list[dict[str, Any]]:
    return [
        v for v in device_vectors() if v["family"] == "metawear" and v["direction"] == direction
    ]


def notifications(vector: dict[str, Any]) -> list[bytes]:
    whole = bytes.fromhex(vector["hex"])
    length = vector["expect"].get("notification_length", len(whole))
    return [whole[i : i + length] for i in range(0, len(whole), length)]


def settings_of(vector: dict[str, Any]) -> StreamSettings:
    context = vector.get("context", {})
    stated = context.get("range", "")
    return settings(
        acc_g=float(stated[:-1]) if stated.endswith("g") else 16.0,
        gyr_dps=float(stated[:-3]) if stated.endswith("dps") else 2000.0,
        chip=context.get("chip"),
    )


def test_every_notification_of_the_maker_is_read() -> None:
    vectors = of_the_maker("notify")
    assert len(vectors) >= 13
    for vector in vectors:
        expect, decoder = vector["expect"], FAMILY.decoder(settings_of(vector))
        packets = [p for payload in notifications(vector) for p in decoder(NOTIFY, [payload])]
        samples = expect.get("samples", [])
        for key, values in (
            ("acc_g", np.vstack([np.zeros((0, 3)), *(p.acc / 9.80665 for p in packets)])),
            ("gyr_dps", np.rad2deg(np.vstack([np.zeros((0, 3)), *(p.gyr for p in packets)]))),
        ):
            if samples and key in samples[0]:
                wanted = [sample[key] for sample in samples]
                np.testing.assert_allclose(values, wanted, atol=expect["tolerance"])
        for key, decoded in (
            ("charge_percent", [p.battery_percent for p in packets]),
            ("tick", [first_of(p.ticks) for p in packets]),
        ):
            if key in expect:
                assert decoded == [expect[key]]
        if "ticks" in expect:
            assert [first_of(p.ticks) for p in packets] == expect["ticks"]
        if "gyr_raw" in expect:
            counts = np.rad2deg(packets[0].gyr) * 16.4
            np.testing.assert_allclose(counts, [expect["gyr_raw"]], atol=1e-9)
        if "module" in expect:
            assert packets == []


def test_every_command_of_the_maker_is_one_that_is_sent() -> None:
    on, off = SENSORS_ON, SENSORS_OFF
    ours = {
        "gyro cfg 200 Hz, 2000 dps": gyr_config(settings(200.0)),
        "gyro cfg 100 Hz, 250 dps": gyr_config(settings(gyr_dps=250.0)),
        "gyro cfg 50 Hz, 125 dps": gyr_config(settings(50.0, gyr_dps=125.0)),
        "gyro enable sampling": on[1],
        "gyro disable sampling": off[2],
        "gyro start": on[3],
        "gyro stop": off[0],
        "gyro subscribe (BMI160)": subscription(GYR, BMI160.gyr_registers["single"], on=True),
        "gyro subscribe packed (BMI160)": subscription(
            GYR, BMI160.gyr_registers["packed"], on=True
        ),
        "acc cfg BMI160 100 Hz 16 g": acc_config(BMI160, settings()),
        "acc cfg BMI160 200 Hz 8 g": acc_config(BMI160, settings(200.0, 8.0)),
        "acc cfg BMI160 100 Hz 2 g": acc_config(BMI160, settings(acc_g=2.0)),
        "acc enable sampling": on[0],
        "acc disable sampling": off[3],
        "acc subscribe": subscription(ACC, BMI160.acc_registers["single"], on=True),
        "acc subscribe packed (BMI160)": subscription(ACC, BMI160.acc_registers["packed"], on=True),
        "acc cfg BMI270 100 Hz 16 g": acc_config(BMI270, settings()),
        "acc cfg BMI270 200 Hz 8 g": acc_config(BMI270, settings(200.0, 8.0)),
        "acc subscribe packed (BMI270)": subscription(ACC, BMI270.acc_registers["packed"], on=True),
        "read battery": READ_BATTERY,
    }
    # Slow connections are in the maker's tests; only the fast one is used here.
    maker = {
        v["expect"]["command"]: bytes.fromhex(v["hex"])
        for v in of_the_maker("write")
        if not v["expect"]["command"].startswith("set connection parameters")
    }
    assert ours == maker


def test_the_fast_connection_has_the_layout_of_the_makers_slow_one() -> None:
    (vector,) = [v for v in of_the_maker("write") if "connection" in v["expect"]["command"]]
    # Two intervals in steps of 1.25 ms, a latency, a time-out in steps of 10 ms.
    slow = struct.unpack("<BB4H", bytes.fromhex(vector["hex"]))
    assert slow == (0x11, 0x09, 750 / 1.25, 1000 / 1.25, 128, 16384 // 10)
    fast = struct.unpack("<BB4H", FAST_CONNECTION)
    assert fast == (0x11, 0x09, 7.5 / 1.25, 7.5 / 1.25, 0, 6000 // 10)
