"""Two lists side by side on the board: what is the same, what is asked, and what people decide.

Decisions stand in a file beside the lists from the moment they are made; the command line reads it
(`--decisions`), and the board finds it again, also for the next edition of a list.
"""

from __future__ import annotations

import datetime
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.board.exports import File
from medgraph.board.table_columns import columns_of
from medgraph.board.work_folder import safe_name
from medgraph.board.workers import answer_of
from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.decisions import DIFFERENT, MERGED, SAME, SPLIT, Decision
from medgraph.loaders import decisions, registry
from medgraph.loaders.workbooks import review_sheet
from medgraph.queries.answers import on_day
from medgraph.queries.reconcile import facilities, join, side_by_side, standing
from medgraph.queries.reconcile.decided import decided
from medgraph.queries.reconcile.lists import Lists
from medgraph.queries.reconcile.side_by_side import about
from medgraph.suffixes import JSON, SNAPSHOT, XLSX
from medgraph.visuals.report.tables import ReportTable, answer_table
from medgraph.words.invisible import visible
from medgraph.words.languages import choose
from medgraph.words.review_sheet import DECISIONS, FILLED_IN, SEEN
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.results import Answer

    Ends = tuple[str, str]

_SECONDS, _MEGABYTES = 60, 3_000
_WORKER = "medgraph.board.decisions_worker"
_MOST_ROWS = 50_000  # facilities of a joined network that is a workbook still
_LONGEST_TEXT = 500  # characters of what somebody writes beside a decision
_LONGEST_STEM = 60  # characters of both names, before the ends of files
_CLASSES = ("ask", "same", "only_before", "only_after")
_GIVEN = ("source", "target", "decision", "partner", "who", "note")
_NOTHING = Decision()


class TwoLists:
    """A review of two lists, and the decisions on it."""

    def __init__(
        self, folder: Path, before: tuple[str, MedicalNetwork], after: tuple[str, MedicalNetwork]
    ) -> None:
        """Take the folder that both lists lie in, and of each its name there and what it holds."""
        self.names = before[0], after[0]
        self.version = 1
        self._folder = folder
        self._nets = before[1], after[1]
        self._lock = threading.RLock()
        self._kept: dict[Ends, Decision] = {}
        self._reviewed: list[Decision] = []
        self._reviews: dict[str, Answer] = {}  # by language
        stems = "+".join(Path(name).stem for name in self.names)
        self._stem = safe_name(stems[:_LONGEST_STEM])
        self.file = folder / f"{self._stem}.decisions{JSON}"
        self._lists = Lists(on_day(before[1], None), on_day(after[1], None))
        if self.file.exists():
            self._keep(decisions.read(self.file))
        self.again({})

    # -- what is shown ---------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return the review for the page: its entries, each with what is decided of it."""
        with self._lock:
            rows, answer = self._rows(), self._review()
            is_told = {name: name in FILLED_IN or (rows[name] != "").any() for name in SEEN}
            columns = [name for name in SEEN if is_told[name]]
            table = ReportTable(
                key="review",
                title="",
                headings=tuple(_said(SEEN[name]) for name in columns),
                rows=tuple(rows[columns].itertuples(index=False, name=None)),
                columns=tuple(columns),
            )
            return {
                "names": self.names,
                "version": self.version,
                "file": self.file.name,
                "decided": len(self._kept),
                "notes": [*answer.stamps, *map(str, answer.notes)],
                "definition": answer.definition.in_words,
                "classes": [[word, say(f"reconcile.status.{word}")] for word in _CLASSES],
                "decisions": [[word, _said(texts)] for word, texts in DECISIONS.items()],
                "rows": len(rows),
                "columns": columns_of(table),
            }

    def _review(self) -> Answer:
        """The review in the language of now, with the decisions that it was last made with."""
        lang = language()
        if lang not in self._reviews:
            self._reviews[lang] = facilities(*self._nets, decisions=self._reviewed)
        return self._reviews[lang]

    def _rows(self) -> pd.DataFrame:
        """The entries side by side, each with what is decided of it by now."""
        rows = side_by_side(*self._nets, review=self._review()).fillna("")
        beside = {ends: one for one in self._kept.values() for ends in _beside(one)}
        entries = zip(rows["source"], rows["target"], strict=True)
        kept = [
            next((beside[way] for way in _ways_to(ends) if way in beside), _NOTHING)
            for ends in entries
        ]
        decided_on = {name: [getattr(one, name) for one in kept] for name in FILLED_IN}
        words = {word: _said(texts) for word, texts in DECISIONS.items()}
        said = [words.get(word, "") for word in decided_on["decision"]]
        return rows.assign(**{**decided_on, "decision": said})

    # -- what is decided -------------------------------------------------------------------------

    def decide(self, values: dict[str, Any]) -> dict[str, Any]:
        """Keep a decision on one entry; an empty one takes back what was decided of it.

        Raise OptionError where there is no such entry, or the decision cannot hold.
        """
        given = {name: _text(values, name) for name in _GIVEN}
        ends = given["source"], given["target"]
        with self._lock:
            if ends not in self._named:
                raise OptionError(say("board.review.no_entry"))
            kept = {known: one for known, one in self._kept.items() if not _is_of(one, ends)}
            made = [self._decision(given)] if given["decision"] else []
            kept |= {one.ends: one for one in made}
            decided(kept.values(), *self._lists.sides)  # two that contradict are refused
            self._kept = kept
            self._save()
            dates = [one.date for one in made]
            return {"version": self.version, "decided": len(kept), "date": "".join(dates)}

    def _decision(self, given: dict[str, str]) -> Decision:
        """The decision as it is kept: another partner that somebody wrote is one of the two."""
        if given["decision"] not in DECISIONS:
            raise OptionError(say("board.unreadable"))
        name, target_name = self._named[given["source"], given["target"]]
        today = datetime.date.today().isoformat()
        texts = {name: text for name, text in given.items() if name != "who"}
        made = Decision(**texts, name=name, target_name=target_name, by=given["who"], date=today)
        found = decided([made], *self._lists.sides)
        for _, why in found.stale:
            raise OptionError(why)
        [kept] = found.kept(*self._lists.sides)
        return kept

    def again(self, values: dict[str, Any]) -> dict[str, Any]:
        """Review both lists anew with what was decided; decisions get the ids of now."""
        with self._lock:
            made = [*self._kept.values()]
            self._reviewed = made
            self._reviews = {}
            found = self._review().everything
            columns = (
                found[name].fillna("") for name in ("source", "target", "name", "target_name")
            )
            sources, targets, names, target_names = columns
            self._named = dict(
                zip(
                    zip(sources, targets, strict=True),
                    zip(names, target_names, strict=True),
                    strict=True,
                )
            )
            if made:
                self._kept = {}
                self._keep(standing(*self._nets, decisions=made))
                self._save()
            self.version += 1
            return {"version": self.version, "decided": len(self._kept)}

    def take(self, name: str, content: bytes) -> dict[str, Any]:
        """Add the decisions of a review that was filled in elsewhere, and review anew."""
        made = _read(safe_name(name), content)
        with self._lock:
            before = self._kept
            self._keep(made)
            try:
                return self.again({})
            except OptionError:
                self._kept = before
                raise

    def _keep(self, made: Iterable[Decision]) -> None:
        self._kept = {**self._kept, **{one.ends: one for one in made}}

    def _save(self) -> None:
        decisions.write(self._kept.values(), self.file)
        self.version += 1

    # -- what is taken away ----------------------------------------------------------------------

    def workbook(self) -> File:
        """Return the review as the workbook that `reconcile --output` writes."""
        with self._lock, tempfile.TemporaryDirectory() as folder:
            self.again({})
            answer = self._review()
            path = Path(folder) / f"review{XLSX}"
            rows = side_by_side(*self._nets, review=answer)
            review_sheet.write(rows, [*self._kept.values()], about(answer), path)
            return File(f"{self._stem}{XLSX}", path.read_bytes())

    def kept(self) -> File:
        """Return the file of decisions."""
        with self._lock, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / self.file.name
            decisions.write(self._kept.values(), path)
            return File(path.name, path.read_bytes())

    def join(self, values: dict[str, Any]) -> dict[str, Any]:
        """Write the network of both beside them; return its name, and what both state otherwise."""
        with self._lock:
            self.again({})
            made = join(*self._nets, decisions=self._kept.values())
        count = made.net.counts()["facilities"]
        suffix = XLSX if count <= _MOST_ROWS else SNAPSHOT
        target = _free(self._folder / f"{self._stem}{say('board.review.joined_end')}{suffix}")
        registry.write(made.net, target)
        table = answer_table(made.net, made.conflicts)
        return {
            "name": target.name,
            "facilities": count,
            "notes": [*made.conflicts.stamps, *map(str, made.conflicts.notes)],
            "rows": len(table.rows),
            "columns": columns_of(table),
        }


