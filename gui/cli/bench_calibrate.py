"""``toepoint bench-calibrate``: offset and scale of an accelerometer from its six faces."""

import argparse
from pathlib import Path

from gui.cli.arguments import add_speed

ORDER = 6
NAME = "bench-calibrate"
HELP = "find a device's accelerometer offset and scale by laying it on its six faces"
EXAMPLE = "toepoint bench-calibrate ble:shin=ADDRESS"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "source", help="ble:… (one sensor or both), a recording of it, or sim:table=faces"
    )
    parser.add_argument(
        "--store",
        type=Path,
        metavar="FILE",
        help="file to save it in (default for live sensors: in the user's data folder)",
    )
    add_speed(parser)


def run(args: argparse.Namespace) -> int:
    """Measure, print, and save."""
    from gui.console.endings import run_until_ended
    from gui.console.faces import FacesWatch
    from gui.console.updates import source_of
    from sensor.errors import ToepointError
    from sensor.sources import open_source
    from sensor.store.trims import TRIMS, remember_trim

    text = source_of(args.source)
    watch = FacesWatch(open_source(text, speed=None if args.fast else args.speed))
    run_until_ended(watch.run())
    store = args.store or (TRIMS.path if text.startswith("ble:") else None)
    failed = 0
    for sensor in watch.sensors:
        try:
            trim = watch.trim(sensor)
        except ToepointError as error:
            failed += 1
            print(f"{sensor.segment} sensor: {error}")
            continue
        # In thousandths of g, as in data sheets.
        offset = ", ".join(f"{1000.0 * v / 9.80665:+.1f}" for v in trim.offset_mps2)
        scale = ", ".join(f"{100.0 * (v - 1.0):+.2f}" for v in trim.scale)
        print(
            f"{sensor.segment} sensor: offset {offset} mg (± {1000.0 * trim.offset_sd_mps2 / 9.80665:.1f}), "
            f"scale {scale} %"
        )
        if watch.has_spare_poses(sensor):
            print(f"gravity fits to {1000.0 * trim.misfit_mps2 / 9.80665:.1f} mg in all poses")
        if store is not None:
            remember_trim(sensor, trim, store)
            print(f"saved in {store}")
    return 3 if failed else 0
