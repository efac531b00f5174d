"""An imported table: samples that come from a file, kept to the last bit. Never on the air.

A notification holds one or more samples, 56 bytes each, little-endian::

    int64    time on the session's clock, ns
    float64  acc x y z, m/s²
    float64  gyr x y z, rad/s

A recording made from a table therefore holds exactly the table's values: no quantisation, no fitted
clock. The ends of the ranges that the import found are settings of the stream: ``extra["stops"]`` has the
least and the largest value of acc x y z and gyr x y z, null where none was reached. Recordings of older
versions have none. The characteristic is a random UUID of our own.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from sensor.errors import DecodeError, SettingError
from sensor.families.base import (
    Advertisement,
    Capabilities,
    ClockKind,
    ClockModel,
    Decode,
    DeviceSamples,
    Encoder,
    Family,
    Message,
)
from sensor.families.counts import unclipped
from sensor.families.gatt import by_characteristic
from sensor.families.steps import refuse
from sensor.families.virtual import SilentPeripheral
from sensor.types import FloatArray, JsonValue, Packet, StreamSettings, frozen, frozen_bool

NAME = "table"
CHARACTERISTIC = "8f0d3b5e-5c1a-4b7e-9d43-6a1f0e2c7b90"
SAMPLES_PER_NOTIFICATION = 10

MAX_ACC_MPS2 = 1e4
"""More acceleration than any sensor can measure."""
MAX_GYR_RADPS = 1e3
"""A higher angular rate than any sensor can measure."""

STOPS = "stops"
"""Key of the ends of the ranges in the settings."""

SAMPLE = np.dtype([("t_ns", "<i8"), ("acc", "<f8", 3), ("gyr", "<f8", 3)])

TimeArray = npt.NDArray[np.int64]


def pack_samples(t_ns: TimeArray, acc: FloatArray, gyr: FloatArray) -> npt.NDArray[np.void]:
    """Return samples as an array whose bytes are a payload.

    Parameters
    ----------
    t_ns
        (n,) times on the session's clock, in ns.
    acc
        (n, 3) specific force in m/s², in the sensor's frame.
    gyr
        (n, 3) angular rate in rad/s, in the sensor's frame.
    """
    samples = np.empty(len(t_ns), SAMPLE)
    samples["t_ns"] = t_ns
    samples["acc"] = acc
    samples["gyr"] = gyr
    return samples


def stops_extra(low: Sequence[float | None], high: Sequence[float | None]) -> dict[str, JsonValue]:
    """Return the settings that mark samples at or beyond these values as clipped, (6,) each."""
    stops: list[JsonValue] = [list(low), list(high)]
    return {STOPS: stops} if any(x is not None for x in (*low, *high)) else {}


def _stops(extra: Mapping[str, JsonValue]) -> tuple[FloatArray, FloatArray] | None:
    """Return the least and the largest values (6,); None if no end of a range was reached.

    Raises
    ------
    SettingError
        If they are no such values.
    """
    if STOPS not in extra:
        return None
    try:
        low, high = np.array(extra[STOPS], dtype=np.float64).reshape(2, 6)
    except (TypeError, ValueError):
        allowed = "two lists of six numbers, with null where no end of a range was reached"
        raise SettingError(STOPS, repr(extra[STOPS]), allowed) from None
    return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


def _period_ns(settings: StreamSettings) -> int:
    return round(1e9 / settings.rate_hz)


def _decoder(settings: StreamSettings) -> Decode:
    # Half a period more is an uneven table, a whole one is a missing sample.
    longest_step_ns = _period_ns(settings) * 3 // 2
    stops = _stops(settings.extra)
    return by_characteristic(
        NAME, {CHARACTERISTIC: partial(_decode_samples, longest_step_ns, stops)}
    )


def _decode_samples(
    longest_step_ns: int, stops: tuple[FloatArray, FloatArray] | None, payloads: Sequence[bytes]
) -> list[Packet]:
    """Return the packets of the first payload, one for each run of evenly spaced samples.

    A packet ends where the spacing changes, or where a step is longer than ``longest_step_ns``, so
    that samples are missing.

    Raises
    ------
    DecodeError
        If it is not whole samples with increasing times and possible values.
    """
    payload = payloads[0]
    if not payload or len(payload) % SAMPLE.itemsize:
        reason = f"not a whole number of {SAMPLE.itemsize}-byte samples"
        raise DecodeError(NAME, CHARACTERISTIC, payload, reason)
    samples = np.frombuffer(payload, SAMPLE)
    t_ns = samples["t_ns"].tolist()
    acc, gyr = frozen(samples["acc"]), frozen(samples["gyr"])
    # Written so that nan fails as well.
    if not (np.abs(acc).max() <= MAX_ACC_MPS2 and np.abs(gyr).max() <= MAX_GYR_RADPS):
        raise DecodeError(NAME, CHARACTERISTIC, payload, "a value that no sensor can measure")
    if t_ns[0] < 0 or any(b <= a for a, b in itertools.pairwise(t_ns)):
        raise DecodeError(NAME, CHARACTERISTIC, payload, "times that do not increase")
    clipped = unclipped(len(samples))
    if stops is not None:
        six = np.concatenate([acc, gyr], axis=1)
        clipped = frozen_bool(((six <= stops[0]) | (six >= stops[1])).any(axis=1))
    return [
        Packet(
            acc[start:stop],
            gyr[start:stop],
            clipped[start:stop],
            ticks=t_ns[start : start + 1],
            period_s=(t_ns[start + 1] - t_ns[start]) / 1e9 if stop - start > 1 else None,
        )
        for start, stop in _runs(t_ns, longest_step_ns)
    ]


def _runs(t_ns: list[int], longest_step_ns: int) -> Iterator[tuple[int, int]]:
    """Yield start and stop of the samples of each packet."""
    start = 0
    for i in range(1, len(t_ns)):
        step = t_ns[i] - t_ns[i - 1]
        uneven = i - start > 1 and step != t_ns[i - 1] - t_ns[i - 2]
        # The first step of a packet sets its spacing, so it cannot be uneven itself.
        if uneven or step > longest_step_ns:
            yield start, i
            start = i
    yield start, len(t_ns)


def _encoder(settings: StreamSettings) -> Encoder:
    """Return an encoder for even times at the rate of ``settings``."""
    return Encoder(partial(_encode, _period_ns(settings)), SAMPLES_PER_NOTIFICATION)


def _encode(period_ns: int, samples: DeviceSamples) -> list[Message]:
    t_ns = round(samples.time_s * 1e9) + np.arange(len(samples.acc)) * period_ns
    return [(CHARACTERISTIC, pack_samples(t_ns, samples.acc, samples.gyr).tobytes())]


FAMILY = Family(
    name=NAME,
    title="Imported table",
    capabilities=Capabilities(
        models=("imported table",),
        rates_hz=(),
        acc_ranges_g=(),
        gyr_ranges_dps=(),
        clock=ClockModel(ClockKind.SESSION, tick_s=1e-9),
        limits=("comes from a file only",),
    ),
    services=(),
    advertisement=Advertisement(),
    recognise=lambda _advertisement: 0.0,
    configure=refuse(NAME, "a family with a radio: a table comes from a file"),
    decoder=_decoder,
    encoder=_encoder,
    peripheral=SilentPeripheral,
)
