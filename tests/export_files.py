"""The files that a person asks for: each as its command or the window writes it, and how it is read.

The analyses and the simulated session are made once; all that writes is the product's own.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from unittest import mock

from matplotlib.figure import Figure

from gui.cli.main import main
from gui.models.job import Job
from gui.models.worker import Worker
from gui.texts.exports import WORDING
from processing.calibration.calibration_file import load_calibration
from processing.output.angles import write_angles
from processing.output.report import write_report
from processing.review.analysis import Analysis, analyse
from sensor.recording import open_recording
from sensor.simulation import SimulatedSession, simulate
from tests.kept_files import read_items

RECORDING = Path(__file__).parents[1] / "recordings" / "b_good.mcap"


def angles_by_command(path: Path, number: int) -> None:
    """Write the live angles (1) or the offline ones (2) with ``toepoint export``."""
    _command("export", str(RECORDING), "-o", str(path), *["--offline"] * (number - 1))


def calibration_by_command(path: Path, number: int) -> None:
    """Save the calibration of a recording with ``toepoint analyse``."""
    _command("analyse", str(RECORDING), "--save-calibration", str(path), "--force")


def simulation_by_command(path: Path, number: int) -> None:
    """Write a simulated session and its truth with ``toepoint simulate``."""
    with mock.patch("sensor.simulation.simulate", return_value=_session(number)):
        _command("simulate", "", "-o", str(path), "--force")


def angles_by_window(path: Path, number: int) -> None:
    """Write angles as a job of the window does."""
    _job(lambda: write_angles(path, _analysis(), offline=number == 2))


def report_by_window(path: Path, number: int) -> None:
    """Write a report and its picture, as a job of the window does; ``path`` is the picture's folder."""
    _job(lambda: write_report(path.with_suffix(".folder"), _analysis(), str(number), WORDING))


def _command(*words: str) -> None:
    quiet = io.StringIO()
    with (
        mock.patch("processing.review.analysis.analyse", return_value=_analysis()),
        contextlib.redirect_stdout(quiet),
        contextlib.redirect_stderr(quiet),
    ):
        # With its trace a command does not print an error but raises it.
        main(["--trace", *words])


def _job(work: Callable[[], object]) -> None:
    with _no_drawing():
        Job(_worker(), lambda _: work()).result()


@contextlib.contextmanager
def _no_drawing() -> Iterator[None]:
    """Draw an empty picture: drawing takes a hundred times longer than writing."""
    with mock.patch("processing.output.report.draw_set", return_value=Figure((0.2, 0.2))):
        yield


@cache
def _worker() -> Worker:
    return Worker()


@cache
def _analysis() -> Analysis:
    return analyse(open_recording(RECORDING))


@cache
def _session(number: int) -> SimulatedSession:
    return simulate(f"sets=1,reps=2,seed={number}")


def read_text(path: Path) -> object:
    """Return a text file; None without one."""
    return path.read_text(encoding="utf-8") if path.exists() else None


def read_report(path: Path) -> object:
    """Return the page of a report; None without one."""
    return read_text(path.with_suffix(".folder") / "report.html")


def read_calibration(path: Path) -> object:
    """Return a calibration; None without one."""
    return load_calibration(path) if path.exists() else None


EXPORTS: dict[str, tuple[Callable[[Path, int], object], Callable[[Path], object]]] = {
    "toepoint export": (angles_by_command, read_text),
    "toepoint analyse --save-calibration": (calibration_by_command, read_calibration),
    "toepoint simulate": (simulation_by_command, read_items),
    "window: angles": (angles_by_window, read_text),
    "window: report": (report_by_window, read_report),
}
"""The writer of version ``n`` of each kind of file, and its reader."""
