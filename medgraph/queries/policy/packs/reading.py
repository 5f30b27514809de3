"""Read policy packs: by the name of a shipped one, or from a TOML file.

A pack has `[pack]` (id, title, document, number, issuer, date, source) and `[[rules]]`, and may
have `[words]` for attributes of its own, `[[sentences]]` that its rules answer, and dated
`[[duties]]`. A file with only `[parameters]` sets what rules ask of the user. Whatever is wrong is
listed with file, line and what is allowed.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError, SourceError
from medgraph.parser_faults import told
from medgraph.queries.policy.packs.duties import duty
from medgraph.queries.policy.packs.faults import pack_faults
from medgraph.queries.policy.packs.keys import RULE
from medgraph.queries.policy.packs.pack import Pack, Rule
from medgraph.queries.policy.packs.sentences import in_both, sentence
from medgraph.suffixes import JSON, TOML
from medgraph.text_files import read_text
from medgraph.words.say import problem, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medgraph.queries.policy.packs.sentences import Sentence
    from medgraph.words.say import Problem

SCHEMA = f"pack.schema{JSON}"
_FOLDER = resources.files("medgraph.queries.policy") / "packs"


def shipped() -> list[str]:
    """Return the names of the packs that ship with medgraph.

    Examples
    --------
    >>> import medgraph as mg
    >>> "urban-2023" in mg.policy.shipped()
    True
    """
    names = [entry.name for entry in _FOLDER.iterdir()]
    return sorted(name.removesuffix(TOML) for name in names if name.endswith(TOML))


def schema() -> str:
    """Return the JSON Schema of packs, by which an editor completes and checks one.

    Examples
    --------
    >>> import medgraph as mg
    >>> "json-schema.org" in mg.policy.schema()
    True
    """
    return (_FOLDER / SCHEMA).read_text(encoding="utf-8")


def load(name: str | Path) -> Pack:
    """Return a shipped pack by its name, or one from a TOML file.

    Raises
    ------
    OptionError
        Where there is neither such a pack nor such a file.
    SourceError
        With every fault of the file and its line.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.load("henan-2021").date
    '2021-08-20'
    """
    text = str(name)
    if text in shipped():
        return _shipped(text)
    path = Path(name)
    if not path.is_file():
        raise OptionError(say("not_one_of", what="pack", value=text, allowed=", ".join(shipped())))
    return read_pack(read_text(path), path.name)


@cache
def _shipped(name: str) -> Pack:
    file = f"{name}{TOML}"
    return read_pack((_FOLDER / file).read_text(encoding="utf-8"), file)


def load_all(packs: Pack | str | Path | Iterable[Pack | str | Path]) -> list[Pack]:
    """Return packs, given by name, by file or as they are."""
    given = [packs] if isinstance(packs, str | Path | Pack) else list(packs)
    return [pack if isinstance(pack, Pack) else load(pack) for pack in given]


def read_pack(text: str, file: str) -> Pack:
    """Read the text of a pack; `file` is its name in sentences. Raise SourceError with all that
    is wrong.
    """
    data = _parsed(text, file)
    if problems := sorted(pack_faults(data, text, file), key=_line):
        raise SourceError(say("policy_bad_pack", file=file, count=len(problems)), problems)
    head = data.get("pack", {})
    sentences = tuple(map(sentence, data.get("sentences", [])))
    return Pack(
        id=head.get("id", ""),
        title=tuple(head.get("title", ("", ""))),
        document=head.get("document", ""),
        number=head.get("number", ""),
        issuer=head.get("issuer", ""),
        date=head.get("date", ""),
        source=head.get("source", ""),
        source_en=head.get("source_en", ""),
        areas=tuple(head.get("areas", ())),
        rules=tuple(_rule(head["id"], raw, sentences) for raw in data.get("rules", [])),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        parameters=data.get("parameters", {}),
        fixtures=data.get("fixtures", {}),
        units=data.get("units", {}),
        sentences=sentences,
        duties=tuple(map(duty, data.get("duties", []))),
        words={name: (zh, en) for name, (zh, en) in data.get("words", {}).items()},
    )


def _line(found: Problem) -> int:
    return int(found.place.rpartition(":")[2])


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, a number without end, or too deep
        line = re.search(r"line (\d+)", str(error))
        found = problem("E080", place=f"{file}:{line[1] if line else 1}", value=told(error))
        raise SourceError(str(found), [found]) from error


def _rule(pack: str, raw: Mapping[str, Any], sentences: tuple[Sentence, ...]) -> Rule:
    parts = raw.get("parts") or [{key: value for key, value in raw.items() if key not in RULE.keys}]
    return Rule(
        pack=pack,
        id=raw["id"],
        kind=raw["kind"],
        text=tuple(raw["text"]),
        why=tuple(raw.get("why", ("", ""))),
        fix=tuple(raw.get("fix", ("", ""))),
        clause=raw["clause"],
        grade=raw["grade"],
        severity=raw.get("severity", "error"),
        subjects=raw.get("subjects", "all"),
        parts=tuple(parts),
        due=raw.get("due", ""),
        ask={name: tuple(texts) for name, texts in raw.get("ask", {}).items()},
        parameters=raw.get("parameters", {}),
        note=raw.get("note", ""),
        note_en=raw.get("note_en", ""),
        examples=raw.get("examples", {}),
        reading=in_both(raw, "reading"),
        not_asked=in_both(raw, "not_asked"),
        sentences=tuple(each for each in sentences if raw["id"] in each.rules),
    )
