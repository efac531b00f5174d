"""``toepoint doctor``: problems of this computer, each with its remedy."""

import argparse

ORDER = 5
NAME = "doctor"
HELP = "check Bluetooth, the window, sound and the disk, with a remedy for each problem"
EXAMPLE = "toepoint doctor"

MARKS = {True: "ok     ", False: "PROBLEM", None: "unknown"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments: there are none."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Check and print; 1 if there is a problem."""
    import asyncio

    import platformdirs

    from gui.console.desktop_checks import check_sound, check_window, host_line
    from sensor.ble.host_checks import (
        check_bluetooth,
        check_conflicting_programs,
        check_disk,
        check_held_sensors,
    )
    from sensor.ble.host_findings import HostCheck

    del args

    async def bluetooth() -> list[HostCheck]:
        # One after the other: both ask the same service.
        return [*await check_bluetooth(), await check_held_sensors()]

    checks = [
        *map(host_line, asyncio.run(bluetooth())),
        host_line(check_conflicting_programs()),
        check_window(),
        check_sound(),
        host_line(check_disk(platformdirs.user_data_path("toepoint", appauthor=False))),
    ]
    for check in checks:
        print(f"{MARKS[check.ok]}  {check.name}: {check.what}")
        if check.remedy:
            print(f"         {check.remedy}")
    return 1 if any(check.ok is False for check in checks) else 0
