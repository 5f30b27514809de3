"""Networks made up by hypothesis: all kinds and relations, dates, placeholders, origins, free attributes, hostile text.

What comes out is sound: it would pass `medgraph check`. Nothing about it is nice.
"""

from __future__ import annotations

import datetime
import warnings

from hypothesis import strategies as st

from medgraph.graphmodel import schema
from medgraph.graphmodel.canonical import as_table
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.graphmodel.origin import Origin
from medgraph.words.invisible import visible
from medgraph.words.vocabularies import VOCABULARIES, fold

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2040, 12, 31))
# What breaks readers and writers: markup, formulas, separators, numbers and days that are text, odd blanks.
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    "&lt;",
    '"',
    "'",
    "a\nb",
    "a\tb",
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-2",
    "007",
    "1e5",
    "1.0",
    "TRUE",
    "是",
    "NaN",
    "None",
    "null",
    "N/A",
    "2023-10-25",
    "a,b",
    "a;b",
    "a|b",
    "|",
    "\\n",
    "_x0041_",
    "_x000D_",
    "{0}",
    "%s",
    "$1",
    "\ufeffx",
    "x\u200by",
    "x\u2028y",
    "x\u3000y",
    "x\xa0y",
    "é",
    "é",
    "𠮷野",
    "🏥",
    "\u202eabc",
    "臺州",
    "葭沚街道",
    "DROP TABLE",
    "`x`",
    "//",
    "..",
    "CON",
    "#",
    "id",
    "http://a.b",
    "mailto:a@b",
)
FREE = (
    "自由属性",
    "free attribute",
    "a.b",
    "<b>",
    "=x",
    "x'y",
    "node_for_adding",
    "u_for_edge",
    "key",
    "weight",
    "incoming_graph_data",
    "label",
    "class",
)


def _clean(text: str) -> str:
    """The form in which a network keeps a text: what `canonical` does, at the speed that many small texts need."""
    return "".join(c for c in text if c not in "\ufffe\uffff").strip()


TEXTS = (
    (
        st.sampled_from(HOSTILE)
        | st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
    )
    .map(_clean)
    .filter(lambda text: visible(text).strip())  # as the door leaves it
)
USCCS = st.just("12330000470051726F")  # a code whose check signs are right
AREA_CODES = st.builds(
    "{:02d}{:02d}{:02d}{:03d}{:03d}".format,
    st.sampled_from([11, 33, 65]),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 599),
    st.integers(0, 2),
)


ORIGINS = st.builds(lambda *parts: str(Origin(*parts)), *[TEXTS] * 4) | TEXTS
VALUES = {
    "text": TEXTS,
    "id": TEXTS,
    "date": DAYS,
    "boolean": st.booleans(),
    "list": st.lists(TEXTS.map(lambda text: text.replace("|", "/")), min_size=1, max_size=3).map(
        "|".join
    ),
    "integer": st.integers(0, 2**40),
    "number": st.integers(0, 10**7).map(lambda n: n / 100),
    "uscc": USCCS,
    "organisation_code": USCCS.map(lambda code: code[8:17]),  # a credit code holds one
    "area": AREA_CODES,
    "parent": AREA_CODES,
    "origin": ORIGINS,
    **{
        name: st.sampled_from(sorted(words))
        for name, words in VOCABULARIES.items()
        if name != "boolean"
    },
}


def _value(field: schema.Field) -> st.SearchStrategy:
    """What may stand in a field: by its name, its vocabulary, its type."""
    named = ("uscc", "organisation_code", "area", "parent", "origin")
    special = field.name if field.name in named else field.vocabulary
    return VALUES[special if special in VALUES else field.type]


_APART = {
    "id",
    "source",
    "relation",
    "target",
    "lon",
    "lat",
    "crs",
    "valid_from",
    "valid_to",
    "institution_code",
}


