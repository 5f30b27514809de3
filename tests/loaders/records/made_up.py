"""Records at random, with faults planted in them, and what pandas counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from medgraph.graphmodel.flow_table import KEYS


def records(rows, seed=1):
    """Return referral records at random: 40 facilities, a year, three kinds, some persons twice."""
    rng = np.random.default_rng(seed)
    days = np.datetime64("2023-01-01") + rng.integers(0, 365, rows)
    return pd.DataFrame(
        {
            "from": [f"机构{i:02d}" for i in rng.integers(0, 40, rows)],
            "to": [f"机构{i:02d}" for i in rng.integers(0, 40, rows)],
            "date": days.astype(str),
            "arrived": (days + rng.integers(0, 9, rows)).astype(str),
            "kind": rng.choice(["up", "下转", "transfer"], rows),
            "specialty": rng.choice(["surgery", "tcm"], rows),
            "encounter": rng.choice(["outpatient", "inpatient"], rows),
            "residence": rng.choice(["331002001000", "331003003000"], rows),
            "count": rng.integers(1, 4, rows).astype(str),
            "person": [f"P{i}" for i in rng.integers(0, rows // 3 + 1, rows)],
        }
    )


def spoiled(frame):
    """Spoil every tenth row in one of three ways; return it with what should be listed."""
    frame = frame.copy()
    faults = {
        "no_to": ("to", ""),
        "bad_date": ("date", "2023-02-30"),
        "bad_count": ("count", "-3"),
    }
    listed = {}
    for k, (reason, (column, value)) in enumerate(faults.items()):
        rows = frame.index[k * 10 :: 100]
        frame.loc[rows, column] = value
        listed[reason] = len(rows)
    return frame, listed


def counted_by_pandas(frame):
    keys = ["from", "to", "month", "kind", "specialty", "encounter", "residence"]
    frame = frame.assign(
        month=frame["date"].str[:7],
        kind=frame["kind"].replace({"下转": "down"}),
        count=frame["count"].astype(int),
    )
    return frame.groupby(keys, as_index=False)["count"].sum().sort_values(keys, ignore_index=True)


def ordered(frame):
    """Return flows in the order of their keys."""
    return frame.sort_values(list(KEYS), na_position="first", ignore_index=True)


STAYS = """person,facility,admitted,discharged
a,甲,2023-01-01,2023-01-05
a,乙,2023-01-05,2023-01-09
a,乙,2023-01-10,2023-01-12
b,甲,2023-01-01,2023-01-08
b,乙,2023-01-06,2023-01-09
c,甲,2023-01-01,2023-01-02
c,乙,2023-02-01,2023-02-02
d,甲,2023-01-05,2023-01-01
,甲,2023-01-05,2023-01-06
"""
