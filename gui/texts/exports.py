"""The wording of exports: tables are English, a report is in the language of the person."""

from gui.texts.catalogue import TEXTS
from processing.output.wording import Wording


def wording_in(language: str) -> Wording:
    """Return the wording in ``language``, a key of :data:`gui.texts.catalogue.TEXTS`."""
    # The processing may not import the catalogue, so its callers hand in the wording.
    texts = TEXTS[language]
    return Wording(
        reason=texts.verdicts.reason,
        remark=texts.calibration.remark,
        angle_remark=texts.calibration.angle_remark,
        angle_advice=texts.calibration.angle_advice,
        measure=texts.ranges.measure,
        range_method=texts.ranges.range_method,
        contrast=texts.ranges.contrast,
        exercise_trouble=texts.exercises.exercise_trouble,
        report=texts.report,
    )


WORDING = wording_in("en")
"""The wording of tables and of the command line."""
