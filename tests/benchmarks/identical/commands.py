"""Runs the commands of a checkout on an input and reads their outputs.

``calibrate``, whose guide follows the wall clock, and commands that need sensors or a screen are left out.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.identical import outputs
from tests.benchmarks.identical.inputs import Input, Kind
from tests.benchmarks.identical.outputs import Output

BITS = Path(__file__).with_name("bits.py")
DONE = (0, 3)
"""Exit codes of a command that did its work; 3 if the input is incomplete."""
TIMEOUT_S = 600.0


class Failed(Exception):  # noqa: N818 - it is an outcome, not a fault of this program
    """An error of a command of a checkout, after which there is nothing to compare."""


class Checkout:
    """The commands of the checkout ``tree``, with a private home and working files in ``folder``."""

    def __init__(self, tree: Path, folder: Path) -> None:
        self.tree = tree
        self.folder = folder
        self._home = folder / "home"
        self._home.mkdir()

    def copy(self, source: Path) -> Path:
        """Return a copy of an input with its date, in the same folder for every checkout."""
        return Path(shutil.copy2(source, self.folder))

    def toepoint(self, *arguments: str) -> tuple[str, Output]:
        """Return the output of a command, its messages and its exit code."""
        return self._run("toepoint", *arguments)

    def console(self, *arguments: str) -> Output:
        """Return the output of a command for people."""
        text, messages = self.toepoint(*arguments)
        return outputs.read_console(text) + messages

    def bits(self, recording: Path) -> Output:
        """Return every number of the analysis of ``recording`` to the last bit."""
        text, _ = self._run("python", str(BITS), str(recording))
        return outputs.read_bits(text)

    def _run(self, program: str, *arguments: str) -> tuple[str, Output]:
        done = subprocess.run(
            [str(self.tree / ".venv" / "bin" / program), *arguments],
            cwd=self.tree,
            env=self._environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
            check=False,
        )
        if done.returncode not in DONE:
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            command = self._plain(" ".join((program, *arguments)))
            raise Failed(f"{command}: exit code {done.returncode}: {self._plain(last[0])}")
        exit_code = Output((("exit code", str(done.returncode)),))
        messages = outputs.read_console(self._plain(done.stderr), "message ")
        return self._plain(done.stdout), exit_code + messages

    def _plain(self, text: str) -> str:
        """Remove the names of folders: the temporary one differs in every run, the other by checkout."""
        return text.replace(str(self.folder), "FOLDER").replace(str(self.tree), "TREE")

    def _environment(self) -> Mapping[str, str]:
        home = str(self._home)
        kept = {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
        private = {f"XDG_{what}_HOME": home for what in ("DATA", "CONFIG", "CACHE", "STATE")}
        return kept | private | {"HOME": home, "LANG": "C.UTF-8", "TZ": "UTC", "COLUMNS": "100"}


def run(tree: Path, given: Input) -> dict[str, Output]:
    """Return every output of the checkout ``tree`` for an input, by its name.

    Raises
    ------
    Failed
        If a command ends with an error.
    """
    with TemporaryDirectory(prefix="toepoint-identical-") as name:
        checkout = Checkout(tree, Path(name).resolve())
        match given.kind:
            case Kind.REFERENCE:
                return _reference(checkout, given)
            case Kind.SIMULATED:
                return _simulated(checkout, given)
            case Kind.MEASURED:
                return _measured(checkout, given)
            case Kind.COMMAND:
                return _command(checkout, given)


def _reference(checkout: Checkout, given: Input) -> dict[str, Output]:
    recording = checkout.copy(Path(given.source))
    return {
        "input": outputs.read_recording(recording),
        "inspect": checkout.console("inspect", str(recording)),
        **_analysed(checkout, recording),
        "export": _exported(checkout, recording),
        "export --offline": _exported(checkout, recording, "--offline"),
        **_coached(checkout, recording),
    }


def _simulated(checkout: Checkout, given: Input) -> dict[str, Output]:
    recording = checkout.folder / "session.mcap"
    return {
        "simulate": checkout.console("simulate", given.source, "-o", str(recording)),
        "recording": outputs.read_recording(recording),
        "truth": outputs.read_arrays(recording.with_suffix(".truth.npz")),
        **_analysed(checkout, recording),
        **_coached(checkout, recording, *given.options),
    }


def _measured(checkout: Checkout, given: Input) -> dict[str, Output]:
    recording = checkout.folder / "session.mcap"
    table = checkout.copy(Path(given.source))
    return {
        "import": checkout.console("import", str(table), "-o", str(recording), *given.options),
        "recording": outputs.read_recording(recording),
        **_analysed(checkout, recording),
        "export": _exported(checkout, recording),
    }


def _command(checkout: Checkout, given: Input) -> dict[str, Output]:
    folder = checkout.folder
    match given.source:
        case "demo":
            printed = checkout.console("demo", "--no-window", "-o", str(folder))
            return {
                "demo": printed,
                "recording": outputs.read_recording(folder / "session.mcap"),
                "report": outputs.read_page(folder / "report.html"),
                "picture": outputs.read_picture(folder / "set.png"),
            }
        case "bench-calibrate":
            store = folder / "trims.json"
            faces = ("sim:table=faces,seed=1000", "--fast", "--store", str(store))
            printed = checkout.console("bench-calibrate", *faces)
            return {"bench-calibrate": printed, "trims": outputs.read_file(store)}
        case command:
            return {command: checkout.console(command)}


def _analysed(checkout: Checkout, recording: Path) -> dict[str, Output]:
    """Return the printed analysis, its exact numbers, and its calibration."""
    calibration = checkout.folder / "calibration.json"
    text, messages = checkout.toepoint(
        "analyse", str(recording), "--json", "--save-calibration", str(calibration)
    )
    return {
        "analyse": outputs.read_json(text) + messages,
        "calibration": outputs.read_file(calibration),
        "bits": checkout.bits(recording),
    }


def _exported(checkout: Checkout, recording: Path, *options: str) -> Output:
    table = checkout.folder / "angles.csv"
    printed = checkout.console("export", str(recording), *options, "-o", str(table))
    return printed + outputs.read_table(table)


def _coached(checkout: Checkout, recording: Path, *options: str) -> dict[str, Output]:
    """Return the output of the live run, and the exact times and events that it records."""
    played = checkout.folder / "played.mcap"
    printed = checkout.console("coach", str(recording), "--fast", "-o", str(played), *options)
    return {"coach": printed, "coach -o": outputs.read_recording(played)}
