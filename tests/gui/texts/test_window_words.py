"""Every state of Train and every fault of the sound has its words in the window."""

import pytest
from pytestqt.qtbot import QtBot

from gui.models.train_view import Alarm, Face, Glance, RepView, SetProgress, Trouble
from gui.pages.train.train_words import TrainWords
from gui.sound.errors import SoundFault
from gui.sound.latency import TapFault, TapResult
from gui.translations.sound_words import SoundWords
from processing.calibration.calibration_steps import CalibrationStep
from processing.coach.protocol import SetType
from processing.judge.bands import Band
from processing.judge.checks import Grade
from processing.judge.reasons import NeverPointed
from processing.types import Phase
from sensor.types import Segment

A_SET = SetProgress(1, 3, 4, 8, 3, 4, 40.0)


@pytest.mark.parametrize("face", Face)
def test_every_state_of_train_has_one_word_and_one_instruction(qtbot: QtBot, face: Face) -> None:
    words = TrainWords()
    assert words.phase(Glance(face))
    assert words.instruction(Glance(face), A_SET)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("wanted", [*Band, None])
def test_every_phase_of_a_set_has_words(qtbot: QtBot, phase: Phase, wanted: Band | None) -> None:
    glance = Glance(Face.IN_SET, phase, wanted=wanted)
    assert TrainWords().phase(glance)
    assert TrainWords().instruction(glance, A_SET)


@pytest.mark.parametrize(
    "step", [CalibrationStep.STILL, CalibrationStep.PUMPS, CalibrationStep.CURLS]
)
def test_every_movement_of_a_calibration_has_an_instruction(
    qtbot: QtBot, step: CalibrationStep
) -> None:
    assert TrainWords().instruction(Glance(Face.CALIBRATING, movement=step.value), A_SET)


@pytest.mark.parametrize("kind", SetType)
def test_every_kind_of_set_has_words(qtbot: QtBot, kind: SetType) -> None:
    assert TrainWords().set_type(kind)


@pytest.mark.parametrize("alarm", Alarm)
@pytest.mark.parametrize("segments", [(), (Segment.SHIN,), tuple(Segment)])
def test_every_alarm_has_a_sentence(
    qtbot: QtBot, alarm: Alarm, segments: tuple[Segment, ...]
) -> None:
    words = {TrainWords().trouble(Trouble(alarm, segments), in_set=on) for on in (True, False)}
    assert all(words)


@pytest.mark.parametrize("grade", Grade)
def test_a_rep_that_is_not_good_says_what_to_change(qtbot: QtBot, grade: Grade) -> None:
    word = TrainWords().rep(RepView(1, grade, reason=NeverPointed()))
    assert word == ("not judged" if grade is Grade.NOT_JUDGED else "point toes")


@pytest.mark.parametrize("fault", SoundFault)
def test_every_fault_of_the_sound_says_what_to_do(qtbot: QtBot, fault: SoundFault) -> None:
    assert SoundWords().fault(fault)


@pytest.mark.parametrize("fault", TapFault)
def test_every_fault_of_a_tap_test_has_a_sentence(qtbot: QtBot, fault: TapFault) -> None:
    assert SoundWords().result(TapResult(0.2, 0.1, 8, fault))
