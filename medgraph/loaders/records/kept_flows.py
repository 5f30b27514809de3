"""Keep flows month by month in a folder, add to them, and read them again.

    flows.json                      what is current, what stood before, what was not counted
    month=2023-10/3f0c….parquet     the flows of a month; the name is that of its content

A month that is given again replaces what stood, so that giving it twice changes nothing. What stood
before stays beside it: what was published of it is known, and nothing may give the difference.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from medgraph.errors import OptionError, SourceError
from medgraph.graphmodel.flow_table import KEYS, REASONS, FlowTable
from medgraph.loaders.parsers import parsing
from medgraph.suffixes import JSON, PARQUET
from medgraph.whole_files import write_whole
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LIST = f"flows{JSON}"
_FORMAT = "medgraph flows 1"
_STORED = tuple(key for key in KEYS if key != "month")
_SCHEMA = pa.schema([*((key, pa.string()) for key in _STORED), ("count", pa.int64())])
_EARLIER = [*KEYS, "reason", "count", "edition"]
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_FILE = re.compile(rf"[0-9a-f]{{16}}{re.escape(PARQUET)}")
_LEAST_OF_A_CORRECTION = 0.5  # of what stood; less is what came late, and would replace the month


@dataclass(frozen=True)
class _Delivery:
    """What one reading gave besides flows, for which months."""

    months: tuple[str, ...]
    read: int
    rejected: Mapping[str, int]

    @property
    def label(self) -> str:
        """What a delivery of more months has in common with those it replaces."""
        return self.months[0]


@dataclass(frozen=True)
class _Kept:
    """The list of a folder: the files of every month and all deliveries, the newest last."""

    months: Mapping[str, tuple[str, ...]]
    deliveries: tuple[_Delivery, ...]

    def is_replaced(self, place: int) -> bool:
        """Whether a later delivery holds every month of one."""
        months = set(self.deliveries[place].months)
        return any(months <= set(later.months) for later in self.deliveries[place + 1 :])


def is_kept(source: str | Path) -> bool:
    """Return whether a source is a folder of kept flows."""
    return (Path(source) / _LIST).is_file()


def append_flows(folder: str | Path, table: FlowTable) -> tuple[str, ...]:
    r"""Add counted records to the flows that a folder keeps month by month.

    A month that is there is replaced, as a correction of all of it; one that is the same stays.
    What would replace a month by less than half of it is refused: it is what came late.

    Parameters
    ----------
    folder
        The folder; it need not be there yet.
    table
        Records of whole months, as `read_records` counts them.

    Returns
    -------
    tuple of str
        What was done, in words: which months are new, replaced, the same.

    Raises
    ------
    OptionError
        For flows without a month, for persons that were followed across months, and for less than
        half of a month that is kept.
    SourceError
        For a folder that holds no flows as they are kept.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "october.csv").write_text("from,to,date,count\nA,B,2023-10-05,20\n")
    >>> october = mg.records.read_records(folder / "october.csv")
    >>> _ = mg.records.append_flows(folder / "kept", october)
    >>> kept = mg.records.read_flows(folder / "kept")
    >>> kept.frame[["from", "to", "month", "count"]].values.tolist()
    [['A', 'B', '2023-10', 20]]
    """
    folder = Path(folder)
    frame = table.frame
    if table.links is not None or table.earlier is not None:
        raise OptionError(say("records.append_counted"))
    if frame["month"].isna().any() or not len(frame):
        raise OptionError(say("records.append_undated"))
    listed = (folder / _LIST).read_bytes() if is_kept(folder) else b""
    before = _list_of(folder) if is_kept(folder) else _Kept({}, ())
    parts = {str(month): _sorted(part) for month, part in frame.groupby("month")}
    files = {month: _file_of(part) for month, part in parts.items()}
    stood = {month: before.months[month][-1] for month in files.keys() & before.months.keys()}
    same = {month for month, name in stood.items() if files[month][0] == name}
    replaced = stood.keys() - same
    for month in replaced:
        _refuse_less(folder, month, stood[month], parts[month])
    for month, (name, content) in files.items():
        path = folder / f"month={month}" / name
        if not path.exists():
            write_whole(path, content)
    changed = {
        month: (*before.months.get(month, ()), name)
        for month, (name, _) in files.items()
        if month not in same
    }
    rejected = dict(zip(table.rejected["reason"], map(int, table.rejected["rows"]), strict=True))
    delivery = _Delivery(tuple(sorted(files)), table.read, rejected)
    is_again = delivery in before.deliveries[-1:]
    deliveries = before.deliveries if is_again else (*before.deliveries, delivery)
    _write_list(folder, _Kept({**before.months, **changed}, deliveries), listed)
    done = {"new": files.keys() - stood.keys(), "replaced": replaced, "same": same}
    return tuple(
        say(f"records.append_{what}", months=say("list_comma").join(sorted(months)))
        for what, months in done.items()
        if months
    )


def read_flows(folder: str | Path, *, by: Iterable[str] = KEYS) -> FlowTable:
    r"""Read the flows that a folder keeps.

    Parameters
    ----------
    folder
        A folder that `append_flows` wrote.
    by
        The keys that are needed; the others are empty, and the flows fewer.

    Returns
    -------
    FlowTable
        All flows as they stand, and what stood before where a month was corrected.

    Raises
    ------
    SourceError
        For a folder that holds no flows as they are kept.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import medgraph as mg
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "october.csv").write_text("from,to,date,count\nA,B,2023-10-05,20\n")
    >>> october = mg.records.read_records(folder / "october.csv")
    >>> _ = mg.records.append_flows(folder / "kept", october)
    >>> kept = mg.records.read_flows(folder / "kept", by=["to"])
    >>> kept.frame[["to", "month", "count"]].values.tolist()
    [['B', '2023-10', 20]]
    """
    folder = Path(folder)
    kept = _list_of(folder)
    keys = [key for key in _STORED if key in set(by)]
    current, earlier = [], []
    for month, (*before, now) in sorted(kept.months.items()):
        current.append(_read(folder, month, now, keys))
        earlier += [
            _with(_read(folder, month, name, keys), edition=edition, reason=None)
            for edition, name in enumerate(before)
        ]
    rejected, stood, read = _rejected(kept)
    months = sorted(kept.months)
    note = say("records.kept", months=len(months), first=months[0], last=months[-1])
    tables = [*(table.to_pandas() for table in earlier), stood]
    return FlowTable(
        _frame(pa.concat_tables(current)),
        rejected,
        read,
        notes=(note,),
        earlier=pd.concat(tables, ignore_index=True).reindex(columns=_EARLIER),
    )


# -- a month ---------------------------------------------------------------------------------------


def _sorted(part: pd.DataFrame) -> pa.Table:
    table = pa.Table.from_pandas(part[[*_STORED, "count"]], schema=_SCHEMA, preserve_index=False)
    return table.sort_by([(key, "ascending") for key in _STORED])


def _file_of(table: pa.Table) -> tuple[str, bytes]:
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    content = written.getvalue()
    return f"{hashlib.sha256(content).hexdigest()[:16]}{PARQUET}", content


def _refuse_less(folder: Path, month: str, name: str, part: pa.Table) -> None:
    kept = pc.sum(_read(folder, month, name, [])["count"]).as_py()
    if pc.sum(part["count"]).as_py() < kept * _LEAST_OF_A_CORRECTION:
        raise OptionError(say("records.append_less", month=month, folder=folder))


def _read(folder: Path, month: str, name: str, keys: list[str]) -> pa.Table:
    """The flows of a month, summed by some of their keys."""
    path = folder / f"month={month}" / name
    if not path.is_file():
        raise SourceError(say("records.kept_lacks", path=f"month={month}/{name}"))
    with parsing("bad_table", Path(f"month={month}/{name}")):
        table = pq.read_table(path, columns=[*keys, "count"], partitioning=None)
        table = table.select([*keys, "count"]).cast(_only(keys))
    if table["count"].null_count or (pc.min(table["count"]).as_py() or 0) < 1:
        reason = say("records.kept_not_ours")
        raise SourceError(say("bad_table", path=f"month={month}/{name}", reason=reason))
    summed = table.group_by(keys).aggregate([("count", "sum")]).rename_columns([*keys, "count"])
    return _with(summed, month=month)


def _only(keys: list[str]) -> pa.Schema:
    return pa.schema([_SCHEMA.field(name) for name in (*keys, "count")])


def _with(table: pa.Table, **constants: Any) -> pa.Table:
    for name, value in constants.items():
        kind = pa.int64() if isinstance(value, int) else pa.string()
        table = table.append_column(name, pa.repeat(pa.scalar(value, kind), len(table)))
    return table


def _frame(table: pa.Table) -> pd.DataFrame:
    missing = {key: None for key in KEYS if key not in table.column_names}
    text = pd.StringDtype("pyarrow", na_value=float("nan"))
    frame: pd.DataFrame = (
        _with(table, **missing)
        .select([*KEYS, "count"])
        .to_pandas(types_mapper={pa.string(): text}.get)
    )
    return frame


# -- the list --------------------------------------------------------------------------------------


def _rejected(kept: _Kept) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The rows that were not counted by delivery, those of replaced deliveries, and all rows."""
    now: list[tuple[str, int, str]] = []
    then: list[tuple[str, int, str, int]] = []
    read = 0
    for place, delivery in enumerate(kept.deliveries):
        rows = [(reason, count, delivery.label) for reason, count in delivery.rejected.items()]
        if kept.is_replaced(place):
            then += [(*row, place) for row in rows]
        else:
            now += rows
            read += delivery.read
    stood = pd.DataFrame(then, columns=["reason", "count", "month", "edition"])
    return pd.DataFrame(now, columns=["reason", "rows", "month"]), stood, read


