"""A virtual Bluetooth for the tests of this folder, and one event loop for all of them.

Bleak keeps its state of BlueZ per event loop and needs that loop to keep running, as in the program.
"""

import asyncio
from collections.abc import Iterator

import pytest

from sensor.ble.host_checks import check_bluetooth
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, Rig, running_rig
from tests.rig.session import eventually


@pytest.fixture(scope="session", autouse=True)
def own_claims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep claims of sensors apart: other runs of these tests use the same addresses."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("claims")))
        yield


@pytest.fixture(scope="session")
def rig_process() -> Iterator[Rig]:
    """Return the process of the virtual Bluetooth, with Bleak directed to it."""
    if missing := missing_dbus():
        pytest.skip(missing)
    with running_rig() as rig, pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT, rig.bus_address)
        yield rig


@pytest.fixture(scope="session")
def loop(rig_process: Rig) -> Iterator[asyncio.Runner]:
    """Return the loop of all tests that use Bleak; it ends before the bus does."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def rig(rig_process: Rig, loop: asyncio.Runner) -> Iterator[Rig]:
    """Return the virtual Bluetooth without sensors, with its adapter switched on."""
    rig_process.do("clear")
    # Bleak sees the adapter as the last test left it until it receives the change.
    eventually(lambda: [check.ok for check in loop.run(check_bluetooth())], [True] * 4)
    yield rig_process
    rig_process.do("clear")
