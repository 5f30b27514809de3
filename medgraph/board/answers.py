"""Every question of the table of verbs as a form, and its answer as a table for the page."""

from __future__ import annotations

import datetime
import json
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.board.option_files import FILES, OptionFiles
from medgraph.board.searches import Searches
from medgraph.board.table_columns import columns_of
from medgraph.errors import OptionError
from medgraph.graphmodel.explicit import on_basis
from medgraph.graphmodel.headings import relations_in_words
from medgraph.graphmodel.schema import EXPLICIT
from medgraph.loaders.side_files.option_files import ROADS
from medgraph.loaders.workbooks.frames_workbook import write_frames
from medgraph.queries.verbs import BY_NAME, COUNTING, PROPOSALS, Kind, Option, Verb, bands
from medgraph.suffixes import XLSX
from medgraph.visuals.report.answer_sheets import answer_sheets, title_of
from medgraph.visuals.report.tables import accounted, answer_table
from medgraph.words.say import language, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from medgraph.graphmodel.changes import Change
    from medgraph.graphmodel.flow_table import FlowTable
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.comparison.asked import Asked
    from medgraph.queries.results import Answer
    from medgraph.visuals.report.tables import ReportTable

_KEPT = 6  # answers, so that the workbook of a table on the page costs no second asking
# What every question may be given beside its own options.
_OF_ALL = ("subject", "as_of", "area", "basis")
_ROWS_OF_A_WORKBOOK = 100_000  # more than that nobody reads, and Excel opens slowly


@dataclass(frozen=True)
class Given:
    """An answer about a network, and its rows as people read them."""

    net: MedicalNetwork
    answer: Answer
    table: ReportTable


