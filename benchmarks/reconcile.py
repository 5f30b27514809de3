"""Measure `reconcile` on pairs of lists of which the truth is known.

python -m benchmarks.reconcile [--only NAME] [--seed N]

A list is compared with a damaged copy of itself; of either a part is left out, so that some rows
have no partner. Precision: of the pairs called the same, those that are. Recall: of the true pairs,
those called the same; `found`: those called the same or asked about.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import medgraph as mg
from benchmarks.list_damage import Damage, LatinDamage, Row
from medgraph.graphmodel import register

SHARED = Path(os.environ.get("MEDGRAPH_SHARED", Path(__file__).parents[2] / "shared"))
KEPT = 0.85  # of the rows in either list
NAMED_HOSPITALS = ("人民医院", "第二人民医院", "中医院", "妇幼保健院", "疾病预防控制中心")


def network(rows: list[Row]) -> mg.MedicalNetwork:
    table = pd.DataFrame(rows).assign(kind="Facility")
    return mg.MedicalNetwork.from_frames(table)


def judged(
    title: str, one: list[Row], other: list[Row], damage_of: dict[str, str]
) -> dict[str, float]:
    """Reconcile two lists whose rows are one where their ids are, but for the letter before them."""
    before, after = network(one), network(other)
    began, busy = time.perf_counter(), time.process_time()
    answer = mg.reconcile.facilities(before, after)
    spent, worked = time.perf_counter() - began, time.process_time() - busy
    truth = {row["id"][1:] for row in one} & {row["id"][1:] for row in other}
    same = answer.frame[answer.frame["status"] == "same"]
    right = same["source"].str[1:] == same["target"].str[1:]
    asked = answer.unknown[(answer.unknown["source"] != "") & (answer.unknown["target"] != "")]
    asked_right = asked["source"].str[1:] == asked["target"].str[1:] if len(asked) else asked
    figures = {
        "pairs": len(truth),
        "precision": right.mean() if len(same) else float("nan"),
        "recall": right.sum() / len(truth),
        "found": (right.sum() + (asked_right.sum() if len(asked) else 0)) / len(truth),
        "asked": len(answer.unknown) / answer.total,
        "seconds": spent,
        "cpu": worked,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(
        f"| {title} | {len(one)} x {len(other)} | {len(truth)} | {figures['precision']:.4f} | "
        f"{figures['recall']:.4f} | {figures['found']:.4f} | {figures['asked']:.1%} | {spent:.1f} | {worked:.1f} | "
        f"{figures['peak_mb']:.0f} |",
        flush=True,
    )
    if os.environ.get("WRONG"):
        names = {row["id"]: row["name"] for row in (*one, *other)}
        wrong = same[~right]
        print(wrong[["name", "target_name", "confidence", "reason"]].head(40).to_string())
        done = set(same["source"][right].str[1:])
        missed = pd.Series([damage_of.get(id, "") for id in truth - done]).value_counts()
        print((missed / pd.Series(list(damage_of.values())).value_counts()).to_string())
        for id in list(truth - done)[:40]:
            print("  missed", names[f"A{id}"], "|", names[f"B{id}"], damage_of.get(id))
    return figures


def two(rows: list[Row], damaged: list[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """A part of either list, in an order of its own, its ids with A and B before them."""
    draw = random.Random(seed)
    lists = []
    for letter, side in (("A", rows), ("B", damaged)):
        kept = [dict(row, id=letter + row["id"]) for row in side if draw.random() < KEPT]
        draw.shuffle(kept)
        lists.append(
            [
                {k: v for k, v in row.items() if k not in ("town", "before", "second")}
                for row in kept
            ]
        )
    return lists[0], lists[1]


# -- the lists -----------------------------------------------------------------------------------


def nhs() -> list[Row]:
    path = SHARED / "data/nhs_england_ods_2022/gp_pcn_ccg_stp_region_jan2022.csv"
    with path.open(encoding="utf-8") as file:
        return [
            {"id": row["PRACTICE_CODE"], "name": row["PRACTICE_NAME"], "area": row["CCG_CODE"]}
            for row in csv.DictReader(file)
        ]


def township_centres(area: str = "") -> list[Row]:
    """A centre for each township of the register, and the hospitals of each county."""
    rows: list[Row] = []
    towns = register.township_register(area).to_pylist()
    counties = {}
    for town in towns:
        if town["kind"] == "quasi_unit":
            continue
        counties[town["parent"]] = None
        is_street = town["kind"] == "subdistrict"
        name = town["name"] + ("社区卫生服务中心" if is_street else "卫生院")
        rows.append({"id": town["id"], "name": name, "area": town["parent"], "town": town["name"]})
    names = register.names(counties)
    for code in counties:
        county = names.get(code, "")
        for number, hospital in enumerate(NAMED_HOSPITALS):
            row = {"id": f"{code}H{number}", "name": county + hospital, "area": code, "town": ""}
            rows.append(row)
    for row in rows:
        row["before"] = "" if not row["town"] else names.get(row["area"], "")
        row["second"] = (row["town"] or names.get(row["area"], "")) + "公共卫生服务所"
    return rows


def clinics(limit: int) -> Iterator[Row]:
    """Village clinics of real villages, each in its township."""
    path = SHARED / "data/cn_divisions_nbs2023/villages.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number >= limit:
                return
            is_village = "村" in row["name"][-6:]
            place = re.sub(r"(社区)?(居委会|居民委员会)$", "社区", row["name"])
            place = re.sub(r"村?(村委会|村民委员会)$", "村", place)
            code = row["code"].ljust(12, "0")
            yield {
                "id": f"{code}V",
                "name": f"{place}{'卫生室' if is_village else '卫生服务站'}",
                "area": f"{code[:9]}000",
                "town": place,
                "before": "",
                "second": f"{place}公共卫生服务所",
            }


SYNTHETIC = re.compile(r"合成(\d+)县(?:(\d+)(镇|街道))?(?:(\d+)村)?(.*)")


def made_up(seed: int) -> list[Row]:
    """The facilities of a made-up city, called as real counties, townships and villages are."""
    table = mg.samples.synthetic(scale="city", seed=seed).nodes("Facility").reset_index()
    draw = random.Random(seed)
    towns = sorted(
        {
            row["name"].rstrip("镇乡").removesuffix("街道")
            for row in register.township_register().to_pylist()
        }
    )
    draw.shuffle(towns)
    called: dict[str, str] = {}
    rows = []
    for row in table.to_dict("records"):
        county, town, end, village, rest = SYNTHETIC.fullmatch(row["name"]).groups()
        words = [called.setdefault(f"{county}", f"{towns.pop()}县")]
        place = words[0]
        if town:
            place = called.setdefault(f"{county}.{town}", f"{towns.pop()}{end}")
        if village:
            place = called.setdefault(f"{county}.{town}.{village}", f"{towns.pop()}村")
        numbered = re.fullmatch(r"(\d+)(医院|村卫生室|社区卫生服务站)", rest)
        if numbered:
            ordinal = f"第{'一二三四五六七八九'[(int(numbered[1]) - 1) % 9]}"
            kind = {"医院": "人民医院", "村卫生室": "卫生室"}.get(numbered[2], numbered[2])
            rest = kind if village else ordinal + kind
        point = {"lon": row["lon"] + draw.gauss(0, 0.002), "lat": row["lat"] + draw.gauss(0, 0.002)}
        rows.append({"id": row["id"], "name": place + rest, "area": row["area"][:6], "type": row["type"],
                     "town": place, "before": words[0] if town else "", "second": f"{place}公共卫生服务所", **point})  # fmt: skip
    return rows


def chinese(rows: list[Row], seed: int) -> tuple[list[Row], dict[str, str]]:
    damage = Damage([row["name"] for row in rows], seed)
    draw = random.Random(seed + 1)
    kinds = list(damage.kinds)
    done, of = [], {}
    for row in rows:
        kind = draw.choice(kinds)
        name = damage.of(kind, row)
        if draw.random() < 0.2:
            name = damage.of(draw.choice(kinds), dict(row, name=name))
        of[row["id"]] = kind
        done.append(dict(row, name=name))
    return done, of


def latin(rows: list[Row], seed: int) -> tuple[list[Row], dict[str, str]]:
    damage, draw = LatinDamage(seed), random.Random(seed + 1)
    kinds = list(damage.kinds)
    of = {row["id"]: draw.choice(kinds) for row in rows}
    return [dict(row, name=damage.of(of[row["id"]], row["name"])) for row in rows], of


def without(rows: list[Row], *columns: str) -> list[Row]:
    return [{k: v for k, v in row.items() if k not in columns} for row in rows]


def nhs_with_area(seed: int) -> None:
    rows = nhs()
    damaged, of = latin(rows, seed)
    judged("NHS practices, area known", *two(rows, damaged, seed), of)


def nhs_without_area(seed: int) -> None:
    rows = without(nhs(), "area")
    damaged, of = latin(rows, seed)
    judged("NHS practices, names alone", *two(rows, damaged, seed), of)


def register_with_county(seed: int) -> None:
    rows = township_centres()
    damaged, of = chinese(rows, seed)
    judged("register, county known", *two(rows, damaged, seed), of)


def province_with_county(seed: int) -> None:
    rows = township_centres("33")
    damaged, of = chinese(rows, seed)
    judged("one province, county known", *two(rows, damaged, seed), of)


def county_alone(seed: int) -> None:
    rows = township_centres("331003")
    damaged, of = chinese(rows, seed)
    judged("one county", *two(rows, damaged, seed), of)


def register_without_area(seed: int) -> None:
    rows = without(township_centres(), "area")
    damaged, of = chinese(rows, seed)
    judged("register, names alone", *two(rows, damaged, seed), of)


def synthetic_city(seed: int) -> None:
    rows = made_up(seed)
    draw = random.Random(seed)
    damaged, of = chinese(rows, seed)
    for row in damaged:  # other surveyors
        row["lon"] += draw.gauss(0, 0.002)
        row["lat"] += draw.gauss(0, 0.002)
    judged("made-up city, points and types", *two(rows, damaged, seed), of)


def synthetic_city_without_points(seed: int) -> None:
    rows = without(made_up(seed), "lon", "lat")
    damaged, of = chinese(rows, seed)
    judged("made-up city, county known", *two(rows, damaged, seed), of)


def villages(seed: int) -> None:
    rows = list(clinics(30_000))
    damaged, of = chinese(rows, seed)
    judged("village clinics, township known", *two(rows, damaged, seed), of)


def big(seed: int) -> None:
    rows = [*township_centres(), *clinics(63_000)]
    damaged, of = chinese(rows, seed)
    one, other = two(rows, damaged, seed)
    judged("100,000 x 60,000", one[:100_000], other[:60_000], of)


LISTS = {
    f.__name__: f
    for f in (
        *(nhs_with_area, nhs_without_area, county_alone, province_with_county),
        *(synthetic_city, synthetic_city_without_points),
        *(register_with_county, register_without_area, villages, big),
    )
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", choices=list(LISTS), action="append")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    print(
        "| lists | rows | true pairs | precision | recall | found | asked | s | processor s | peak MB |\n|---|---|---|---|---|---|---|---|---|---|"
    )
    for name in given.only or LISTS:
        LISTS[name](given.seed)


if __name__ == "__main__":
    main()