def _list_of(folder: Path) -> _Kept:
    path = folder / _LIST
    with parsing("records.kept_bad", path):
        stated = json.loads(path.read_bytes())
        is_ours = stated["format"] == _FORMAT
        months = {str(month): tuple(map(str, names)) for month, names in stated["months"].items()}
        deliveries = tuple(
            _Delivery(
                tuple(map(str, each["months"])),
                int(each["read"]),
                {str(reason): int(rows) for reason, rows in each["rejected"].items()},
            )
            for each in stated["deliveries"]
        )
    names = [name for month in months.values() for name in month]
    is_sound = (
        is_ours
        and months
        and all(map(_MONTH.fullmatch, months))
        and all(map(_FILE.fullmatch, names))
        and all(months.values())
        and all(each.months and set(each.rejected) <= set(REASONS) for each in deliveries)
    )
    if not is_sound:
        raise SourceError(say("records.kept_bad", path=path, reason=say("records.kept_not_ours")))
    return _Kept(months, deliveries)


def _write_list(folder: Path, kept: _Kept, listed: bytes) -> None:
    """Write the list, if it is still the one that was read."""
    stated = {
        "format": _FORMAT,
        "months": {month: list(names) for month, names in sorted(kept.months.items())},
        "deliveries": [
            {"months": list(each.months), "read": each.read, "rejected": dict(each.rejected)}
            for each in kept.deliveries
        ],
    }
    path = folder / _LIST
    if (path.read_bytes() if path.exists() else b"") != listed:
        raise OptionError(say("records.kept_changed", path=path))
    write_whole(path, json.dumps(stated, indent=1).encode())
