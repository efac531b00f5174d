"""A recording as a table: one row a rep, with its verdict, for a spreadsheet."""

import csv
import sys

import toepoint

WANTED = [
    "set",
    "number",
    "concentric_s",
    "eccentric_s",
    "rom_deg",
    "ankle_eccentric_deg",
    "verdict",
]

path = sys.argv[1] if len(sys.argv) > 1 else "recordings/b_faults.mcap"
reps = toepoint.read(path).reps.columns

table = csv.writer(sys.stdout)
table.writerow(WANTED)
table.writerows(zip(*(reps[name] for name in WANTED), strict=True))
