"""``toepoint coach``: play a session and print the cues of the coach at their times."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gui.cli.arguments import add_exercise, add_speed, chosen_exercise

if TYPE_CHECKING:
    from sensor.types import Event

ORDER = 36
NAME = "coach"
HELP = "play a recording, or a simulation, and print the coach's cues at their times"
EXAMPLE = "toepoint coach file:recordings/b_faults.mcap --fast"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("source", help="a recording, or a source such as sim:protocol=B,seed=3")
    parser.add_argument(
        "--protocol",
        help="A, B, free …, or a TOML file of your own (default: as the session was coached, else as "
        "its sets are marked, else the first that fits the exercise)",
    )
    parser.add_argument("--level", choices=["learn", "train", "test"], help="amount of feedback")
    parser.add_argument(
        "--soreness",
        type=float,
        metavar="0…10",
        help="of hamstrings and calves, before the first set (default: as recorded, else unknown)",
    )
    add_speed(parser)
    add_exercise(parser, "what the recording says")
    parser.add_argument("-o", "--output", type=Path, help="record what is played")


def run(args: argparse.Namespace) -> int:
    """Play and print."""
    from gui.console.gate import ask_at_gate
    from gui.console.playback import play
    from gui.console.updates import level_line
    from processing.coach.beginning import Beginning, recorded_beginning
    from processing.coach.coach import Coach
    from processing.coach.cues import CueConfig, Level
    from processing.coach.loads import Athlete
    from processing.coach.protocol_file import protocol_named
    from processing.coach.set_record import protocol_of_sets
    from processing.exercises.session_exercises import session_exercises
    from sensor.types import SessionHeader

    exercise = chosen_exercise(args)
    protocol = protocol_named(args.protocol) if args.protocol else None
    # Asked before anything is played.
    person = Athlete() if protocol is None else ask_at_gate(protocol)
    # The session makes its coach from the header, and its last suggestion is printed at the end.
    coaches: list[Coach] = []

    def coach(header: SessionHeader) -> Coach:
        # A protocol that is named takes the place of the whole recorded beginning.
        recorded = recorded_beginning(header) if protocol is None else None
        marked = protocol_of_sets(_events(args.source)) if recorded is None else None
        trained = session_exercises(header, exercise).first
        usual = protocol_named(trained.protocols[0] if trained.protocols else "free")
        marked = None if marked is None or not marked.fits(trained) else marked
        begun = recorded or Beginning(protocol or marked or usual, person, CueConfig())
        if not begun.protocol.fits(trained):
            print(f"note: {begun.protocol.name} is no protocol for {trained.key}")
        athlete, config = begun.athlete, begun.config
        if args.soreness is not None:
            athlete = replace(athlete, soreness=args.soreness)
        if args.level:
            config = replace(config, level=Level(args.level))
        coaches.append(Coach(begun.protocol, athlete, config))
        return coaches[-1]

    speed = None if args.fast else args.speed
    whole = play(args.source, speed, args.output, coach, exercise=exercise)
    for used in coaches:
        print(level_line(used.config.level, used.suggested_level), end="")
    return 0 if whole else 3


def _events(source: str) -> "list[Event]":
    """Return the events of a recording; none of any other source."""
    from gui.console.updates import source_of
    from sensor.recording import open_recording

    scheme, _, path = source_of(source).partition(":")
    if scheme != "file":
        return []
    return list(open_recording(Path(path)).events())
