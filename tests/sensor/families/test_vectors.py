"""Every published notification of every family: captured, from peers' tests, or from the layout.

The vectors lie beside the repository. The tests of each family check how configurations read
control answers; here such an answer must be no sample and no untyped error.
"""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sensor.families import families, family_named
from sensor.families.base import ClockKind, Decode
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, StreamSettings
from tests.sensor.families.contract import feed_anything, first_of, samples
from tests.shared_data import device_vectors, shared_file

Vector = dict[str, Any]

OUR_NAMES = {"xsens_dot": "movella_dot", "metawear": "metamotion"}

UNITS = {
    "acc_mps2": 1.0,
    "acc_g": STANDARD_GRAVITY_MPS2,
    "acc_mg": STANDARD_GRAVITY_MPS2 / 1000.0,
    "samples_mg": STANDARD_GRAVITY_MPS2 / 1000.0,
    "acc_unit_of_sketch": STANDARD_GRAVITY_MPS2,
    "gyr_rad_s": 1.0,
    "gyr_dps": np.deg2rad(1.0),
    "gyr_dps_ti": np.deg2rad(1.0),
    "samples_dps": np.deg2rad(1.0),
    "gyr_unit_of_sketch": np.deg2rad(1.0),
}
TIMES = {"timestamp_us": 1e-6, "timestamp_ms": 1e-3, "timestamp_ns": 1e-9}


def family_name(vector: Vector) -> str:
    name: str = vector["family"]
    return OUR_NAMES.get(name, name)


def settings_of(vector: Vector) -> StreamSettings:
    """Return the settings that the vector was sent with, as far as it names them."""
    family = family_named(family_name(vector))
    context = vector.get("context") or {}
    default = family.capabilities.default
    extra: dict[str, Any] = dict(default.extra)
    if "payload_mode" in context:
        extra["payload_mode"] = context["payload_mode"]
    if "factor" in context:
        extra |= {"acc_factor": context["factor"], "gyr_factor": context["factor"]}
    if "chip" in context:
        extra["chip"] = context["chip"]
    settings = replace(default, extra=extra)
    if resource := re.fullmatch(r"/Meas/(\w+)/(\d+)", context.get("path", "")):
        extra["resource"] = resource[1]
        settings = replace(settings, rate_hz=float(resource[2]))
    if span := re.fullmatch(r"(\d+)(g|dps)", context.get("range", context.get("acc_range", ""))):
        if span[2] == "g":
            settings = replace(settings, acc_range_g=float(span[1]))
        else:
            settings = replace(settings, gyr_range_dps=float(span[1]))
    return settings


def decoder_before(vector: Vector, vectors: list[Vector]) -> Decode:
    """Return a decoder that has read the earlier parts of the vector's message."""
    decoder = family_named(family_name(vector)).decoder(settings_of(vector))
    context = vector.get("context") or {}
    for other in vectors:
        if other.get("context") == {**context, "part": context.get("part", 0) - 1}:
            decoder(other["characteristic"], [bytes.fromhex(other["hex"])])
    return decoder


def notifications(vector: Vector) -> list[tuple[str, bytes]]:
    payload = bytes.fromhex(vector["hex"])
    length = vector["expect"].get("notification_length", len(payload))
    return [
        (vector["characteristic"], payload[at : at + length])
        for at in range(0, len(payload), length)
    ]


def expected(vector: Vector, quantity: str) -> FloatArray:
    """Return the expected ``acc`` or ``gyr`` (n, 3) in SI units, (0, 3) if there are none."""
    expect = vector["expect"]
    rows: list[FloatArray] = []
    for sample in expect.get("samples", [expect]):
        for key, value in sample.items():
            of_acc = key.startswith("acc") or key == "samples_mg"
            if key in UNITS and of_acc == (quantity == "acc"):
                rows.append(np.atleast_2d(value) * UNITS[key])
    return np.vstack([np.empty((0, 3)), *rows])


def of_notifications() -> list[Vector]:
    try:
        vectors = device_vectors()
    except pytest.skip.Exception:
        return []
    return [v for v in vectors if v["direction"] in {"notify", "indicate"}]


@pytest.mark.parametrize("vector", of_notifications(), ids=lambda v: f"{v['id']}-{v['name']}")
def test_a_published_notification_is_decoded(vector: Vector) -> None:
    decoder = decoder_before(vector, of_notifications())
    packets, errors = feed_anything(decoder, notifications(vector))
    acc, gyr = samples(packets)
    expect = vector["expect"]
    tolerance = float(expect.get("tolerance", 0.0))
    for quantity, decoded, unit in (
        ("acc", acc, STANDARD_GRAVITY_MPS2),
        ("gyr", gyr, np.deg2rad(1.0)),
    ):
        wanted = expected(vector, quantity)
        if len(wanted):
            # The numbers of the vectors are rounded to six places.
            atol = (tolerance or 1e-6) * unit
            np.testing.assert_allclose(decoded, wanted, rtol=1e-4, atol=atol)
    if len(expected(vector, "acc")) or len(expected(vector, "gyr")):
        assert not errors

    clock = family_named(family_name(vector)).capabilities.clock
    for key, unit_s in TIMES.items():
        if key in expect and clock.kind is ClockKind.TICKS and packets:
            tick = first_of(packets[-1].ticks)
            assert tick is not None
            assert tick * clock.tick_s == pytest.approx(expect[key] * unit_s, rel=1e-9)
    if "timestamp_raw" in expect:
        assert [first_of(p.ticks) for p in packets] == [expect["timestamp_raw"]]
    if "ticks" in expect:
        assert [first_of(p.ticks) for p in packets] == expect["ticks"]
    if "battery_percent" in expect:
        assert packets[-1].battery_percent == expect["battery_percent"]


def with_raw_counts() -> list[Vector]:
    return [v for v in of_notifications() if {"samples_raw", "gyr_raw"} & set(v["expect"])]


@pytest.mark.parametrize("vector", with_raw_counts(), ids=lambda v: v["id"])
def test_raw_counts_are_decoded_in_proportion(vector: Vector) -> None:
    expect = vector["expect"]
    counts = np.atleast_2d(np.array(expect.get("samples_raw", expect.get("gyr_raw")), dtype=float))
    packets, errors = feed_anything(decoder_before(vector, []), notifications(vector))
    assert not errors
    decoded = max(samples(packets), key=len)
    unit = decoded[0, 0] / counts[0, 0]
    assert unit > 0
    np.testing.assert_allclose(decoded, counts * unit, rtol=1e-9, atol=1e-12)


def test_every_family_with_vectors_is_there() -> None:
    shared_file("devices", "vectors.json")
    assert {family_name(v) for v in device_vectors()} <= set(families())


def test_control_answers_hold_no_samples() -> None:
    shared_file("devices", "vectors.json")
    answers = [
        v
        for v in of_notifications()
        if not {"samples_raw", "gyr_raw", "ticks"} & set(v["expect"])
        and not len(expected(v, "acc"))
        and not len(expected(v, "gyr"))
    ]
    assert len(answers) > 10
    for vector in answers:
        packets, _ = feed_anything(decoder_before(vector, []), notifications(vector))
        acc, gyr = samples(packets)
        assert len(acc) == len(gyr) == 0, vector["id"]
