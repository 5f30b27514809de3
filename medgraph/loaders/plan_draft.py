"""Turn the sentences of a plan into a draft network, each row with its clause, span and confidence.

What a sentence states is `basis=explicit`; what a general sentence implies for every group or member is
`basis=expanded`, by the rule named in the link's `note`. What could not be placed is listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from medgraph.errors import SourceError
from medgraph.graphmodel.origin import Origin
from medgraph.graphmodel.terms import FACILITY_TYPES, word
from medgraph.loaders.list_grammar import Count, Item, number, read_list, split_head
from medgraph.loaders.plan_text import NO_RELATION, NOT_UNDERSTOOD, USED, Sentence, sentences
from medgraph.loaders.text_repair import Repaired, repair
from medgraph.messages import say

if TYPE_CHECKING:
    import pyarrow as pa

    from medgraph.graphmodel.network import MedicalNetwork

# The type of a facility is what its name ends in; the longest ending decides.
_TYPE_ENDS = (
    ("社区卫生服务中心", "community_health_centre"), ("社区卫生服务站", "community_health_station"),
    ("中心卫生院", "central_township_health_centre"), ("街道卫生院", "subdistrict_health_centre"),
    ("卫生院", "township_health_centre"), ("卫生室", "village_clinic"), ("康复医院", "rehabilitation_hospital"),
    ("中医院", "tcm_hospital"), ("中医医院", "tcm_hospital"), ("妇女儿童医院", "women_children_hospital"),
    ("妇保院", "mch_institution"), ("妇幼保健院", "mch_institution"), ("妇幼健康服务中心", "mch_institution"),
    ("人民医院", "general_hospital"), ("中心医院", "general_hospital"), ("市立医院", "general_hospital"),
    ("护理院", "nursing_home"), ("疾病预防控制中心", "cdc"), ("疾病预防控制机构", "cdc"),
)
_TOWN_TAILS = ("卫生院", "中心卫生院", "乡镇卫生院", "乡镇中心卫生院", "镇卫生院", "乡卫生院")
# `以及辖区的政府办…村卫生室`, `以及市区其他…机构`: a class of facilities, not one.
_CLASS = re.compile(r"[，,、]?(?:以及|和|及)(?P<name>(?:辖区|市区|全区|全县|所有|其他|各)[^，,。]*)$")
# What stands before a name (`组建`, `一是`) is none of it; a colon ends what it introduces.
_GROUP_NAME = re.compile("^(?:组建|成立|建立)?(?P<name>(?!.*[0-9两二三四五六]+个).+(?:集团|医联体|医共体|共同体|总医院)"
                         "(?:[（(][^（()）]*[)）])?)$")
_GENERIC = re.compile("(?:紧密型|县域|城市|区域|新型)*(医疗集团|健康集团|医联体|医共体|医疗卫生共同体|总医院)")
_SPECIALTIES = (("中医", "tcm"), ("妇", "mch"), ("儿", "mch"), ("精神", "psychiatry"), ("康复", "rehabilitation"))


@dataclass(frozen=True)
class Draft:
    """A draft from prose: the `network`, every sentence with its fate, counts checked, what was not placed."""

    network: MedicalNetwork
    sentences: tuple[Sentence, ...]
    counts: tuple[tuple[str, Count], ...]
    unplaced: tuple[str, ...]
    repaired: Repaired
    quotas: dict[str, Fraction] = field(default_factory=dict)

    @property
    def fates(self) -> dict[str, int]:
        """How many sentences had which fate."""
        fates = [sentence.status for sentence in self.sentences]
        return {fate: fates.count(fate) for fate in (USED, NO_RELATION, NOT_UNDERSTOOD)}


def draft(text: str, areas: pa.Table | None = None, *, file: str = "plan.txt") -> Draft:
    """Read a plan into a draft network; `areas` (id, name, parent) is the register to place facilities in."""
    from medgraph.graphmodel.network import MedicalNetwork

    if not re.search("[\u3400-\u9fff]", text):
        raise SourceError(say("plan_not_chinese", path=file))
    repaired = repair(text)
    read = [one if _readable(one) else replace(one, status=NOT_UNDERSTOOD, form="") for one in sentences(repaired.text)]
    builder = _Builder(Register(areas), file)
    for sentence in read:
        if sentence.status == USED:
            builder.take(sentence)
    builder.expand()
    meta = {"source": file, "stamp": say("draft_stamp"), **builder.declared()}
    network = MedicalNetwork.from_frames(*builder.tables(), meta)
    return Draft(network, tuple(read), tuple(builder.counts), tuple(builder.unplaced), repaired, builder.quotas)


def _readable(sentence: Sentence) -> bool:
    """Tell whether the list of members in a sentence, where it has one, is an enumeration."""
    if sentence.status != USED or sentence.form in ("team", "family_team", "centres") or "LIST" not in sentence.parts:
        return True
    try:
        return bool(read_list(_CLASS.sub("", sentence.parts["LIST"][0])).items)
    except ValueError:
        return False


class Register:
    """The township-level areas a plan may mean, looked up by name within a district."""

    def __init__(self, areas: pa.Table | None) -> None:
        self.rows = areas.to_pylist() if areas is not None else []
        self.districts = self._districts()

    def _districts(self) -> dict[str, str]:
        from medgraph.graphmodel.register import names

        codes = dict.fromkeys(str(row["id"])[:6] for row in self.rows)
        return {name: code for code, name in names(codes).items()}

    def place(self, written: str, tail: str, head: str) -> dict[str, Any] | None:
        """Return the area that a name means: of that name, or of it and 镇, 乡 (卫生院), 街道 (社区卫生服务中心)."""
        kinds = ("镇", "乡") if tail in _TOWN_TAILS else ("街道",)
        wanted = {written, *(written + kind for kind in kinds)}
        found = [row for row in self._within(head) if row["name"] in wanted]
        if not found:  # 葭沚街道东山社区 lies in 葭沚街道
            found = [row for row in self._within(head) if len(row["name"]) > 2 and written.startswith(row["name"])]
        return found[0] if len(found) == 1 else None

    def _within(self, head: str) -> Iterable[dict[str, Any]]:
        code = self.districts.get(head)
        return [row for row in self.rows if code is None or str(row["id"]).startswith(code)]

    def district_of(self, row: dict[str, Any]) -> str:
        return next((name for name, code in self.districts.items() if str(row["id"]).startswith(code)), "")


class _Builder:
    """Collect nodes and links in the order of the text; a name that is said twice is one node."""

    def __init__(self, register: Register, file: str) -> None:
        self.register = register
        self.file = file
        self.nodes: dict[tuple[str, str], dict[str, Any]] = {}
        self.links: list[dict[str, Any]] = []
        self.counts: list[tuple[str, Count]] = []
        self.unplaced: list[str] = []
        self.quotas: dict[str, Fraction] = {}
        self.general: list[tuple[Callable[[Sentence], None], Sentence]] = []
        self.numbers: dict[str, int] = {}

    def take(self, sentence: Sentence) -> None:
        getattr(self, f"_{sentence.form}", lambda s: None)(sentence)

    def expand(self) -> None:
        """Carry the general sentences out, now that all groups and members are known."""
        for rule, sentence in self.general:
            rule(sentence)

    def declared(self) -> dict[str, str]:
        """What the plan's own clauses declare complete: member lists whose stated counts all hold."""
        lists = self._groups()
        sound = [row for row in lists if self._counts_hold(row["clause"])]
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

    def _counts_hold(self, clause: str) -> bool:
        counts = [count for where, count in self.counts if where == clause]
        return bool(counts) and all(count.holds for count in counts)

    def tables(self) -> tuple[Any, Any]:
        import pandas as pd

        areas = [{"id": str(r["id"]), "kind": "Area", "name": r["name"], "type": r.get("kind"),
                  "level": r.get("level"), "parent": r.get("parent"), "register": r.get("register"),
                  "edition": r.get("edition")} for r in self.register.rows]
        return pd.DataFrame([*self.nodes.values(), *areas]), pd.DataFrame(self.links) if self.links else None

    # -- nodes and links -----------------------------------------------------------------------

    def node(self, kind: str, name: str, sentence: Sentence, **values: Any) -> str:
        key = kind, name
        if key not in self.nodes:
            prefix = {"Facility": "F", "Group": "G", "Team": "T", "Committee": "K", "SharedCentre": "S"}.get(kind, "N")
            self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
            id = f"{prefix}{self.numbers[prefix]:02d}"
            self.nodes[key] = {"id": id, "kind": kind, "name": name, **self._said(sentence), **values}
        return self.nodes[key]["id"]

    def link(self, source: str, relation: str, target: str, sentence: Sentence, basis: str = "explicit",
             **values: Any) -> None:
        row = {"source": source, "relation": relation, "target": target, **self._said(sentence), "basis": basis}
        row["confidence"] = "high" if basis == "explicit" else "medium"  # a rule said it, not the sentence alone
        self.links.append(row | values)

    def _said(self, sentence: Sentence) -> dict[str, Any]:
        span = f"{sentence.start}-{sentence.end}"
        return {"clause": sentence.clause, "basis": "explicit", "confidence": "high",
                "origin": str(Origin(self.file, "", span, "from prose"))}

    def facility(self, item: Item, sentence: Sentence, head: str = "") -> str:
        """One facility: named in full, with its type, and with the area it serves where the register knows it."""
        own_head, rest = (item.head, item.written) if item.tail else split_head(item.written)
        rest = split_head(item.written)[1] if item.tail else rest
        tail = item.tail or next((e for e, _ in _TYPE_ENDS[:5] if rest.endswith(e)), "")
        base = rest if item.tail else rest.removesuffix(tail)
        area = self.register.place(base, tail, own_head or head) if tail else None
        name = self._full_name(item, own_head, tail, area)
        values: dict[str, Any] = {"type": type_of(name)}
        if item.notes:
            values["note"] = "；".join(item.notes)
            values["ownership"] = "private" if any("民营" in n for n in item.notes) else None
        id = self.node("Facility", name, sentence, **values)
        if area is not None:
            self.link(id, "SERVES", str(area["id"]), sentence, "expanded", note="rule: name of the area")
        elif tail:
            self.unplaced.append(name)
        return id

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
        district = self.register.district_of(area)
        return name if head or name.startswith(district) else district + name

    # -- forms ---------------------------------------------------------------------------------

    def _membership(self, sentence: Sentence) -> None:
        lead_name = sentence.parts["LEAD"][0].strip()
        group_name = self._group_name(sentence, lead_name)
        kind = "county_medical_community" if re.search("医共体|共同体|总医院", group_name) else "urban_medical_group"
        group = self.node("Group", group_name, sentence, type=kind)
        lead = self.node("Facility", lead_name, sentence, type=type_of(lead_name))
        self.link(lead, "LEADS", group, sentence)
        self._members(sentence, group)

    _membership_by = _led_by = _founded = _composed = _membership

    def _group_name(self, sentence: Sentence, lead: str) -> str:
        """The name in the sentence, before its colon, or in the heading; else the lead's name and the kind."""
        said = [*sentence.parts.get("GROUP", []), sentence.parts.get("INTRO", [""])[0], sentence.heading]
        named = [found["name"] for text in said if (found := _GROUP_NAME.search(text.strip("：: ")))]
        proper = [name for name in named if not _GENERIC.fullmatch(name)]
        return proper[0] if proper else lead + (_GENERIC.sub(r"\1", named[0]) if named else "医疗集团")

    def _absorbed(self, sentence: Sentence) -> None:
        group = self.nodes.get(("Group", sentence.parts["GROUP"][0].strip()))
        if group is None:
            self.unplaced.append(sentence.parts["GROUP"][0])
        else:
            self._members(sentence, group["id"])

    def _members(self, sentence: Sentence, group: str) -> None:
        listed, rest = sentence.parts["LIST"][0], None
        if found := _CLASS.search(listed):
            listed, rest = listed[:found.start()], found["name"].replace("辖区的", "辖区")
        read = read_list(listed)
        self.counts += [(sentence.clause, count) for count in read.counts]
        if total := re.search("[0-9一二三四五六七八九十两]+", sentence.parts.get("TOTAL", [""])[0]):
            self.counts.append((sentence.clause, Count(number(total.group()), len(read.items), "成员单位")))
        for item in read.items:
            self.link(self.facility(item, sentence), "MEMBER_OF", group, sentence)
        if rest:
            name = f"{next(n for (k, n), row in self.nodes.items() if row['id'] == group)}{rest}"
            bare = re.split("[(（]", rest)[0]
            placeholder = self.node("Facility", name, sentence, is_class=True, type=type_of(bare))
            self.link(placeholder, "MEMBER_OF", group, sentence)

    def _alliance(self, sentence: Sentence) -> None:
        name = sentence.parts["ALLIANCE"][0]
        specialty = next((w for key, w in _SPECIALTIES if key in name), None)
        alliance = self.node("Group", name, sentence, type="specialty_alliance", specialty=specialty)
        lead = sentence.parts["LEAD"][0].strip()
        self.link(self.node("Facility", lead, sentence, type=type_of(lead)), "LEADS", alliance, sentence)
        self._members(sentence, alliance)

    def _team(self, sentence: Sentence) -> None:
        team = self.node("Team", sentence.parts["TEAM"][0], sentence, type="public_health")
        lead = self.node("Facility", sentence.parts["LEAD"][0], sentence, is_class=True, type="cdc")
        self.link(lead, "LEADS", team, sentence)
        self.general.append((lambda s: self._to_groups(team, "STATIONED_IN", s), sentence))

    def _committee(self, sentence: Sentence) -> None:
        committee = self.node("Committee", sentence.parts["COMMITTEE"][0], sentence)
        self.general.append((lambda s: self._to_groups(committee, "GOVERNS", s), sentence))

    def _district_committee(self, sentence: Sentence) -> None:
        """One committee for each district of the register, under the committee of the whole city."""
        name = re.sub("^(?:区级|县级)", "", sentence.parts["COMMITTEE"][0])
        above = [row["id"] for (kind, _), row in self.nodes.items() if kind == "Committee"]
        for district in self.register.districts:
            committee = self.node("Committee", district + name, sentence)
            for id in above[:1]:
                self.link(committee, "REPORTS_TO", id, sentence, "expanded", note="rule: one committee per district")

    def _regional(self, sentence: Sentence) -> None:
        centre = self.node("Facility", sentence.parts["LEAD"][0], sentence, status="planned",
                           type="national_regional_medical_centre")
        self.general.append((lambda s: self._to_groups(centre, "COOPERATES_WITH", s), sentence))

    def _alliance_links(self, sentence: Sentence) -> None:
        def link(s: Sentence) -> None:
            for row in self._groups(alliances=True):
                self._to_groups(row["id"], "COOPERATES_WITH", s)

        self.general.append((link, sentence))

    def _centres(self, sentence: Sentence) -> None:
        kinds = [part for part in re.split("[、,，]", sentence.parts["LIST"][0].removesuffix("等")) if part]

        def host(s: Sentence) -> None:
            for group in self._groups():
                for kind in kinds:
                    centre = self.node("SharedCentre", f"{group['name']}{kind}共享中心", s,
                                       type=word("centre_type", kind) or "other")
                    self.link(self._lead_of(group["id"]), "HOSTS_CENTRE", centre, s, "expanded",
                              note="rule: one centre of each kind at each lead")

        self.general.append((host, sentence))

    def _referral(self, sentence: Sentence) -> None:
        def refer(s: Sentence) -> None:
            for row in [r for r in self.links if r["relation"] == "MEMBER_OF"]:
                if row["target"] in {g["id"] for g in self._groups()}:
                    lead = self._lead_of(row["target"])
                    for relation, ends in (("REFERS_UP_TO", (row["source"], lead)),
                                           ("REFERS_DOWN_TO", (lead, row["source"]))):
                        self.link(ends[0], relation, ends[1], s, "expanded", note="rule: every member and its lead")

        self.general.append((refer, sentence))

    def _quota(self, sentence: Sentence) -> None:
        slots, beds = (fraction(text) for text in sentence.parts["FRACTION"][:2])
        self.quotas = {"slots": slots, "beds": beds}

        def sink(s: Sentence) -> None:
            for group in self._groups():
                self.link(self._lead_of(group["id"]), "SINKS_RESOURCES_TO", group["id"], s, "expanded",
                          note=f"rule: every lead to its group; slots {slots}, beds {beds}")

        self.general.append((sink, sentence))

    def _to_groups(self, source: str, relation: str, sentence: Sentence) -> None:
        for group in self._groups():
            self.link(source, relation, group["id"], sentence, "expanded", note="rule: every group")

    def _groups(self, *, alliances: bool = False) -> list[dict[str, Any]]:
        return [row for (kind, _), row in self.nodes.items()
                if kind == "Group" and (row["type"] == "specialty_alliance") == alliances]

    def _lead_of(self, group: str) -> str:
        return next(r["source"] for r in self.links if r["relation"] == "LEADS" and r["target"] == group)


def _complete(table: str, by: str, clause: str) -> dict[str, str]:
    return {f"{table}.complete": "complete", f"{table}.complete_by": by, f"{table}.complete_clause": clause}


def type_of(name: str) -> str | None:
    """Return the type that the end of a facility's name says, None where it says none.

    >>> type_of("黄岩区院桥中心卫生院")
    'central_township_health_centre'
    """
    ending = max((end for end, _ in _TYPE_ENDS if name.endswith(end)), key=len, default=None)
    found = dict(_TYPE_ENDS).get(ending or "")
    return found if found in FACILITY_TYPES else None


def fraction(text: str) -> Fraction:
    """Read a fraction as plans write it.

    >>> fraction("三分之一"), fraction("25%")
    (Fraction(1, 3), Fraction(1, 4))
    """
    if "分之" in text:
        below, above = text.split("分之")
        return Fraction(number(above), number(below))
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
