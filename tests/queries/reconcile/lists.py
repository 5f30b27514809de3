"""Small lists of facilities for the tests of reconciling."""

from __future__ import annotations

import pandas as pd

import medgraph as mg

COUNTY = "331099"


def network(*rows: dict, meta: dict | None = None) -> mg.MedicalNetwork:
    """A network of facilities; each has an id of its own where none is given."""
    nodes = [
        {"id": f"N{i}", "kind": "Facility", "area": COUNTY} | row for i, row in enumerate(rows)
    ]
    return mg.MedicalNetwork.from_frames(pd.DataFrame(nodes), meta=meta)


def named(*names: str, **more: str) -> mg.MedicalNetwork:
    return network(*({"name": name, **more} for name in names))


def entry(answer, name: str, column: str = "name") -> dict:
    """The one entry of a name, judged or asked."""
    [row] = [row for row in answer.everything.to_dict("records") if row[column] == name]
    return row


# A county whose facilities are all there, so that one more pair stands among others.
OTHERS = (
    *("宁溪镇卫生院", "北洋镇卫生院", "头陀镇卫生院", "上垟乡卫生院", "屿头乡卫生院"),
    *("沙埠镇卫生院", "院桥镇卫生院", "平田乡卫生院", "澄江街道社区卫生服务中心"),
)
