"""Ten thousand faults of the disk: what is told to be saved is there, and everything else is told.

Each run writes something on a disk one call of which fails (full, failing, read-only, or its folder is
taken away), once or for good. A recording may also be killed or lose its power at a random call.
"""

import contextlib
import random
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sensor.errors import RecordingError, ToepointError
from sensor.recording import RecordingWriter, open_recording
from tests.benchmarks.first_contact import REPORTED_FROM
from tests.export_files import EXPORTS
from tests.failing_disk import LOSE_THE_FOLDER, FailingDisk, Fault, every_fault
from tests.kept_files import WRITERS
from tests.sensor.recordings import HEADER, STEP_NS, session

SEED = REPORTED_FROM
RUNS = 10_000
RECORDING_SHARE, EXPORT_SHARE = 0.5, 0.03
"""Shares of the runs that record, and that write what a person asked for, which takes half a second; the
others write a small file of the program's own."""
ITEMS = session(1200, seed=SEED)
"""Twelve seconds."""
SYNC_ITEMS = 100
"""A session synchronises its recording every second."""
LAST_CALLS = 2
"""The calls that close a recording, after the last look at its name."""
KILL_S, POWER_S = 1.0, 5.0
"""To reach: the most that a kill and a power cut may cost."""


@dataclass
class Tally:
    """The outcomes of the runs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    """Number of runs by outcome."""
    wrong: list[str] = field(default_factory=list)
    """Words that were not true, and untyped errors."""
    lost_s: dict[str, list[float]] = field(default_factory=lambda: {"kill": [], "power cut": []})
    """The time that each recording that ended early has lost, s."""


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    ArgumentParser(description=__doc__).parse_args(arguments)
    tally = Tally()
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        calls = {name: _calls(root / f"sound {name}", write) for name, (write, _) in FILES.items()}
        recording_calls = _calls(root / "whole session", _record_all)
        for number in range(RUNS):
            folder = root / f"{number}"
            if rng.random() < RECORDING_SHARE:
                _record(tally, folder, next(every_fault(recording_calls, rng)), rng)
            else:
                exports = rng.random() < EXPORT_SHARE / (1.0 - RECORDING_SHARE)
                kind = rng.choice(list(EXPORTS if exports else WRITERS))
                _write(tally, folder, kind, next(every_fault(calls[kind], rng)))
            for left in root.glob(f"{number}*"):
                shutil.rmtree(left)
    print(f"{RUNS} faults, seed {SEED}")
    for outcome, count in sorted(tally.outcomes.items()):
        print(f"  {outcome:<52}{count:>7}")
    for ending, most in (("kill", KILL_S), ("power cut", POWER_S)):
        lost = tally.lost_s[ending]
        print(
            f"  lost by a {ending}: {len(lost)} runs, mean {sum(lost) / len(lost):.2f} s, "
            f"worst {max(lost):.2f} s (to reach: {most:g} s)"
        )
    print(f"  untrue words and untyped errors: {len(tally.wrong)} (to reach: 0)")
    for one in tally.wrong[:10]:
        print(f"    {one}")


# Recordings -----------------------------------------------------------------------------------


class _Ended(BaseException):
    """The end of a process in the middle."""


def _record_items(writer: RecordingWriter, end: int | None = None) -> None:
    for number, item in enumerate(ITEMS, start=1):
        if number == end:
            raise _Ended
        writer.write(item)
        if number % SYNC_ITEMS == 0:
            writer.sync()


def _record_all(path: Path, _: int) -> None:
    with RecordingWriter(path, HEADER) as writer:
        _record_items(writer)


def _record(tally: Tally, folder: Path, fault: Fault, rng: random.Random) -> None:
    """Record with a fault, to the end or until a kill or power cut."""
    folder.mkdir()
    fallbacks = [folder.with_name(f"{folder.name} other")] * rng.randint(0, 1)
    ending = rng.choice(("closed", "closed", "kill", "power cut"))
    end = rng.randrange(1, len(ITEMS)) if ending != "closed" else None
    # A process that is ended early has a sound disk: two faults at once are another matter.
    with FailingDisk(folder, fault if ending == "closed" else None) as disk:
        told, path = _run_recording(folder, fallbacks, end, tally)
        if ending == "power cut":
            disk.cut_power(folder.with_name(f"{folder.name} left"), rng)
    if ending != "closed":
        left = folder.with_name(f"{folder.name} left") if ending == "power cut" else folder
        items = list(open_recording(left / "a.mcap").items())
        if items != ITEMS[: len(items)]:
            tally.wrong.append(f"{ending} at {end}: other items")
        tally.lost_s[ending].append(((end or 0) - 1 - len(items)) * STEP_NS / 1e9)
        tally.outcomes[f"recording, {ending}"] += 1
    elif told:
        tally.outcomes["recording, failure told"] += 1
    else:
        moved = path.parent != folder
        tally.outcomes["recording, went on elsewhere" if moved else "recording, whole"] += 1
        taken = fault.error == LOSE_THE_FOLDER and disk.calls <= fault.at + LAST_CALLS
        where = folder.with_name(f"{folder.name} elsewhere") / "a.mcap" if taken else path
        if not _is_whole(where):
            tally.wrong.append(f"recorded, but it is not whole: {fault}")


def _run_recording(
    folder: Path, fallbacks: list[Path], end: int | None, tally: Tally
) -> tuple[bool, Path]:
    """Return whether a failure was told, and the path that the writer names."""
    path = folder / "a.mcap"
    try:
        writer = RecordingWriter(path, HEADER, fallbacks=fallbacks)
        try:
            _record_items(writer, end)
        except _Ended:
            return False, path
        writer.close()
    except RecordingError:
        return True, path
    except Exception as error:  # noqa: BLE001
        tally.wrong.append(f"{type(error).__name__}: {error}")
        return True, path
    return False, writer.path


def _is_whole(path: Path) -> bool:
    with contextlib.suppress(RecordingError):
        recording = open_recording(path)
        return recording.health.complete and list(recording.items()) == ITEMS
    return False


# Smaller files --------------------------------------------------------------------------------


FILES = {**WRITERS, **EXPORTS}
"""The small files that the program keeps, and those that a person asks for."""


def _calls(folder: Path, write: Callable[[Path, int], object]) -> int:
    """Return the number of calls that ``write`` makes on a sound disk."""
    folder.mkdir()
    with FailingDisk(folder) as disk:
        write(folder / "a.mcap", 1)
    return disk.calls


def _write(tally: Tally, folder: Path, kind: str, fault: Fault) -> None:
    """Write a newer version over an older one, with a fault."""
    write, read = FILES[kind]
    folder.mkdir()
    path = folder / "file"
    write(path, 1)
    old, new = read(path), _newer(folder, kind)
    told = False
    with FailingDisk(folder, fault):
        try:
            write(path, 2)
        except ToepointError:
            told = True
        except Exception as error:  # noqa: BLE001
            tally.wrong.append(f"{kind}: {type(error).__name__}: {error}")
            return
    there = path if path.exists() else folder.with_name(f"{folder.name} elsewhere") / "file"
    found = read(there)
    tally.outcomes[f"{kind}, {'failure told' if told else 'saved'}"] += 1
    if found != new and not (told and found in (old, None)):
        tally.wrong.append(f"{kind}: {'failure told' if told else 'saved'}, but not so: {fault}")


def _newer(folder: Path, kind: str) -> object:
    write, read = FILES[kind]
    path = folder / "newer"
    write(path, 1)
    write(path, 2)
    return read(path)


if __name__ == "__main__":
    main(sys.argv[1:])
