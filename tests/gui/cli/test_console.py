"""Tables of the command line, also with names and addresses that others chose."""

from dataclasses import replace

import pytest

from gui.console.sensors import found_table
from gui.console.set_notes import session_line, set_notes
from gui.console.tables import plain_console, print_analysis
from gui.console.updates import UpdatePrinter
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in
from processing.judge.bands import personal_bands
from processing.judge.recount import FinishedSet, recount
from processing.judge.set_metrics import set_metrics
from processing.output.summary_types import (
    SCHEMA_NAME,
    SCHEMA_VERSION,
    AngleRemarkSummary,
    CalibrationSummary,
    SensorSummary,
    SessionSummary,
    SetSummary,
    Summary,
)
from processing.review.angle_remarks import AngleFlag
from processing.types import Rep, SensorStatus
from sensor.ble.discovery import FoundDevice
from sensor.types import Segment

ADDRESS = "F0:99:12:AB:0C:7E"
NAME = "Leg [bold]of[/] somebody :heart:"


def test_the_table_of_sensors_shows_addresses_and_names_unchanged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    uuid = "1B2C3D4E-0000-4AB5-8C6D-AB0C7E0F1122"
    long_note = "a sensor that cannot be used for one reason and for another, and for a third one"
    found = [
        FoundDevice(ADDRESS, NAME, "witmotion", -50),
        FoundDevice(uuid, 3 * NAME, "movella_dot", -60, refused=long_note),
    ]
    plain_console().print(found_table(found))
    first, second = capsys.readouterr().out.splitlines()[1:]
    assert f" {ADDRESS} " in first
    assert f" {NAME} " in first
    assert uuid in second
    assert 3 * NAME in second


EMPTY = SessionSummary(
    pointed_eccentric_s=None,
    time_under_tension_s=None,
    density_percent=None,
    hard_sets={},
    load_ratio=None,
    strength_gap_percent=None,
    soreness=None,
    exertion=None,
    session_load=None,
)
FADING = SetSummary(
    number=1,
    type=SetType.B,
    exercise="leg_curl",
    marked=True,
    t_start_s=5.0,
    t_end_s=60.0,
    plan={"planned_reps": 10},
    tempo="4-0-1-1",
    live_count=8,
    count=8,
    partial=0,
    not_judged=1,
    good=4,
    quality_percent=57.1,
    pointed_eccentric_s=20.0,
    time_under_tension_s=41.0,
    eccentric_time_s=26.5,
    eccentric_mean_s=3.31,
    eccentric_variation_percent=14.2,
    control_loss_percent=31.0,
    control_known=7,
    control_lost=3,
    break_point_deg=41.6,
    break_change_deg=22.0,
    ankle_fade_deg=8.4,
    rom_loss_percent=12.0,
    velocity_loss_percent=None,
    volume_kg=320.0,
    eccentric_volume_kgs=1059.2,
    reserve=2.0,
    one_rm_kg=50.7,
    engine_version="1",
    reps=[],
)


def test_the_analysis_shows_the_name_of_a_sensor_unchanged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sensor = SensorSummary(
        segment=Segment.SHIN,
        name=NAME,
        family="board",
        received_samples=7,
        rate_hz=100.0,
        lost_samples=0,
        malformed_messages=0,
        longest_gap_s=0.0,
    )
    steep = AngleRemarkSummary(
        flag=AngleFlag.STEEP_AXIS, t_start_s=10.0, t_end_s=14.0, value_deg=50.0, advice="lie down"
    )
    print_analysis(
        Summary(
            schema=SCHEMA_NAME,
            version=SCHEMA_VERSION,
            simulated=False,
            created_utc="",
            duration_s=61.0,
            sensors=[sensor],
            calibration=CalibrationSummary(origin="none", quality=None),
            sets=[FADING],
            ranges=[],
            session=EMPTY,
            dropouts=[],
            problems=["chip 3 [/] unknown"],
            angle_remarks=[steep, replace(steep, t_start_s=20.0, t_end_s=24.0, value_deg=60.0)],
            reference=None,
        )
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 min 1 s"
    assert lines[1] == f"shin  {NAME}: 7 samples, 100.00 Hz, 0 lost"
    assert "note: chip 3 [/] unknown" in lines
    assert "note: joint axis steep for 8 s, first at 10 s, up to 60°: lie down" in lines
    assert lines[-1] == "Set 1: no reps"


def test_the_changes_in_a_set_are_printed_under_it() -> None:
    lowering, load, control, course = set_notes(FADING)
    assert lowering == "lowering 3.3 s on average, target 4 s, ± 14 %"
    assert load == (
        "8 of 10 planned reps · 2 in reserve · 320 kg moved · 1059 kg·s lowered · "
        "1RM 51 kg (estimate)"
    )
    assert control == "control lost in 3 of 7 reps, at 42° of curl, 22° sooner at the end"
    assert course == (
        "at the end: lowered 31 % faster than at first, toes 8° less pointed, "
        "12 % less range than the best rep"
    )
    steady = replace(FADING, control_loss_percent=24.0, ankle_fade_deg=-4.0, rom_loss_percent=9.0)
    free = replace(steady, tempo=None, volume_kg=None, eccentric_variation_percent=None)
    free = replace(free, control_known=0, control_lost=0, break_point_deg=None)
    assert set_notes(free) == ["lowering 3.3 s on average"]


def test_the_sums_of_a_session_are_printed() -> None:
    session = replace(EMPTY, pointed_eccentric_s=40.0, density_percent=38.2)
    assert session_line([FADING], session) == ""
    reported = replace(session, soreness=4.0, exertion=7.0, session_load=210.0)
    assert session_line([FADING], reported) == (
        "session: soreness 4 of 10 · effort 7 of 10, session load 210"
    )
    sets = [FADING, replace(FADING, volume_kg=None)]
    common = (
        "session: 2 sets, 16 reps · 8 of 14 good (57 %) · pointed while lowering 40 s · "
        "320 kg moved · 38 % of the time under tension"
    )
    assert session_line(sets, session) == common
    waves = replace(
        session, hard_sets={"DF": 1, "PF": 2}, load_ratio=0.86, strength_gap_percent=9.6
    )
    assert session_line(sets, waves) == (
        common
        + " · 3 hard · pointed at 0.86 of the toes-up load · 1RM 10 % lower pointed (estimate)"
    )


def test_a_count_that_changed_at_the_end_of_the_set_is_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = Rep(1, 10.0, 11.0, 12.0, 15.0, 15.0, 1.5, 0.2, -0.5)
    second = replace(first, number=2, t_start=20.0, t_top=21.0, t_ecc=22.0, t_bottom=25.0)
    target = built_in("B").target(built_in("B").sets[0], personal_bands(None, None, 0.05), None)
    result = FinishedSet(5.0, 30.0, target, (), set_metrics(()), recount([first], [first, second]))
    UpdatePrinter().show([result, replace(result, recount=recount([first], [first]))])
    assert capsys.readouterr().out == (
        "   30.0 s  set: 1 counted live, 2 after the set: rep 2 was only seen afterwards\n"
    )


def test_a_slow_sensor_is_printed_once_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    fine = SensorStatus(
        5.0, Segment.SHIN, "streaming", 99.0, 0.0, None, asked_hz=100.0, arriving_hz=98.0
    )
    slow = replace(fine, t=6.0, arriving_hz=9.8)
    UpdatePrinter().show([fine, slow, replace(slow, t=6.5), fine, replace(slow, t=9.0)])
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("    6.0 s  shin sensor: 10 of 100 samples a second arrive; switch it")
    assert second.startswith("    9.0 s  shin sensor: ")
