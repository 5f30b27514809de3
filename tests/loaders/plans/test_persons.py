"""No official, expert or contact of a plan stays in anything that is made of it."""

from __future__ import annotations

import itertools
import re

import pytest

from medgraph.loaders.plans.draft import draft
from medgraph.loaders.plans.text_repair import repair
from medgraph.words.plan_text import PHONETIC_NOTE

# Where the published texts name persons; the names themselves are found here, and written nowhere.
PATTERNS = (
    r"主任(\w{2,3}?)(?:主持|出席)",
    r"\n\s*(\w{2,3})(?:指出|强调)",
    r"(?:处|處)\s?(\w{2,3}?)\s+\d{8}",
    r"[联聯]系人[:：]\s?(\w{2,4}?)[;；，,。\s]",
)
NUMBER = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-—]?)?([3-8]\d{7})(?!\d)|(?<!\d)(1[3-9]\d{9})(?!\d)|([\w.+-]+@[\w.-]+)"
)


def names(raw):
    plain = PHONETIC_NOTE.sub("", raw)
    found = {name for pattern in PATTERNS for name in re.findall(pattern, plain)}
    listed = plain.partition("人员名单")[2].partition("备案")[0]
    listed = [
        line for line in (re.sub(r"[?？\s]", "", line) for line in listed.splitlines()) if line
    ]
    found |= {
        line
        for line, title in itertools.pairwise(listed)
        if re.fullmatch("[\u4e00-\u9fff]{2,3}", line)
        and line not in ("组长", "成员")
        and not re.fullmatch("[\u4e00-\u9fff]{2,3}", title)
    }
    return found


def secrets(raw):
    """Every name, number and address of a person in a text: what no output may hold."""
    return names(raw) | {
        next(filter(None, found.groups())) for found in NUMBER.finditer(PHONETIC_NOTE.sub("", raw))
    }


@pytest.mark.parametrize(
    ("begin", "persons"), [("000", 2), ("001", 2), ("002", 1), ("003", 0), ("004", 8)]
)
def test_no_person_of_a_published_text_stays(shared, begin, persons):
    """Neither in the text, nor in the record of changes, the sentences or the network."""
    raw = next((shared / "seeds").glob(f"{begin}_*.txt")).read_text(encoding="utf-8")
    found = names(raw)
    count = len(found)  # apart, so that a failure does not print the names
    assert count == persons
    read = draft(raw)
    everything = (
        repr(read.sentences)
        + repr(read.repaired)
        + read.network.nodes().to_csv()
        + repr(read.counts)
    )
    bare = re.sub(r"[?？\s]|\\xa0|\\u3000|\(\w{1,7}\)", "", everything)
    stayed = sum(name in bare for name in found)
    assert stayed == 0
    numbers = len(re.findall(r"(?<!\d)[3-8]\d{7}(?!\d)|@", read.repaired.text))
    assert numbers == 0
    assert read.repaired.counts.get("personal", 0) >= persons


@pytest.mark.parametrize(
    "text",
    [
        "县卫生健康局局长王某某主持会议。",
        "组长：李某某，副组长：周某、吴某某。",
        "领导小组名单\n郑某某 县卫健局局长\n",
        "会上，李某（县人民医院院长）发言。",
        "赵某某指出，要抓好落实。",
        "县卫健局 钱某某 85551234",
    ],
)
def test_names_where_plans_put_them(text):
    assert not re.search("某", repair(text).text)


@pytest.mark.parametrize(
    "text",
    [
        "牵头医院为台州市中心医院，成员单位包括金清镇、路桥街道2个卫生院",
        "县委书记任组长，成员单位为各乡镇。",
        "会议指出，方案要求各地落实。",
        "县长负责，院长和成员单位协同。",
        "方林镇卫生院、高桥镇卫生院",
        "2023年12月31日前完成。",
    ],
)
def test_what_is_no_name_stays(text):
    """Facilities, places and offices that begin with a surname are not dropped."""
    assert repair(text).text == text
