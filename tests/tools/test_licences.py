"""What the core needs is free to use in a closed office: no copyleft, nothing unstated."""

from __future__ import annotations

from email.message import Message

from tools import licences


class Package:
    def __init__(self, **stated: str) -> None:
        self.metadata = Message()
        for name, text in stated.items():
            self.metadata[name.replace("_", "-")] = text


def test_the_core_needs_nothing_copyleft():
    needed = licences.core()
    assert {"networkx", "neo4j", "pandas", "pyvis", "click"} <= set(needed)
    assert licences.faults(needed) == []


def test_copyleft_and_silence_are_named():
    packages = {
        "a": Package(License_Expression="GPL-3.0-or-later"),
        "b": Package(Classifier="License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)"),
        "c": Package(),
        "d": Package(License="BSD"),
    }
    assert [line.partition(":")[0] for line in licences.faults(packages)] == ["a", "b", "c"]
