"""Proposals in the shell: each row of the table of proposals becomes a command of `propose`.

Exit 1 where nothing can be proposed, 130 where somebody stopped the search: what was found by then
is printed all the same.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from medgraph.cli.console import note, progress
from medgraph.cli.formats import show
from medgraph.cli.language import Command, Group, Option, command, option
from medgraph.cli.options import answer_options, source_options, together
from medgraph.cli.questions import option_of
from medgraph.cli.saving import never_onto_work
from medgraph.cli.sources import never_onto_source, read_source
from medgraph.errors import OptionError
from medgraph.queries.verbs import PROPOSALS, Verb
from medgraph.words.say import say

if TYPE_CHECKING:
    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.queries.planning import Proposal

_NONE_FOUND, _STOPPED = 1, 130


def _command(verb: Verb) -> Command:
    @together(
        source_options,
        answer_options,
        option("--plan", type=click.Path(dir_okay=False), help="help.propose_plan"),
    )
    def propose(
        source: str,
        mapping: str | None,
        lenient: bool,
        as_of: Any,
        area: str | None,
        basis: str | None,
        format_: str | None,
        output: str | None,
        plan: str | None,
        front_plot: str | None = None,
        **options: Any,
    ) -> int:
        target = _beside(source, plan) if plan else None
        whole = read_source(source, mapping=mapping, lenient=lenient)
        net = _part(whole, area, basis)
        with progress(say("asking", query=verb.name)):
            found: Any = verb.ask(net, as_of=as_of, **options)
        show(net, found, format_, output, lambda: found.in_words)
        if front_plot:
            _draw_front(found, front_plot)
        if target and found.is_found:
            _write_plan(whole, found, source, target)
        return _exit_code(found)

    made: Command = command(verb.function, help=f"help.{verb.name}")(propose)
    made.params.extend(option_of(row) for row in verb.options)
    if any(row.name == "front" for row in verb.options):
        drawn = click.Path(dir_okay=False)
        made.params.append(Option(["--front-plot"], type=drawn, help="help.front_plot"))
    return made


def _part(net: MedicalNetwork, area: str | None, basis: str | None) -> MedicalNetwork:
    from medgraph.graphmodel.explicit import on_basis

    net = on_basis(net, basis)
    return net.within(area) if area else net


def _beside(source: str, plan: str) -> Path:
    """The path of a plan; raise OptionError where it would not lie beside its source."""
    never_onto_source(source, plan)
    never_onto_work(plan)
    folder = Path(os.path.abspath(source)).parent
    if "://" in source or Path(os.path.abspath(plan)).parent != folder:
        raise OptionError(say("plan_not_beside", folder=folder))
    return Path(plan)


def _write_plan(net: MedicalNetwork, found: Proposal, source: str, target: Path) -> None:
    """Write what is proposed as a plan, which every command reads as its network."""
    from medgraph.graphmodel.fingerprint import fingerprint
    from medgraph.graphmodel.plan import Plan, Step
    from medgraph.loaders.plan_file import write_plan

    steps = tuple(Step(change, reason=say("proposed")) for change in found.changes)
    plan = Plan(target.stem, fingerprint(net), steps)
    write_plan(plan, Path(os.path.abspath(source)).name, target)
    note(say("written", path=target))


def _draw_front(found: Any, path: str) -> None:
    """Draw how many areas have to move at each limit that was tried."""
    from medgraph.visuals.front_plot import front_plot

    front_plot(found.front, stamps=found.stamps).save(path)
    note(say("written", path=path))


def _exit_code(found: Proposal) -> int:
    if found.is_stopped:
        return _STOPPED
    return 0 if found.is_found else _NONE_FOUND


COMMANDS = (Group("propose", help="help.propose", commands=[*map(_command, PROPOSALS)]),)
