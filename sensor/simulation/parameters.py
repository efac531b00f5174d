"""The parameters of a simulated session: every number with its unit, and one seed.

``docs/simulation.md`` lists them by key; :mod:`sensor.simulation.simulation_text` reads them.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sensor.errors import SettingError
from sensor.simulation.choices import (
    B_FAULTS,
    EXERCISE_FAULTS,
    ExerciseKind,
    RestActivity,
    SimulatedFault,
    SimulatedProtocol,
    TableActivity,
)
from sensor.simulation.exercise_parameters import ExerciseParameters
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.movement_parameters import MovementParameters
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.ranges import ADDED, check_choice, check_ranges, ranged
from sensor.simulation.sensor_parameters import SensorParameters
from sensor.simulation.surroundings_parameters import SurroundingsParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationParameters:
    """A simulated session: the same parameters always give the same bytes.

    In order of time it has the activity at the ``table``, a calibration, free movement, and the
    sets with rests between them.
    """

    seed: int = ranged(1, 0, 2**63 - 1)
    """Seed of everything that is drawn at random."""
    protocol: SimulatedProtocol = SimulatedProtocol.B
    """The types of the sets."""
    sets: int = ranged(2, 0, 100)
    """Number of sets."""
    reps: int = ranged(6, 1, 100)
    """Reps of each set."""
    load_kg: float = ranged(40.0, 0.0, 500.0)
    """Load that the events name; it does not change the movement."""
    lower_s: float = ranged(4.0, 0.3, 30.0)
    """Tempo: time of the lowering."""
    bottom_s: float = ranged(0.0, 0.0, 10.0)
    """Tempo: rest at the bottom."""
    lift_s: float = ranged(1.0, 0.3, 10.0)
    """Tempo: time of the lift."""
    top_s: float = ranged(1.0, 0.0, 10.0)
    """Tempo: hold at the top."""
    rest: RestActivity = RestActivity.STILL
    """The activity between sets."""
    rest_s: float = ranged(15.0, 4.0, 600.0)
    """Time between sets."""
    faults: tuple[SimulatedFault, ...] = ()
    """Faults of the reps, in turn."""
    fault_every_reps: int = ranged(2, 1, 100)
    """Every so many reps one has the next fault."""
    fault_strength_percent: float = ranged(100.0, 0.0, 100.0)
    """Strength of the faults: 100 is obvious, 20 would pass a coach."""
    calibration: bool = True
    """Whether the session has calibration movements."""
    marks: bool = True
    """Whether events mark the calibration steps and the sets."""
    free_s: float | None = None
    """Free movement before the sets; None is 60 s in protocol ``FREE``, else none."""
    table: TableActivity = field(default=TableActivity.NOTHING, metadata=ADDED)
    """The use of a table before the sensors are strapped on."""
    created_utc: str = "2026-01-01T12:00:00+00:00"
    """ISO 8601 date of the session, for people."""
    training: ExerciseParameters = field(default_factory=ExerciseParameters, metadata=ADDED)
    """The exercise of the session."""
    person: PersonParameters = field(default_factory=PersonParameters)
    """The person on the machine."""
    movement: MovementParameters = field(default_factory=MovementParameters, metadata=ADDED)
    """The movement of that person."""
    joint: JointParameters = field(default_factory=JointParameters, metadata=ADDED)
    """The joints of that person."""
    around: SurroundingsParameters = field(default_factory=SurroundingsParameters, metadata=ADDED)
    """The activities of that person around the sets."""
    shin: SensorParameters = field(
        default_factory=lambda: SensorParameters(position_m=(0.04, 0.01, -0.25))
    )
    """The sensor on the shin, by default on its front."""
    foot: SensorParameters = field(
        default_factory=lambda: SensorParameters(position_m=(0.09, 0.0, -0.03))
    )
    """The sensor on the foot, by default on the instep."""
    thigh: SensorParameters | None = None
    """The sensor on the thigh; None if there is none."""
    pelvis: SensorParameters | None = field(default=None, metadata=ADDED)
    """The sensor on the pelvis; None if there is none."""

    def __post_init__(self) -> None:
        check_ranges(self)
        check_choice("protocol", self.protocol, SimulatedProtocol)
        check_choice("rest", self.rest, RestActivity)
        check_choice("table", self.table, TableActivity)
        for fault in self.faults:
            check_choice("faults", fault, SimulatedFault)
        # A late switch in a set without a switch would have no effect, and nobody would notice.
        for fault in B_FAULTS.intersection(self.faults):
            if self.protocol is not SimulatedProtocol.B:
                raise SettingError("faults", fault.value, "left out: only protocol B has a switch")
        if self.training.exercise is not ExerciseKind.LEG_CURL:
            self._check_exercise()
        walks = (
            self.rest in {RestActivity.WALK, RestActivity.OFF, RestActivity.MIXED}
            or self.around.cramp_percent
            or self.free_s
            or self.protocol is SimulatedProtocol.FREE
        )
        if self.person.shin_held and walks:
            raise SettingError("shin_held", True, "left out where the person walks about")
        if self.free_s is not None and not 0.0 <= self.free_s <= 36000.0:
            raise SettingError("free_s", self.free_s, "a number from 0 to 36000")
        try:
            datetime.fromisoformat(self.created_utc)
        except ValueError:
            raise SettingError("created_utc", self.created_utc, "an ISO 8601 time") from None

    def _check_exercise(self) -> None:
        """Check what only leg curls have."""
        for fault in self.faults:
            if fault not in EXERCISE_FAULTS:
                allowed = ", ".join(sorted(EXERCISE_FAULTS))
                raise SettingError("faults", fault.value, f"for this exercise one of {allowed}")
        for key in ("shin_held", "calibrated"):
            if getattr(self.person, key):
                raise SettingError(key, getattr(self.person, key), "left out: it is for leg curls")
