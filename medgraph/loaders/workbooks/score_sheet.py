"""Read and write score sheets as Excel: Henan's chain, the national judgement, Xinjiang's 42 items.

A sheet has one row per county, indicator, or zone and year; headers in Chinese or English. `read` gives the frame that
`policy.scoring` judges; `template` writes an empty sheet, and `write` what came out.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from medgraph.errors import OptionError, SourceError
from medgraph.loaders.atomic import replacing
from medgraph.words.say import pick, say
from medgraph.words.vocabularies import fold

if TYPE_CHECKING:
    import pandas as pd

_EVENTS = {
    "national": "国家级报道次数",
    "health": "行业报道次数",
    "region": "自治区报道次数",
    "prefecture": "地州报道次数",
    "extended": "推广成果项数",
    "posts": "新增编制数",
}
SCHEMES: dict[str, dict[str, str]] = {
    "henan": {
        "county": "县",
        "city": "市",
        "self_score": "县级自评",
        "city_score": "市级复评",
        "on_site": "实地核查",
        "province_score": "省级抽查",
    },
    "judgement": {"county": "县", "dimension": "维度", "indicator": "指标", "grade": "等级"},
    "xinjiang": {
        "zone": "试验区",
        "year": "年度",
        **{str(n): f"第{n}项" for n in range(1, 40)},
        **_EVENTS,
    },
}


def read(source: str | Path, scheme: str) -> pd.DataFrame:
    """Return a score sheet as the frame that `scoring` takes; empty cells are missing, never nought.

    Xinjiang's wide sheet becomes `zone`, `year`, `item`, `value`. Raise SourceError where the file is no workbook or
    lacks a column, OptionError for an unknown scheme.
    """
    import pandas as pd

    columns = _columns(scheme)
    try:
        sheet = pd.read_excel(source, dtype=str, engine="openpyxl")
    except (ValueError, OSError, KeyError, BadZipFile) as error:
        raise SourceError(say("score_no_sheet", source=Path(source).name)) from error
    known = {fold(text): name for name, zh in columns.items() for text in (name, zh)}
    sheet = sheet.rename(columns={c: known.get(fold(c), c) for c in sheet.columns})
    if lost := [zh for name, zh in columns.items() if name not in sheet.columns]:
        raise SourceError(
            say("score_columns", lost="、".join(lost), wanted="、".join(columns.values()))
        )
    sheet = sheet[list(columns)].dropna(how="all").reset_index(drop=True)
    if scheme != "xinjiang":
        return sheet
    long = sheet.melt(["zone", "year"], var_name="item", value_name="value")
    return (
        long.assign(year=long["year"].astype(int)).dropna(subset=["value"]).reset_index(drop=True)
    )


def template(target: str | Path, scheme: str) -> None:
    """Write an empty sheet of a scheme with its headers in the language of now."""
    import pandas as pd

    columns = _columns(scheme)
    write(
        {scheme: pd.DataFrame(columns=pick(zh=[*columns.values()], en=[*columns]))},
        target,
    )


def write(sheets: Mapping[str, pd.DataFrame], target: str | Path) -> None:
    """Write frames as sheets of one workbook; text stays text, whatever it begins with. The old file stays whole."""
    import pandas as pd

    plain = {
        "options": {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
    }
    with (
        replacing(target) as file,
        pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=plain) as book,
    ):
        for name, frame in sheets.items():
            frame.to_excel(book, sheet_name=name[:31], index=False)
            book.sheets[name[:31]].freeze_panes(1, 1)
            book.sheets[name[:31]].set_column(0, max(len(frame.columns) - 1, 0), 14)


def _columns(scheme: str) -> dict[str, str]:
    if scheme not in SCHEMES:
        raise OptionError(
            say("not_one_of", what="scheme", value=scheme, allowed=", ".join(SCHEMES))
        )
    return SCHEMES[scheme]
