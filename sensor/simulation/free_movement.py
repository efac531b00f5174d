"""The movements of people who are not training: none of them is a rep."""

from collections.abc import Callable

import numpy as np

from sensor.simulation.around_machine import (
    adjust_pad,
    come_back,
    get_off,
    hold_phone,
    settle_in,
    turn_round,
)
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.off_machine import climb_stairs, sit_down, stretch_calf, stretch_thigh
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.script import Script

_STANDING_KNEE = float(np.deg2rad(3.0))
"""Bend of the knee of a standing leg, rad."""


def fidget(script: Script, seconds: float, rng: np.random.Generator) -> None:
    """Move foot and knee on the machine for ``seconds``, and return to the first pose.

    The knee moves by up to 35 degrees, so that a rep counter without the set's end has something
    to refuse.
    """
    # The last 1.5 s are for the way back, so that the next set starts in its pose.
    knee, ankle, twist = (
        script.target(c) for c in (Coordinate.KNEE, Coordinate.ANKLE, Coordinate.TWIST)
    )
    end = script.now + seconds - 1.5
    while script.now < end:
        move_s = float(rng.uniform(0.4, 1.2))
        choice = rng.integers(3)
        if choice == 0:
            script.move(move_s, ankle=ankle + float(np.deg2rad(rng.uniform(-35.0, 15.0))))
        elif choice == 1:
            script.move(move_s, knee=knee + float(np.deg2rad(rng.uniform(10.0, 35.0))))
        else:
            script.move(move_s, twist=twist + float(np.deg2rad(rng.uniform(-12.0, 12.0))))
        script.wait(move_s + float(rng.uniform(0.0, 1.0)))
    script.move(1.0, knee=knee, ankle=ankle, twist=twist)
    script.wait(max(1.5, end + 1.5 - script.now))


def free_movement(script: Script, seconds: float, rng: np.random.Generator) -> None:
    """Stand, walk, load plates and tap a foot for at least ``seconds``."""
    end = script.now + seconds
    acts: list[Callable[[Script, np.random.Generator], None]] = [
        _walk,
        _stand,
        _load_plate,
        _tap_foot,
    ]
    while script.now < end:
        acts[int(rng.integers(len(acts)))](script, rng)


def everything_but_reps(
    script: Script, person: PersonParameters, seconds: float, rng: np.random.Generator
) -> None:
    """Do everything but reps for at least ``seconds``, on the machine and off it by turns."""
    end = script.now + seconds
    while script.now < end:
        for _ in range(int(rng.integers(1, 4))):
            _ON_MACHINE[int(rng.integers(len(_ON_MACHINE)))](script, rng)
        get_off(script, person, rng)
        be_off(script, float(rng.uniform(10.0, 90.0)), rng)
        come_back(script, person, rng)


def be_off(script: Script, seconds: float, rng: np.random.Generator) -> None:
    """Turn round, walk away, and do things off the machine for at least ``seconds``; return."""
    end = script.now + seconds
    turn_round(script, rng)
    while script.now < end:
        _OFF_MACHINE[int(rng.integers(len(_OFF_MACHINE)))](script, rng)
    _step_out(script, rng)
    turn_round(script, rng)


def walk(script: Script, seconds: float, rng: np.random.Generator) -> None:
    """Walk for about ``seconds``."""
    end = script.now + seconds
    while script.now < end:
        _walk(script, rng)


def _step_out(script: Script, rng: np.random.Generator) -> None:
    start_t = script.now
    _walk(script, rng, heel_strike_m=float(rng.uniform(0.0005, 0.002)))
    script.record("walking", start_t)


