"""The words by which the name of a facility is taken apart, so that two lists can be compared.

A name is areas, then what it is called, a number, what it is, a branch: 台州市 黄岩区 | 第一 |
人民医院 | (东院区). Latin names are words in any order.
"""

from __future__ import annotations

import re

from medgraph.words.lexicon import any_of, same_endings
from medgraph.words.numerals import NUMBERING

CHINESE = re.compile(r"[\u3400-\u9fff]")
BRACKETS = re.compile(r"\(([^()]*)\)")
# A bracket may name a branch.
BRANCH = re.compile(
    r".{0,8}(?:院区|校区|分院|分部|分中心|分站|门诊部|院|部|站|点)|[东西南北中新老总本][院区部]?"
)
# Between the names of one facility: 甲县人民医院/甲县第一医院, 原名, 挂牌.
BETWEEN_NAMES = re.compile(r"[/|;]|加挂|挂牌")
FORMER = ("原名", "曾用名", "原", "又名", "亦称", "简称", "加挂", "挂")

COLONS = ":："
# What is part of another facility: 甲县人民医院城北分院, 甲县人民医院东院区.
BRANCH_BEHIND = re.compile(
    r"^(.{2,}?(?:医院|卫生院|服务中心|保健院|医疗中心))(.{0,10}?(?:院区|分院|分部|分中心|门诊部))$"
)
ARABIC = re.compile(r"\d{1,2}")
# Digits that number a facility: 第1, 1院, 2号.
NUMBERED = re.compile(r"(?:(?<=第)|(?<![\d]))\d{1,2}(?=人民|中医|医院|院|卫生|社区|号|分)")
NUMBER_BEHIND = re.compile(rf"(?:第)?([{NUMBERING}]{{1,3}})(?:号)?$")
SHORT_NUMBERED = re.compile(rf"^(.*?)(?:第)?([{NUMBERING}]{{1,2}})(?:人民|人)?医?院$")

# Areas before what a facility is called, each with what it ends in.
AREA = re.compile(
    r".[^省市区县镇乡旗盟]{0,8}?(?:自治区|自治县|街道办事处|街道|[省市县镇乡旗盟]|(?<!社)区)+"
)
COUNTY_END = re.compile(r"(?:自治县|[区县旗])$")
OF_A_COUNTY = ("县", "市", "区")  # its hospital is its people's hospital
ZONE_END = re.compile(r"(?:新区|开发区|高新区|管理区|示范区)$")  # it lies in some county
CITY_END = re.compile(r"市$")
AREA_END = re.compile(
    r"(?:街道办事处|街道|自治县|社区|新村|[省市区县镇乡旗村])?(?:居委会|村委会|居民委员会|村民委员会)?$"
)
# What says only that it is the one of its area.
OF_ITS_AREA = frozenset(("", "本", "县", "市", "区", "镇", "乡", "街道", "县级", "市级", "中心"))
# A sign that one name has more, and by which villages are told apart: 上王 and 王, 大岭 and 岭.
TELLING_APART = frozenset(
    "东西南北中上下前后左右大小老新旧内外里高低头尾一二三四五六七八九十甲乙丙丁"
)
CENTRAL = re.compile(r"(?:乡镇|镇|乡|街道)?中心$")

