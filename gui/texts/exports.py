"""The wording of exports: English, whatever the language of the window is."""

from gui.texts.catalogue import ENGLISH
from processing.output.wording import Wording

# The processing may not import the catalogue, so its callers hand in the wording.
WORDING = Wording(
    reason=ENGLISH.verdicts.reason,
    remark=ENGLISH.calibration.remark,
    angle_remark=ENGLISH.calibration.angle_remark,
    angle_advice=ENGLISH.calibration.angle_advice,
    measure=ENGLISH.ranges.measure,
    range_method=ENGLISH.ranges.range_method,
    contrast=ENGLISH.ranges.contrast,
    exercise_trouble=ENGLISH.exercises.exercise_trouble,
)