@st.composite
def _rows(draw, table: schema.Table) -> dict:
    """One row of `table`: some of its fields, sometimes attributes of its own."""
    fields = [f for f in table.fields if f.name not in _APART and not f.required]
    row = {
        f.name: draw(_value(f))
        for f in draw(st.lists(st.sampled_from(fields), max_size=4, unique=True))
    }
    days = sorted(draw(st.tuples(DAYS, DAYS)))
    row |= {
        name: day
        for name, day in zip(("valid_from", "valid_to"), days, strict=True)
        if draw(st.booleans())
    }
    if table.field("lon") and draw(st.booleans()):
        row |= {
            "lon": draw(st.integers(-17999, 17999)) / 100,
            "lat": draw(st.integers(100, 8999)) / 100,
            "crs": "WGS-84",
        }
    known = schema.headers(table.name)
    free = [name for name in FREE if fold(name) not in known]
    return row | draw(st.dictionaries(st.sampled_from(free), TEXTS, max_size=2))


@st.composite
def _node(draw, id: str, table: schema.Table) -> dict:
    row = {**draw(_rows(table)), "id": id, "kind": table.kind, "name": draw(TEXTS)}
    if table.field("type") and table.field("type").required:
        row["type"] = draw(_value(table.field("type")))
    return row


@st.composite
def _links(draw, nodes: list[dict]) -> list[dict]:
    """Links between nodes that may be joined; no second lead, no lead that is a member too, no ring of PART_OF."""
    of_kind: dict[str, list[int]] = {}
    for place, node in enumerate(nodes):
        of_kind.setdefault(node["kind"], []).append(place)
    possible = [
        (r, s, t)
        for r, ends in schema.ENDS.items()
        for s in ends[0]
        for t in ends[1]
        if s in of_kind and t in of_kind and (r not in ("PART_OF", "SUCCEEDED_BY") or s == t)
    ]
    links, led, tied = [], set(), set()
    for _ in range(draw(st.integers(0, 12)) if possible else 0):
        relation, source_kind, target_kind = draw(st.sampled_from(possible))
        source, target = (
            draw(st.sampled_from(of_kind[source_kind])),
            draw(st.sampled_from(of_kind[target_kind])),
        )
        if relation == "PART_OF" and source <= target:
            continue
        if relation in ("LEADS", "MEMBER_OF"):
            if (source, target) in tied or (relation == "LEADS" and target in led):
                continue
            tied.add((source, target))
            led |= {target} if relation == "LEADS" else set()
        link = draw(_rows(schema.LINKS))
        links.append(
            {
                **link,
                "source": nodes[source]["id"],
                "relation": relation,
                "target": nodes[target]["id"],
            }
        )
    return links


@st.composite
def networks(draw, most: int = 8) -> MedicalNetwork:
    """A sound network of at most `most` nodes."""
    tables = draw(st.lists(st.sampled_from(schema.NODE_TABLES), max_size=most))
    areas = draw(st.lists(AREA_CODES, min_size=most, max_size=most, unique=True)) if tables else []
    others = draw(
        st.lists(
            TEXTS.filter(lambda text: not text.isdecimal()),
            min_size=len(tables),
            max_size=len(tables),
            unique_by=visible,  # as ids are kept
        )
    )
    nodes = [
        draw(_node(areas.pop() if table.kind == "Area" else other, table))
        for table, other in zip(tables, others, strict=True)
    ]
    for node in nodes:  # a ring of parents is a fault
        if node.get("parent") in {n["id"] for n in nodes}:
            del node["parent"]
    meta = draw(
        st.dictionaries(
            st.sampled_from(["title", "unit", "source", "register", "edition", "stamp", "自定"]),
            TEXTS,
            max_size=3,
        )
    )
    if draw(st.booleans()):
        meta["data_day"] = draw(DAYS).isoformat()
    if draw(st.booleans()):
        meta |= {
            "links.MEMBER_OF.complete": draw(st.sampled_from(["complete", "partial"])),
            "links.MEMBER_OF.complete_clause": draw(TEXTS),
        }
    links = as_table(draw(_links(nodes)))
    with warnings.catch_warnings():  # signs that nobody sees are meant to be here
        warnings.simplefilter("ignore", UserWarning)
        return MedicalNetwork.from_frames(as_table(nodes), links, meta)
