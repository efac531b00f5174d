"""A recording as a table: one row a rep, with its verdict, for a spreadsheet."""

import csv
import sys

import numpy as np

import toepoint

path = sys.argv[1] if len(sys.argv) > 1 else "recordings/b_faults.mcap"
analysis = toepoint.analyse(path)

table = csv.writer(sys.stdout)
table.writerow(["set", "rep", "lift_s", "lower_s", "range_deg", "ankle_lower_deg", "verdict"])
for one_set in toepoint.judge_sets(analysis):
    for verdict in one_set.verdicts:
        rep = verdict.rep
        table.writerow(
            [
                one_set.number,
                rep.number,
                f"{rep.t_top - rep.t_start:.2f}",
                f"{rep.t_bottom - rep.t_ecc:.2f}",
                f"{np.degrees(rep.rom):.0f}",
                f"{np.degrees(rep.ankle_ecc):.0f}",
                verdict.grade.value,
            ]
        )
