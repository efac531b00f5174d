"""Each cue comes when it should, and only then."""

import dataclasses
import math

import numpy as np
import pytest

from processing.coach.cues import (
    Cue,
    CueConfig,
    CueKind,
    Level,
    Sound,
    suggest_level,
)
from processing.coach.lift_prediction import LiftPredictor
from processing.coach.set_cues import SetCues
from processing.coach.speech import PauseMark, written
from processing.judge.bands import Band
from processing.judge.checks import Target
from processing.judge.reasons import Correction
from processing.judge.verdict import judge
from processing.reps.rep_detector import RepDetector
from processing.reps.rep_limits import LANDED_S
from processing.types import AngleBlock, Dropout, Rep
from sensor.errors import SettingError
from sensor.types import EventKind, Segment
from tests.processing.coach.constructed_reps import POINTED, UP, Foot, draw, held, switched, target
from tests.processing.reps.curves import Array, Curve, Stroke, TrueRep
from tests.processing.stage_contract import cut


def coach(
    curve: Curve,
    foot: Foot,
    wanted: Target | None = None,
    config: CueConfig | None = None,
    planned: int | None = None,
    *,
    first_set: bool = True,
) -> list[Cue]:
    """Return the cues of a set that runs through detector, verdict and coach in 20 ms steps."""
    _, angles = draw(curve, foot)
    wanted = wanted or target()
    detector = RepDetector(100.0)
    cues = SetCues(wanted, config, planned, first_set=first_set)
    out: list[Cue] = []
    for start in range(0, angles.t.size, 2):
        block: AngleBlock = cut(angles, start, start + 2)
        out += cues.feed(block)
        for update in detector.feed(block):
            out += cues.feed(update)
            if isinstance(update, Rep):
                out += cues.feed(judge(update, angles, wanted))
    return out


def b_set(reps: int = 3, *, up: float = 1.3, down: float = 4.6) -> Curve:
    curve = Curve().hold(2.0)
    for _ in range(reps):
        curve.rep(up=up, top=0.7, down=down, bottom=0.5, cruise=True)
    return curve.hold(1.0)


def kinds(cues: list[Cue]) -> list[CueKind]:
    return [cue.kind for cue in cues]


def spoken(cues: list[Cue], kind: CueKind = CueKind.COUNT) -> list[str]:
    return [written(cue.speech) for cue in cues if cue.kind is kind]


EXPERIENCED = CueConfig(sessions_done=9)
GOOD_B = switched(0.95)


def test_a_good_set_is_counted_and_not_corrected() -> None:
    cues = coach(b_set(), GOOD_B)
    # Three in a row are praised, once.
    assert spoken(cues) == ["one", "two", "three, good"]
    assert CueKind.LEFT_BAND not in kinds(cues)
    assert CueKind.TOO_FAST not in kinds(cues)
    assert kinds(cues)[0] is CueKind.READY


def test_the_count_comes_at_the_end_of_the_lowering() -> None:
    curve = b_set()
    bottoms = [rep.t_bottom for rep in curve.truth()]
    counts = [cue.t for cue in coach(curve, GOOD_B) if cue.kind is CueKind.COUNT]
    # The bottom is known when the leg has rested there.
    assert counts == pytest.approx([t + LANDED_S for t in bottoms], abs=0.2)


def test_seconds_are_counted_from_the_start_of_the_lowering() -> None:
    curve = b_set(1)
    start = curve.truth()[0].t_ecc
    ticks = [cue for cue in coach(curve, GOOD_B) if cue.kind is CueKind.TICK]
    assert [written(cue.speech) for cue in ticks] == ["one", "two", "three", "four"]
    assert [cue.t - start for cue in ticks] == pytest.approx([1, 2, 3, 4], abs=0.08)


def test_ticks_come_earlier_by_the_delay_of_the_sound() -> None:
    curve = b_set(1)
    start = curve.truth()[0].t_ecc
    late = CueConfig(audio_delay_s=0.2)
    ticks = [c for c in coach(curve, GOOD_B, config=late) if c.kind is CueKind.TICK]
    assert [cue.t - start for cue in ticks] == pytest.approx([0.8, 1.8, 2.8, 3.8], abs=0.08)


