"""The style of a person's reps: tempo, courses of the movements, and the fault of one rep."""

from dataclasses import dataclass

import numpy as np

from sensor.simulation.choices import ExerciseKind, MotionKind, SimulatedFault
from sensor.simulation.control_loss import ControlLoss, draw_control_loss, lost_control
from sensor.simulation.courses import Course, glide
from sensor.simulation.drawn_courses import (
    VISIBLE_DEG,
    drawn_course,
    drawn_kind,
    fall,
    with_creep,
    with_stall,
)
from sensor.simulation.movement_parameters import MovementParameters
from sensor.simulation.parameters import SimulationParameters

LIFT_RAMP = 0.4
"""Share of a gliding lift that each soft end takes."""
_LOWER_RAMP_S = 0.4
"""Time that each soft end of a gliding lowering takes."""
_FASTEST_S = 0.3
"""Shortest lowering, that of a leg that falls."""
_SOFT_ENDS = 0.06
"""The soft ends are hardly seen, so a gliding lowering takes longer by this share."""
_REST_PAUSE_S = (2.0, 25.0)
"""Shortest and longest drawn rest-pause."""


@dataclass(frozen=True, slots=True)
class ChosenCourse:
    """The course that a person chose for one lift or lowering."""

    kind: MotionKind
    """Its kind."""
    course: Course
    """Its course, with any creeping after the arrival."""
    arrival_s: float
    """Time from its start until the leg arrives, from where it may creep on."""
    break_share: float | None = None
    """Share of the way at which control is lost; None if it is kept."""

    def unseen_s(self, rom: float) -> tuple[float, float]:
        """Return the times in s before and after the visible movement over ``rom`` rad, creep included."""
        edge = VISIBLE_DEG / float(np.rad2deg(rom))
        seen = self.course.seen_from_to(edge)
        return seen[0], self.course.seconds - seen[1]

    def break_above(self, rom: float) -> float | None:
        """Return the angle above the end of a way of ``rom`` rad at which control is lost, in rad."""
        return None if self.break_share is None else (1.0 - self.break_share) * rom


