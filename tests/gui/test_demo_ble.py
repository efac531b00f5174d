"""``make demo-ble``: a whole session over Bluetooth, from the scan to the analysis."""

import subprocess
import sys

import pytest

from tests.patience import PATIENCE_S
from tests.rig.bus import missing_dbus
from tests.rig.client import ROOT


@pytest.mark.slow
@pytest.mark.bluetooth
def test_a_session_over_bluetooth_survives_the_loss_of_a_sensor() -> None:
    if missing := missing_dbus():
        pytest.skip(missing)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.rig.demo"),
            *("--simulation", "sim:protocol=B,sets=1,reps=3,seed=4"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lost = done.stdout.index("foot sensor lost: the connection was lost")
    again = done.stdout.index("foot sensor streaming", lost)
    assert "calibrated" in done.stdout[:lost]
    assert "rep 3" in done.stdout[again:]
    assert "not judged: foot gap" in done.stdout[again:]
    assert "3 reps; angles valid" in done.stdout