@pytest.mark.parametrize("delay", [0.0, 0.2])
@pytest.mark.parametrize("up", [0.7, 1.3, 2.0])
def test_the_switch_cue_comes_just_before_the_top(delay: float, up: float) -> None:
    curve = b_set(4, up=up)
    _, angles = draw(curve, GOOD_B)
    cues = coach(curve, GOOD_B, config=CueConfig(audio_delay_s=delay))
    heard = [cue.t + delay for cue in cues if cue.kind is CueKind.SWITCH]
    near_top = []
    # After two good reps the tick falls silent.
    for rep in curve.truth()[:2]:
        rising = (angles.t >= rep.t_start) & (angles.curl >= math.radians(90.0))
        near_top.append(float(angles.t[rising][0]))
    # The first lift is predicted from the tempo, the others from the lifts before.
    assert heard[1:] == pytest.approx(near_top[1:], abs=0.05)
    assert abs(heard[0] - near_top[0]) < 0.3


def test_the_switch_cue_stops_after_the_first_sessions() -> None:
    assert CueKind.SWITCH not in kinds(coach(b_set(), GOOD_B, config=EXPERIENCED))
    a = target(Band.DORSIFLEXED, Band.DORSIFLEXED)
    assert CueKind.SWITCH not in kinds(coach(b_set(), held(UP), a))


def test_the_switch_cue_returns_after_a_missed_switch() -> None:
    cues = coach(b_set(2), held(UP), config=EXPERIENCED)
    switches = [cue.t for cue in cues if cue.kind is CueKind.SWITCH]
    counts = [cue.t for cue in cues if cue.kind is CueKind.COUNT]
    assert len(switches) == 1
    assert counts[0] < switches[0] < counts[1]


def test_toes_that_leave_their_band_are_corrected_once_per_rep() -> None:
    def slips(t: Array, rep: TrueRep, heights: Array) -> Array:
        ankle = GOOD_B(t, rep, heights)
        ankle[(t > rep.t_ecc + 1.5) & (t < rep.t_bottom)] = 0.0
        return np.asarray(ankle)

    cues = coach(b_set(2), slips)
    corrections = [cue for cue in cues if cue.kind is CueKind.LEFT_BAND]
    assert [cue.screen for cue in corrections] == [(Correction.POINT_TOES,)] * 2
    assert corrections[0].sound is Sound.FALLING_LOW
    starts = [rep.t_ecc + 1.5 for rep in b_set(2).truth()]
    assert [cue.t - t for cue, t in zip(corrections, starts, strict=True)] == pytest.approx(
        [0.3, 0.3], abs=0.05
    )
    # The number alone would mean that the rep was good.
    assert spoken(cues) == ["one, point toes", "two, point toes"]


@pytest.mark.parametrize(("away_s", "corrected"), [(0.25, False), (0.45, True)])
def test_a_short_slip_of_the_toes_is_not_corrected(away_s: float, corrected: bool) -> None:
    def slips(t: Array, rep: TrueRep, heights: Array) -> Array:
        ankle = GOOD_B(t, rep, heights)
        ankle[(t > rep.t_ecc + 1.5) & (t < rep.t_ecc + 1.5 + away_s)] = 0.0
        return np.asarray(ankle)

    assert (CueKind.LEFT_BAND in kinds(coach(b_set(1), slips))) is corrected


def test_hanging_toes_are_corrected_in_the_lift() -> None:
    cues = coach(b_set(1), switched(0.95, up=-10.0))
    assert [cue.screen for cue in cues if cue.kind is CueKind.LEFT_BAND] == [(Correction.TOES_UP,)]


def short_of_the_top(percent: float, hold_s: float = 1.0) -> Curve:
    """Return one rep that ends at ``percent`` of the range of 100 degrees, and holds there."""
    curve = Curve().hold(2.0)
    return curve.rep(percent, up=1.3, top=hold_s, down=4.6, bottom=0.5, cruise=True).hold(1.0)


def turning_at(after_s: float, *, up: float = UP) -> Foot:
    """Return a foot with toes up that points ``after_s`` after the end of the lift."""
    return lambda t, rep, _: np.where((t >= rep.t_top + after_s) & (t < rep.t_bottom), POINTED, up)


@pytest.mark.parametrize("percent", [62.0, 70.0, 74.0, 76.0, 95.0])
@pytest.mark.parametrize("after_s", [0.0, 0.2])
def test_toes_up_are_not_asked_for_once_the_lift_is_over(percent: float, after_s: float) -> None:
    cues = coach(short_of_the_top(percent), turning_at(after_s))
    assert [cue.screen for cue in cues if cue.kind is CueKind.LEFT_BAND] == []


