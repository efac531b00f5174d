"""The client of the virtual Bluetooth, for tests and the demonstration."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.patience import PATIENCE_S
from tests.rig.sensor import Sent

ROOT = Path(__file__).parents[2]
ENVIRONMENT = "DBUS_SYSTEM_BUS_ADDRESS"


class Rig:
    """A client that sends commands to the process; :class:`tests.rig.server.Server` describes them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.bus_address: str = self._answer()["address"]

    def do(self, command: str, **arguments: Any) -> Any:
        """Send a command and return its result."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": command, **arguments}) + "\n")
        self._process.stdin.flush()
        return self._answer()["result"]

    def sent(self, address: str) -> list[Sent]:
        """Return every notification that the sensor sent."""
        return [Sent(*row) for row in self.do("sent", address=address)]

    def environment(self) -> dict[str, str]:
        """Return the environment of a program that should use this Bluetooth."""
        return {**os.environ, ENVIRONMENT: self.bus_address}

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the virtual Bluetooth has died; its traceback is above")
        return json.loads(line)


@contextmanager
def running_rig() -> Iterator[Rig]:
    """Run the process of the virtual Bluetooth."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.rig.server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield Rig(process)
    finally:
        process.communicate(timeout=PATIENCE_S)
