"""Gather the sentences of all nouns, and the texts of further languages, under their keys.

Values in braces come from the data; `say` fills them in as text. The codes of problems never change
their meaning, because users' scripts rely on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medgraph.words.sentences import (
    alliances,
    answer,
    asking,
    audit_page,
    board,
    board_office,
    board_page,
    board_review,
    columns,
    command_line,
    comparison,
    coverage,
    declarations,
    demo,
    dispatch,
    doctor,
    drafts,
    fhir,
    flow_map,
    flows,
    formats,
    geo_map,
    help,
    layouts,
    mapping,
    maps,
    matrices,
    network,
    network_map,
    notebook,
    planning,
    plans,
    policy,
    policy_packs,
    policy_parameters,
    policy_rules,
    policy_units,
    problems,
    reconcile,
    records,
    referrals,
    registers,
    report,
    report_pages,
    resilience,
    scoring,
    sharing,
    store,
    structure,
    table_files,
    teams,
    template,
    tidy,
    tidy_questions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medgraph.words.sentences.sentence import Fault, Sentence

_NOUNS: tuple[Mapping[str, Sentence], ...] = (
    alliances.SENTENCES,
    answer.SENTENCES,
    asking.SENTENCES,
    audit_page.SENTENCES,
    board.SENTENCES,
    board_office.SENTENCES,
    board_page.SENTENCES,
    board_review.SENTENCES,
    columns.SENTENCES,
    command_line.SENTENCES,
    comparison.SENTENCES,
    coverage.SENTENCES,
    declarations.SENTENCES,
    demo.SENTENCES,
    dispatch.SENTENCES,
    doctor.SENTENCES,
    drafts.SENTENCES,
    fhir.SENTENCES,
    flow_map.SENTENCES,
    flows.SENTENCES,
    formats.SENTENCES,
    geo_map.SENTENCES,
    help.SENTENCES,
    layouts.SENTENCES,
    mapping.SENTENCES,
    maps.SENTENCES,
    matrices.SENTENCES,
    network.SENTENCES,
    network_map.SENTENCES,
    notebook.SENTENCES,
    planning.SENTENCES,
    plans.SENTENCES,
    policy.SENTENCES,
    policy_packs.SENTENCES,
    policy_parameters.SENTENCES,
    policy_rules.SENTENCES,
    policy_units.SENTENCES,
    reconcile.SENTENCES,
    records.SENTENCES,
    referrals.SENTENCES,
    registers.SENTENCES,
    report.SENTENCES,
    report_pages.SENTENCES,
    resilience.SENTENCES,
    scoring.SENTENCES,
    sharing.SENTENCES,
    store.SENTENCES,
    structure.SENTENCES,
    problems.SENTENCES,
    table_files.SENTENCES,
    teams.SENTENCES,
    template.SENTENCES,
    tidy.SENTENCES,
    tidy_questions.SENTENCES,
)
_PROBLEMS: tuple[tuple[Fault, ...], ...] = (
    board.FAULTS,
    coverage.FAULTS,
    declarations.FAULTS,
    fhir.FAULTS,
    policy_packs.FAULTS,
    records.FAULTS,
    registers.FAULTS,
    report.FAULTS,
    problems.FAULTS,
    table_files.FAULTS,
    tidy.FAULTS,
)

# A further language: its code -> key -> text (of the advice of a problem: "W033.advice").
FURTHER_LANGUAGES: dict[str, Mapping[str, str]] = {}


def entries() -> Iterable[tuple[str, Sentence]]:
    """Yield every key with its sentence, noun by noun; a problem's key is its code."""
    for noun in _NOUNS:
        yield from noun.items()
    for faults in _PROBLEMS:
        for fault in faults:
            yield fault.code, fault


CATALOGUE: dict[str, Sentence] = dict(entries())
