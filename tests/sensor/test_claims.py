"""Claims on sensors and folders: one process at a time, and none stays behind."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.ble.source import open_ble
from sensor.claims import ClaimedError, claim, claim_folder

ROOT = Path(__file__).parents[2]
OTHER = """
import sys
from sensor.claims import claim
held = claim(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the claims of the tests apart from those of the person."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_another_process_is_named_until_it_ends() -> None:
    command = [sys.executable, "-c", OTHER, "sensor AA:01"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ClaimedError) as caught:
            claim("sensor AA:01")
        assert caught.value.process == other.pid
        claim("sensor AA:02").release()
        # Killed: it cannot tidy up.
        other.kill()
        other.wait()
        claim("sensor AA:01").release()


def test_a_sensor_of_another_toepoint_is_refused_before_anything_is_connected() -> None:
    held = claim("sensor AA:BB:CC:00:00:02")
    source = open_ble("ble:shin=AA:BB:CC:00:00:01,foot=aa:bb:cc:00:00:02")
    with pytest.raises(LinkError) as caught:
        asyncio.run(source.open())
    assert caught.value.fault is LinkFault.IN_USE
    assert f"process {os.getpid()}" in str(caught.value)
    held.release()
    claim("sensor AA:BB:CC:00:00:01").release()


def test_a_folder_is_claimed_by_any_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to(tmp_path / "a")
    held = claim_folder(tmp_path / "a")
    with pytest.raises(ClaimedError):
        claim_folder(tmp_path / "b")
    held.release()


def test_where_no_lock_can_be_kept_everything_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    claim("sensor AA:01")
    claim("sensor AA:01")
