"""What exports say in words: handed in, since the processing itself has keys and numbers only."""

from collections.abc import Callable
from dataclasses import dataclass

from processing.calibration.grade import Remark
from processing.judge.reasons import Reason
from processing.review.angle_remarks import AngleFlag, AngleRemark


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of an export, in one language."""

    reason: Callable[[Reason], str]
    """What a check found."""
    remark: Callable[[Remark], str]
    """What keeps a calibration from being better."""
    angle_remark: Callable[[AngleRemark], str]
    """When the ankle angle is not to be believed, and why."""
    angle_advice: Callable[[AngleFlag], str]
    """What to do about such an angle."""
