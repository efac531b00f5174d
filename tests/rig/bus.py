"""A private D-Bus with its own socket and configuration."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The limits are higher than on real systems: a blocked program must lose no waiting message.
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <limit name="max_outgoing_bytes">1000000000</limit>
  <limit name="max_incoming_bytes">1000000000</limit>
</busconfig>
"""


def missing_dbus() -> str | None:
    """Return why the virtual Bluetooth cannot be started here, or None if it can."""
    if sys.platform != "linux":
        return "it is a fake BlueZ, which is for Linux only"
    if shutil.which("dbus-daemon") is None:
        return "dbus-daemon is not installed (Debian and Ubuntu: apt-get install dbus)"
    return None


@contextmanager
def private_bus() -> Iterator[str]:
    """Run a dbus-daemon and yield its address."""
    with tempfile.TemporaryDirectory(prefix="toepoint-rig-") as folder:
        configuration = Path(folder, "bus.conf")
        configuration.write_text(CONFIGURATION.format(socket=Path(folder, "bus")))
        daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            # It warns that it may not raise its limit of open files, which does not matter here.
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert daemon.stdout is not None
        try:
            # The daemon prints its address as soon as it listens.
            yield daemon.stdout.readline().strip()
        finally:
            daemon.terminate()
            daemon.wait()
            daemon.stdout.close()
