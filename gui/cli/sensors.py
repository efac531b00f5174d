"""``toepoint sensors``: the sensor families and what each can do."""

import argparse

ORDER = 3
NAME = "sensors"
HELP = "list the sensor families, what they can do and what is unconfirmed"
EXAMPLE = "toepoint sensors witmotion"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("family", nargs="?", help="only this family")


def run(args: argparse.Namespace) -> int:
    """Print the descriptions of the families."""
    from gui.console.sensors import family_text
    from sensor.families import families, family_named

    if args.family:
        print(family_text(family_named(args.family)))
        return 0
    live = [family for family in families().values() if family.services]
    print("\n\n".join(family_text(family) for family in live))
    return 0