def _beside(one: Decision) -> set[Ends]:
    """The entries that a decision stands beside, also where its facilities are still alone."""
    mine, theirs = (one.source, ""), ("", one.target)
    more = {SAME: {mine, theirs}, MERGED: {mine}, SPLIT: {theirs}}
    return {one.ends} | more.get(one.decision, set()) - {("", "")}


def _ways_to(ends: Ends) -> tuple[Ends, ...]:
    """What an entry is found by: both ends, then either."""
    return ends, (ends[0], ""), ("", ends[1])


def _is_of(one: Decision, ends: Ends) -> bool:
    """Whether a decision is on an entry; on a facility that is alone are all of that facility."""
    source, target = ends
    is_alone = one.decision == DIFFERENT and (
        (not target and one.source == source) or (not source and one.target == target)
    )
    ways = {*_ways_to(ends)} - {("", "")}
    return is_alone or not _beside(one).isdisjoint(ways)


def _said(texts: tuple[str, str]) -> str:
    return choose(language(), {"zh": texts[0], "en": texts[1]})


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise OptionError(say("board.unreadable"))
    return visible(value) if name not in ("source", "target") else value


def _read(name: str, content: bytes) -> list[Decision]:
    """The decisions of a file, read by a process that can be ended."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        limits = {"seconds": _SECONDS, "megabytes": _MEGABYTES}
        told = answer_of(_WORKER, [str(path), language()], name, **limits)
    if "error" in told:
        raise SourceError(told["error"])
    return [Decision(**one) for one in told["decisions"]]


def _free(path: Path) -> Path:
    """A path that nothing has: its own, else with a number behind its name."""
    found, number = path, 2
    while found.exists():
        found, number = path.with_name(f"{path.stem} ({number}){path.suffix}"), number + 1
    return found
