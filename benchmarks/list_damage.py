"""Damage lists of facilities as people do, so that it is known which rows of two lists are one."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable

from opencc import OpenCC
from pypinyin import lazy_pinyin

Row = dict[str, str]
_TRADITIONAL = OpenCC("s2t")
_TOWN_ENDS = ("街道", "镇", "乡")
_SHORT_ENDS = {
    "社区卫生服务中心": ("社卫中心", "卫生服务中心", "社区卫生中心"),
    "疾病预防控制中心": ("疾控中心",),
    "妇幼保健院": ("妇保院", "妇幼保健所"),
    "人民医院": ("医院",),
    "中医院": ("中医医院",),
    "村卫生室": ("卫生室", "卫生所", "村卫生所"),
    "社区卫生服务站": ("社卫站", "卫生服务站"),
}


class Damage:
    """Ten kinds of damage to a Chinese name; each leaves a name alone that it does not fit."""

    def __init__(self, names: list[str], seed: int) -> None:
        self.random = random.Random(seed)
        sounds: dict[str, list[str]] = defaultdict(list)
        signs = sorted({sign for name in names for sign in name if "\u4e00" <= sign <= "\u9fff"})
        for sign, sound in zip(signs, lazy_pinyin(signs), strict=True):
            sounds[sound].append(sign)
        self.sounds = {sign: sounds[s] for sign, s in zip(signs, lazy_pinyin(signs), strict=True)}
        self.kinds: dict[str, Callable[[Row], str]] = {
            "traditional": lambda row: _TRADITIONAL.convert(row["name"]),
            "blanks": self._blanks,
            "areas before": lambda row: row.get("before", "") + row["name"],
            "ending of its town": self._town_end,
            "central": self._central,
            "short ending": self._short_end,
            "brackets": self._brackets,
            "homophone": self._homophone,
            "sign left out": self._left_out,
            "other kind": self._other_kind,
        }

    def of(self, kind: str, row: Row) -> str:
        return self.kinds[kind](row)

    def _blanks(self, row: Row) -> str:
        name = row["name"]
        at = self.random.randrange(1, len(name))
        return name[:at] + self.random.choice((" ", "\u3000", "·")) + name[at:]

    def _town_end(self, row: Row) -> str:
        for end in _TOWN_ENDS:
            if row.get("town", "").endswith(end) and len(row["town"]) > len(end) + 1:
                return row["name"].replace(row["town"], row["town"].removesuffix(end))
        return row["name"]

    def _central(self, row: Row) -> str:
        name = row["name"]
        if name.endswith("中心卫生院"):
            return name.replace("中心卫生院", "卫生院")
        return name.replace("卫生院", "中心卫生院")

    def _short_end(self, row: Row) -> str:
        for end, shorts in _SHORT_ENDS.items():
            if row["name"].endswith(end):
                return row["name"].removesuffix(end) + self.random.choice(shorts)
        return row["name"].replace("第一", "第1").replace("第二", "第2")

    def _brackets(self, row: Row) -> str:
        extra = self.random.choice(("（公立）", "(集团)", "（原防保所）", f"（{row['second']}）"))
        return row["name"] + extra

    def _homophone(self, row: Row) -> str:
        return self._changed(row, lambda sign: self.random.choice(self.sounds.get(sign, [sign])))

    def _left_out(self, row: Row) -> str:
        own = row.get("town", "").removesuffix("街道").rstrip("镇乡村")
        return self._changed(row, lambda sign: "") if len(own) > 2 else row["name"]

    def _changed(self, row: Row, change: Callable[[str], str]) -> str:
        town = row.get("town") or row["name"]
        at = self.random.randrange(max(1, len(town) - 2))
        return row["name"].replace(town, town[:at] + change(town[at]) + town[at + 1 :], 1)

    def _other_kind(self, row: Row) -> str:
        if row["name"].endswith("卫生院"):
            return row["name"].replace("中心卫生院", "卫生院").replace("卫生院", "社区卫生服务中心")
        return row["name"].replace("第一人民医院", "一院").replace("第二人民医院", "二院")


class LatinDamage:
    """Damage to names in Latin letters."""

    _SHORT = {"CENTRE": "CTR", "MEDICAL": "MED", "HEALTH": "HLTH", "PRACTICE": "PRAC", "SURGERY": "SURG",
              "ROAD": "RD", "STREET": "ST", "GROUP": "GRP"}  # fmt: skip

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.kinds: dict[str, Callable[[str], str]] = {
            "case": lambda name: name.title(),
            "abbreviations": lambda name: " ".join(self._SHORT.get(w, w) for w in name.split()),
            "order": self._order,
            "article": lambda name: (
                name.removeprefix("THE ") if name.startswith("THE ") else f"THE {name}"
            ),
            "letter left out": self._left_out,
            "letters swapped": self._swapped,
            "kind left out": self._kind,
            "accents": lambda name: name.replace("E", "É", 1).replace("O", "Ö", 1),
            "and": lambda name: name.replace(" & ", " AND "),
            "brackets": lambda name: f"{name} (NHS)",
        }

    def of(self, kind: str, name: str) -> str:
        return self.kinds[kind](name)

    def _order(self, name: str) -> str:
        first, *rest = name.split()
        return f"{' '.join(rest)}, {first}" if rest else name

    def _left_out(self, name: str) -> str:
        at = self.random.randrange(1, max(2, len(name) - 1))
        return name[:at] + name[at + 1 :]

    def _swapped(self, name: str) -> str:
        at = self.random.randrange(max(1, len(name) - 2))
        return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]

    def _kind(self, name: str) -> str:
        words = name.split()
        return " ".join(words[:-1]) if len(words) > 2 else name
