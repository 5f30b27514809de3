"""Build a draft network from the sentences of a plan: nodes and links, each with clause, span and confidence.

Confidence: `high`, the sentence states it; `medium`, a rule says it, not the sentence alone; `low`, the sentence
states a count that its list does not hold to.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

from medgraph.graphmodel.origin import Origin
from medgraph.loaders.plans.clauses import Sentence
from medgraph.loaders.plans.general_sentences import RULES, rule_note
from medgraph.loaders.plans.places import TYPE_ENDS, Register, described
from medgraph.loaders.tabular.list_grammar import (
    Count,
    Enumeration,
    Item,
    number,
    read_list,
    split_head,
)

# `以及辖区的政府办…村卫生室`, `以及市区其他…机构`: a class of facilities, not one.
CLASS = re.compile(
    r"[，,、]?(?:以及|和|及)(?P<name>(?:辖区|市区|全区|全县|所有|其他|各)[^，,。]*)$"
)
# What stands before a name (`组建`, `一是`) is none of it; a colon ends what it introduces.
_GROUP_NAME = re.compile(
    "^(?:组建|成立|建立)?(?P<name>(?!.*[0-9两二三四五六]+个).+(?:集团|医联体|医共体|共同体|总医院)"
    "(?:[（(][^（()）]*[)）])?)$"
)
_GENERIC = re.compile(
    "(?:紧密型|县域|城市|区域|新型)*(医疗集团|健康集团|医联体|医共体|医疗卫生共同体|总医院)"
)
_SPECIALTIES = (
    ("中医", "tcm"),
    ("妇", "mch"),
    ("儿", "mch"),
    ("精神", "psychiatry"),
    ("康复", "rehabilitation"),
)
_PREFIXES = {
    "Facility": "F",
    "Group": "G",
    "Team": "T",
    "Committee": "K",
    "SharedCentre": "S",
    "Department": "D",
    "Platform": "P",
    "Authority": "Z",
}
_FACILITY_ENDS = re.compile("(?:院|院区|中心|室|站|所|机构|门诊部|集团)[)）]?$")
_NOTED = re.compile("[)）]$")
# `市、区两级妇幼保健、卫生监督及区级疾病预防控制机构`: a head and a tail that several share.
_LEVEL_HEAD = re.compile("[国省市县区](?:、[省市县区乡])*[两三四]?级|各|所有")
_JOINS = re.compile("、|以及|和|及|与")
_WHOLE_ENDS = ("机构", "医院", "院", "中心", "所", "站")


class Builder:
    """Collect nodes and links in the order of the text; a name that is said twice is one node."""

    def __init__(self, register: Register, file: str) -> None:
        self.register = register
        self.file = file
        self.nodes: dict[tuple[str, str], dict[str, Any]] = {}
        self.links: list[dict[str, Any]] = []
        self.counts: list[tuple[str, Count]] = []
        self.unplaced: dict[str, None] = {}
        self.quotas: dict[str, Fraction] = {}
        self.general: list[Sentence] = []
        self.numbers: dict[str, int] = {}
        self.joined: set[tuple[str, str, str]] = set()
        self.leads: dict[str, str] = {}
        self.used: set[int] = set()  # where the sentences begin that gave something

    def take(self, sentence: Sentence) -> None:
        """Take in what a sentence states of named facilities; keep what it says in general for later."""
        for reading in sentence.readings:
            if stated := getattr(self, f"_{reading.form}", None):
                stated(reading)
            if reading.form in RULES:
                self.general.append(reading)

    def carry_out(self) -> None:
        """Carry the general sentences out, now that all groups and members are known."""
        for sentence in self.general:
            RULES[sentence.form](self, sentence)

    def declared(self) -> dict[str, str]:
        """What the plan's own clauses declare complete: member lists whose stated counts all hold."""
        lists = self.groups()
        counted = {clause for clause, _ in self.counts}
        failed = {clause for clause, count in self.counts if not count.holds}
        sound = [row for row in lists if row["clause"] in counted and row["clause"] not in failed]
        said: dict[str, str] = {}
        for row in sound:
            said |= _complete(f"links.MEMBER_OF.{row['id']}", self.file, row["clause"])
        if lists and len(sound) == len(lists):
            clauses = "、".join(row["clause"] for row in lists)
            for table in ("links.MEMBER_OF", "links.SERVES", "links.LEADS"):
                said |= _complete(table, self.file, clauses)
        if self.register.rows:
            first = self.register.rows[0]
            said |= {"register": first.get("register") or "", "edition": first.get("edition") or ""}
            said |= _complete("areas", first.get("register") or "", first.get("edition") or "")
        return said

    def tables(self) -> tuple[Any, Any]:
        import pandas as pd

        areas = [
            {
                "id": str(r["id"]),
                "kind": "Area",
                "name": r["name"],
                "type": r.get("kind"),
                "level": r.get("level"),
                "parent": r.get("parent"),
                "register": r.get("register"),
                "edition": r.get("edition"),
            }
            for r in self.register.rows
        ]
        return pd.DataFrame([*self.nodes.values(), *areas]), pd.DataFrame(
            self.links
        ) if self.links else None

    # -- nodes and links -----------------------------------------------------------------------

    def node(self, kind: str, name: str, sentence: Sentence, **values: Any) -> str:
        key = kind, name
        self.used.add(sentence.start)
        if key not in self.nodes:
            prefix = _PREFIXES.get(kind, "N")
            self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
            id = f"{prefix}{self.numbers[prefix]:02d}"
            self.nodes[key] = {
                "id": id,
                "kind": kind,
                "name": name,
                **self._said(sentence),
                **values,
            }
        return self.nodes[key]["id"]

    def link(
        self, source: str, relation: str, target: str, sentence: Sentence, **values: Any
    ) -> None:
        self.used.add(sentence.start)
        if (
            source,
            relation,
            target,
        ) not in self.joined:  # the rows of a table name their group again and again
            self.joined.add((source, relation, target))
            if relation == "LEADS":
                self.leads.setdefault(target, source)
            ends = {"source": source, "relation": relation, "target": target}
            self.links.append(ends | self._said(sentence) | values)

    def expand(
        self,
        source: str,
        relation: str,
        target: str,
        sentence: Sentence,
        *,
        rule: str = "",
        more: str = "",
    ) -> None:
        """Add a link that a rule implies and the sentence does not state; its note names the rule."""
        self.link(
            source,
            relation,
            target,
            sentence,
            basis="expanded",
            confidence="medium",
            note=rule_note(rule or sentence.form) + more,
        )

    def count(self, sentence: Sentence, count: Count) -> None:
        self.used.add(sentence.start)
        self.counts.append((sentence.clause, count))

    def _said(self, sentence: Sentence) -> dict[str, Any]:
        span = f"{sentence.start}-{sentence.end}"
        return {
            "clause": sentence.clause,
            "basis": "explicit",
            "confidence": "high",
            "span": span,
            "origin": str(Origin(self.file, "", span, "from prose")),
        }

    def facility(self, item: Item, sentence: Sentence, confidence: str) -> str:
        """One facility: named in full, with its type, and with the area it serves where the register knows it."""
        own_head, rest = split_head(item.written)
        head = item.head if item.tail else own_head
        tail = item.tail or next((e for e, _ in TYPE_ENDS[:5] if rest.endswith(e)), "")
        area = (
            self.register.place(rest if item.tail else rest.removesuffix(tail), tail, head)
            if tail
            else None
        )
        name = self._full_name(item, head, tail, area)
        id = self.node(
            "Facility", name, sentence, confidence=confidence, **described(name, item.notes)
        )
        if area is not None:
            self._serves(id, str(area["id"]), head, sentence)
        elif tail:
            self.unplaced[name] = None
        return id

    def _serves(self, facility: str, area: str, head: str, sentence: Sentence) -> None:
        """A facility serves the area it is named for; an area named behind a zone is administered by the zone."""
        self.expand(facility, "SERVES", area, sentence, rule="serves")
        if self.register.is_zone(head):
            zone = self.node("Authority", f"{head}管委会", sentence)
            self.link(area, "ADMINISTERED_BY", zone, sentence)

    def _full_name(self, item: Item, head: str, tail: str, area: dict[str, Any] | None) -> str:
        """`院桥` + `中心卫生院` in 黄岩区 is 黄岩区院桥中心卫生院; `屿头` + `乡镇卫生院` is 黄岩区屿头乡卫生院.

        The name of the area stands in full where the list leaves 镇, 乡 or 街道 out, but for central centres.
        """
        name = item.name
        if area is None:
            return name
        stem = re.sub("(?:街道|镇|乡)$", "", area["name"])
        shortened = item.tail and item.written.endswith(stem)
        if shortened and "中心卫生院" not in tail and "社区" not in item.written:
            name = item.head + area["name"] + re.sub("^(?:乡镇|镇|乡)", "", tail)
        district = self.register.district_of(str(area["id"]))
        return name if head or name.startswith(district) else district + name

    # -- forms ---------------------------------------------------------------------------------

    def _membership(self, sentence: Sentence) -> None:
        lead_name = sentence.parts["LEAD"][0].strip()
        group_name = self._group_name(sentence, lead_name)
        kind = (
            "county_medical_community"
            if re.search("医共体|共同体|总医院", group_name)
            else "urban_medical_group"
        )
        group = self.node("Group", group_name, sentence, type=kind)
        self.link(self._lead(lead_name, sentence), "LEADS", group, sentence)
        self._members(sentence, group)

    _membership_by = _led_by = _founded = _composed = _of_group = _marked_lead = _merged = (
        _united
    ) = _membership

    def _group_name(self, sentence: Sentence, lead: str) -> str:
        """The name in the sentence, before its colon, or in the heading; else the lead's name and the kind."""
        said = [
            *sentence.parts.get("GROUP", []),
            sentence.parts.get("INTRO", [""])[0],
            sentence.heading,
        ]
        said = [re.sub("(?:的?成员单位)?[：: ]*$", "", text.strip()) for text in said]
        named = [found["name"] for text in said if (found := _GROUP_NAME.search(text))]
        proper = [name for name in named if not _GENERIC.fullmatch(name)]
        return (
            proper[0] if proper else lead + (_GENERIC.sub(r"\1", named[0]) if named else "医疗集团")
        )

    def _absorbed(self, sentence: Sentence) -> None:
        group = self.nodes.get(("Group", sentence.parts["GROUP"][0].strip()))
        if group is None:
            self.unplaced[sentence.parts["GROUP"][0]] = None
        else:
            self._members(sentence, group["id"])

    def _lead(self, name: str, sentence: Sentence) -> str:
        """The lead: a name, and what stands in brackets behind it as a note."""
        read = read_list(name).items if _NOTED.search(name) else ()
        name, notes = (read[0].name, read[0].notes) if len(read) == 1 else (name, ())
        return self.node("Facility", name, sentence, **described(name, notes))

    def _members(self, sentence: Sentence, group: str) -> None:
        """The members of a group; where a count that the sentence states fails, none of them is sure."""
        read, rest = members_of(sentence)
        counts = list(read.counts)
        if total := re.search("[0-9一二三四五六七八九十两]+", sentence.parts.get("TOTAL", [""])[0]):
            counts.append(Count(number(total.group()), len(read.items), "成员单位"))
        for count in counts:
            self.count(sentence, count)
        confidence = "high" if all(count.holds for count in counts) else "low"
        for item in read.items:
            sure = confidence if looks_like_a_facility(item.name) else "low"
            member = self.facility(item, sentence, sure)
            if (
                member,
                "LEADS",
                group,
            ) not in self.joined:  # `整合甲医院和乙卫生院，…，由甲医院牵头`
                self.link(member, "MEMBER_OF", group, sentence, confidence=sure)
        if rest:
            self.link(self._rest(rest, group, sentence), "MEMBER_OF", group, sentence)

    def _rest(self, name: str, group: str, sentence: Sentence) -> str:
        """The placeholder of a class; what is said of 辖区, 其他 or 各 is another class in every group."""
        if not name.startswith(("市区", "全区", "全县")):
            name = next(n for (_, n), row in self.nodes.items() if row["id"] == group) + name
        return self.node(
            "Facility", name, sentence, is_class=True, **described(re.split("[(（]", name)[0])
        )

    def _alliance(self, sentence: Sentence) -> None:
        name = sentence.parts["ALLIANCE"][0]
        specialty = next((w for key, w in _SPECIALTIES if key in name), None)
        alliance = self.node(
            "Group", name, sentence, type="specialty_alliance", specialty=specialty
        )
        self.link(
            self._lead(sentence.parts["LEAD"][0].strip(), sentence), "LEADS", alliance, sentence
        )
        self._members(sentence, alliance)

    def _team(self, sentence: Sentence) -> None:
        """Its lead and its members are classes, where the text says 市级, 区级 or 两级 and no name."""
        team = self.node("Team", sentence.parts["TEAM"][0], sentence, type="public_health")
        self.link(self._of_a_team(sentence.parts["LEAD"][0], sentence), "LEADS", team, sentence)
        for name in _with_shared_ends(sentence.parts["LIST"][0]):
            self.link(self._of_a_team(name, sentence), "MEMBER_OF", team, sentence)

    def _of_a_team(self, name: str, sentence: Sentence) -> str:
        is_class = True if _LEVEL_HEAD.match(name) else None
        return self.node("Facility", name, sentence, is_class=is_class, **described(name))

    def _family_team(self, sentence: Sentence) -> None:
        self.node("Team", sentence.parts["TEAM"][0], sentence, is_class=True, type="family_doctor")

    def _committee(self, sentence: Sentence) -> None:
        self.committee(sentence.parts["COMMITTEE"][0], sentence)

    def committee(self, name: str, sentence: Sentence) -> str:
        """The first committee that `name` may mean: 工作管委会, 管委会 and 管理委员会 are one word."""
        known = [row for (kind, _), row in self.nodes.items() if kind == "Committee"]
        meant = next(
            (row for row in known if _committee_name(row["name"]).endswith(_committee_name(name))),
            None,
        )
        return self.node("Committee", meant["name"] if meant else name, sentence)

    def _district_committee(self, sentence: Sentence) -> None:
        """One committee for each district of the register."""
        name = re.sub("^(?:区级|县级)", "", sentence.parts["COMMITTEE"][0])
        for district in self.register.districts:
            self.node("Committee", district + name, sentence, basis="expanded", confidence="medium")

    def _regional(self, sentence: Sentence) -> None:
        self.node(
            "Facility",
            sentence.parts["LEAD"][0],
            sentence,
            status="planned",
            type="national_regional_medical_centre",
            ws218="A100",
        )

    def _builds(self, sentence: Sentence) -> None:
        """A platform is built by the facility of its sentence; a sentence that names none says not by whom."""
        builder = self.nodes.get(("Facility", sentence.parts.get("LEAD", [""])[0]))
        if builder is not None:
            platform = self.node("Platform", sentence.parts["PLATFORM"][0], sentence)
            self.link(builder["id"], "BUILDS", platform, sentence)

    # -- what the rules for general sentences ask ----------------------------------------------

    def groups(self, *, alliances: bool = False) -> list[dict[str, Any]]:
        return [
            row
            for (kind, _), row in self.nodes.items()
            if kind == "Group"
            and not row.get("is_class")
            and (row["type"] == "specialty_alliance") == alliances
        ]

    def lead_of(self, group: str) -> str:
        return self.leads[group]

    def districts_of(self, group: str) -> list[str]:
        """The districts in which the members of a group serve areas, in the order of the register."""
        members = {
            r["source"] for r in self.links if r["relation"] == "MEMBER_OF" and r["target"] == group
        }
        served = {
            self.register.district_of(r["target"])
            for r in self.links
            if r["relation"] == "SERVES" and r["source"] in members
        }
        return [district for district in self.register.districts if district in served]


