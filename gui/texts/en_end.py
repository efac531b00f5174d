"""The end of a session in English: why a load changes, and what good meant."""

import math
from typing import assert_never

from gui.models.next_time import LoadChange
from processing.judge.bands import Band
from processing.judge.checks import Target
from processing.judge.reasons import CheckKey


def load_change(change: LoadChange) -> str:
    """Return why the load changes; empty if it does not."""
    match change:
        case LoadChange.MORE:
            return "all reps done, with some to spare"
        case LoadChange.SAME:
            return ""
        case LoadChange.LESS:
            return "fewer reps than planned"
        case _:
            assert_never(change)


def good_means(target: Target) -> list[str]:
    """Return what a good rep had to be, check by check; empty where nothing was asked."""
    limits, bands, tempo = target.thresholds, target.bands, target.tempo
    toes = not bands.too_small and target.lower is not None
    said: list[str] = []

    def asks(key: CheckKey) -> bool:
        return target.checks is None or key.value in target.checks

    if toes:
        up, down = math.degrees(bands.dorsiflexed), -math.degrees(bands.plantarflexed)
        said.append(f"toes up begin at {up:.0f}°, pointed at {down:.0f}° of this ankle's own range")
    if toes and target.switches and asks(CheckKey.LIFT):
        said.append("toes up on the way up")
    if toes and target.switches and asks(CheckKey.SWITCH):
        height = 100 * limits.switch_good_height
        said.append(f"pointed while the leg is still at {height:.0f} % of its height")
    if toes and asks(CheckKey.HOLD):
        share = f"for {limits.hold_good_percent:.0f} % of the time"
        if target.lower is Band.DORSIFLEXED:
            said.append(f"toes up {share}")
        else:
            said.append(f"pointed {share}" + (" from then on" if target.switches else ""))
    if target.reference_rom is not None and asks(CheckKey.ROM):
        said.append(f"{limits.rom_good_percent:.0f} % of the full range")
    if tempo is not None and asks(CheckKey.ECCENTRIC):
        least = tempo.eccentric_s - limits.eccentric_under_s
        most = tempo.eccentric_s + limits.eccentric_over_s
        said.append(f"lowered in {least:g} to {most:g} s")
    if tempo is not None and asks(CheckKey.DROP):
        said.append(f"no part of it faster than {limits.drop_good_ratio:g} times its mean")
    if tempo is not None and asks(CheckKey.CONCENTRIC):
        lift_s, about = tempo.concentric_s, limits.concentric_good_s
        if lift_s is None:
            said.append(f"lifted within {limits.explosive_s:g} s")
        else:
            said.append(f"lifted in {max(lift_s - about, 0.0):g} to {lift_s + about:g} s")
    if tempo is not None and asks(CheckKey.TOP_PAUSE):
        said.append(f"pauses at most {limits.pause_good_s:g} s longer than asked")
    return said


def limits() -> str:
    """Return what a session page cannot say."""
    return (
        "Toepoint is a training aid and no medical device: this page is never a diagnosis. It comes from "
        "two or more sensors strapped to the leg; it shows one ankle in one plane, no force, no pain and "
        "no muscle. The ± holds for the sensors as they were strapped on. Pain is not asked for: what is "
        "written in notes is in the person's own words."
    )
