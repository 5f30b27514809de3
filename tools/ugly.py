"""Tidy the ugly workbooks as a planner would, and print what came of each beside the truth.

    python -m tools.ugly [FOLDER] [--answers tools/ugly_answers.toml] [--only PART] [--show]

Each workbook of FOLDER (../shared/data/ugly), and each that tests/loaders/foreign/public_tables.py
makes, is tidied twice: as it is, and after its few answers were written into the sheet that asks.
What the tidy workbook holds is read back and compared with what is true: right / wrong / lost of
facilities, memberships, leads and other links. Exit 1 where, after the answers, anything is wrong
or lost, or where something unanswered is wrong or a facility lost.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl

from medgraph.errors import MedGraphError
from medgraph.graphmodel.matching import normal
from medgraph.loaders.foreign import tidy
from medgraph.loaders.workbooks import workbook
from tests.loaders.foreign.public_tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Truth = Mapping[str, Any]
    Answer = Mapping[str, str]

ROOT = Path(__file__).resolve().parent.parent
MOST_ANSWERS = 6
WIDTHS = (22, 22, 18, 20)
OF_GROUPS = ("MEMBER_OF", "LEADS")
SUFFIXES = {".xlsx", ".xls", ".ods", ".csv", ".xlsm"}


class Tally(NamedTuple):
    """How much is right, wrong, and lost, with what is wrong and lost by name."""

    right: int = 0
    wrong: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.right}/{len(self.wrong)}/{len(self.lost)}"


@dataclass
class Found:
    """What a workbook holds: names, the groups of each facility, who leads each, other links."""

    facilities: set[str] = field(default_factory=set)
    members: set[tuple[str, str]] = field(default_factory=set)
    leads: set[tuple[str, str]] = field(default_factory=set)
    others: set[tuple[str, str]] = field(default_factory=set)
    sentence: str = ""


class Result(NamedTuple):
    """What came of a workbook: the tallies before and after its answers, and its sentence."""

    before: list[Tally]
    after: list[Tally]
    sentence: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong, no facility lost before, and nothing lost after."""
        nothing_wrong = not any(tally.wrong for tally in self.before)
        all_right = not any(tally.wrong or tally.lost for tally in self.after)
        return nothing_wrong and all_right and not self.before[0].lost


def main() -> int:
    """Print the table; return 1 where something came out wrong."""
    options = _options()
    print("right/wrong/lost: unanswered → answered")
    print(f"{'':28}{'facilities':>22}{'members':>22}{'leads':>18}{'other links':>20}  answers")
    is_good = True
    with tempfile.TemporaryDirectory() as folder:
        made = [(table().write(Path(folder)), table()) for table in TABLES]
        theirs = [(path, public.truth, public.answers) for path, public in made]
        for path, truth, answers in [*_of_folder(options), *theirs]:
            if options.only in path.name:
                is_good &= _print(path, result(path, truth, answers), answers, show=options.show)
    return 0 if is_good else 1


def _of_folder(options: argparse.Namespace) -> Iterator[tuple[Path, Truth, Sequence[Answer]]]:
    """The workbooks of the folder, each with what is true of it and its answers."""
    truths = json.loads((options.folder / "truth.json").read_text("utf-8"))
    answers = tomllib.loads(options.answers.read_text("utf-8"))
    for path in sorted(options.folder.iterdir()):
        if path.suffix in SUFFIXES:
            stated = answers.get(path.name, {})
            truth = {**truths.get(path.name, {}), **stated.get("truth", {})}
            yield path, truth, stated.get("answer", [])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared/data/ugly")
    parser.add_argument("--answers", type=Path, default=ROOT / "tools/ugly_answers.toml")
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true", help="print what is wrong and lost by name")
    return parser.parse_args()


