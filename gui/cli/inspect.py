"""``toepoint inspect``: the contents of a recording."""

import argparse
from pathlib import Path

ORDER = 50
NAME = "inspect"
HELP = "show what is in a recording: sensors, rates, losses, gaps, events"
EXAMPLE = "toepoint inspect recordings/b_dropouts.mcap"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("recording", type=Path, help="a recording (.mcap)")


def run(args: argparse.Namespace) -> int:
    """Read and print."""
    from collections import Counter

    from gui.console.tables import rate_words
    from sensor.accelerometer.trim import trim_of
    from sensor.assembler import Assembler
    from sensor.recording import open_recording
    from sensor.types import Event

    recording = open_recording(args.recording)
    header = recording.header
    assembler = Assembler(header.sensors, header.start_ns)
    kinds: Counter[str] = Counter()
    dropouts: list[str] = []
    last_t: dict[str, float] = {}
    for item in recording.items():
        if isinstance(item, Event):
            kinds[item.kind] += 1
        for block in assembler.feed(item):
            if block.lost:
                # A block tells how many samples are missing before it, so the gap began at the
                # last one.
                since = last_t.get(block.segment, 0.0)
                dropouts.append(
                    f"{block.segment} {since:.2f}–{block.t[0]:.2f} s: {block.lost} samples"
                )
            last_t[block.segment] = float(block.t[-1])
    simulated = " · simulated data" if header.simulated else ""
    print(f"{args.recording}: {recording.duration_s:.1f} s, {header.created_utc}{simulated}")
    print(f"written by {header.software or 'unknown software'}")
    print(f"file: {recording.health.summary}")
    for sensor in header.sensors:
        seen = assembler.statistics[sensor.source]
        print(
            f"{sensor.segment:5} {sensor.name or sensor.source} ({sensor.family}, set to "
            f"{sensor.settings.rate_hz:g} Hz): {seen.received} samples, {rate_words(seen.rate_hz)}, "
            f"{seen.lost} lost, longest gap {seen.longest_gap_s:.2f} s, {seen.malformed} malformed "
            f"messages, {seen.skipped_bytes} bytes skipped"
        )
        if (trim := trim_of(sensor)) is not None:
            offset = ", ".join(f"{v:+.3f}" for v in trim.offset_mps2)
            print(f"      accelerometer trimmed by {offset} m/s² (six faces, {trim.created_utc})")
    for dropout in dropouts:
        print(f"lost: {dropout}")
    for kind, count in sorted(kinds.items()):
        print(f"event {kind}: {count}")
    for name, data in recording.attachments().items():
        print(f"attachment {name}: {len(data)} bytes")
    return 0 if recording.health.complete else 3
