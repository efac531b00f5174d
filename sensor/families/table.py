"""An imported table: samples that come from a file, kept to the last bit. Never on the air.

A notification holds one or more samples, 56 bytes each, little-endian::

    int64    time on the session's clock, ns
    float64  acc x y z, m/s²
    float64  gyr x y z, rad/s

So a recording made from a table says what the table says: no range, no quantisation, no fitted
clock. The characteristic is a random UUID of our own.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sensor.errors import DecodeError, SettingError
from sensor.families._quiet import QuietPeripheral
from sensor.families.base import (
    Advertisement,
    Capabilities,
    ClockKind,
    ClockModel,
    Script,
    Service,
    Step,
)
from sensor.types import FloatArray, Packet, StreamSettings, frozen, frozen_bool

NAME = "table"
CHARACTERISTIC = "8f0d3b5e-5c1a-4b7e-9d43-6a1f0e2c7b90"
SAMPLES_PER_NOTIFICATION = 10

MAX_ACC_MPS2 = 1e4
MAX_GYR_RADPS = 1e3
"""More than any sensor can measure: values beyond are none."""

SAMPLE = np.dtype([("t_ns", "<i8"), ("acc", "<f8", 3), ("gyr", "<f8", 3)])

TimeArray = npt.NDArray[np.int64]


def pack_samples(t_ns: TimeArray, acc: FloatArray, gyr: FloatArray) -> npt.NDArray[np.void]:
    """Return samples at ``t_ns`` (n,), acc and gyr (n, 3) as an array whose bytes are a payload."""
    samples = np.empty(len(t_ns), SAMPLE)
    samples["t_ns"] = t_ns
    samples["acc"] = acc
    samples["gyr"] = gyr
    return samples


@dataclass(frozen=True, slots=True)
class TableDecoder:
    """Without state: a notification holds whole samples.

    Samples with exactly one spacing come in one packet; where the table is uneven, or a step is
    longer than ``longest_step_ns`` so that samples are missing, the next packet begins.
    """

    longest_step_ns: int

    def feed(self, characteristic: str, payload: bytes) -> list[Packet]:
        """Return the packets of ``payload``.

        Raises
        ------
        DecodeError
            If it is not whole samples with increasing times and possible values.
        """
        reason = None
        if characteristic != CHARACTERISTIC:
            reason = "not the characteristic of a table"
        elif not payload or len(payload) % SAMPLE.itemsize:
            reason = f"not a whole number of {SAMPLE.itemsize}-byte samples"
        else:
            samples = np.frombuffer(payload, SAMPLE)
            t_ns = samples["t_ns"].tolist()
            acc, gyr = frozen(samples["acc"]), frozen(samples["gyr"])
            # Written so that nan fails as well.
            if not (np.abs(acc).max() <= MAX_ACC_MPS2 and np.abs(gyr).max() <= MAX_GYR_RADPS):
                reason = "a value that no sensor can measure"
            elif t_ns[0] < 0 or any(b <= a for a, b in itertools.pairwise(t_ns)):
                reason = "times that do not increase"
        if reason is not None:
            raise DecodeError(NAME, characteristic, payload, reason)
        clipped = frozen_bool(np.zeros(len(t_ns), np.bool_))
        return [
            Packet(
                acc[start:stop],
                gyr[start:stop],
                clipped[start:stop],
                tick=t_ns[start],
                period_s=(t_ns[start + 1] - t_ns[start]) / 1e9 if stop - start > 1 else None,
            )
            for start, stop in self._runs(t_ns)
        ]

    def reset(self) -> None:
        """Forget nothing: there is nothing to remember."""

    def _runs(self, t_ns: list[int]) -> Iterator[tuple[int, int]]:
        """Yield start and stop of the samples of each packet."""
        start = 0
        for i in range(1, len(t_ns)):
            step = t_ns[i] - t_ns[i - 1]
            uneven = i - start > 1 and step != t_ns[i - 1] - t_ns[i - 2]
            if uneven or step > self.longest_step_ns:
                yield start, i
                start = i
        yield start, len(t_ns)


@dataclass(frozen=True, slots=True)
class TableEncoder:
    """The samples of a notification at even times; see :class:`sensor.families.base.Encoder`."""

    period_ns: int
    samples_per_notification: int = SAMPLES_PER_NOTIFICATION

    def encode(
        self, acc: FloatArray, gyr: FloatArray, sample_index: int, time_s: float
    ) -> list[tuple[str, bytes]]:
        """Return one notification; see :class:`sensor.families.base.Encoder`."""
        del sample_index  # a table has times, and no counter
        t_ns = round(time_s * 1e9) + np.arange(len(acc)) * self.period_ns
        return [(CHARACTERISTIC, pack_samples(t_ns, acc, gyr).tobytes())]


CAPABILITIES = Capabilities(
    models=("imported table",),
    rates_hz=(),
    acc_ranges_g=(),
    gyr_ranges_dps=(),
    clock=ClockModel(ClockKind.SESSION, tick_s=1e-9),
    limits=("comes from a file only",),
)
NO_ADVERTISEMENT = Advertisement()


@dataclass(frozen=True, slots=True)
class Table:
    """The family; see :class:`sensor.families.base.Family`."""

    name: str = NAME
    title: str = "Imported table"
    capabilities: Capabilities = CAPABILITIES
    services: tuple[Service, ...] = ()
    advertisement: Advertisement = NO_ADVERTISEMENT

    def recognise(self, advertisement: Advertisement) -> float:
        """Return 0: a table is never on the air."""
        del advertisement
        return 0.0

    def configure(self, settings: StreamSettings) -> Script:
        """Refuse: there is no device."""
        del settings
        raise SettingError("family", NAME, "a family with a radio: a table comes from a file")

    def stop(self) -> list[Step]:
        """Return no steps."""
        return []

    def decoder(self, settings: StreamSettings) -> TableDecoder:
        """Return a new decoder."""
        return TableDecoder(longest_step_ns=_period_ns(settings) * 3 // 2)

    def encoder(self, settings: StreamSettings) -> TableEncoder:
        """Return a new encoder for even times at the rate of ``settings``."""
        return TableEncoder(_period_ns(settings))

    def peripheral(self) -> QuietPeripheral:
        """Return the device's side of no device."""
        return QuietPeripheral()


def _period_ns(settings: StreamSettings) -> int:
    return round(1e9 / settings.rate_hz)


FAMILY = Table()
