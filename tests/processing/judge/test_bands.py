"""Bands from a personal range, with figures that were computed by hand."""

import math

import numpy as np
import pytest

from processing.judge.bands import (
    PRESETS,
    Band,
    BandRule,
    Bands,
    BandTracker,
    in_band,
    personal_bands,
)
from sensor.errors import SettingError


def deg(*values: float) -> tuple[float, ...]:
    return tuple(math.radians(value) for value in values)


@pytest.mark.parametrize(
    ("df_max", "pf_max", "upper", "lower"),
    [
        (12.6, 50.0, 5.04, -25.0),
        (5.0, 40.0, 3.0, -20.0),
        (20.0, 20.0, 8.0, -15.0),
        (None, None, 5.0, -20.0),
        (None, 60.0, 5.0, -30.0),
    ],
)
def test_standard_bands(
    df_max: float | None, pf_max: float | None, upper: float, lower: float
) -> None:
    bands = personal_bands(
        None if df_max is None else math.radians(df_max),
        None if pf_max is None else math.radians(pf_max),
    )
    assert math.degrees(bands.dorsiflexed) == pytest.approx(upper)
    assert math.degrees(bands.plantarflexed) == pytest.approx(lower)
    assert not bands.too_small


def test_presets_and_the_hard_option() -> None:
    df_max, pf_max = deg(10.0, 50.0)
    expected = {"relaxed": (3.0, -20.0), "standard": (4.0, -25.0), "strict": (6.0, -35.0)}
    for name, (upper, lower) in expected.items():
        bands = personal_bands(df_max, pf_max, rule=PRESETS[name])
        assert math.degrees(bands.dorsiflexed) == pytest.approx(upper)
        assert math.degrees(bands.plantarflexed) == pytest.approx(lower)
    hard = personal_bands(df_max, pf_max, rule=BandRule(hard_pf=True))
    assert math.degrees(hard.plantarflexed) == pytest.approx(-37.5)
    assert math.degrees(personal_bands(None, None, rule=BandRule(hard_pf=True)).plantarflexed) == (
        pytest.approx(-35.0)
    )


@pytest.mark.parametrize(
    ("df_max", "pf_max", "uncertainty", "too_small"),
    [
        (10.0, 50.0, 3.0, False),
        (10.0, 50.0, 7.0, False),  # 29 degrees apart, 28 needed
        (10.0, 50.0, 7.5, True),  # 30 needed
        (2.0, 50.0, 3.0, True),  # does not reach the least dorsiflexion
        (10.0, 12.0, 3.0, True),  # does not reach the least plantarflexion
    ],
)
def test_a_range_too_small_to_judge_is_marked(
    df_max: float, pf_max: float, uncertainty: float, too_small: bool
) -> None:
    reach_up, reach_down, unsure = deg(df_max, pf_max, uncertainty)
    bands = personal_bands(reach_up, reach_down, unsure)
    assert bands.too_small is too_small


def test_hysteresis_grows_with_the_uncertainty() -> None:
    assert math.degrees(personal_bands(None, None, math.radians(1.0)).hysteresis) == (
        pytest.approx(2.0)
    )
    assert math.degrees(personal_bands(None, None, math.radians(4.0)).hysteresis) == (
        pytest.approx(4.0)
    )


def test_a_share_outside_its_limits_is_refused() -> None:
    with pytest.raises(SettingError, match=r"df_percent.*from 20 to 90"):
        BandRule(df_percent=10.0)
    with pytest.raises(SettingError, match=r"pf_percent.*from 30 to 90"):
        BandRule(pf_percent=95.0)


BANDS = Bands(math.radians(5.0), math.radians(-25.0), math.radians(3.0))


def band_changes(ankle_deg: np.ndarray, split: int | None = None) -> list[tuple[float, Band]]:
    t = np.arange(ankle_deg.size) / 100.0
    tracker = BandTracker(BANDS)
    valid = np.ones(t.size, dtype=np.bool_)
    changes = []
    for part in np.array_split(np.arange(t.size), split or 1):
        changes += tracker.feed(t[part], np.deg2rad(ankle_deg[part]), valid[part])
    return [(round(change.t, 2), change.band) for change in changes]


def test_a_band_is_entered_after_the_dwell_and_dated_back() -> None:
    ankle = np.concatenate([np.zeros(50), np.full(13, -26.0), np.zeros(50)])
    assert band_changes(ankle) == [
        (0.0, Band.NEUTRAL),
        (0.5, Band.PLANTARFLEXED),
        (0.63, Band.NEUTRAL),
    ]
    assert band_changes(ankle, 40) == band_changes(ankle)


def test_a_visit_shorter_than_the_dwell_is_no_entry() -> None:
    ankle = np.concatenate([np.zeros(50), np.full(12, -26.0), np.zeros(50)])
    assert band_changes(ankle) == [(0.0, Band.NEUTRAL)]


@pytest.mark.parametrize(("angle", "left"), [(-23.0, False), (-21.5, True)])
def test_a_band_is_left_only_beyond_the_hysteresis(angle: float, left: bool) -> None:
    ankle = np.concatenate([np.full(50, -27.0), np.full(50, angle)])
    assert (len(band_changes(ankle)) == 2) is left


def test_the_mask_follows_the_changes() -> None:
    ankle = np.concatenate([np.full(100, 8.0), np.full(100, -30.0)])
    t = np.arange(200) / 100.0
    changes = BandTracker(BANDS).feed(t, np.deg2rad(ankle), np.ones(200, dtype=np.bool_))
    assert in_band(t, changes, Band.DORSIFLEXED).tolist() == (ankle > 0).tolist()
    assert in_band(t, changes, Band.PLANTARFLEXED).tolist() == (ankle < 0).tolist()


def test_invalid_samples_change_nothing() -> None:
    t = np.arange(100) / 100.0
    ankle = np.deg2rad(np.where(t < 0.5, 8.0, -30.0))
    changes = BandTracker(BANDS).feed(t, ankle, t < 0.5)
    assert [change.band for change in changes] == [Band.DORSIFLEXED]