@dataclass(frozen=True, slots=True)
class RepStyle:
    """The style of one rep: its spread from rep to rep, its courses, and its fault."""

    movement: MovementParameters
    """The courses that the person chooses from."""
    spread: float
    """Relative standard deviation of times and ranges from rep to rep."""
    lift_pace: float
    """Time of the person's lifts, relative to the tempo that is asked for."""
    lower_pace: float
    """The same of the lowerings."""
    rng: np.random.Generator
    """Source of chance for times, ranges and faults."""
    shapes: np.random.Generator
    """Source of chance for courses, stalls and rest-pauses."""
    fault: SimulatedFault | None
    """The fault of the rep."""
    strength: float
    """Its strength, from 0 to 1."""
    loss: ControlLoss | None = None
    """The points at which the person loses control; None for never."""

    def varied(self, value: float) -> float:
        """Return ``value`` with the person's spread, within two standard deviations."""
        return value * (1.0 + self.spread * float(np.clip(self.rng.standard_normal(), -2.0, 2.0)))

    def strength_of(self, fault: SimulatedFault) -> float:
        """Return the strength of ``fault`` in the rep, from 0 (absent) to 1."""
        return self.strength if self.fault is fault else 0.0

    def range_of(self, full: float) -> float:
        """Return the range of the rep, in the unit of the person's ``full`` range."""
        rom = self.varied(full)
        rom *= 1.0 - self.strength_of(SimulatedFault.PARTIAL) * float(self.rng.uniform(0.5, 0.65))
        short = self.strength_of(SimulatedFault.SHORT)
        # Without the spread, so that it stays between a partial rep and one of enough range.
        return full * (1.0 - short * float(self.shapes.uniform(0.32, 0.37))) if short else rom

    def lift(self, seconds: float, rom: float) -> ChosenCourse:
        """Return a lift that takes about ``seconds`` over ``rom`` rad."""
        seconds *= self.lift_pace
        kind = drawn_kind(self.movement.motion, self.shapes)
        if kind is MotionKind.GLIDE:
            return ChosenCourse(kind, glide(seconds, LIFT_RAMP, 0.0), seconds)
        rom_deg = float(np.rad2deg(rom))
        course = drawn_course(kind, seconds, rom_deg, self.shapes)
        return self._finished(kind, course, rom_deg)

    def lowering(self, seconds: float, rom: float) -> ChosenCourse:
        """Return a lowering that takes about ``seconds`` over ``rom`` rad."""
        kind, rom_deg = drawn_kind(self.movement.motion, self.shapes), float(np.rad2deg(rom))
        seconds *= self.lower_pace * (1.0 + (_SOFT_ENDS if kind is MotionKind.GLIDE else 0.0))
        quicker = 1.0 - 0.6 * self.strength_of(SimulatedFault.FAST)
        seconds = max(_FASTEST_S, seconds * quicker)
        share = self.loss.drawn(rom_deg, self.shapes) if self.loss is not None else None
        if share is not None:
            course = lost_control(seconds, share, rom_deg, self.shapes)
            return ChosenCourse(kind, course, course.seconds, share)
        if kind is MotionKind.GLIDE:
            course = self._glided(seconds)
        elif drop := self.strength_of(SimulatedFault.DROP):
            course = fall(seconds, drop)
        else:
            course = drawn_course(kind, seconds, rom_deg, self.shapes)
            if stall := self.strength_of(SimulatedFault.STALL):
                course = course.stalled(0.5, 2.0 * stall)
        if self.shapes.random() < 0.01 * self.movement.stalled_reps_percent:
            course = with_stall(course, self.shapes)
        return self._finished(kind, course, rom_deg)

    def _finished(self, kind: MotionKind, course: Course, rom_deg: float) -> ChosenCourse:
        if kind is not MotionKind.CREEPING:
            return ChosenCourse(kind, course, course.seconds)
        return ChosenCourse(kind, *with_creep(course, rom_deg, self.shapes))

    def _glided(self, seconds: float) -> Course:
        waver = 0.3 * self.spread * float(self.rng.uniform(-1.0, 1.0))
        drop, stall = (self.strength_of(f) for f in (SimulatedFault.DROP, SimulatedFault.STALL))
        # A drop falls over the last 45 % of the range; a stall stops half-way.
        if drop > 0.0:
            fall_s = 0.45 * seconds * (1.0 - drop) + _FASTEST_S * drop
            held = _gliding_down(seconds * (0.55 + 0.3 * drop), waver)
            return held.then(_gliding_down(fall_s, waver), 0.55)
        if stall > 0.0:
            half = _gliding_down(0.5 * seconds, waver)
            return half.then(half, 0.5, pause_s=2.0 * stall)
        return _gliding_down(seconds, waver)

    def rest_pause_s(self) -> float:
        """Return the length of the rest-pause after the rep, 0 if there is none."""
        drawn = self.shapes.random() < 0.01 * self.movement.rest_pauses_percent
        shortest, longest = _REST_PAUSE_S
        # Short pauses are more common than long ones.
        length = shortest * (longest / shortest) ** self.shapes.random()
        if not drawn:
            return 0.0
        return length if self.movement.rest_pause_s is None else self.movement.rest_pause_s


def _gliding_down(seconds: float, waver: float) -> Course:
    return glide(seconds, min(LIFT_RAMP, _LOWER_RAMP_S / seconds), waver)


@dataclass(frozen=True, slots=True)
class PersonStyle:
    """The style of one person: a pace of their own, and the sources of chance of their reps."""

    parameters: SimulationParameters
    """The parameters of the session."""
    lift_pace: float
    """Time of the lifts, relative to the tempo that is asked for."""
    lower_pace: float
    """The same of the lowerings."""
    rng: np.random.Generator
    """Source of chance for times, ranges and faults."""
    shapes: np.random.Generator
    """Source of chance for courses, stalls and rest-pauses."""
    loss: ControlLoss | None = None
    """The points at which the person loses control; None for never."""

    def of_rep(self, fault: SimulatedFault | None) -> RepStyle:
        """Return the style of one rep with ``fault``."""
        return RepStyle(
            self.parameters.movement,
            0.01 * self.parameters.person.spread_percent,
            self.lift_pace,
            self.lower_pace,
            self.rng,
            self.shapes,
            fault,
            0.01 * self.parameters.fault_strength_percent,
            self.loss,
        )


def draw_style(parameters: SimulationParameters, rng: np.random.Generator) -> PersonStyle:
    """Return the style of a random person."""
    # A generator of its own, so that the courses do not change times and faults.
    (shapes,) = rng.spawn(1)
    spread = 0.01 * parameters.movement.tempo_spread_percent
    lift, lower = np.exp(spread * np.clip(shapes.standard_normal(2), -2.0, 2.0))
    nordic = parameters.training.exercise is ExerciseKind.NORDIC_CURL
    loss = draw_control_loss(parameters.movement, 100.0 if nordic else 0.0, shapes)
    return PersonStyle(parameters, float(lift), float(lower), rng, shapes, loss)