def members_of(sentence: Sentence) -> tuple[Enumeration, str | None]:
    """Return the list of members in a sentence and the class behind it; raise ValueError where it is no list."""
    listed, rest = sentence.parts["LIST"][0].strip(), None
    if listed.endswith(("）", ")")) and listed.count("）") + listed.count(")") > listed.count(
        "（"
    ) + listed.count("("):
        listed = listed[:-1]  # `某医共体（牵头医院：甲；成员单位：乙、丙）`
    if found := CLASS.search(listed):
        listed, rest = listed[: found.start()], found["name"].replace("辖区的", "辖区")
    return _list(listed), rest


_list = lru_cache(maxsize=1024)(read_list)


def looks_like_a_facility(name: str) -> bool:
    """Tell whether a name ends as names of facilities do.

    >>> looks_like_a_facility("乙镇卫生院"), looks_like_a_facility("负责服务")
    (True, False)
    """
    return bool(_FACILITY_ENDS.search(name))


def _with_shared_ends(text: str) -> list[str]:
    """Name the kinds of facilities of a list in full, each with the level before it and the ending behind the last.

    >>> _with_shared_ends("市、区两级妇幼保健、卫生监督及区级疾病预防控制机构")
    ['市、区两级妇幼保健机构', '市、区两级卫生监督机构', '区级疾病预防控制机构']
    """
    marked = _LEVEL_HEAD.sub(lambda found: found.group().replace("、", "\0"), text)
    parts = [part.strip().replace("\0", "、") for part in _JOINS.split(marked)]
    head, names = "", []
    for part in (one for one in parts if one):
        level = _LEVEL_HEAD.match(part)
        head = level.group() if level else head
        whole = part if level else head + part
        names.append(whole if whole.endswith(_WHOLE_ENDS) or not head else whole + "机构")
    return names


def _committee_name(name: str) -> str:
    return name.replace("管理委员会", "管委会").replace("工作管委会", "管委会")


def _complete(table: str, by: str, clause: str) -> dict[str, str]:
    return {
        f"{table}.complete": "complete",
        f"{table}.complete_by": by,
        f"{table}.complete_clause": clause,
    }
