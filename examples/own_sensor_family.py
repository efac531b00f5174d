"""A sensor that Toepoint does not know: describe its bytes, and they become samples."""

from collections.abc import Sequence

import numpy as np

import toepoint
from sensor.families import base, steps, virtual

SERVICE, DATA = (f"5f1e{n}000-0b5c-4c7e-9d43-6d8e3a1f2b10" for n in (1, 2))


def decode(characteristic: str, payloads: Sequence[bytes]) -> list[toepoint.Packet]:
    payload = payloads[0]  # the rest comes with the next call
    if characteristic != DATA or len(payload) != 24:
        raise toepoint.DecodeError("heron", characteristic, payload, "not six numbers")
    sample = np.frombuffer(payload, "<f4").reshape(1, 6).astype(float)  # m/s², rad/s
    return [toepoint.Packet(sample[:, :3], sample[:, 3:], clipped=np.zeros(1, bool))]


def configure(settings: toepoint.StreamSettings) -> steps.Script:
    yield steps.Subscribe(DATA)
    return steps.Configured(settings)


heron = toepoint.Family(
    name="heron",
    title="Heron",
    capabilities=base.Capabilities(("H1",), (100.0,), (16.0,), (2000.0,)),
    services=(base.Service(SERVICE, (base.Characteristic(DATA, ("notify",)),)),),
    advertisement=base.Advertisement("Heron", (SERVICE,)),
    recognise=lambda seen: float(SERVICE in seen.service_uuids),
    configure=configure,
    decoder=lambda _: decode,
    encoder=lambda _: base.Encoder(lambda s: [(DATA, np.array([*s.acc, *s.gyr], "<f4").tobytes())]),
    peripheral=lambda: virtual.SilentPeripheral(toepoint.StreamSettings()),
)
toepoint.register_family(heron)
session = toepoint.simulate("protocol=B,sets=1,reps=1,seed=3,family=heron")
assembler = toepoint.Assembler(session.header.sensors, session.header.start_ns)
for block in {b.segment: b for item in session.items for b in assembler.feed(item)}.values():
    print(block.segment.value, *block.acc[-1].round(2), *block.gyr[-1].round(2))