PEOPLES_HOSPITAL, HOSPITAL = "人民医院", "医院"
HEALTH_CENTRE, COMMUNITY_CENTRE = "卫生院", "社区卫生服务中心"
CLINIC, STATION = "村卫生室", "社区卫生服务站"
TCM_HOSPITAL = "中医院"
_KINDS_OF_THEIR_OWN = (
    *("儿童医院", "口腔医院", "眼科医院", "肿瘤医院", "骨科医院"),
    *("护理院", "急救中心", "中心血站", "卫生监督所", "诊所", "门诊部"),
)
# Endings by which kinds are told apart beside those that the lexicon holds as the same.
FURTHER_KINDS = {
    **dict.fromkeys(("精神病医院", "精神病院", "精神卫生中心", "精神专科医院"), "精神病医院"),
    **dict.fromkeys(("中医医院", "中医院", "中西医结合医院", "国医馆"), TCM_HOSPITAL),
    **dict.fromkeys(("妇幼保健院", "妇保院", "妇幼健康服务中心", "妇幼保健所"), "妇幼保健院"),
    **dict.fromkeys(("妇女儿童医院", "妇儿医院"), "妇女儿童医院"),
    **dict.fromkeys(("传染病医院", "传染病院", "公共卫生临床中心"), "传染病医院"),
    **dict.fromkeys(("康复医院", "康复中心"), "康复医院"),
    **dict.fromkeys(
        ("社区卫生服务中心", "社区卫生中心", "社区服务中心", "社区医院"), COMMUNITY_CENTRE
    ),
    **dict.fromkeys(("村卫生室", "村卫生所", "卫生室", "卫生所", "村医务室"), CLINIC),
    **dict.fromkeys(("卫生院", "中心卫生院", "乡镇卫生院", "乡镇中心卫生院"), HEALTH_CENTRE),
    **{text: text for text in _KINDS_OF_THEIR_OWN},
    **dict.fromkeys(("人民医院", "人民院"), PEOPLES_HOSPITAL),
    "医院": HOSPITAL,
    "医疗中心": HOSPITAL,
    "中心医院": "中心医院",
}
KINDS: dict[str, str] = {
    **{text: word for word, texts in same_endings() for text in (word, *texts)},
    **FURTHER_KINDS,
    "中心卫生院": HEALTH_CENTRE,
    "中心乡镇卫生院": HEALTH_CENTRE,
}
KIND_BEHIND = re.compile(f"{any_of(tuple(KINDS))}$")
# A bracket that ends so is a second name.
SECOND_NAME = re.compile(rf"^.{{2,}}{any_of(tuple(KINDS.keys() - {'门诊部'}))}$")
# Kinds that a facility goes over to as its place becomes a town or a city.
RELATED_KINDS = (
    frozenset((HEALTH_CENTRE, COMMUNITY_CENTRE)),
    frozenset((CLINIC, STATION)),
    frozenset((HEALTH_CENTRE, HOSPITAL)),
    frozenset((COMMUNITY_CENTRE, HOSPITAL)),
    frozenset((HOSPITAL, PEOPLES_HOSPITAL)),
    frozenset((HOSPITAL, "中心医院")),
    frozenset((PEOPLES_HOSPITAL, "中心医院")),
)
# A hospital of no stated kind may be of any of them.
GENERIC_KIND = HOSPITAL

# -- Latin names ---------------------------------------------------------------------------------

LATIN_WORD = re.compile(r"[a-z]+|[0-9]+")
LATIN_LEFT_OUT = frozenset(
    (
        *("the", "of", "and", "at", "for", "de", "del", "la", "le", "les", "du", "des", "da", "do"),
        *(
            "dr",
            "drs",
            "doctor",
            "doctors",
            "nhs",
            "ltd",
            "limited",
            "plc",
            "inc",
            "co",
            "partners",
        ),
    )
)
LATIN_FULL = {
    "ctr": "centre",
    "center": "centre",
    "cntr": "centre",
    "cent": "centre",
    "hosp": "hospital",
    "hsp": "hospital",
    "hlth": "health",
    "hth": "health",
    "med": "medical",
    "medl": "medical",
    "surg": "surgery",
    "sgy": "surgery",
    "prac": "practice",
    "pract": "practice",
    "grp": "group",
    "comm": "community",
    "gen": "general",
    "univ": "university",
    "natl": "national",
    "dist": "district",
    "reg": "regional",
    "clin": "clinic",
    "disp": "dispensary",
    "rd": "road",
    "ln": "lane",
    "ave": "avenue",
    "st": "street",
    "saint": "street",  # St Mary's and High St alike
    "sq": "square",
    "pk": "park",
    "mt": "mount",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}
LATIN_KINDS = frozenset(
    (
        *(
            "surgery",
            "practice",
            "medical",
            "centre",
            "health",
            "clinic",
            "hospital",
            "group",
            "house",
        ),
        *("community", "general", "dispensary", "facility", "family", "primary", "care", "service"),
        *("services", "district", "regional", "trust", "foundation", "healthcare", "post", "unit"),
    )
)
LATIN_SIDES = frozenset(
    (
        *("north", "south", "east", "west", "upper", "lower", "new", "old", "northern", "southern"),
        *("eastern", "western", "branch", "annex", "annexe"),
    )
)
LATIN_NUMBERS = {
    **dict(zip(("i", "ii", "iii", "iv"), "1234", strict=True)),
    **dict(zip(("one", "two", "three", "four", "five"), "12345", strict=True)),
    **dict(zip(("first", "second", "third"), "123", strict=True)),
}

# -- addresses -----------------------------------------------------------------------------------

ADDRESS_COLUMNS = ("address", "地址", "机构地址", "详细地址", "单位地址", "注册地址", "执业地址")
POSTCODE_COLUMNS = ("postcode", "邮编", "邮政编码", "postal_code", "zip")
ADDRESS_AREAS = re.compile(r"^(?:[^省市区县镇乡]{1,9}?(?:自治区|街道|[省市区县镇乡])+)+")
HOUSE_NUMBER = re.compile(r"\d+")
