"""The public names, gathered from where they are made."""

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.coach.coach import Coach
from processing.coach.cues import Cue
from processing.coach.protocol import Protocol
from processing.coach.protocol_file import built_in, load_protocol
from processing.judge.checks import Check, Grade
from processing.judge.verdict import Verdict
from processing.motion.calibrated import Calibration
from processing.output.session_tables import SessionTables, Table
from processing.review.analysis import Analysis, analyse
from processing.review.angle_of_arrays import ankle_angle
from processing.review.asked_set import AskedSet
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.review.training_sets import TrainingSet
from processing.session import Session, SessionReport
from processing.types import AngleBlock, Dropout, Phase, PhaseChange, Rep
from sensor.assembler import Assembler
from sensor.errors import DecodeError, TableError, ToepointError
from sensor.families import register_family
from sensor.families.base import Family
from sensor.recording import Recording, open_recording
from sensor.simulation import SimulatedSession, save_session, simulate
from sensor.sources import open_source
from sensor.table_import import Marks, TimeSpan, import_table
from sensor.types import ImuBlock, Packet, Segment, StreamSettings
from toepoint.reading import read

__all__ = [
    "Analysis", "AngleBlock", "AskedSet", "Assembler", "Calibrated", "Calibration",
    "CalibrationFailed", "Check", "Coach", "Cue", "DecodeError", "Dropout", "Family", "Grade",
    "ImuBlock", "JudgedSet", "Marks", "Packet", "Phase", "PhaseChange", "Protocol", "Recording",
    "Rep", "Segment", "Session", "SessionReport", "SessionTables", "SimulatedSession",
    "StreamSettings", "Table", "TableError", "TimeSpan", "ToepointError", "TrainingSet", "Verdict",
    "analyse", "ankle_angle", "built_in", "import_table", "judge_sets", "load_protocol",
    "open_recording", "open_source", "read", "register_family", "save_session", "simulate",
]  # fmt: skip
