"""Every kind of document that comes from outside: a sound sample of it, and how it is read."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcap.writer import Writer

from gui.models.settings import load_settings
from processing.calibration.calibration_file import load_calibration
from processing.coach.beginning import recorded_beginning, with_beginning
from processing.coach.protocol_file import load_protocol
from processing.exercises.exercise_file import load_exercise
from processing.library.goal_file import load_goals
from processing.review.edit_file import read_edits
from sensor.accelerometer.trim import KEY as TRIM_KEY
from sensor.accelerometer.trim import trim_of
from sensor.documents.convert import convert
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_limited
from sensor.recording import open_recording
from sensor.simulation.parameters_json import from_json
from sensor.store.charges import CHARGES
from sensor.store.pairs import PAIRS
from sensor.store.trims import TRIMS
from sensor.types import JsonValue, Segment, SensorInfo, SessionHeader, StreamSettings

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Kind:
    """One kind of document."""

    sample: str
    """A sound one in ``tests/data``."""
    load: Callable[[Path], object]
    """Reads a file of this kind."""

    @property
    def sound(self) -> bytes:
        """The content of the sample."""
        return (DATA / self.sample).read_bytes()


def open_head(path: Path) -> object:
    """Open a recording whose head is the content of ``path``."""
    whole = io.BytesIO()
    writer = Writer(whole)
    writer.start("toepoint")
    writer.add_message(writer.register_channel("/session", "json", 0), 5, _content(path), 5)
    writer.finish()
    path.write_bytes(whole.getvalue())
    return open_recording(path)


def read_coach(path: Path) -> object:
    """Read the content of ``path`` as it stands in the head of a recording."""
    return recorded_beginning(with_beginning(SessionHeader(0, "", ()), _table(path)))


def read_simulation(path: Path) -> object:
    """Read the content of ``path`` as the parameters of a simulated recording."""
    return from_json(_table(path))


def read_trim(path: Path) -> object:
    """Read the content of ``path`` as the trim of a sensor in the head of a recording."""
    settings = StreamSettings(extra={TRIM_KEY: _table(path)})
    return trim_of(SensorInfo("AA:01", Segment.FOOT, "witmotion", settings=settings))


def _content(path: Path) -> bytes:
    data = read_limited(path, 100_000_000)
    assert data is not None
    return data


def _table(path: Path) -> dict[str, JsonValue]:
    origin = Origin(path)
    table: dict[str, JsonValue] = convert(
        parse_json(_content(path), origin), dict[str, Any], origin
    )
    return table


KINDS = {
    "settings": Kind("settings_v2.json", load_settings),
    "old settings": Kind("settings_v1.json", load_settings),
    "calibration": Kind("calibration_v2.json", load_calibration),
    "old calibration": Kind("calibration_v1.json", load_calibration),
    "protocol": Kind("protocol_v1.toml", load_protocol),
    "exercise": Kind("exercise_v1.toml", load_exercise),
    "goals": Kind("goals_v1.json", load_goals),
    "edits": Kind("edits_v1.edits.jsonl", read_edits),
    "pairs": Kind("pairs_v1.json", PAIRS.load),
    "charges": Kind("charges_v1.json", CHARGES.load),
    "trims": Kind("trims_v1.json", TRIMS.load),
    "head of a recording": Kind("head_v1.json", open_head),
    "coach": Kind("coach_v1.json", read_coach),
    "simulation": Kind("simulation_v1.json", read_simulation),
    "trim of a recording": Kind("trim_v1.json", read_trim),
}
