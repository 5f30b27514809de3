"""Questions over referral records: `referrals flows` and `referrals shares`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import note, progress
from medgraph.cli.formats import show
from medgraph.cli.language import command, option
from medgraph.cli.options import answer_options, source_options, together
from medgraph.cli.sources import read_to_ask
from medgraph.errors import OptionError
from medgraph.graphmodel.flow_table import KEYS
from medgraph.progress import advance, watching
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medgraph.graphmodel.flow_table import FlowTable

# Where the records are, and how they are counted.
record_options = together(
    option("--records", type=click.Path(), required=True, help="help.records_records"),
    option("--records-mapping", type=click.Path(dir_okay=False), help="help.records_mapping"),
    option("--append", type=click.Path(file_okay=False), help="help.records_append"),
    option("--memory", default="2GB", show_default=True, help="help.records_memory"),
    option("--master", default="local[*]", show_default=True, help="help.records_master"),
    option("--window", type=click.IntRange(min=0), help="help.records_window"),
    option("--overlap", type=click.Choice(["truncate", "drop"]), help="help.records_overlap"),
    option(
        "--engine",
        type=click.Choice(["duckdb", "spark"]),
        default="duckdb",
        show_default=True,
        help="help.records_engine",
    ),
    option("--follow", type=int, help="help.records_follow"),
    option("--threshold", type=int, default=11, show_default=True, help="help.records_threshold"),
)


def counted(
    records: str,
    engine: str,
    master: str,
    memory: str,
    follow: int | None,
    window: int | None,
    overlap: str | None,
    records_mapping: str | None = None,
    append: str | None = None,
    by: Sequence[str] = KEYS,
) -> FlowTable:
    """Count records into flows; with `window` they are stays, from which transfers follow.

    Those that are kept by month, or that `append` adds to them, are read by the keys `by`.
    """
    from medgraph.loaders.records import append_flows, from_encounters, read_flows, read_records
    from medgraph.loaders.records.kept_flows import is_kept

    how: dict[str, Any] = {
        "engine": engine,
        "master": master,
        "memory": memory,
        "mapping": records_mapping,
    }
    if window is None and overlap is not None:
        raise OptionError(say("records.window_first"))
    if window is not None and follow is not None:
        raise OptionError(say("records.window_or_follow"))
    kept = append or (records if is_kept(records) else None)
    if kept and (window is not None or follow is not None or (append and is_kept(records))):
        raise OptionError(say("records.append_counted"))
    with progress(say("reading", source=records)), watching(advance, told=note):
        if append:
            for sentence in append_flows(append, read_records(records, **how)):
                note(sentence)
        if kept:
            return read_flows(kept, by=by)
        if window is None:
            return read_records(records, follow=follow, **how)
        return from_encounters(records, window=window, overlap=overlap or "truncate", **how)


# The keys by which a question looks at flows.
ASKED_BY = {
    "flows": ("from", "to", "kind"),
    "shares": ("to", "encounter", "residence", "place"),
}


def _question(name: str) -> click.Command:
    @together(source_options, record_options, answer_options)
    def ask(
        source: str,
        as_of: Any,
        format_: str | None,
        output: str | None,
        threshold: int,
        mapping: str | None,
        lenient: bool,
        area: str | None,
        basis: str | None,
        where: tuple[str, ...],
        columns: str | None,
        most: int | None,
        **records: Any,
    ) -> None:
        from medgraph.cli.narrowing import Narrowing
        from medgraph.queries import flows

        narrowing = Narrowing.of(where, columns, most)
        net = read_to_ask(source, mapping=mapping, lenient=lenient, area=area, basis=basis)
        table = counted(**records, by=ASKED_BY[name])
        with progress(say("asking", query=f"referrals.{name}")):
            answer = getattr(flows, name)(net, table, threshold=threshold, as_of=as_of)
        show(net, answer, format_, output, narrowing)

    made: click.Command = command(name, help=f"help.referrals.{name}")(ask)
    return made


# Verbs of the noun `referrals` that need records.
REFERRALS = tuple(_question(name) for name in ("flows", "shares"))
