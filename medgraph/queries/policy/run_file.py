"""Keep what an audit rested on, and say later whether the same comes out, or what changed."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.ipc as ipc

from medgraph._version import __version__
from medgraph.errors import SourceError
from medgraph.queries.policy.explaining import explain
from medgraph.queries.policy.scoring.frames import rows_of
from medgraph.shown_places import without_places
from medgraph.text_files import read_json
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.policy.auditing import Audit

FORMAT = "medgraph-audit-run"
# What a comparison asks of a record, and the type of each.
_KEYS: dict[str, Any] = {
    **dict.fromkeys(("medgraph", "as_of", "facts"), str),
    **dict.fromkeys(("sources", "mapping", "packs", "findings"), Mapping),
    "left_out": int,
}
Change = tuple[str, str, Any, Any]  # what, which, then, now


@dataclass(frozen=True, eq=False)
class Verified:
    """Whether a recorded audit comes out the same.

    Parameters
    ----------
    same
        Whether nothing has changed.
    changes
        what | which | then | now | decided_by: one row for each thing that has; `decided_by` names
        the records, each with its cell, that decide a finding now.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
    >>> mg.policy.verify(mg.policy.run_record(found), found).same
    True
    """

    same: bool
    changes: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Return both as plain values.

        Examples
        --------
        >>> import medgraph as mg
        >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
        >>> mg.policy.verify(mg.policy.run_record(found), found).to_dict()
        {'same': True, 'changes': []}
        """
        return {"same": self.same, "changes": self.changes.to_dict("records")}

    def __str__(self) -> str:
        if self.same:
            return say("policy_same")
        return say("policy_changed") + "\n" + self.changes.to_string(index=False)


def run_record(
    audit: Audit,
    *,
    sources: Iterable[str | Path] = (),
    mapping: str | Path | None = None,
    command: Iterable[str] = (),
) -> dict[str, Any]:
    """Return what an audit rested on, as plain values for `run.json`.

    Paths are kept as given; of a folder all files count.

    Parameters
    ----------
    audit
        The audit.
    sources
        The files that the network was read from.
    mapping
        The file that translated their words.
    command
        The command line.

    Returns
    -------
    Version, day, command, SHA-256 of every source file, of the mapping, of each pack and of the
    facts themselves, and every finding with its verdict and a digest of its evidence.

    Examples
    --------
    >>> import medgraph as mg
    >>> found = mg.policy.audit(mg.samples.taizhou(), "urban-2023")
    >>> record = mg.policy.run_record(found)
    >>> record["as_of"], record["findings"]["urban-2023/UG-04/G2"][0]
    ('2023-10-25', 'FAIL')
    """
    return {
        "format": FORMAT,
        "medgraph": __version__,
        "as_of": audit.as_of.isoformat(),
        "command": list(command),
        "sources": {str(path): _digest_of(Path(path)) for path in sources},
        "mapping": {str(mapping): _digest_of(Path(mapping))} if mapping else {},
        "packs": {pack.id or "parameters": pack.digest for pack in audit.packs},
        "facts": facts_digest(audit.audited.whole),
        "left_out": audit.left_out,
        "counts": audit.counts,
        "findings": {
            row["id"]: [row["verdict"], _evidence_digest(row)] for row in rows_of(audit.findings)
        },
    }


def verify(
    record: Mapping[str, Any] | str | Path,
    audit: Audit,
    *,
    sources: Iterable[str | Path] = (),
    mapping: str | Path | None = None,
) -> Verified:
    """Compare a record with an audit made now.

    Parameters
    ----------
    record
        What `run_record` gave, or the file that holds it.
    audit
        The audit made now.
    sources
        The files it was read from; default: those of the record.
    mapping
        The file that translated their words; default: that of the record.

    Returns
    -------
    Same, or what changed: version, day, data, rule, finding.

    Raises
    ------
    SourceError
        Where `record` is no record of an audit.

    Examples
    --------
    >>> import medgraph as mg
    >>> net = mg.samples.taizhou()
    >>> record = mg.policy.run_record(mg.policy.audit(net, "urban-2023"))
    >>> later = mg.policy.audit(net, "urban-2023", as_of="2024-01-01")
    >>> mg.policy.verify(record, later).changes[["what", "then", "now"]].values.tolist()
    [['as_of', '2023-10-25', '2024-01-01']]
    """
    then = _opened(record)
    mapping = mapping or next(iter(then["mapping"]), None)
    now = run_record(audit, sources=sources or then["sources"], mapping=mapping)
    changes = list(_changes(then, now))
    frame = pd.DataFrame(changes, columns=["what", "which", "then", "now"])
    findings = frame["what"].isin(["verdict", "evidence"]) & (frame["now"] != "")
    frame["decided_by"] = ""
    frame.loc[findings, "decided_by"] = [
        explain(audit, id).decided_by for id in frame.loc[findings, "which"]
    ]
    return Verified(not changes, frame)


