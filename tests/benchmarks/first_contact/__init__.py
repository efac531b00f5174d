"""The program with strangers' sensors, people and endings; each module prints one table.

Seeds: those below :data:`REPORTED_FROM` are for development, the reported figures come from those above.
"""

import argparse

REPORTED_FROM = 7_000_000
"""The first seed of reported figures. No constant of the product was chosen on seeds from here on."""


def seed_options(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the options that every table of sessions has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--first-seed", type=int, default=REPORTED_FROM)
    return parser
