"""Live, replayed and cut into any blocks: the same session gives the same bits."""

import asyncio
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from processing.calibration.changes import Calibrated
from processing.coach.coach import Coach
from processing.coach.cues import Cue
from processing.coach.plan_change import PlanChange
from processing.coach.protocol_file import built_in
from processing.judge.verdict import Verdict
from processing.pipeline.pipeline import Pipeline
from processing.pipeline.shin_ahead import ShinAhead
from processing.review.analysis import analyse
from processing.session import Session, SessionOutput
from processing.types import AngleBlock, SensorStatus, join_blocks
from sensor.assembler import Assembler
from sensor.recording import open_recording
from sensor.sources import open_source
from sensor.types import Event, ImuBlock

SESSION = "sim:protocol=B,sets=1,reps=3,seed=11,faults=fast"
CUT = (20.0, 36.0)
"""From the last calibration movement into the set, s: a whole session of single samples is slow."""


def run(source: str, *, recording: Path | None = None, batch_s: float = 0.3) -> list[SessionOutput]:
    """Return every update of a session of ``source``, as fast as possible."""
    updates: list[SessionOutput] = []
    session = Session(
        open_source(source, speed=None),
        updates.extend,
        recording=recording,
        batch_s=batch_s,
        shin_rates=True,
    )
    asyncio.run(session.run())
    return updates


def coached(source: str, batch_s: float) -> list[str]:
    """Return the outputs of the coach in a session of ``source``, in order."""
    outputs: list[str] = []

    def listen(news: Sequence[SessionOutput]) -> None:
        outputs.extend(repr(one) for one in news if isinstance(one, (Cue, Verdict, PlanChange)))

    session = Session(
        open_source(source, speed=None), listen, coach=Coach(built_in("B")), batch_s=batch_s
    )
    asyncio.run(session.run())
    return outputs


def fingerprint(updates: Sequence[SessionOutput]) -> tuple[dict[str, bytes], list[str]]:
    """Return the angles as bytes, and every other update but those for the picture alone as text."""
    angles = join_blocks([u for u in updates if isinstance(u, AngleBlock)])
    bits = {f.name: getattr(angles, f.name).tobytes() for f in fields(angles)}
    rest = [u for u in updates if not isinstance(u, (AngleBlock, SensorStatus, ShinAhead))]
    return bits, [repr(u) for u in rest]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[SessionOutput]]:
    """A simulated session, recorded while it ran."""
    path = tmp_path_factory.mktemp("session") / "session.mcap"
    return path, run(SESSION, recording=path)


def test_the_session_is_calibrated_and_has_valid_angles(
    session: tuple[Path, list[SessionOutput]],
) -> None:
    angles = join_blocks([u for u in session[1] if isinstance(u, AngleBlock)])
    assert any(isinstance(u, Calibrated) for u in session[1])
    assert angles.valid.mean() > 0.4


def test_a_picture_gets_the_rates_of_the_shin_ahead_of_the_angles(
    session: tuple[Path, list[SessionOutput]],
) -> None:
    newest_t, ahead_s = -np.inf, []
    for update in session[1]:
        if isinstance(update, ShinAhead):
            newest_t = update.t[-1]
        elif isinstance(update, AngleBlock) and np.isfinite(newest_t):
            ahead_s.append(newest_t - update.t[-1])
    assert len(ahead_s) > 50
    assert np.median(ahead_s) >= 0.0


def test_replay_of_the_recording_equals_the_live_run(
    session: tuple[Path, list[SessionOutput]],
) -> None:
    path, live = session
    assert fingerprint(run(f"file:{path}")) == fingerprint(live)


@pytest.mark.parametrize("batch_s", [0.0, 1.7], ids=["each item", "longer"])
def test_the_batch_length_changes_no_result(
    session: tuple[Path, list[SessionOutput]], batch_s: float
) -> None:
    path, live = session
    assert fingerprint(run(f"file:{path}", batch_s=batch_s)) == fingerprint(live)


def test_batches_change_nothing_that_the_coach_says(
    session: tuple[Path, list[SessionOutput]],
) -> None:
    path, _ = session
    outputs = coached(f"file:{path}", 0.1)
    assert sum(line.startswith("Verdict") for line in outputs) == 3
    assert sum("CueKind.COUNT" in line for line in outputs) == 3
    assert coached(f"file:{path}", 2.3) == outputs


def test_the_analysis_has_the_live_angles_of_the_session(
    session: tuple[Path, list[SessionOutput]],
) -> None:
    path, live = session
    angles = join_blocks([u for u in live if isinstance(u, AngleBlock)])
    found = analyse(path).live_angles
    for field in fields(angles):
        assert getattr(found, field.name).tobytes() == getattr(angles, field.name).tobytes()


def test_blocks_cut_into_single_samples_give_the_same(
    session: tuple[Path, list[SessionOutput]],
) -> None:
    path, live = session
    recording = open_recording(path)
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    pipeline = Pipeline(recording.header)
    updates: list[SessionOutput] = []
    for item in recording.items():
        for block in assembler.feed(item):
            for one in singles(block) if CUT[0] < block.t[0] < CUT[1] else [block]:
                updates += pipeline.feed([one])
        if isinstance(item, Event):
            updates += pipeline.feed([item])
    updates += pipeline.finish()
    assert fingerprint(updates) == fingerprint(live)


def singles(block: ImuBlock) -> list[ImuBlock]:
    """Return the samples of ``block`` as blocks of one sample."""
    return [
        ImuBlock(
            block.segment,
            block.t[i : i + 1],
            block.acc[i : i + 1],
            block.gyr[i : i + 1],
            block.clipped[i : i + 1],
            block.lost if i == 0 else 0,
        )
        for i in range(len(block.t))
    ]


def test_a_recorded_input_is_replayed(tmp_path: Path) -> None:
    path = tmp_path / "keys.mcap"
    pressed = False
    playing: Session
    updates: list[SessionOutput] = []

    def listen(batch: Sequence[SessionOutput]) -> None:
        nonlocal pressed
        updates.extend(batch)
        if not pressed:
            pressed = True
            playing.add_input("mark", {"text": "here"})

    playing = Session(open_source(SESSION, speed=None), listen, recording=path, batch_s=0.3)
    asyncio.run(playing.run())
    marks = [i for i in open_recording(path).items() if isinstance(i, Event) and i.kind == "mark"]
    assert [m.data["text"] for m in marks] == ["here"]
    assert fingerprint(run(f"file:{path}")) == fingerprint(updates)


def test_a_stopped_session_leaves_a_complete_recording(tmp_path: Path) -> None:
    path = tmp_path / "stopped.mcap"

    async def stop_in_the_middle() -> int:
        seen = 0
        ready = asyncio.Event()

        def listen(batch: Sequence[SessionOutput]) -> None:
            nonlocal seen
            seen += sum(len(u.t) for u in batch if isinstance(u, AngleBlock))
            if seen > 300:
                ready.set()

        session = Session(open_source(SESSION, speed=50.0), listen, recording=path)
        task = asyncio.create_task(session.run())
        await ready.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return seen

    seen = asyncio.run(stop_in_the_middle())
    recording = open_recording(path)
    assert recording.health.complete
    assert recording.duration_s > 0.01 * seen - 0.1
    assert np.isfinite(recording.duration_s)
