"""The words of score sheets and audits: the columns of each scheme, grades, decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from medgraph.words.stated import stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_ROLE = "role"
Line = dict[str, Any]  # subject, item, value, period, origin: a line of a ledger


@dataclass(frozen=True)
class ScoreSheet:
    """What the columns of a scheme's sheet are: name -> Chinese title.

    Every sheet is a ledger of its `subject` (and of its `period`), so that it says the same to a
    score and to an audit. The items of a row are its other columns, called as `prefixes` says; or
    a row has one item, called as `named` says.

    Parameters
    ----------
    columns
        The columns, each with its Chinese title.
    subject
        The column that names whom a row is about.
    period
        The column that holds the year; empty: the sheet has none.
    may_lack
        The columns that a sheet need not have.
    also
        Other titles that people write, and the column that each means.
    prefixes
        What stands before the name of an item, by the names that it stands before.
    named
        What the one item of a row is called, with the columns that name it in braces.
    value
        The column of that item's value.
    roles
        What a cell of the column `role` states of the subject.
    """

    columns: dict[str, str]
    subject: str
    period: str = ""
    may_lack: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: str = ""
    value: str = "value"
    roles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def needed(self) -> list[str]:
        """The columns that a sheet must have."""
        return [name for name in self.columns if name not in self.may_lack]

    def item(self, name: str) -> str:
        """Return what an audit calls the item of a column: `score.12`, `bonus.posts`."""
        for prefix, names in self.prefixes.items():
            if name in names:
                return f"{prefix}{name}"
        return name

    def lines(
        self, rows: Iterable[Mapping[str, Any]], cell: Callable[[int, str], str]
    ) -> Iterator[Line]:
        """Yield the lines of a ledger that the rows of a sheet come to.

        A cell that is empty is a line without a value; a row that is about nobody is one line, of
        the cell where that should stand. `cell` gives the place of a column in the row of a number.
        """
        for number, row in enumerate(rows):
            head = {"subject": row[self.subject], "period": row.get(self.period)}
            if stated(_text(row[self.subject])) is None:
                place = cell(number, self.subject)
                yield {
                    **head,
                    "subject": None,
                    "item": self.subject,
                    "value": None,
                    "origin": place,
                }
                continue
            for name, item, value in self._items(row):
                yield {**head, "item": item, "value": value, "origin": cell(number, name)}

    def _items(self, row: Mapping[str, Any]) -> Iterator[tuple[str, str | None, Any]]:
        """Yield the column, the name and the value of each item of a row.

        Whoever is not scored leaves no cell empty that should be filled.
        """
        role = self._role(row)
        for item, value in role.items():
            yield _ROLE, item, value
        if self.value in row:
            yield self.value, self._name(row), row[self.value]
            return
        is_scored = not role or role == next(iter(self.roles.values()))
        for name in self.columns:
            is_item = name in row and name not in (self.subject, self.period, _ROLE)
            if is_item and (is_scored or row[name] is not None):
                yield name, self.item(name), row[name]

    def _name(self, row: Mapping[str, Any]) -> str | None:
        """Name the one item of a row; None where a cell that names it is empty."""
        if not self.named:
            return self.item(str(row["item"]).strip())
        names = {name: row[name] for name in self.columns if f"{{{name}}}" in self.named}
        return None if None in names.values() else self.named.format(**names)

    def _role(self, row: Mapping[str, Any]) -> Mapping[str, str]:
        """Return what a row states by its role; nothing where it states none."""
        return self.roles.get(str(row.get(_ROLE)).strip(), {})


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_XINJIANG_ITEMS = {str(number): f"第{number}项" for number in range(1, 40)}
_XINJIANG_EVENTS = {
    "national": "国家级报道次数",
    "health": "行业报道次数",
    "region": "自治区报道次数",
    "prefecture": "地州报道次数",
    "extended": "推广成果项数",
    "posts": "新增编制数",
}
_ZONE, _CANDIDATE = {"zone": "yes", "candidate": "no"}, {"zone": "no", "candidate": "yes"}

SCORE_SHEETS: dict[str, ScoreSheet] = {
    "henan": ScoreSheet(
        {
            "county": "县",
            "city": "市",
            "self_score": "县级自评",
            "city_score": "市级复评",
            "on_site": "实地核查",
            "province_score": "省级考评结果",
            "sampled": "被抽查",
        },
        subject="county",
        may_lack=("sampled",),
        also={"省级抽查": "province_score"},
    ),
    "judgement": ScoreSheet(
        {"county": "县", "dimension": "维度", "indicator": "指标", "grade": "等级"},
        subject="county",
        named="judgement.{dimension}.{indicator}",
        value="grade",
    ),
    "xinjiang": ScoreSheet(
        {
            "zone": "试验区",
            "year": "年度",
            "role": "类别",
            **_XINJIANG_ITEMS,
            **_XINJIANG_EVENTS,
        },
        subject="zone",
        period="year",
        may_lack=("role",),
        prefixes={"score.": tuple(_XINJIANG_ITEMS), "bonus.": tuple(_XINJIANG_EVENTS)},
        roles={
            "试验区": _ZONE,
            "zone": _ZONE,
            "候补试验区": _CANDIDATE,
            "候补": _CANDIDATE,
            "candidate": _CANDIDATE,
        },
    ),
}

# The zones that Xinjiang names, by their codes, with what people call them.
ZONES_NAMED = {
    "654025000000": ("新源县",),
    "654002000000": ("伊宁市",),
    "654321000000": ("布尔津县",),
    "650521000000": ("巴里坤哈萨克自治县", "巴里坤县"),
    "652926000000": ("拜城县",),
    "653224000000": ("洛浦县",),
}
CODES_OF_ZONES = {text: code for code, names in ZONES_NAMED.items() for text in (code, *names)}
# How many zones there are each year; whoever is removed is replaced.
ZONES = len(ZONES_NAMED)
# Grades of Henan, from the best on, and the score that each begins at; below the last is FAILED.
GRADES_FROM = {"优秀": 90, "良好": 80, "合格": 60}
FAILED = "不合格"
# The indicator of the national judgement that must be A.
DECISION = "医共体决策权限"
# What an office decides about a statement: correct, maintain, waive.
DECISIONS = ("更正", "维持", "豁免")
# The register of the networks that examples of rules are.
EXAMPLE = "样例"
# How a sheet says yes.
YES_WORDS = ("yes", "是", "True", "1")
