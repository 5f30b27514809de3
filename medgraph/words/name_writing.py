"""Collect the ways in which one name is written: characters, brackets, stops, areas before it."""

from __future__ import annotations

import re

# What the conversion to simplified characters leaves: two valid characters of one place name.
VARIANT_CHARACTERS = str.maketrans("畬檯颱", "畲台台")
BRACKETS = str.maketrans("【】〔〕［］〈〉《》｛｝", "()()()()()()")
STOPS = re.compile(r"[\s·•.,，。、'\"“”‘’_-]+")
# A bracket with one of these names a branch: it is part of the identity.
BRANCH = re.compile(r"院区|分院|分部|部|站|点|东|西|南|北|新|老")
# One area after another, as people put them before a name.
AREAS_BEFORE = re.compile(r"(?:[^省市区县镇乡]{1,9}(?:省|自治区|市|区|县|镇|乡|街道|新区))+")
# A hospital with a number in its name: what is before the number, and the number.
NUMBERED_HOSPITAL = re.compile(r"^(.*?)(?:第)?([一二三四五六七八九十]+)(?:人民|人)?医?院$")
NAME_AND_ID = "{name}（{id}）"
# Endings that mean the same kind of facility, longest first.
ENDINGS = (
    ("社区卫生服务中心", ("社区卫生服务中心", "卫生服务中心", "社卫中心", "社区卫生中心")),
    ("社区卫生服务站", ("社区卫生服务站", "卫生服务站", "社卫站")),
    ("中心卫生院", ("中心卫生院", "中心乡镇卫生院")),
    (
        "妇幼保健院",
        ("妇幼保健计划生育服务中心", "妇幼健康服务中心", "妇幼保健院", "妇幼保健所", "妇保院"),
    ),
    ("疾病预防控制中心", ("疾病预防控制中心", "疾控中心")),
    ("村卫生室", ("村卫生室", "村卫生所", "卫生室", "卫生所")),
    ("人民医院", ("人民医院",)),
    ("中医院", ("中医医院", "中医院")),
)
