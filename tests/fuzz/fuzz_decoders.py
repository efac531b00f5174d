r"""Coverage-guided fuzzing of a family's decoder and of the assembler behind it.

pytest does not run it, since atheris has no wheels for all supported Pythons and systems. This runs a
million inputs for one family, from the root of the repository::

    uv run --with atheris python -m tests.fuzz.fuzz_decoders witmotion \
        -runs=1000000 -max_len=64

Further options are those of libFuzzer. It ends with a traceback and a ``crash-*`` file on any
other error than the typed one, on impossible values, and on growing memory.
"""

import sys

import atheris

with atheris.instrument_imports(include=["sensor"]):
    from sensor.assembler import Assembler
    from sensor.families import families, family_named
    from sensor.types import Notification, Segment, SensorInfo

from tests.sensor.families.driver import stream_settings
from tests.sensor.families.mutation import check_decoder, mutated, stream_of


def main() -> None:
    """Fuzz the family of the first argument; libFuzzer gets the other arguments."""
    if len(sys.argv) < 2 or sys.argv[1] not in families():
        sys.exit(
            f"usage: fuzz_decoders FAMILY [libFuzzer options]; FAMILY: {', '.join(families())}"
        )
    family = family_named(sys.argv.pop(1))
    settings = stream_settings(family)
    good = stream_of(family)
    info = SensorInfo("s", Segment.FOOT, family.name, settings=settings)

    def one_input(data: bytes) -> None:
        chosen = atheris.FuzzedDataProvider(data)
        notifications = mutated(good, chosen.ConsumeBytes)
        check_decoder(family, family.decoder(settings), notifications)
        assembler = Assembler([info], 0)
        newest = -1e30
        for i, (characteristic, payload) in enumerate(notifications):
            for block in assembler.feed(Notification(i * 40_000_000, "s", characteristic, payload)):
                assert block.t[0] > newest
                newest = float(block.t[-1])

    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