def _walk(script: Script, rng: np.random.Generator, heel_strike_m: float = 0.0) -> None:
    """Take some strides, with keyframes by share of the stride, as gait curves are given."""
    turn = script.target(Coordinate.HEADING) + float(rng.uniform(-1.5, 1.5))
    strides = int(rng.integers(3, 9))
    stride_s = float(rng.uniform(1.0, 1.3))
    script.move(strides * stride_s, heading=turn)
    for _ in range(strides):
        size = float(rng.uniform(0.85, 1.1))
        _stride(script, Coordinate.PITCH, stride_s, size, ((0.5, 12.0), (1.0, -24.0)))
        _stride(
            script,
            Coordinate.KNEE,
            stride_s,
            size,
            ((0.15, 18.0), (0.4, 5.0), (0.73, 60.0), (1.0, 5.0)),
        )
        _stride(
            script,
            Coordinate.ANKLE,
            stride_s,
            size,
            ((0.1, -7.0), (0.45, 10.0), (0.62, -18.0), (0.85, 2.0), (1.0, 0.0)),
        )
        # The hip rises twice in a stride, once over each leg.
        bounce_m = 0.02 * size
        for half in range(2):
            script.move(0.25 * stride_s, after_s=0.5 * half * stride_s, rise=bounce_m)
            script.move(0.25 * stride_s, after_s=(0.5 * half + 0.25) * stride_s, rise=0.0)
        if heel_strike_m > 0.0:
            script.jolt(heel_strike_m)
        script.wait(stride_s)
    script.move(0.6, pitch=0.0, knee=_STANDING_KNEE, ankle=0.0)
    script.wait(1.0)


def _stride(
    script: Script,
    coordinate: Coordinate,
    stride_s: float,
    size: float,
    extremes_deg: tuple[tuple[float, float], ...],
) -> None:
    """Move ``coordinate`` through its extremes, each (share of the stride, angle in degrees)."""
    share = 0.0
    for next_share, angle_deg in extremes_deg:
        script.move(
            (next_share - share) * stride_s,
            after_s=share * stride_s,
            **{coordinate: size * float(np.deg2rad(angle_deg))},
        )
        share = next_share


def _stand(script: Script, rng: np.random.Generator) -> None:
    """Stand and shift the weight."""
    # Half of the bend at the hip and half at the ankle keep the foot flat.
    bend = float(np.deg2rad(rng.uniform(0.0, 20.0)))
    script.move(1.0, pitch=-0.5 * bend, knee=_STANDING_KNEE + bend, ankle=0.5 * bend)
    script.wait(float(rng.uniform(1.5, 4.0)))
    script.move(1.0, pitch=0.0, knee=_STANDING_KNEE, ankle=0.0)
    script.wait(1.5)


def _load_plate(script: Script, rng: np.random.Generator) -> None:
    """Squat to the weight stack and stand up again."""
    depth = float(rng.uniform(0.6, 1.0))
    down_s = float(rng.uniform(0.9, 1.5))
    pitch, knee, ankle = (float(np.deg2rad(depth * deg)) for deg in (-75.0, 95.0, 20.0))
    script.move(down_s, pitch=pitch, knee=knee, ankle=ankle, rise=-0.3 * depth)
    script.wait(down_s + float(rng.uniform(0.5, 2.0)))
    script.move(down_s, pitch=0.0, knee=_STANDING_KNEE, ankle=0.0, rise=0.0)
    script.wait(down_s + 0.5)


def _tap_foot(script: Script, rng: np.random.Generator) -> None:
    """Tap the foot a few times."""
    for _ in range(int(rng.integers(4, 12))):
        script.move(0.2, ankle=float(np.deg2rad(12.0)))
        script.wait(0.22)
        script.move(0.2, ankle=0.0)
        script.wait(0.28)
    script.wait(0.5)


def _lie_still(script: Script, rng: np.random.Generator) -> None:
    script.wait(float(rng.uniform(2.0, 30.0)))


def _fidget_on_machine(script: Script, rng: np.random.Generator) -> None:
    fidget(script, float(rng.uniform(5.0, 20.0)), rng)


def _hold_phone(script: Script, rng: np.random.Generator) -> None:
    hold_phone(script, float(rng.uniform(10.0, 60.0)), rng)


_Act = Callable[[Script, np.random.Generator], None]
_ON_MACHINE: tuple[_Act, ...] = (
    _lie_still,
    _fidget_on_machine,
    _hold_phone,
    settle_in,
    adjust_pad,
)
"""The activities on the machine between sets."""
_OFF_MACHINE: tuple[_Act, ...] = (
    _step_out,
    _step_out,
    _stand,
    _load_plate,
    _tap_foot,
    sit_down,
    stretch_calf,
    stretch_thigh,
    climb_stairs,
    turn_round,
)
"""The activities off the machine; people walk twice as often as they do each other thing."""