class Answers:
    """The questions that can be asked of a network or a plan, with options as a page sends them."""

    def __init__(self) -> None:
        """Begin without files and answers."""
        self.files = OptionFiles()
        self.searches = Searches()
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], Given] = OrderedDict()

    def ask(self, asked: Asked, verb: str, given: str, search: str = "") -> dict[str, Any]:
        """Return the answer of a question for the page; `given` are its options as JSON.

        Under the key `search` the page hears how far it is, and can end it.
        """
        try:
            with self.searches.going(search):
                found = self._given(asked, verb, values_of(given), anew=True)
        except KeyboardInterrupt:  # it ended before there was anything to show
            raise OptionError(say("board.nothing_found_yet")) from None
        answer = found.answer
        return {
            "query": answer.query,
            "asked": title_of(answer),
            "accounted": accounted(answer),
            "definition": answer.definition.in_words if answer.definition.numerator else "",
            "needs": [relations_in_words(text) for text in answer.needs_in_words],
            "notes": [*map(str, answer.notes), *getattr(answer, "in_words", ())],
            "stamps": list(answer.stamps),
            "rows": len(found.table.rows),
            "columns": columns_of(found.table),
        }

    def changes(self, asked: Asked, verb: str, given: str) -> list[Change]:
        """Return the changes that an answer proposes; raise OptionError where it proposes none."""
        found = self._given(asked, verb, values_of(given)).answer
        proposed = list(getattr(found, "changes", ()))
        if not proposed:
            raise OptionError(say("board.nothing_proposed"))
        return proposed

    def workbook(self, asked: Asked, verb: str, given: str, rows: Sequence[int] | None) -> bytes:
        """Return the answer as a workbook, of these rows in this order where they are given."""
        found = self._given(asked, verb, values_of(given))
        table, remarks = found.table, []
        if rows is not None:
            table = _of_rows(table, rows)
            remarks = [say("narrowing.shown", shown=len(rows), total=len(found.table.rows))]
        if len(table.rows) > _ROWS_OF_A_WORKBOOK:
            most = _ROWS_OF_A_WORKBOOK
            raise OptionError(say("board.too_many_rows", rows=len(table.rows), most=most))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"answer{XLSX}"
            write_frames(answer_sheets(found.answer, table, remarks), path)
            return path.read_bytes()

    def _given(
        self, asked: Asked, verb: str, values: Mapping[str, Any], *, anew: bool = False
    ) -> Given:
        """The answer, from what is kept where it was asked just so; `anew` if it was ended."""
        about = json.dumps(values, sort_keys=True)
        # what is kept holds its network, so that no other one can have its id
        key = (id(asked.net), asked.day, verb, about, language())
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and not (anew and getattr(kept.answer, "is_stopped", False)):
                self._kept.move_to_end(key)
                return kept
        answer, table = self._asked(asked, verb, values)
        found = Given(asked.net, answer, table)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _asked(
        self, asked: Asked, name: str, values: Mapping[str, Any]
    ) -> tuple[Answer, ReportTable]:
        verb = known_question(name)
        if values.keys() - {option.name for option in verb.every_option} - {*_OF_ALL}:
            raise OptionError(say("board.unreadable"))
        read = self.read(verb.options, values)
        if verb.counting:
            read["records"] = self.flows(values)
        net = part_of(asked.net, values)
        subject = _subject(verb, values)
        answer = verb.ask(net, subject, as_of=day_of(values) or asked.day, **read)
        return answer, answer_table(net, answer)

    def answer(self, asked: Asked, verb: str, values: Mapping[str, Any]) -> Answer:
        """Return the answer of a question for whatever shows it otherwise than as a table."""
        return self._given(asked, verb, values).answer

    def flows(self, values: Mapping[str, Any]) -> FlowTable:
        """Return what the records of a form are counted into, as it says."""
        as_said = self.read([one for one in COUNTING if one.kind.name not in FILES], values)
        keys, mapping = (_keys(values.get(name)) for name in ("records", "records_mapping"))
        return self.files.flows(keys, mapping, **as_said)

    def read(self, options: Sequence[Option], values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of those options that a form gives; raise OptionError if it is none."""
        return {
            option.name: self._value(option, values[option.name])
            for option in options
            if values.get(option.name) not in (None, "", [])
        }

    def _value(self, option: Option, raw: Any) -> Any:
        """The value of an option as its function takes it; raise OptionError where it is none."""
        if option.kind.name in FILES:
            keys = _keys(raw)
            if option.multiple:
                return tuple(self.files.read(option.kind.name, [key]) for key in keys)
            return self.files.read(option.kind.name, keys)
        if option.multiple:
            return tuple(_one(option, each) for each in _listed(raw))
        return _one(option, raw)


def _keys(raw: Any) -> list[Any]:
    """The keys of files: none, one, or several."""
    if raw is None:
        return []
    return raw if isinstance(raw, list) else [raw]


def known_question(name: str) -> Verb:
    """Return the question of a name; raise OptionError where there is none."""
    found = BY_NAME.get(name)
    if found is None:
        raise OptionError(say("board.no_question", name=name))
    return found


def forms() -> list[dict[str, Any]]:
    """Return every question with what it can be given, in words, in the order of the table."""
    return [
        {
            "name": verb.name,
            "noun": verb.noun,
            "group": say(f"help.{verb.noun}"),
            "about": say(f"help.{verb.name}"),
            "subject": verb.subject or "",
            "options": [field_of(option) for option in verb.every_option],
            "waits": bool(verb.subject or verb.counting or verb in PROPOSALS),
        }
        for verb in BY_NAME.values()
    ]


def field_of(option: Option) -> dict[str, Any]:
    """Return what a form shows of an option."""
    kind = option.kind.name
    return {
        "name": option.name,
        "about": say(option.help),
        "kind": "file" if kind in FILES else kind.lower(),
        "holds": kind.lower(),
        "choices": list(option.choices),
        "several": option.multiple or option.kind is Kind.RECORDS or kind == ROADS,
    }


def values_of(given: str) -> dict[str, Any]:
    """Return what a form says, from JSON; raise OptionError for what is none."""
    try:
        values = json.loads(given)
    except (ValueError, RecursionError) as error:
        raise OptionError(say("board.unreadable")) from error
    if not isinstance(values, dict):
        raise OptionError(say("board.unreadable"))
    return values


def part_of(net: MedicalNetwork, values: Mapping[str, Any]) -> MedicalNetwork:
    """Return the network on the basis and in the area that are asked for."""
    basis, area = values.get("basis") or None, values.get("area") or None
    if basis not in (None, EXPLICIT) or not isinstance(area, str | None):
        raise OptionError(say("board.unreadable"))
    net = on_basis(net, basis)
    return net.within(area) if area else net


def _subject(verb: Verb, values: Mapping[str, Any]) -> str | None:
    subject = values.get("subject")
    if verb.subject is None:
        return None
    if not isinstance(subject, str) or not subject.strip():
        raise OptionError(say("board.no_subject"))
    return subject.strip()


def day_of(values: Mapping[str, Any]) -> datetime.date | None:
    """Return the day that a form asks about, if it names one; raise OptionError if it is none."""
    text = values.get("as_of")
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise OptionError(say("bad_day", value=text)) from error


def _listed(raw: Any) -> list[Any]:
    """Several values: a list, or a line of a text for each."""
    parts = raw if isinstance(raw, list) else str(raw).splitlines()
    return [part for part in parts if str(part).strip()]


# How the value of an option is read that is no file and no flag.
_READ: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.NUMBER: float,
    Kind.WHOLE: int,
    Kind.DAY: datetime.date.fromisoformat,
    Kind.BANDS: bands,
}


def _one(option: Option, raw: Any) -> Any:
    if option.kind is Kind.FLAG:
        return True if raw is True else None
    text = str(raw).strip()
    if option.choices and text not in option.choices:
        allowed = ", ".join(option.choices)
        raise OptionError(say("not_one_of", what=option.name, value=text, allowed=allowed))
    try:
        return _READ[option.kind](text)
    except ValueError as error:
        raise OptionError(say("board.bad_value", name=option.name, value=text)) from error


def _of_rows(table: ReportTable, rows: Sequence[int]) -> ReportTable:
    """A table with only these of its rows, in this order."""
    if not all(isinstance(row, int) and 0 <= row < len(table.rows) for row in rows):
        raise OptionError(say("board.unreadable"))
    return replace(table, rows=tuple(table.rows[row] for row in rows), statuses=())
