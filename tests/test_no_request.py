"""No command makes a request: with every connection refused, each still does its work."""

from __future__ import annotations

import socket

import pytest

import medgraph as mg
from medgraph.cli.app import main
from medgraph.loaders import samples

COMMANDS = {
    "demo": ["demo", "{out}/demo", "--no-open"],
    "report": ["report", "{source}", "--format", "html,xlsx,pdf,docx", "--output", "{out}/report"],
    "audit": ["audit", "{source}", "--pack", "urban-2023", "--output", "{out}/a.html"],
    "network map": ["map", "network", "{source}", "--output", "{out}/m.html"],
    "tile map": ["map", "tiles", "{source}", "--output", "{out}/t.html"],
    "tidy": ["tidy", "{ugly}", "--output", "{out}/tidy.xlsx"],
    "draft": ["draft", "{plan}", "--areas", "{source}", "--output", "{out}/draft.xlsx"],
}


@pytest.fixture
def attempts(monkeypatch) -> list:
    """Refuse every connection and name, and keep who asked for one."""
    made: list = []

    def refused(*asked, **_):
        made.append(asked)
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket.socket, "connect_ex", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    return made


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_opens_a_connection(tmp_path, attempts, name):
    places = {
        "source": tmp_path / "roster.xlsx",
        "ugly": tmp_path / "ugly.xlsx",
        "plan": tmp_path / "plan.txt",
        "out": tmp_path,
    }
    mg.write(samples.taizhou(), places["source"])
    samples.write_taizhou_ugly(places["ugly"])
    samples.write_taizhou_plan(places["plan"])
    with pytest.raises(SystemExit) as ended:
        main([part.format(**places) for part in COMMANDS[name]])
    assert ended.value.code in (0, 1)
    assert not attempts
