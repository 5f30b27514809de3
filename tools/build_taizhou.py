"""Build the sample `taizhou` from the facts read out of the plan.

`python tools/build_taizhou.py [FACTS_DIR] [TARGET_DIR]`; the facts are `taizhou_*.csv` in
`../shared/policy`. What the plan leaves open stays empty: no level, no place of a lead hospital, no
WS 218 code that was only assumed. A place is given where it is in the name.
"""

from __future__ import annotations

import csv
import re
import sys
from functools import partial
from pathlib import Path

import taizhou_facts as plan

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT.parent / "shared/policy"
TARGET = ROOT / "medgraph/loaders/samples/data/taizhou"

Row = dict[str, str]


def main(facts: Path = FACTS, target: Path = TARGET) -> None:
    """Write every table of the sample."""
    facilities, entities, relations, areas = (
        read(facts / f"taizhou_{name}.csv")
        for name in ("facilities", "entities", "relations", "coverage")
    )
    target.mkdir(parents=True, exist_ok=True)
    write = partial(write_table, target)
    specialties = specialties_of(relations)
    squares = tiles()
    group_of = {row["facility_id"]: row["group_id"] for row in facilities}
    write("facilities", [facility(row, specialties) for row in facilities])
    write("groups", [group(row) for row in entities if row["kind"] in plan.GROUPS])
    write("areas", [area(row, squares) for row in areas])
    for table, kinds in plan.TABLES.items():
        write(table, [entity(row) for row in entities if row["kind"] in kinds])
    write("links", [link(row, group_of) for row in relations])
    write("meta", [{"key": key, "value": value} for key, value in meta().items()])


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(target: Path, table: str, rows: list[Row]) -> None:
    """Write rows as CSV, without the columns that are empty throughout."""
    columns = dict.fromkeys(column for row in rows for column in row)
    filled = [column for column in columns if any(row.get(column) for row in rows)]
    with (target / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, filled, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


# -- what the tables hold --------------------------------------------------------------------------


def meta() -> Row:
    """Return what the sample is, and which of its tables hold all there is."""
    source = f"《{plan.PLAN}》"
    stated = {
        "title": "台州市城市医疗集团（征求意见稿）",
        "unit": "台州市区（椒江区、黄岩区、路桥区）",
        "data_day": plan.DAY,
        "register": plan.REGISTER,
        "edition": plan.EDITION,
        "source": f"{source}，{plan.DAY}",
        "stamp": "样本数据",
    }
    stated |= declared("areas", "complete", "乡级", "国家统计局统计用区划代码", plan.EDITION)
    for table, clause in plan.COMPLETE.items():
        stated |= declared(table, "complete", clause, source, plan.DAY)
    for group, clause in plan.GROUP_CLAUSE.items():
        state = "partial" if group in plan.PARTIAL else "complete"
        stated |= declared(f"links.MEMBER_OF.{group}", state, clause, source, plan.DAY)
    stated |= declared("links.MEMBER_OF.T1", "partial", plan.TEAM_CLAUSE, source, plan.DAY)
    return stated


def declared(table: str, state: str, clause: str, by: str, date: str) -> Row:
    """State whether `table` holds all there is, who says so, and since when."""
    return {
        f"{table}.complete": state,
        f"{table}.complete_by": by,
        f"{table}.complete_date": date,
        f"{table}.complete_clause": clause,
    }


def stated_in(clause: str, basis: str = "explicit", note: str = "") -> Row:
    """Return the columns that say where a row is in the plan."""
    return {
        "document": plan.PLAN,
        "clause": clause,
        "basis": basis,
        "origin": f"{plan.PLAN}||{clause}|from prose",
        "note": note,
    }


# -- facilities ------------------------------------------------------------------------------------


def facility(row: Row, specialties: Row) -> Row:
    """Return a row of `facilities`."""
    id = row["facility_id"]
    type = plan.TYPE_OF.get(id, plan.TYPES.get(row["type"], row["type"]))
    body, level = owner(row)
    return {
        "id": id,
        "name": row["name_zh"],
        "short_name": plan.LEAD_SHORT.get(id, ""),
        "aliases": plan.ALIASES.get(id, ""),
        "name_en": row["name_en"],
        "type": type,
        "ws218": plan.WS218.get(type, ""),
        "admin_level": level,
        "ownership": row["ownership"],
        "status": "planned" if id == plan.REGIONAL_CENTRE else "",
        "is_class": "" if row["named_in_seed"] == "yes" else "true",
        "area": place(row),
        "administering_body": body,
        "specialties": specialties.get(id, ""),
        **stated_in(clause_of(row), note=plan.NOTES.get(id, "")),
    }


def clause_of(row: Row) -> str:
    """The clause that names a facility first."""
    if row["group_id"]:
        return plan.GROUP_CLAUSE[row["group_id"]]
    if row["facility_id"] == plan.REGIONAL_CENTRE:
        return plan.REGIONAL_CENTRE_CLAUSE
    return plan.ALLIANCE_CLAUSE if row["alliance"] else plan.TEAM_CLAUSE


def place(row: Row) -> str:
    """The 12-digit code of the area that is in the name; empty where the name gives none."""
    if row["township_code12"]:
        return row["township_code12"]
    for county, code in plan.COUNTIES.items():
        if row["name_zh"].startswith(county):
            return code + "000000"
    return ""


def owner(row: Row) -> tuple[str, str]:
    """The administering body and its level, as the name gives them."""
    written = row["administering_body"]
    if row["facility_id"] in plan.LEVEL_OF_CLASS:
        return "", plan.LEVEL_OF_CLASS[row["facility_id"]]
    body = re.sub(r"\(.*\)", "", written)
    levels = [level for mark, level in plan.LEVEL_MARKS.items() if mark in written]
    return body, levels[0] if levels else ""


def specialties_of(relations: list[Row]) -> Row:
    """The specialty of those that an alliance names."""
    return {
        row["source_id"]: plan.SPECIALTY[row["target_id"]]
        for row in relations
        if row["target_id"] in plan.SPECIALTY
    }


# -- groups, areas, other entities, links ----------------------------------------------------------


def group(row: Row) -> Row:
    """Return a row of `groups`; a community that is only mentioned is a placeholder."""
    id = row["entity_id"]
    return {
        "id": id,
        "name": row["name_zh"],
        "short_name": plan.GROUP_SHORT.get(id, ""),
        "name_en": row["name_en"],
        "type": row["kind"],
        "specialty": plan.SPECIALTY.get(id, ""),
        "is_class": "true" if id == "CM1" else "",
        **plan.STATED.get(id, {}),
        **stated_in(plan.GROUP_CLAUSE[id], note=plan.NOTES.get(id, "")),
    }


def area(row: Row, squares: dict[str, tuple[int, int]]) -> Row:
    """Return a row of `areas`."""
    code = row["code12"]
    x, y = squares[row["name_zh"]]
    return {
        "id": code,
        "name": row["name_zh"],
        "kind": row["kind"],
        "level": "township",
        "parent": code[:6] + "000000",
        "register": plan.REGISTER,
        "edition": plan.EDITION,
        "tile_x": str(x),
        "tile_y": str(y),
        "origin": f"{plan.REGISTER} {plan.EDITION}||{code}|typed",
    }


def tiles() -> dict[str, tuple[int, int]]:
    """The square of every area as (column, row)."""
    rows = [line.split() for line in plan.TILES.strip().splitlines()]
    squares = [(name, (x, y)) for y, row in enumerate(rows) for x, name in enumerate(row)]
    return {name: square for name, square in squares if name != "."}


def entity(row: Row) -> Row:
    """Return a row of the other tables."""
    id, kind = row["entity_id"], row["kind"]
    type, clause, basis = statement_of(row)
    note = plan.DISTRICT_COMMITTEE_NOTE if is_district_committee(id) else ""
    return {
        "id": id,
        "name": row["name_zh"],
        "name_en": row["name_en"],
        "type": type,
        "is_class": "true" if kind == "family_doctor_team_class" else "",
        **plan.STATED.get(id, {}),
        **stated_in(clause, basis, plan.NOTES.get(id, note)),
    }


def statement_of(row: Row) -> tuple[str, str, str]:
    """The type of an entity, the clause that states it, and whether the clause names it."""
    id, kind = row["entity_id"], row["kind"]
    if kind == "shared_centre":
        return plan.CENTRES[id.split("-")[1]], plan.CENTRES_CLAUSE, "expanded"
    if kind == "department_class":
        type = row["notes"].split(";")[0]
        return type, plan.DEPARTMENT_CLAUSE[type], "explicit"
    if is_district_committee(id):
        return "", plan.DISTRICT_COMMITTEES_CLAUSE, "expanded"
    if id.startswith("GOV-"):
        return "", plan.GOVERNMENTS_CLAUSE, "explicit"
    return plan.TEAM_TYPES.get(kind, ""), plan.OTHER_CLAUSE.get(id, ""), "explicit"


def is_district_committee(id: str) -> bool:
    """Tell whether an id is that of the committee of a district."""
    return id.startswith("K-")


def link(row: Row, group_of: Row) -> Row:
    """Return a row of `links`; the clause names the group's own item where there is one."""
    clause = row["clause"]
    if clause == plan.MEMBERS_CLAUSE:
        is_group = row["target_id"] in plan.GROUP_CLAUSE
        clause = plan.GROUP_CLAUSE[row["target_id"] if is_group else group_of[row["source_id"]]]
    return {
        "source": row["source_id"],
        "relation": row["relation"],
        "target": row["target_id"],
        **stated_in(clause, row["basis"]),
    }


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
