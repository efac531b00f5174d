"""The checks of this computer in words: what they found and what to do, in any language."""

import sys

from gui.texts.catalogue import SensorTexts
from sensor.ble.host_findings import HostCheck, HostCheckKey


def finding(check: HostCheck, texts: SensorTexts) -> str:
    """Return what ``check`` found."""
    if check.fault is not None:
        what = texts.remedy(check.fault).what
        return f"{what}: {check.detail}" if check.detail else what
    if check.ok is None:
        return texts.check_open()
    if check.key is HostCheckKey.DISK:
        return texts.disk_room(check)
    named = "; ".join(f"{found} ({texts.program(found)})" for found in check.programs)
    return named or ", ".join(check.sensors) or texts.check_passed(check.key)


def remedy(check: HostCheck, texts: SensorTexts, platform: str = sys.platform) -> str:
    """Return what to do about ``check``, empty if nothing; ``platform`` as in ``sys.platform``."""
    # Held sensors are a finding, not a problem, but what becomes of them must be known.
    if check.sensors:
        return texts.take_over()
    if check.ok is not False:
        return ""
    if check.fault is not None:
        return texts.remedy(check.fault).to_do(platform)
    return texts.end_program() if check.programs else texts.make_room(check)
