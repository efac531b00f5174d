"""What is to be said of the angles of a session, in the person's language. No widgets."""

import math

from PySide6.QtCore import QCoreApplication

from gui.texts.sensors import in_words
from processing.review.angle_remarks import AngleRemark


def angle_words(remark: AngleRemark) -> str:
    """Return when the ankle angle is not to be believed, why, and what to do."""
    text = QCoreApplication.translate("angles", "{start} to {end} s: {what}, {angle}°. {advice}")
    advice = in_words(remark.flag.advice)
    return text.format(
        start=f"{remark.t_start:.0f}",
        end=f"{remark.t_end:.0f}",
        what=in_words(remark.flag.value),
        angle=f"{abs(math.degrees(remark.value)):.0f}",
        advice=f"{advice[:1].upper()}{advice[1:]}",
    )
