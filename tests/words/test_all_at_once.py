"""Many texts are changed at once as each of them is alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medgraph.graphmodel.matching import ANY, STATED, Names
from medgraph.graphmodel.name_forms import normal, normal_of_all
from medgraph.loaders.tabular.cells import Worded, WrongError
from medgraph.words.all_at_once import all_at_once
from medgraph.words.vocabularies import VOCABULARIES, word, words

# Signs that join with the one before, that nobody sees, that are several in another form, and the
# one that stands between the texts.
ODD = "\u0301\u0e33\u200b\u1100\u1161\u11a8ﬁ㍿Å\ue000\x00\x1c\u2028\ud800"
PLAIN = "甲乙醫院衛生中心（）()ab AB1２-_·、\t\n."
TEXTS = st.lists(st.text(st.sampled_from(ODD + PLAIN)) | st.text(), max_size=6)
READINGS = st.sampled_from(
    [
        text
        for term in VOCABULARIES["facility_type"].values()
        for text in (term.zh, term.en, *term.also)
    ]
)


@given(TEXTS)
def test_names_are_brought_into_one_form(texts):
    assert normal_of_all(texts) == [normal(text) for text in texts]


@given(st.lists(READINGS | st.text(st.sampled_from(ODD + PLAIN)), max_size=6))
def test_words_are_known(texts):
    assert words("facility_type", texts) == [word("facility_type", text) for text in texts]


@pytest.mark.parametrize("vocabulary", ["facility_type", "specialty"])
@given(texts=st.lists(READINGS | st.text(st.sampled_from(ODD + PLAIN)), max_size=6))
def test_cells_are_read(vocabulary, texts):
    """A closed vocabulary, and an open one."""
    read = Worded(vocabulary)
    values, wrong = read.all(texts)
    unknown = wrong.get("E031", [])
    for place, text in enumerate(texts):
        if place in unknown:
            assert values[place] is None
            with pytest.raises(WrongError, match="E031"):
                read(text)
        else:
            assert read(text) == values[place]


@pytest.mark.parametrize("at_least", [STATED, ANY])
@given(names=TEXTS, texts=TEXTS)
def test_what_may_not_be_named_is_not(at_least, names, texts):
    known = Names()
    for number, name in enumerate(names):
        known.add(f"F{number}", name, others=[name[1:]], kind="Facility", area="331003")
    asked = [*texts, *names, *(name.upper() for name in names)]
    may_be_named = known.may_be_named(asked, at_least=at_least)
    for text in asked:
        match = known.match(text, at_least=at_least)
        is_found = match.id or match.candidates or match.elsewhere
        assert not is_found or text in may_be_named


def test_what_a_change_puts_in_may_be_the_sign_between():
    assert all_at_once(lambda text: text.replace("a", "\ue000"), ["a", "b"]) == ["\ue000", "b"]
