"""Every kind of file that comes from outside: a sound sample of it, and how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gui.models.settings import load_settings
from processing.calibration.calibration_file import load_calibration
from processing.coach.protocol_file import load_protocol
from processing.review.edit_file import read_edits
from sensor.store.pairs import PAIRS
from sensor.store.trims import TRIMS

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    sample: str
    """A sound file in ``tests/data``."""
    load: Callable[[Path], object]
    """Reads a file of this kind."""

    @property
    def sound(self) -> bytes:
        """The content of the sample."""
        return (DATA / self.sample).read_bytes()


KINDS = {
    "settings": Kind("settings_v1.json", load_settings),
    "calibration": Kind("calibration_v2.json", load_calibration),
    "old calibration": Kind("calibration_v1.json", load_calibration),
    "protocol": Kind("protocol_v1.toml", load_protocol),
    "edits": Kind("edits_v1.edits.jsonl", read_edits),
    "pairs": Kind("pairs_v1.json", PAIRS.load),
    "trims": Kind("trims_v1.json", TRIMS.load),
}