def _opened(record: Mapping[str, Any] | str | Path) -> Mapping[str, Any]:
    if isinstance(record, str | Path):
        record = _parsed(Path(record))
    if not isinstance(record, Mapping) or record.get("format") != FORMAT:
        raise SourceError(say("policy_no_record"))
    for key, types in _KEYS.items():
        if not isinstance(record.get(key), types):
            raise SourceError(say("policy_record_lacks", key=key))
    if not all(map(_is_finding, record["findings"].values())):
        raise SourceError(say("policy_record_lacks", key="findings"))
    return record


def _is_finding(given: Any) -> bool:
    """Whether something is a verdict with the digest of its evidence."""
    is_pair = isinstance(given, list | tuple) and len(given) == 2
    return is_pair and all(isinstance(each, str) for each in given)


def _parsed(path: Path) -> Any:
    try:
        return read_json(path)
    except SourceError as error:
        raise SourceError(say("policy_no_record")) from error


def _changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for what in ("medgraph", "as_of", "facts", "left_out"):
        if then[what] != now[what]:
            yield what, what, then[what], now[what]
    for what in ("sources", "mapping", "packs"):
        old, new = _by_shown_place(then[what]), _by_shown_place(now[what])
        for shown in sorted({*old, *new}):
            name, before = old.get(shown, (shown, ""))
            name, after = new.get(shown, (name, ""))
            if before != after:
                yield what, name, before, after
    yield from _changed_findings(then["findings"], now["findings"])


def _by_shown_place(digests: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Names and digests by what a kept record shows of a name: it says not where a file lies."""
    return {without_places(name): (name, digest) for name, digest in digests.items()}


def kept(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as a file keeps it: without the places of files and users of servers."""
    named = {
        what: {without_places(name): digest for name, digest in record[what].items()}
        for what in ("sources", "mapping")
    }
    return {**record, **named, "command": [without_places(part) for part in record["command"]]}


def _changed_findings(
    then: Mapping[str, list[str]], now: Mapping[str, list[str]]
) -> Iterator[Change]:
    """Yield findings that came, went, or turned; and those whose evidence alone changed."""
    for id in sorted({*then, *now}):
        old_verdict, old_evidence = then.get(id, ["", ""])
        new_verdict, new_evidence = now.get(id, ["", ""])
        if old_verdict != new_verdict:
            yield "verdict", id, old_verdict, new_verdict
        elif old_evidence != new_evidence:
            yield "evidence", id, old_evidence[:12], new_evidence[:12]


def _evidence_digest(row: Mapping[str, Any]) -> str:
    named = ("met", "total", "value", "worst", "best", "reason", "basis")
    return hashlib.sha256("|".join(str(row[name]) for name in named).encode()).hexdigest()


def facts_digest(net: MedicalNetwork) -> str:
    """Return one digest of all facts of a network, whatever the order of its rows; origins do not
    count.
    """
    found = hashlib.sha256(json.dumps(dict(sorted(net.meta.items())), ensure_ascii=False).encode())
    for table in net.tables:
        found.update(_bytes_of(table))
    return found.hexdigest()


def _bytes_of(table: pa.Table) -> bytes:
    """Return the filled columns of a table in one order of columns and rows."""
    filled = [name for name in table.column_names if table[name].null_count < len(table)]
    names = sorted(name for name in filled if name != "origin")
    kept = table.select(names)
    if names:
        kept = kept.sort_by([(name, "ascending") for name in names])
    sink = io.BytesIO()
    with ipc.new_stream(sink, pa.schema([(name, table[name].type) for name in names])) as writer:
        writer.write_table(kept.combine_chunks())
    return sink.getvalue()


def _digest_of(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their names; empty where none is."""
    paths = [path, *path.rglob("*")] if path.is_dir() else [path]
    files = sorted(file for file in paths if file.is_file())
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + b"\0")
        found.update(file.read_bytes())
    return found.hexdigest() if files else ""
