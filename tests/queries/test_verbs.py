"""The table of verbs agrees with the functions it names, and needs nothing of the shell."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys

import pytest

from medgraph.queries.verbs import BY_NAME, OVER_RECORDS, PROPOSALS, VERBS, Kind, Option, Verb
from medgraph.words.sentences.gathering import CATALOGUE


@pytest.mark.parametrize("verb", [*VERBS, *OVER_RECORDS, *PROPOSALS], ids=lambda verb: verb.name)
def test_a_verb_is_a_function_with_its_subject_and_options(verb):
    """Each option is a keyword of the function, its subject the one further positional argument."""
    function = getattr(importlib.import_module(verb.module), verb.function)
    parameters = inspect.signature(function).parameters
    keywords = {p.name for p in parameters.values() if p.kind is p.KEYWORD_ONLY}
    assert {option.name for option in verb.options} <= keywords
    about = [*parameters][1 : len(parameters) - len(keywords)]
    assert about == ["records" if verb.counting else verb.subject] * len(about)
    assert len(about) == bool(verb.subject or verb.counting)


@pytest.mark.parametrize("verb", [*VERBS, *OVER_RECORDS, *PROPOSALS], ids=lambda verb: verb.name)
def test_a_verb_and_its_options_explain_themselves(verb):
    keys = {
        f"help.{verb.noun}",
        f"help.{verb.name}",
        *(option.help for option in verb.every_option),
    }
    assert keys <= CATALOGUE.keys()


def test_what_is_not_given_is_left_to_the_function(taizhou):
    """None and an empty list are no values; what is given goes on, and a subject is found by name."""
    served = BY_NAME["coverage.served"].ask(taizhou, level=None, as_of=None)
    assert served.share.met == 38
    path = BY_NAME["referrals.path"].ask(taizhou, "TZ-P07", specialty="psychiatry")
    assert path.query == "referrals.path"


def test_the_table_loads_no_click_and_no_pandas():
    """Whatever shows the verbs may do so without a command line and without the queries."""
    code = (
        "import sys, medgraph.queries.verbs\n"
        "print(*{'click', 'pandas', 'numpy', 'pyarrow'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not done.stdout.strip()


def test_options_are_plain_data():
    assert Option("level") == Option("level", Kind.TEXT)
    assert Verb("coverage", "served").name == "coverage.served"
