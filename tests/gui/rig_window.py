"""A worker and addresses for windows that use the virtual Bluetooth."""

from gui.models.worker import Worker

ADDRESSES = ("00:00:5E:00:53:21", "00:00:5E:00:53:22")


class LastingWorker(Worker):
    """A worker whose loop never stops, because Bleak keeps a connection to the bus for each loop."""

    def stop(self, timeout_s: float = 5.0) -> None:
        self.end_all(timeout_s)
