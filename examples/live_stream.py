"""A live stream on the console: every rep as soon as it is complete.

The source is a text: two simulated sensors here, a recording with ``file:session.mcap``, your own
sensors with ``ble:shin=ADDRESS,foot=ADDRESS``. Everything behind it is the same.
"""

import asyncio
import sys
from collections.abc import Sequence

import numpy as np

import toepoint

text = sys.argv[1] if len(sys.argv) > 1 else "sim:protocol=B,sets=1,reps=4,seed=3"


def show(output: Sequence[object]) -> None:
    """Print the reps among what the session hands on."""
    for update in output:
        if isinstance(update, toepoint.Rep):
            lower_s = update.t_bottom - update.t_ecc
            toes_deg = np.degrees(update.ankle_ecc)
            print(f"rep {update.number}: lowered in {lower_s:.1f} s, ankle {toes_deg:+.0f} degrees")


# speed=None plays a simulation or a recording as fast as it can; live sensors take no notice.
source = toepoint.open_source(text, speed=None)
report = asyncio.run(toepoint.Session(source, show, batch_s=0.5).run())
print("simulated" if report.header.simulated else "measured", *sorted(report.statistics))
