"""Read a file that somebody dropped, in a process of its own, and print what came of it as JSON.

What it does to its process costs a sentence. It writes what it read as a snapshot beside the file.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import MedGraphError
from medgraph.loaders import foreign, registry
from medgraph.loaders.foreign.open_questions import questions_of
from medgraph.loaders.foreign.question_answers import key_of, write_answers
from medgraph.loaders.plans.documents import read_plan
from medgraph.loaders.plans.draft import draft
from medgraph.loaders.plans.draft_workbook import write_draft
from medgraph.loaders.plans.planned_areas import areas_of_codes
from medgraph.suffixes import DOCX, PDF, XLSX
from medgraph.words.foreign_workbooks import ROW_BREAK
from medgraph.words.say import say, speaking

if TYPE_CHECKING:
    from medgraph.loaders.foreign import Reading
    from medgraph.loaders.foreign.open_questions import Question
    from medgraph.loaders.loaded import Loaded

PROSE = (DOCX, PDF)  # what a plan comes in
_COUNTIES = "counties"  # the question of which counties it is about
_PROBLEMS = 200  # shown on the page; `check` lists all
_PLACES = 3  # of one question, shown with their rows
_CELLS = 12  # of one row


def main(source: Path, answers: Path, snapshot: Path, lang: str) -> None:
    """Print the account of a file after these answers; write its network to `snapshot`."""
    with speaking(lang):
        try:
            found = _read(source, json.loads(answers.read_text(encoding="utf-8")), snapshot)
        except (MedGraphError, OSError) as error:
            problems = getattr(error, "problems", ())
            found = {"error": str(error), "problems": [asdict(one) for one in problems[:_PROBLEMS]]}
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8"))


def _read(source: Path, answers: dict[str, str], snapshot: Path) -> dict[str, Any]:
    if source.suffix.lower() in PROSE:
        return _read_prose(source, answers, snapshot)
    if registry.format_of_source(source) is not registry.FOREIGN:
        loaded = registry.load(source, lenient=True)
        return _account(source, loaded, snapshot)
    target = foreign.default_target(source)
    if answers:
        write_answers(target, answers)
    reading = foreign.tidy(source, target)
    found = _account(target, reading.loaded, snapshot)
    return {
        **found,
        "accounted": foreign.accounted(reading),
        "problems": [asdict(one) for one in reading.problems[:_PROBLEMS]],
        "questions": [
            _plain(reading, one) for one in questions_of(reading.mapping, reading.account)
        ],
    }


def _read_prose(source: Path, answers: dict[str, str], snapshot: Path) -> dict[str, Any]:
    """Read the prose of a plan into a draft workbook beside it, which is worked on from then on."""
    codes = ROW_BREAK.split(answers.get(_COUNTIES, ""))
    named = [code.strip() for code in codes if code.strip()]
    read = draft(read_plan(source), areas_of_codes(named) if named else None, file=source.name)
    target = source.with_name(say("board.draft_name", stem=source.stem) + XLSX)
    write_draft(read, target)
    found = _account(target, registry.load(target, lenient=True), snapshot)
    asked = {
        "key": _COUNTIES,
        "text": say("board.which_counties"),
        "offered": [],
        "assumed": say("board.no_counties"),
        "decides": say("question_decides_all"),
        "places": "",
        "rows": [],
    }
    told = say("draft_read", sentences=len(read.sentences), **read.fates)
    return {**found, "accounted": told, "questions": [] if named else [asked]}


def _account(source: Path, loaded: Loaded, snapshot: Path) -> dict[str, Any]:
    net = loaded.require()
    registry.write(net, snapshot)
    rows = {"rows_in": loaded.rows_in, "loaded": loaded.loaded, "left_out": loaded.left_out}
    return {
        "source": source.name,
        "accounted": say("rows_accounted", **rows),
        "counts": net.counts(),
        "problems": [asdict(one) for one in loaded.problems[:_PROBLEMS]],
        "problem_count": len(loaded.problems),
        "questions": [],
        **rows,
    }


def _plain(reading: Reading, question: Question) -> dict[str, Any]:
    """A question with the rows that it comes from."""
    return {
        "key": key_of(question),
        "text": question.text,
        "offered": list(question.offered),
        "assumed": question.assumed,
        "decides": say("question_decides_all") if question.is_of_all else question.decides,
        "places": question.shown_places,
        "rows": [_row(reading, place) for place in question.places[:_PLACES]],
    }


def _row(reading: Reading, place: str) -> dict[str, Any]:
    """The cells of the row that a place lies in."""
    sheet, _, cell = place.rpartition("!")
    number = int("".join(filter(str.isdigit, cell)) or 0)
    for grid in reading.grids:
        if grid.name != sheet:
            continue
        for row, texts in enumerate(grid.rows):
            if texts and grid.origin(row, 0)[0] + 1 == number:
                return {"place": place, "cells": [text or "" for text in texts[:_CELLS]]}
    return {"place": place, "cells": []}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
