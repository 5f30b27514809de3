"""The command that keeps a network in step with another system: sync."""

from __future__ import annotations

import click

from medgraph.cli.console import note, progress
from medgraph.cli.language import command, option
from medgraph.cli.sources import note_doubts, note_report
from medgraph.words.say import say


@command(help="help.sync")
@click.argument("url", metavar="URL")
@click.argument("out", metavar="OUT", type=click.Path())
@option("--since", metavar="DAY", help="help.sync_since")
def sync(url: str, out: str, since: str | None) -> int:
    """Read what changed at a server, and write the network with it."""
    from medgraph.loaders import registry
    from medgraph.loaders.fhir.sync import sync as receive

    registry.format_of_target(out)  # refuse an unknown format before anything is asked
    with progress(say("reading", source=url)):
        synced = receive(url, out, since=since)
    net = synced.loaded.require()
    with progress(say("writing", target=out)):
        report = registry.write(net, out)
    note_doubts(synced.loaded)
    note_report(report)
    note(synced.told(out))
    return int(bool(getattr(report, "counts", None)))


COMMANDS = (sync,)
