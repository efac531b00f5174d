"""A worker and addresses for windows that use the virtual Bluetooth."""

from gui.models.worker import Worker
from tests.patience import PATIENCE_S

ADDRESSES = ("00:00:5E:00:53:21", "00:00:5E:00:53:22")


class LastingWorker(Worker):
    """A worker whose loop never stops, because Bleak keeps a connection to the bus for each loop.

    Its end takes as long as a busy machine needs: a test that goes on with links half open would
    find its sensors in use.
    """

    def stop(self, timeout_s: float = PATIENCE_S) -> None:
        self.end_all(timeout_s)
