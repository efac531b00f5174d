"""Every key of cues, calibrations, plans, sensors and checks has its words in every language."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from gui.texts.catalogue import ENGLISH, GERMAN, TEXTS, Texts
from gui.texts.check_words import finding, remedy
from gui.texts.exports import WORDING
from processing.calibration.grade import CalibrationGrade, Finding, Remark, Side
from processing.calibration.troubles import (
    FewMovements,
    LookSwapped,
    MoveAsOne,
    SendsNothing,
    SensorMoves,
    StepTrouble,
    ThighLooksSwapped,
)
from processing.coach.plan_reasons import (
    Gate,
    PlanCause,
    PlanReason,
    ProtocolWarning,
    Refusal,
    ShortRest,
)
from processing.coach.protocol_file import built_in, built_in_names
from processing.coach.stop_rule import StopKey, StopReached
from processing.judge.reasons import Fault
from processing.judge.recount import CountChange, CountDifference
from processing.library.dose import DoseJump
from processing.library.goals import (
    CommonFault,
    FewReps,
    GoalLimit,
    LoadBelow,
    LoadMissing,
    LoweringShort,
    NothingJudged,
    NothingYet,
    ReasonsUnknown,
)
from processing.motion.foot_turns import FootTurns
from processing.review.angle_remarks import AngleFlag, AngleRemark
from processing.types import Ending, Rep
from sensor.ble.host_findings import ConflictingProgram, HostCheck, HostCheckKey
from sensor.ble.remedies import REMEDIES, LinkFault
from sensor.types import Segment

PLATFORMS = ("linux", "darwin", "win32")
TROUBLES: dict[StepTrouble, str] = {
    SensorMoves(Segment.FOOT, on_bench=False): "foot sensor moves; hold still",
    SensorMoves(Segment.SHIN, on_bench=True): "shin sensor moved; leave them all on the bench",
    SendsNothing(Segment.THIGH): "thigh sensor sends nothing; wait or reconnect it",
    LookSwapped(90.2, 8.8): (
        "sensors swapped: the shin sensor turned 90°, the foot sensor only 9°; swap them in the "
        "list, or move the foot alone"
    ),
    ThighLooksSwapped(Segment.SHIN, 104.6, 1.8): (
        "sensors look swapped: the one called thigh turned 105°, the one called shin only 2°; "
        "swap them in the list"
    ),
    MoveAsOne(300.0): (
        "shin and foot sensor turn as one: put one on the shin and one on the foot, or move the "
        "foot alone"
    ),
    FewMovements(1, 3): "1 of 3 movements seen; do all of them, then rest",
}
PLAN_REASONS: list[PlanReason] = [
    *PlanCause,
    *Ending,
    Refusal(6.0, 48.0, 72.0),
    ShortRest(40.0),
    ProtocolWarning("Ask somebody to stand by."),
    Gate(2),
    Gate(4),
]
GOAL_LIMITS: list[GoalLimit] = [
    NothingYet(),
    LoadBelow(None, 45.0),
    LoadBelow(40.0, 45.0),
    CommonFault(Fault.LATE_SWITCH, 5, 8),
    ReasonsUnknown(4),
    NothingJudged(),
    LoweringShort(3.26, 4.0),
    LoadMissing(42.5, 45.0),
    FewReps(),
]
REP = Rep(7, 1.0, 2.0, 3.0, 4.0, 5.0, 1.5, 0.1, -0.4)


@pytest.fixture(params=TEXTS)
def texts(request: pytest.FixtureRequest) -> Texts:
    return TEXTS[request.param]


def all_differ(sentences: list[str]) -> bool:
    return all(one.strip() for one in sentences) and len(set(sentences)) == len(sentences)


def test_the_english_troubles_of_a_step() -> None:
    assert {type(trouble) for trouble in TROUBLES} == set(get_args(StepTrouble))
    for trouble, sentence in TROUBLES.items():
        assert ENGLISH.calibration.trouble(trouble) == sentence


def test_every_trouble_of_a_step_has_a_sentence(texts: Texts) -> None:
    assert all_differ([texts.calibration.trouble(trouble) for trouble in TROUBLES])


def test_every_finding_has_a_sentence_with_its_value(texts: Texts) -> None:
    grade = CalibrationGrade.USABLE
    remarks = [Remark(found, 31.25, grade, Segment.FOOT, Side.LEFT) for found in Finding]
    sentences = [texts.calibration.remark(remark) for remark in remarks]
    assert all_differ(sentences)
    assert all("31.2" in one.replace(",", ".") for one in sentences)
    slipped = Remark(Finding.SLIPPED, 9.0, CalibrationGrade.NOT_USABLE)
    either = texts.calibration.remark(slipped)
    assert either != texts.calibration.remark(replace(slipped, segment=Segment.SHIN))


def test_a_remark_in_an_export_is_english() -> None:
    slipped = Remark(Finding.SLIPPED, 12.04, CalibrationGrade.NOT_USABLE, Segment.FOOT)
    assert WORDING.remark(slipped) == (
        "foot sensor: strap slipped, 12.0 ° since the calibration; "
        "tighten its strap and calibrate again"
    )
    wrong = Remark(Finding.WRONG_SIDE, 7.5, CalibrationGrade.GOOD, side=Side.LEFT)
    assert WORDING.remark(wrong) == (
        "left leg: wrong side, 7.5 ° tilt of the ankle axis; "
        "it looks like the right one; check which leg was chosen"
    )


def test_every_flag_of_the_angle_has_its_words(texts: Texts) -> None:
    sentences = [texts.calibration.angle_flag(flag) for flag in AngleFlag]
    assert all_differ(sentences)
    assert all_differ([texts.calibration.angle_advice(flag) for flag in AngleFlag])
    for flag in AngleFlag:
        remark = AngleRemark(flag, 12.0, 20.4, 0.82)
        assert texts.calibration.angle_advice(flag) in texts.calibration.angle_remark(remark)
        why = texts.calibration.angle_why(remark)
        assert texts.calibration.angle_flag(flag) in why
        assert "47°" in why


def test_the_turns_of_the_foot_are_said_with_both_ranges(texts: Texts) -> None:
    found = FootTurns(0.1571, 0.0698, 0.0873)
    for sentence in (texts.calibration.foot_turns(found), texts.calibration.foot_turns_why(found)):
        assert "9°" in sentence
        assert "4°" in sentence


def test_every_reason_of_the_plan_has_a_sentence(texts: Texts) -> None:
    kinds = {type(reason) for reason in PLAN_REASONS}
    assert kinds == set(get_args(PlanReason))
    sentences = [texts.plan.plan_reason(reason) for reason in PLAN_REASONS]
    # Both the coach and the detector of reps can report that a mark ended a set.
    assert sentences.count(texts.plan.plan_reason(PlanCause.MARKED)) == 2
    assert all_differ([one for one in sentences if one != texts.plan.plan_reason(Ending.MARKED)])


def test_the_ratio_names_its_source() -> None:
    assert ENGLISH.plan.load_ratio(0.8612, 6) == "PF/DF ratio 0.86 (6 waves)"
    assert ENGLISH.plan.load_ratio(0.9, 1) == "PF/DF ratio 0.90 (1 wave)"
    assert ENGLISH.plan.load_ratio(0.85, 0) == "PF/DF ratio 0.85 (estimate)"


def test_every_difference_of_a_count_has_a_sentence_with_its_rep(texts: Texts) -> None:
    sentences = [texts.plan.difference(CountDifference(REP, why)) for why in CountChange]
    assert all_differ(sentences)
    assert all("7" in one for one in sentences)


def test_every_built_in_protocol_has_a_german_title() -> None:
    for name in built_in_names():
        title = built_in(name).title
        assert ENGLISH.plan.protocol_title(name, title) == title
        assert GERMAN.plan.protocol_title(name, title) != title


@pytest.mark.parametrize("fault", LinkFault)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_fault_of_a_link_has_a_remedy(texts: Texts, fault: LinkFault, platform: str) -> None:
    words = texts.sensors.remedy(fault)
    assert words.what
    assert words.to_do(platform).endswith(".")
    # Commands to type are the same in every language.
    typed = REMEDIES[fault].to_do(platform).split("`")[1::2]
    assert words.to_do(platform).split("`")[1::2] == typed


def test_every_check_has_its_words(texts: Texts) -> None:
    assert all_differ([texts.sensors.check_name(key) for key in HostCheckKey])
    assert all(texts.sensors.check_passed(key) for key in HostCheckKey)
    assert all(texts.sensors.program(program) for program in ConflictingProgram)


@pytest.mark.parametrize(
    ("check", "what", "to_do"),
    [
        (HostCheck(HostCheckKey.SERVICE, True), "it answers", ""),
        (HostCheck(HostCheckKey.SWITCH, None), "shows when the above is mended", ""),
        (HostCheck(HostCheckKey.HELD_SENSORS, True), "none", ""),
        (
            HostCheck(HostCheckKey.HELD_SENSORS, True, sensors=("WT", "DOT")),
            "WT, DOT",
            "Toepoint takes them over. If another program still needs them, end it first.",
        ),
        (
            HostCheck(HostCheckKey.PROGRAMS, False, programs=(ConflictingProgram.BTMGMT,)),
            "btmgmt (may hold the adapter)",
            "End it if a sensor is not found or refuses the connection.",
        ),
        (
            HostCheck(HostCheckKey.DISK, True, folder=Path("/data"), free_bytes=2 * 10**9),
            f"2.0 GB free in {Path('/data')}: 40 hours or more",
            "",
        ),
        (
            HostCheck(HostCheckKey.DISK, False, folder=Path("/data"), free_bytes=10**8),
            f"0.1 GB free in {Path('/data')}: 2 hours or more",
            "Delete or move what is not needed.",
        ),
        (
            HostCheck(HostCheckKey.DISK, False, folder=Path("/data")),
            f"{Path('/data')} cannot be written",
            "Choose another folder.",
        ),
        (
            HostCheck(HostCheckKey.BLUETOOTH, False, LinkFault.OTHER, "BleakError: odd"),
            "Bluetooth failed in a way that is not known here: BleakError: odd",
            REMEDIES[LinkFault.OTHER].to_do(sys.platform),
        ),
    ],
)
def test_a_check_in_english_words(check: HostCheck, what: str, to_do: str) -> None:
    assert finding(check, ENGLISH.sensors) == what
    assert remedy(check, ENGLISH.sensors) == to_do
    assert bool(remedy(check, GERMAN.sensors)) is bool(to_do)


def test_every_fault_and_every_limit_of_a_goal_has_its_words(texts: Texts) -> None:
    assert all_differ([texts.weeks.fault(fault) for fault in Fault])
    assert {type(limit) for limit in GOAL_LIMITS} == set(get_args(GoalLimit))
    assert all_differ([texts.weeks.goal_limit(limit, 1.0, "kg") for limit in GOAL_LIMITS])


def test_the_limit_of_a_goal_in_english() -> None:
    found = ENGLISH.weeks.goal_limit(CommonFault(Fault.LATE_SWITCH, 5, 8), 1.0, "kg")
    assert found == "toes pointed late: 62 % of the reps that were not good (5 of 8)"
    in_pounds = ENGLISH.weeks.goal_limit(LoadMissing(40.82, 45.36), 1.0 / 0.45359237, "lb")
    assert in_pounds == "only the load: 90 lb of 100 lb, all else is there"


@pytest.mark.parametrize("planned", [True, False])
@pytest.mark.parametrize("mean", [2000.0, 0.0])
def test_a_jump_of_the_dose_blocks_nothing_and_names_no_cause(
    texts: Texts, planned: bool, mean: float
) -> None:
    jump = DoseJump(datetime(2026, 3, 2, tzinfo=UTC), 6.0, 2880.0, mean, 4, planned)
    words = texts.weeks.dose_jump(jump)
    assert "6" in words
    assert ("44 %" in words) is (mean > 0.0)
    for claim in ("because", "caus", "weil", "wegen", "injur", "verletz", "must", "darfst"):
        assert claim not in words.lower()


@pytest.mark.parametrize("key", StopKey)
@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_every_stop_rule_has_words_with_its_number(texts: Texts, key: StopKey) -> None:
    assert "31" in texts.plan.stop_reached(StopReached(1.0, key, 31.4, 25.0))


def test_the_words_of_a_stop_rule() -> None:
    loss = StopReached(1.0, StopKey.CONTROL_LOSS, 25.0, 25.0)
    assert ENGLISH.plan.stop_reached(loss) == "control loss 25 %: last one"
    assert GERMAN.plan.stop_reached(loss) == "Kontrollverlust 25 %: die Letzte"
    missed = StopReached(1.0, StopKey.QUALITY, 3.0, 3.0)
    assert ENGLISH.plan.stop_reached(missed) == "3 reps missed: last one"
    assert GERMAN.plan.stop_reached(missed) == "3 Wdh. verfehlt: die Letzte"