def result(path: Path, truth: Truth, answers: Sequence[Answer]) -> Result:
    """Tidy a workbook without and with its answers; return what came of it beside the truth."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "tidy.xlsx"
        before = _tidied(path, target)
        for answer in answers[:MOST_ANSWERS]:
            if target.exists():
                _write_answer(target, answer)
        after = _tidied(path, target) if answers and target.exists() else before
    return Result(_tallies(before, truth), _tallies(after, truth), after.sentence)


def _print(path: Path, found: Result, answers: Sequence[Answer], *, show: bool) -> bool:
    columns = [f"{one} → {other}" for one, other in zip(found.before, found.after, strict=True)]
    shown = "".join(f"{text:>{width}}" for text, width in zip(columns, WIDTHS, strict=True))
    print(f"{path.stem:24}{shown}  {len(answers)}")
    if found.sentence:
        print(f"    {found.sentence}")
    if show:
        _show(found.before, "unanswered")
        _show(found.after, "answered")
    return found.is_good


def _tidied(source: Path, target: Path) -> Found:
    try:
        tidy(source, target)
    except MedGraphError as error:
        return Found(sentence=str(error).splitlines()[0])
    return _read_back(target)


def _read_back(target: Path) -> Found:
    """What the tidy workbook holds, by name."""
    net = workbook.load(target, lenient=True).require()
    names = net.nodes()["name"]
    facilities = net.nodes("Facility")["name"]
    links = net.edges()
    found = Found({normal(name) for name in facilities})
    if len(links):
        for link in links.itertuples():
            pair = (normal(names[link.source]), normal(names[link.target]))
            if link.relation not in OF_GROUPS:
                found.others.add((pair[0], f"{link.relation} {pair[1]}"))
                continue
            found.members.add(pair)
            if link.relation == "LEADS":
                found.leads.add(pair)
    return found


# -- answers ---------------------------------------------------------------------------------------


def _write_answer(target: Path, answer: Answer) -> None:
    """Write one answer into the row that has all of its other texts; say where there is none.

    `write` is the answer, `column` the title of the column that takes it; every other key is the
    title of a column and a text that the cell there contains.
    """
    book = openpyxl.load_workbook(target)
    sought = {key: text for key, text in answer.items() if key not in ("sheet", "column", "write")}
    tab = book[answer["sheet"]]
    heads = {cell.value: cell.column for cell in tab[1]}
    for row in range(2, tab.max_row + 1):
        if all(text in str(tab.cell(row, heads[key]).value or "") for key, text in sought.items()):
            tab.cell(row, heads[answer["column"]]).value = answer["write"]
            book.save(target)
            return
    print(f"    no row for the answer {answer}", file=sys.stderr)


# -- beside the truth ------------------------------------------------------------------------------


def _tallies(found: Found, truth: Truth) -> list[Tally]:
    facilities = {normal(name) for name in truth.get("facilities", ())}
    members = {(normal(who), normal(group)) for who, group in truth.get("members", {}).items()}
    leads = {(normal(who), normal(group)) for group, who in truth.get("lead", {}).items()}
    others = {
        (normal(who), f"{relation} {normal(whom)}")
        for who, relation, whom in truth.get("links", ())
    }
    return [
        _tally({(name, "") for name in found.facilities}, {(name, "") for name in facilities}),
        _tally(found.members, members),
        _tally(found.leads, leads),
        _tally(found.others, others) if "links" in truth else Tally(),
    ]


def _tally(found: set[tuple[str, str]], true: set[tuple[str, str]]) -> Tally:
    """Right, wrong, lost; a group may be named with or without its county."""
    right = {one for one in true if any(_is_same(one, other) for other in found)}
    wrong = [one for one in found if not any(_is_same(one, other) for other in true)]
    return Tally(len(right), _shown(wrong), _shown(true - right))


def _is_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    is_one_group = one[1].endswith(other[1]) or other[1].endswith(one[1])
    return one[0] == other[0] and is_one_group


def _shown(pairs: Any) -> tuple[str, ...]:
    return tuple(sorted(" → ".join(filter(None, pair)) for pair in pairs))


def _show(tallies: list[Tally], when: str) -> None:
    for what, tally in zip(("facilities", "members", "leads", "links"), tallies, strict=True):
        for kind, names in (("wrong", tally.wrong), ("lost", tally.lost)):
            for name in names:
                print(f"    {when}, {kind} of {what}: {name}")


if __name__ == "__main__":
    sys.exit(main())
