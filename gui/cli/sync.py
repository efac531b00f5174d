"""``toepoint sync``: let Movella DOT sensors share one clock, by their own radio."""

import argparse

ORDER = 6
NAME = "sync"
HELP = "synchronise the clocks of Movella DOT sensors before a session"
EXAMPLE = "toepoint sync D4:22:CD:00:00:01 D4:22:CD:00:00:02"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("address", nargs="+", help="the sensors; the first leads")
    parser.add_argument("--rate", type=float, default=60.0, help="samples a second (60)")


def run(args: argparse.Namespace) -> int:
    """Synchronise and print the results; return 1 if a sensor is not synchronised."""
    from gui.console.endings import run_until_ended
    from sensor.ble.synchronise import SyncResult, synchronise_dots

    # Flushed, since nothing else is printed for so long.
    print("Keep the sensors close together. This takes about twenty seconds.", flush=True)
    results = run_until_ended(synchronise_dots(args.address, args.rate))
    for address, result in results.items():
        print(f"{address}: {result.name.lower().replace('_', ' ')}")
    return 0 if set(results.values()) == {SyncResult.SUCCESS} else 1
