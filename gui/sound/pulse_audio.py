"""PulseAudio's client library: the thread that refills its buffer, and how long that buffer is.

Qt 6.10 to 6.12 asks it for 1024 frames (21 ms). A thread of the library takes them from the stream, and
on a busy machine it often runs later than that, however much sound the stream holds. Other sound systems
(PipeWire, Windows, macOS) run their threads before all others by themselves.
"""

import os
import sys
from pathlib import Path

THREADS = "QPulseAudioEng"
"""The beginning of the names of those threads; Linux keeps 15 letters."""
LATENCY = "PULSE_LATENCY_MSEC"
"""The library reads the length of its buffer in ms from this variable when a stream is opened."""
PRIORITY = 1
"""The lowest real-time priority: before all ordinary threads, behind those of the sound server."""


def is_kept_waiting() -> bool:
    """Return whether PulseAudio is in use and the system does not let its threads run first.

    It does for an administrator, and where the limit ``rtprio`` of the account allows it.
    """
    # Not all systems have these calls, and the others need none of this.
    if sys.platform != "linux":
        return False
    try:
        for task in Path("/proc/self/task").iterdir():
            if (task / "comm").read_text("ascii", "replace").startswith(THREADS):
                policy = os.SCHED_RR | os.SCHED_RESET_ON_FORK
                os.sched_setscheduler(int(task.name), policy, os.sched_param(PRIORITY))
    except PermissionError:
        return True
    except OSError:
        # A thread has ended while we looked, or there is no /proc.
        return False
    return False


def ask_for_buffer(seconds: float, own: str | None) -> None:
    """Let the next stream have a buffer of ``seconds``; 0 for the usual one.

    ``own`` is what the person set in the environment, which comes first.
    """
    if own is not None:
        return
    if seconds > 0.0:
        os.environ[LATENCY] = str(round(1e3 * seconds))
    else:
        os.environ.pop(LATENCY, None)