@pytest.mark.parametrize("percent", [62.0, 74.0, 95.0])
def test_hanging_toes_in_a_short_lift_are_corrected_before_its_end(percent: float) -> None:
    curve = short_of_the_top(percent)
    cues = coach(curve, turning_at(0.0, up=-10.0))
    corrections = [cue for cue in cues if cue.kind is CueKind.LEFT_BAND]
    assert [cue.screen for cue in corrections] == [(Correction.TOES_UP,)]
    assert corrections[0].t < curve.truth()[0].t_top


@pytest.mark.parametrize("percent", [62.0, 70.0, 95.0])
def test_the_seconds_of_a_short_rep_are_counted_from_its_lowering(percent: float) -> None:
    curve = short_of_the_top(percent)
    ticks = [cue for cue in coach(curve, turning_at(0.1)) if cue.kind is CueKind.TICK]
    start = curve.truth()[0].t_ecc
    assert [cue.t - start for cue in ticks] == pytest.approx([1, 2, 3, 4], abs=0.08)


def dropping(seconds: float) -> Curve:
    even = Stroke(50, 2.5, cruise=True)
    curve = Curve().hold(2.0)
    curve.odd_rep([Stroke(100, 1.3), Stroke(100, 0.7), even, Stroke(0, seconds)])
    return curve.hold(1.0)


@pytest.mark.parametrize(("seconds", "corrected"), [(0.6, True), (1.6, False)])
def test_a_drop_is_corrected_while_it_happens(seconds: float, corrected: bool) -> None:
    curve = dropping(seconds)
    cues = coach(curve, GOOD_B)
    assert (CueKind.TOO_FAST in kinds(cues)) is corrected
    if corrected:
        cue = next(cue for cue in cues if cue.kind is CueKind.TOO_FAST)
        assert cue.screen == (Correction.SLOWER,)
        assert cue.t < curve.truth()[0].t_bottom


def test_a_fault_without_a_sound_follows_the_number() -> None:
    cues = coach(b_set(2, down=2.8), GOOD_B)
    assert spoken(cues) == ["one, slower", "two, slower"]


def test_the_ticks_fall_silent_after_two_good_reps_and_return_after_a_miss() -> None:
    curve = Curve().hold(2.0)
    downs = (4.6, 4.6, 4.6, 2.8, 4.6, 4.6, 4.6)
    for down in downs:
        curve.rep(up=1.3, top=0.7, down=down, bottom=0.5, cruise=True)
    cues = coach(curve.hold(1.0), GOOD_B, config=EXPERIENCED)
    ticks = [cue.t for cue in cues if cue.kind is CueKind.TICK]
    ticked = [sum(rep.t_start < t < rep.t_bottom for t in ticks) > 0 for rep in curve.truth()]
    assert ticked == [True, True, False, False, True, True, False]
    # Three in a row, and a fault that is gone.
    assert spoken(cues) == [
        "one", "two", "three, good", "four, slower", "five, good", "six", "seven, good",
    ]  # fmt: skip


@pytest.mark.parametrize(("planned", "ticked"), [(None, [3, 3, 0, 0]), (4, [3, 0, 0, 0])])
def test_later_sets_tick_once_and_never_where_words_follow(
    planned: int | None, ticked: list[int]
) -> None:
    """So a good rep has its number and at most one more sound, such as "two more"."""
    curve = Curve().hold(2.0)
    for _ in range(4):
        curve.rep(up=1.3, top=0.7, down=4.6, bottom=0.5, cruise=True)
    cues = coach(curve.hold(1.0), GOOD_B, config=EXPERIENCED, planned=planned, first_set=False)
    ticks = [(cue.t, cue.speech[0]) for cue in cues if cue.kind is CueKind.TICK]
    found = [
        sum(int(str(word)) for t, word in ticks if rep.t_start < t < rep.t_bottom)
        for rep in curve.truth()
    ]
    assert found == ticked


def test_a_half_rep_asks_once_for_the_whole_range() -> None:
    curve = b_set(2)
    for _ in range(2):
        curve.rep(50.0, up=1.3, top=0.7, down=4.6, bottom=0.5, cruise=True, whole=False)
    assert spoken(coach(curve.hold(1.0), GOOD_B)) == ["one", "two", "higher"]


def test_a_near_rep_clicks_where_words_are_spared() -> None:
    cues = coach(b_set(1, down=3.6), GOOD_B, config=CueConfig(level=Level.TRAIN))
    (count,) = (cue for cue in cues if cue.kind is CueKind.COUNT)
    assert (written(count.speech), count.sound) == ("one", Sound.CLICK)


