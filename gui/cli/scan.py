"""``toepoint scan``: the sensors in sight."""

import argparse

ORDER = 2
NAME = "scan"
HELP = "show the sensors in sight, nearest first"
EXAMPLE = "toepoint scan --seconds 8"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--seconds", type=float, default=5.0, help="duration of the scan (5)")
    parser.add_argument("--all", action="store_true", help="also devices of no known family")


def run(args: argparse.Namespace) -> int:
    """Scan and print."""
    from gui.console.endings import run_until_ended
    from gui.console.sensors import found_table
    from gui.console.tables import plain_console
    from sensor.ble.discovery import scan
    from sensor.ble.remedies import REMEDIES, LinkFault

    found = run_until_ended(scan(args.seconds, unknown=args.all))
    if not found:
        print(f"No sensor in sight. {REMEDIES[LinkFault.NOT_FOUND].do}")
        # A script can tell that nothing was found.
        return 1
    plain_console().print(found_table(found))
    ready = [one.address for one in found if one.connectable]
    if len(ready) > 1:
        print(f"\ntoepoint record --shin {ready[0]} --foot {ready[1]}")
    if len(ready) > 2:
        print(f"with the third on the thigh: add --thigh {ready[2]}")
    return 0
