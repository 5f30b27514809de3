"""Keep what an audit stood on, and say later whether the same comes out, or what changed."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.ipc as ipc

from medgraph._version import __version__
from medgraph.errors import SourceError
from medgraph.graphmodel.network import MedicalNetwork
from medgraph.queries.policy.auditing import Audit
from medgraph.words.say import say

if TYPE_CHECKING:
    import pandas as pd

FORMAT = "medgraph-audit-run"


@dataclass(frozen=True, eq=False)
class Verified:
    """Whether a recorded audit comes out the same: `same`, and `changes` (what | which | then | now)."""

    same: bool
    changes: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
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
    """Return what an audit stood on, as plain values for `run.json`.

    Version, day, command, SHA-256 of every source file, of the mapping, of each pack and of the facts themselves, and
    every finding with its verdict and a digest of its evidence. Paths are kept as given.
    """
    return {
        "format": FORMAT,
        "medgraph": __version__,
        "as_of": audit.as_of.isoformat(),
        "command": list(command),
        "sources": {str(path): digest for path in sources for digest in [_file(Path(path))]},
        "mapping": {str(mapping): _file(Path(mapping))} if mapping else {},
        "packs": {pack.id or "parameters": pack.digest for pack in audit.packs},
        "facts": facts_digest(audit.view.whole),
        "left_out": audit.left_out,
        "counts": audit.counts,
        "findings": {
            row.id: [row.verdict, _evidence(row)] for row in audit.findings.itertuples(index=False)
        },
    }


def verify(
    record: Mapping[str, Any] | str | Path,
    audit: Audit,
    *,
    sources: Iterable[str | Path] = (),
    mapping: str | Path | None = None,
) -> Verified:
    """Compare a record with an audit made now; say same, or what changed: version, day, data, rule, finding.

    Raise SourceError where `record` is no record of an audit.
    """
    import pandas as pd

    if not isinstance(record, Mapping):
        record = json.loads(Path(record).read_text(encoding="utf-8"))
    if record.get("format") != FORMAT:
        raise SourceError(say("policy_no_record"))
    mapping = mapping or next(iter(record["mapping"]), None)
    now = run_record(audit, sources=sources or record["sources"], mapping=mapping)
    rows = [
        (what, what, record[what], now[what])
        for what in ("medgraph", "as_of", "facts", "left_out")
        if record[what] != now[what]
    ]
    for what in ("sources", "mapping", "packs"):
        rows += [
            (what, name, record[what].get(name, ""), now[what].get(name, ""))
            for name in sorted({*record[what], *now[what]})
            if record[what].get(name) != now[what].get(name)
        ]
    rows += list(_findings(record["findings"], now["findings"]))
    return Verified(not rows, pd.DataFrame(rows, columns=["what", "which", "then", "now"]))


def _findings(then: Mapping[str, list], now: Mapping[str, list]):
    """Findings that came, went, or turned; then those whose evidence alone changed."""
    for id in sorted({*then, *now}):
        old, new = then.get(id, ["", ""]), now.get(id, ["", ""])
        if old[0] != new[0]:
            yield "verdict", id, old[0], new[0]
        elif old[1] != new[1]:
            yield "evidence", id, old[1][:12], new[1][:12]


def _evidence(row: Any) -> str:
    parts = (row.met, row.total, row.value, row.worst, row.best, row.reason, row.basis)
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def facts_digest(net: MedicalNetwork) -> str:
    """Return one digest of all facts of a network, whatever the order of its rows; origins do not count."""
    found = hashlib.sha256(json.dumps(dict(sorted(net.meta.items())), ensure_ascii=False).encode())
    for table in net.tables:
        names = sorted(
            c for c in table.column_names if c != "origin" and table[c].null_count < len(table)
        )
        ordered = (
            table.select(names).sort_by([(n, "ascending") for n in names])
            if names
            else table.select([])
        )
        sink = io.BytesIO()
        with ipc.new_stream(sink, pa.schema([(n, table[n].type) for n in names])) as writer:
            writer.write_table(ordered.combine_chunks().select(names))
        found.update(sink.getvalue())
    return found.hexdigest()


def _file(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their names; empty where there is none."""
    found = hashlib.sha256()
    paths = (
        [path]
        if path.is_file()
        else sorted(p for p in path.rglob("*") if p.is_file())
        if path.is_dir()
        else []
    )
    for one in paths:
        found.update(one.name.encode() + b"\0")
        found.update(one.read_bytes())
    return found.hexdigest() if paths else ""
