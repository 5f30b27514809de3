"""Ask which facilities of a new edition are those of the last one under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.graphmodel.matching import Names, normal
from medgraph.loaders.foreign.cell_account import Open
from medgraph.words.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medgraph.graphmodel.network import MedicalNetwork
    from medgraph.loaders.foreign.cell_account import CellAccount

KIND = "renamed"
_FACILITY = "Facility"


def former_names(answers: Mapping[str, str]) -> dict[str, str]:
    """Return what facilities were called in the last edition, by what they are called now."""
    begin = f"{KIND}::"
    found = {
        key.removeprefix(begin): said for key, said in answers.items() if key.startswith(begin)
    }
    return {normal(name): former for name, former in found.items() if former != name}


def ask_for_renamings(
    last: MedicalNetwork, new: MedicalNetwork, answers: Mapping[str, str], account: CellAccount
) -> None:
    """Ask of each facility that the last edition has not whether it is one that is gone."""
    before, now = (_names(net) for net in (last, new))
    formers = {normal(former) for former in former_names(answers).values()}
    gone = Names()
    for name in sorted(before):
        if name not in now and name not in formers:
            gone.add(before[name], before[name])
    if not len(gone):
        return
    for name in sorted(now.keys() - before.keys()):
        full = now[name]
        if f"{KIND}::{full}" in answers:
            continue
        asked = Open(KIND, "", full, full, decides=1)
        asked.offered = (*gone.nearest(full), say("question_no_former"))
        account.ask(asked)


def _names(net: MedicalNetwork) -> dict[str, str]:
    names = net.nodes(_FACILITY)["name"].dropna()
    return {normal(name): name for name in names}
