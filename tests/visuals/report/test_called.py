"""What nodes are called in a report."""

from __future__ import annotations

import itertools

import pytest

import medgraph as mg
from medgraph.visuals.report import called
from medgraph.words.say import speaking


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_names_are_the_same_however_few_are_remembered(monkeypatch, kept):
    net = mg.samples.taizhou()
    ids = net.index.ids.to_pylist()
    with speaking("zh"):
        titles = [mg.Day(net).title(position) for position in range(len(ids))]
        texts = [f"{one}、{other}" for one, other in itertools.pairwise(titles)]
        whole = called.Called(net)
        expected = [whole.all_told(texts[:40]), whole.all_told(texts[20:]), whole.several(ids)]
        monkeypatch.setattr(called, "_KEPT", kept)
        few = called.Called(net)
        found = [few.all_told(texts[:40]), few.all_told(texts[20:]), few.several(ids)]
    assert found == expected
    assert len(few._names) < len(whole._names), "and most are forgotten"
    assert expected[0] != texts[:40]