def test_each_level_says_less_than_the_one_before() -> None:
    near = b_set(1, down=3.6)  # 3.3 s lie between the holds: near
    missed = b_set(1, down=2.8)
    expected = {
        Level.LEARN: ("one, slower", "one, slower", True),
        Level.TRAIN: ("one", "one, slower", False),
        Level.TEST: ("one", "one", False),
    }
    for level, (spoken_near, spoken_miss, ticks) in expected.items():
        config = CueConfig(level=level)
        cues = coach(near, GOOD_B, config=config)
        assert spoken(cues) == [spoken_near], level
        assert (CueKind.TICK in kinds(cues)) is ticks
        assert spoken(coach(missed, GOOD_B, config=config)) == [spoken_miss], level


def test_the_level_test_has_no_corrections() -> None:
    cues = coach(b_set(2), held(UP), config=CueConfig(level=Level.TEST))
    assert set(kinds(cues)) == {CueKind.READY, CueKind.COUNT}


def test_the_last_reps_are_announced() -> None:
    cues = coach(b_set(4), GOOD_B, planned=4)
    assert spoken(cues, CueKind.LAST_REPS) == ["two more", "last one"]
    assert spoken(coach(b_set(2), GOOD_B), CueKind.LAST_REPS) == []


@pytest.mark.parametrize(
    ("foot", "down"), [(held(UP), 2.0), (held(-10.0), 1.5), (switched(0.4), 1.5)]
)
def test_one_tone_and_one_word_a_rep_at_most(foot: Foot, down: float) -> None:
    curve = b_set(3, down=down)
    cues = coach(curve, foot)
    starts = [rep.t_start for rep in curve.truth()]
    for start, end in zip(starts, [*starts[1:], math.inf], strict=True):
        in_rep = [cue for cue in cues if start <= cue.t < end]
        tones = [c for c in in_rep if c.kind in (CueKind.LEFT_BAND, CueKind.TOO_FAST)]
        words = [c for c in in_rep if c.kind is CueKind.COUNT and PauseMark.COMMA in c.speech]
        assert len(tones) <= 1
        # A miss is never a number alone.
        assert len(words) == 1


def test_a_lost_sensor_is_reported_once() -> None:
    cues = SetCues(target())
    assert cues.feed(Dropout(Segment.FOOT, 1.0, 1.9, 90)) == []
    (cue,) = cues.feed(Dropout(Segment.FOOT, 2.0, 3.5, 150))
    assert written(cue.speech) == "foot sensor lost, keep going, not judged"
    assert cues.feed(Dropout(Segment.FOOT, 4.0, 6.0, 200)) == []


def test_a_range_that_is_too_small_is_never_corrected() -> None:
    small = dataclasses.replace(target(), bands=dataclasses.replace(target().bands, too_small=True))
    assert CueKind.LEFT_BAND not in kinds(coach(b_set(2), held(UP), small))


def test_a_cue_becomes_an_event() -> None:
    cue = Cue(CueKind.COUNT, 2.5, 4.0, (6,), None, (6,), (("check", "good"),))
    event = cue.to_event(1_000)
    assert (event.t_ns, event.kind) == (2_500_001_000, EventKind.CUE)
    assert (event.data["speech"], event.data["screen"]) == ("six", "6")
    assert event.data["why"] == "check good"


def test_an_impossible_sound_delay_is_refused() -> None:
    with pytest.raises(SettingError, match="audio_delay_s"):
        CueConfig(audio_delay_s=2.0)


def test_the_next_level_is_offered_after_three_good_sets() -> None:
    assert suggest_level(Level.LEARN, [50.0, 80.0, 90.0, 85.0]) is Level.TRAIN
    assert suggest_level(Level.LEARN, [80.0, 79.0, 90.0]) is Level.LEARN
    assert suggest_level(Level.LEARN, [90.0, 90.0]) is Level.LEARN
    assert suggest_level(Level.LEARN, [90.0, None, 90.0]) is Level.LEARN
    assert suggest_level(Level.TEST, [90.0, 90.0, 90.0]) is Level.TEST


def test_the_prediction_follows_a_slower_lift() -> None:
    predictor = LiftPredictor(1.0, 1.0)
    t = np.linspace(0.0, 1.0, 101)
    shape = t**3 * (10 - 15 * t + 6 * t**2)
    predictor.learn(t.tolist(), shape.tolist())
    predictor.begin(0.0)
    near_top = float(np.interp(0.9, shape, t))
    for i, (time, height) in enumerate(zip(1.5 * t, shape, strict=True)):
        remaining = predictor.remaining(float(time), float(height))
        if remaining is not None and 0.4 < height < 0.9:
            assert remaining == pytest.approx(1.5 * (near_top - float(t[i])), abs=0.03)
